import Tinypool from 'tinypool';
import type { Task, Workers } from './replay.js';

/** What one thread is handed with each task; plain values, for they are copied. */
export interface ThreadJob<Setup = unknown> {
  readonly setup: Setup;
  readonly task: Task;
}

/**
 * Worker threads of this machine, each with the services of its own.
 * @param filename the module whose default export does a ThreadJob
 */
export function openThreads(
  filename: string,
  threads: number,
  setup: unknown,
): Workers & { close(): Promise<void> } {
  const pool = new Tinypool({
    ...{ filename, runtime: 'worker_threads', minThreads: 0, maxThreads: threads },
    idleTimeout: 60_000,
  });
  return {
    run: async (tasks, done) => {
      const left = tasks.values();
      // So many at once as there are threads: a queue of all tasks would hold as many copies of the setup.
      const lane = async (): Promise<void> => {
        for (const task of left) {
          await pool.run({ setup, task } satisfies ThreadJob);
          done(task);
        }
      };
      await Promise.all(Array.from({ length: threads }, lane));
    },
    close: () => pool.destroy(),
  };
}
