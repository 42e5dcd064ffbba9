import { startPostgres } from './postgres.js';
import { startBare, startOpen, startTrusted, type Contender } from './servers.js';
import { createBenchClient, type BenchClient } from './tokens.js';

export const OPEN = 'open';
export const TRUSTED_EMBEDDED = 'trusted clients, embedded database';
export const PRODUCTION = 'production, trusted clients';

/** What is measured side by side, the bare server first. */
export interface Contenders {
  readonly all: readonly Contender[];
  readonly client: BenchClient;
  stop(): Promise<void>;
}

/**
 * Starts them. Where the machine has a Postgres, records of the open service and of production go there, as they do
 * in production: a process of its own, whose time is not the service's. Without one, production is left out, and the
 * open service writes its records into the embedded database, whose thread is counted.
 */
export async function startContenders(firstBody: string): Promise<Contenders> {
  const client = createBenchClient();
  const postgres = await startPostgres();
  const all: Contender[] = [];
  const stop = async (): Promise<void> => {
    for (const { server } of all) await server.stop();
    postgres?.stop();
    client.remove();
  };
  try {
    all.push(await startBare(firstBody));
    all.push(await startOpen(firstBody, postgres && { DATABASE_URL: await postgres.database('open') }));
    if (postgres) {
      const settings = { NODE_ENV: 'production', DATABASE_URL: await postgres.database('production') };
      all.push(await startTrusted(firstBody, client, { name: PRODUCTION, settings }));
    }
    all.push(await startTrusted(firstBody, client, { name: TRUSTED_EMBEDDED, settings: {} }));
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return { all, client, stop };
}
