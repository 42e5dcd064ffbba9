import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { toDatabaseError, type Database, type Query } from './database.types.js';
import { EmbeddedWorker } from './embedded-worker.js';
import { lockFolder } from './folder-lock.js';

/**
 * Opens the embedded Postgres in a folder, which is made where it is not there. It survives the end of the process,
 * however it ends, but not of the machine: it never calls fsync.
 *
 * @throws DatabaseError `in-use` when another process has the folder open
 */
export async function openEmbedded(folder: string, platform: NodeJS.Platform): Promise<Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder, platform);
  try {
    const worker = await openWorker(path.join(folder, 'pgdata'));
    return toDatabase(worker, () => lock.release());
  } catch (thrown) {
    await lock.release();
    throw toDatabaseError(thrown);
  }
}

// The thread that made a new database has taken 800 MB; one that opens it takes 300.
async function openWorker(folder: string): Promise<EmbeddedWorker> {
  if (!existsSync(path.join(folder, 'PG_VERSION'))) await (await EmbeddedWorker.open(folder)).close();
  return EmbeddedWorker.open(folder);
}

/** One connection: whoever comes, waits for those before. */
function toDatabase(worker: EmbeddedWorker, released: () => Promise<void>): Database {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const query: Query = (sql, values) => worker.run(sql, values);
  return {
    query: (sql, values) => inTurn(() => query(sql, values)),
    transaction: (work) => inTurn(() => inTransaction(query, work)),
    close: async () => {
      await inTurn(() => worker.close());
      await released();
    },
  };
}

async function inTransaction<T>(query: Query, work: (query: Query) => Promise<T>): Promise<T> {
  await query('begin');
  try {
    const result = await work(query);
    await query('commit');
    return result;
  } catch (thrown) {
    await query('rollback').catch(() => undefined);
    throw thrown;
  }
}
