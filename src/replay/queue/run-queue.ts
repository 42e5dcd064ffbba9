import PgBoss from 'pg-boss';
import type { Database } from '../../records/database.types.js';
import type { ReplayPlan } from '../plan.js';
import type { Progress, Task, Workers } from '../replay.js';

/** A chunk is tried so often: one that ends every process that takes it must not go round for ever. */
const TRIES = 4;
/** Milliseconds between two looks for work, and for what others have finished. */
const POLL_MS = 500;

export interface QueueParts {
  readonly url: string;
  /** Seconds after which a chunk is given to another worker. */
  readonly lease: number;
  /** The same database. */
  readonly database: Database;
}

/** The chunks of replays as jobs on Postgres: one queue for each run. */
export interface RunQueue {
  /** Offers what is to be done. What an earlier offer of this run left is dropped: chunks may be done twice. */
  offer(run: string, tasks: readonly Task[]): Promise<void>;
  /** A chunk, or undefined when there is none to be had now. */
  take(run: string): Promise<Chunk | undefined>;
  /** Chunks that are waiting or under way. */
  open(run: string): Promise<number>;
  drop(run: string): Promise<void>;
  close(): Promise<void>;
}

export interface Chunk {
  readonly task: Task;
  finished(): Promise<void>;
  failed(): Promise<void>;
}

/** Jobs put in with one statement. */
const JOBS_AT_ONCE = 1_000;

const queueOf = (run: string): string => `stepwise-replay-${run}`;

/** @throws when Postgres cannot be reached */
export async function openRunQueue({ url, lease, database }: QueueParts): Promise<RunQueue> {
  const boss = new PgBoss({
    ...{ connectionString: url, max: 4, schedule: false, application_name: 'stepwise-cds replay' },
    maintenanceIntervalSeconds: Math.min(lease, 10),
  });
  // A connection that breaks while nobody uses it; whoever asks next is told.
  boss.on('error', () => undefined);
  await boss.start();
  const options = { retryLimit: TRIES - 1, retryDelay: 0, expireInSeconds: lease };
  const drop = async (run: string): Promise<void> => {
    if (!(await boss.getQueue(queueOf(run)))) return;
    // A queue that still has jobs, finished ones among them, is not let go.
    await database.query('delete from pgboss.job where name = $1', [queueOf(run)]);
    await boss.deleteQueue(queueOf(run));
  };
  return {
    drop,
    offer: async (run, tasks) => {
      await drop(run);
      await boss.createQueue(queueOf(run), { name: queueOf(run), ...options });
      for (let start = 0; start < tasks.length; start += JOBS_AT_ONCE) {
        const some = tasks.slice(start, start + JOBS_AT_ONCE);
        await boss.insert(some.map((data) => ({ name: queueOf(run), data, ...options })));
      }
    },
    take: async (run) => {
      const [job] = await boss.fetch<Task>(queueOf(run));
      if (!job) return undefined;
      return {
        task: job.data,
        finished: () => boss.complete(queueOf(run), job.id),
        failed: () => boss.fail(queueOf(run), job.id),
      };
    },
    open: (run) => boss.getQueueSize(queueOf(run), { before: 'completed' }),
    close: () => boss.stop({ graceful: false }),
  };
}

export interface QueuedRun {
  readonly run: string;
  readonly database: Database;
  readonly queue: RunQueue;
  /** Does one task here; undefined where this process only waits. */
  readonly here: Workers;
  readonly threads: number;
  readonly finishedBuckets: () => Promise<ReadonlySet<number>>;
  readonly wait: (ms: number) => Promise<void>;
}

/** Offers the tasks to every worker there is, takes part, and waits until all are done, by whomever. */
export function queuedWorkers(parts: QueuedRun, progress: Pick<Progress, 'done'>): Workers {
  const { run, queue, database } = parts;
  return {
    run: async (tasks) => {
      if (tasks.length === 0) return;
      const wanted = new Set(tasks.flatMap((task) => (task.kind === 'bucket' ? [task.bucket] : [])));
      await queue.offer(run, tasks);
      await database.query('update stepwise_replay.run set ready = true where run = $1', [run]);
      let over = false;
      const lanes = Array.from({ length: parts.threads }, () => takePart(parts, run, () => over));
      try {
        await untilDone(parts, wanted, progress);
      } finally {
        over = true;
        await Promise.all(lanes);
      }
      await database.query('update stepwise_replay.run set ready = false where run = $1', [run]);
    },
  };
}

/** Takes one chunk after the other until it is over. Never throws: what fails here another may do. */
export async function takePart(
  { queue, here, wait }: Pick<QueuedRun, 'queue' | 'here' | 'wait'>,
  run: string,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    const chunk = await queue.take(run).catch(() => undefined);
    if (!chunk) {
      await wait(POLL_MS);
      continue;
    }
    // What cannot be said to the queue is done once more by another, with the same result.
    await here
      .run([chunk.task], () => undefined)
      .then(
        () => chunk.finished(),
        () => chunk.failed(),
      )
      .catch(() => undefined);
  }
}

async function untilDone(
  { finishedBuckets, queue, run, wait }: QueuedRun,
  wanted: ReadonlySet<number>,
  progress: Pick<Progress, 'done'>,
): Promise<void> {
  let known = 0;
  for (;;) {
    // Before the results: a chunk that is finished in between must not look lost.
    const open = await queue.open(run);
    const done = [...(await finishedBuckets())].filter((bucket) => wanted.has(bucket)).length;
    progress.done(done - known);
    known = done;
    if (done === wanted.size) return;
    if (open === 0) throw new Error(`${wanted.size - done} chunks failed ${TRIES} times`);
    await wait(POLL_MS);
  }
}

/** Runs that others have begun and that may be worked on. */
export async function readyRuns(
  database: Database,
): Promise<readonly { readonly run: string; readonly plan: ReplayPlan }[]> {
  const rows = await database.query('select run, plan from stepwise_replay.run where ready order by at');
  return rows.map(({ run, plan }) => ({ run: String(run), plan: JSON.parse(String(plan)) as ReplayPlan }));
}
