import { newDatabase } from '../postgres/databases.js';
import setUp from '../postgres/global-setup.mjs';

/** A Postgres for one run, as production has one. */
export interface BenchPostgres {
  /** The address of a new, empty database. */
  readonly database: (name: string) => Promise<string>;
  stop(): void;
}

/** Undefined on a machine without Postgres (`test/install-tools.sh postgres` installs it). */
export async function startPostgres(): Promise<BenchPostgres | undefined> {
  try {
    await setUp();
  } catch (thrown) {
    console.log(`No Postgres: production is not measured (${String(thrown)})`);
    return undefined;
  }
  return {
    database: newDatabase,
    stop: () => {
      const { stopPostgres } = globalThis as { readonly stopPostgres?: () => void };
      stopPostgres?.();
    },
  };
}
