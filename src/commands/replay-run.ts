import { fileURLToPath } from 'node:url';
import { composeReplayServices, openStore, type ReplaySetup, type StorePlace } from '../compose/replay.js';
import type { PolicyConfig } from '../config/config.js';
import { keyCheckOf, type ReplayPlan } from '../replay/plan.js';
import { openThreads } from '../replay/pool.js';
import { showProgress, type ProgressParts } from '../replay/progress.js';
import type { RunQueue } from '../replay/queue/run-queue.js';
import { carryOut } from '../replay/replay.js';
import type { ReplayReport } from '../replay/report/summary.js';
import { writeReport } from '../replay/report/write.js';
import type { Ambient } from '../compose/services.js';
import type { Database } from '../records/database.types.js';

/** Beside this file, compiled. */
const THREAD = fileURLToPath(new URL('./replay-worker.js', import.meta.url));

export interface RunParts {
  readonly ambient: Ambient;
  readonly progress: Omit<ProgressParts, 'now'>;
  /** Resolves when the process is asked to end. */
  readonly asked: Promise<void>;
}

interface Begun {
  readonly plan: ReplayPlan;
  /** Of the export. */
  readonly folder: string;
  readonly key: string;
  readonly config: PolicyConfig;
  /** Of the report. */
  readonly out: string;
  readonly threads: number;
}

/** All on this machine. */
export async function replayHere(
  begun: Begun & { readonly work: string },
  parts: RunParts,
): Promise<ReplayReport> {
  const { out, threads, work } = begun;
  const setup = setupOf(begun, { kind: 'folder', folder: work });
  const store = await openStore(setup.store);
  const pool = openThreads(THREAD, threads, setup);
  try {
    const progress = showProgress({ ...parts.progress, now: parts.ambient.now });
    const summaries = await carryOut(begun.plan, store, { sorting: pool, replaying: pool }, progress);
    return await writeReport(begun.plan, store, summaries, out);
  } finally {
    await pool.close();
    await store.close();
  }
}

interface Shared {
  /** Of Postgres. */
  readonly url: string;
  /** Seconds. */
  readonly lease: number;
}

/** The files are sorted here, into Postgres; the chunks are done by whoever takes them, this process among them. */
export async function replayWithOthers(
  begun: Begun & Shared & { readonly run: string },
  parts: RunParts,
): Promise<ReplayReport> {
  const { url, run, plan, threads } = begun;
  const { beginRun, endRun } = await import('../replay/queue/postgres-store.js');
  const { queuedWorkers } = await import('../replay/queue/run-queue.js');
  const { database, queue } = await openQueue(begun);
  await beginRun(database, run, plan);
  const setup = setupOf(begun, { kind: 'postgres', url, run });
  const store = await openStore(setup.store);
  const pool = openThreads(THREAD, threads, setup);
  try {
    const progress = showProgress({ ...parts.progress, now: parts.ambient.now });
    const finishedBuckets = () => store.finishedBuckets();
    const others = { ...{ run, database, queue, here: pool, threads }, finishedBuckets, wait };
    const replaying = queuedWorkers(others, progress);
    const summaries = await carryOut(plan, store, { sorting: pool, replaying }, progress);
    const report = await writeReport(plan, store, summaries, begun.out);
    await queue.drop(run);
    await endRun(database, run);
    return report;
  } finally {
    await closeAll([pool, store, queue, database]);
  }
}

/** Milliseconds between two looks for replays to take part in. */
const LOOK_MS = 1_000;

interface Helper extends Shared {
  readonly key: string;
  readonly config: PolicyConfig;
  readonly threads: number;
}

/** Does the chunks of whatever replays have the same policies and the same key, until the process is asked to end. */
export async function takePartInReplays(helper: Helper, parts: RunParts): Promise<void> {
  const { readyRuns } = await import('../replay/queue/run-queue.js');
  const { database, queue } = await openQueue(helper);
  const state = { over: false };
  void parts.asked.then(() => (state.over = true));
  parts.progress.write('waiting for replays to take part in\n');
  try {
    while (!state.over) {
      const runs = await readyRuns(database).catch(() => []);
      const ours = runs.filter(({ plan }) => isOurs(plan, helper, parts.ambient));
      for (const { run, plan } of ours)
        await takePartIn({ ...helper, database, queue }, { run, plan }, state);
      await wait(LOOK_MS);
    }
  } finally {
    await closeAll([queue, database]);
  }
}

function isOurs({ services, keyCheck }: ReplayPlan, { key, config }: Helper, ambient: Ambient): boolean {
  if (keyCheck !== keyCheckOf(key)) return false;
  const own = composeReplayServices({ ...config, services: services.map(({ id }) => id) }, ambient);
  return JSON.stringify(own.digests) === JSON.stringify(services);
}

async function takePartIn(
  helper: Helper & { readonly database: Database; readonly queue: RunQueue },
  { run, plan }: { readonly run: string; readonly plan: ReplayPlan },
  state: { readonly over: boolean },
): Promise<void> {
  const { readyRuns, takePart } = await import('../replay/queue/run-queue.js');
  const { queue, database, threads, url } = helper;
  const config = { ...helper.config, services: plan.services.map(({ id }) => id) };
  const setup = { plan, folder: '', key: helper.key, config, store: { kind: 'postgres', url, run } } as const;
  const pool = openThreads(THREAD, threads, setup);
  const still = { open: true };
  const isOver = (): boolean => state.over || !still.open;
  const lanes = Array.from({ length: threads }, () => takePart({ queue, here: pool, wait }, run, isOver));
  while (!isOver()) {
    await wait(LOOK_MS);
    const runs = await readyRuns(database).catch(() => undefined);
    still.open = runs === undefined || runs.some((one) => one.run === run);
  }
  await Promise.all(lanes);
  await pool.close();
}

async function openQueue({ url, lease }: Shared): Promise<{ database: Database; queue: RunQueue }> {
  const { openPostgres } = await import('../records/postgres.js');
  const { prepareTables } = await import('../replay/queue/postgres-store.js');
  const { openRunQueue } = await import('../replay/queue/run-queue.js');
  const database = openPostgres(url);
  await prepareTables(database);
  return { database, queue: await openRunQueue({ url, lease, database }) };
}

function setupOf({ plan, folder, key, config }: Begun, store: StorePlace): ReplaySetup {
  return { plan, folder, key, config, store };
}

async function closeAll(all: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const one of all) await one.close();
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
