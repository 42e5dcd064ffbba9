import path from 'node:path';
import { composeReplayServices, composeTaskWorker, openStore } from '../../src/compose/replay.js';
import { bucketsFor, keyCheckOf, type ReplayPlan } from '../../src/replay/plan.js';
import { carryOut, type Workers } from '../../src/replay/replay.js';
import type { ReplayReport } from '../../src/replay/report/summary.js';
import { writeReport } from '../../src/replay/report/write.js';
import { openExport } from '../../src/replay/sources.js';
import { KEY } from './replay-process.js';

const AMBIENT = { now: () => performance.now(), date: () => new Date(), random: () => 0, newUuid: () => '' };
const QUIET = { begin: () => undefined, done: () => undefined, end: () => undefined };

/** A replay with one worker, which is this process. */
export async function replayInProcess(
  place: string,
  out: string,
  lastUpdated: ReplayPlan['lastUpdated'] = 'fallback',
): Promise<ReplayReport> {
  const config = { services: ['sij-neurectomy-review'] };
  const { digests } = composeReplayServices(config, AMBIENT);
  const { folder, sources, askedFor } = await openExport(place);
  const plan: ReplayPlan = {
    ...{ version: 1, sources, services: digests, lastUpdated, keyCheck: keyCheckOf(KEY) },
    ...{ buckets: bucketsFor(sources), ...(askedFor && { askedFor }) },
  };
  const store = { kind: 'folder', folder: path.join(place, '.work') } as const;
  const worker = await composeTaskWorker({ plan, store, folder, key: KEY, config }, AMBIENT);
  const here: Workers = {
    run: async (tasks, done) => {
      for (const task of tasks) {
        await worker.work(task);
        done(task);
      }
    },
  };
  const opened = await openStore(store);
  const summaries = await carryOut(plan, opened, { sorting: here, replaying: here }, QUIET);
  const report = await writeReport(plan, opened, summaries, out);
  await worker.close();
  return report;
}
