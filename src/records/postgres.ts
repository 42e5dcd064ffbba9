import { Pool, type PoolClient } from 'pg';
import { toDatabaseError, type Database, type Query } from './database.types.js';

/** Milliseconds. A clinician's call waits for none of these; feedback waits for both at most. */
const CONNECT_MS = 2_000;
const STATEMENT_MS = 5_000;

const CONNECTIONS = 8;

/** Connects when it is first asked. `url` may say more (sslmode, options), as Postgres has it. */
export function openPostgres(url: string): Database {
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: STATEMENT_MS,
    keepAlive: true,
    // A start that fails after this may end the process.
    allowExitOnIdle: true,
    application_name: 'stepwise-cds',
  });
  // A connection that breaks while nobody uses it; the next use opens another.
  pool.on('error', () => undefined);
  return {
    query: (sql, values) => withClient(pool, (query) => query(sql, values)),
    transaction: (work) => withClient(pool, (query) => inTransaction(query, work)),
    close: () => pool.end(),
  };
}

async function withClient<T>(pool: Pool, work: (query: Query) => Promise<T>): Promise<T> {
  const client = await connect(pool);
  const query: Query = async (sql, values) => {
    const result = await client.query<Record<string, unknown>>(sql, values && [...values]);
    return result.rows;
  };
  // A connection that breaks beside a statement says so twice; unheard, that would end the process.
  const broken = (): void => undefined;
  client.on('error', broken);
  let failed = true;
  try {
    const result = await work(query);
    failed = false;
    return result;
  } catch (thrown) {
    throw toDatabaseError(thrown);
  } finally {
    // After a failure nobody knows what state the connection is in, or whether a statement still runs on it.
    client.release(failed);
    if (!failed) client.off('error', broken);
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (thrown) {
    throw toDatabaseError(thrown);
  }
}

async function inTransaction<T>(query: Query, work: (query: Query) => Promise<T>): Promise<T> {
  await query('begin');
  const result = await work(query);
  await query('commit');
  return result;
}
