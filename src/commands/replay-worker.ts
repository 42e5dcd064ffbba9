/** Runs in a worker thread of `stepwise-cds replay`: one ThreadJob after the other, with services of its own. */
import { randomUUID } from 'node:crypto';
import { composeTaskWorker, type ReplaySetup, type TaskWorker } from '../compose/replay.js';
import { StartupError } from '../errors.js';
import { codeOf } from '../replay/code-of.js';
import type { ThreadJob } from '../replay/pool.js';

let worker: Promise<TaskWorker> | undefined;

export default async function work({ setup, task }: ThreadJob<ReplaySetup>): Promise<void> {
  try {
    worker ??= composeTaskWorker(setup, {
      now: () => performance.now(),
      date: () => new Date(),
      random: () => Math.random(),
      newUuid: () => randomUUID(),
    });
    await (await worker).work(task);
  } catch (thrown) {
    if (thrown instanceof StartupError) throw thrown;
    // A message of an engine or a library may quote what it was given: only its name and code go on.
    const name = thrown instanceof Error ? thrown.name : 'unknown';
    // eslint-disable-next-line preserve-caught-error -- the cause is what must not go on
    throw new Error(`a ${task.kind} task failed (${name} ${codeOf(thrown)})`);
  }
}
