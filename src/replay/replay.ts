import type { ReplayPlan } from './plan.js';
import type { ReplayStore, SourceSummary } from './spill/store.types.js';

/** One piece of work; workers are handed nothing else but the plan. */
export type Task =
  | { readonly kind: 'spill'; readonly source: number }
  | { readonly kind: 'bucket'; readonly bucket: number; readonly types: BucketTypes };

/** What all sources together say of the export. */
export interface BucketTypes {
  readonly types: readonly string[];
  readonly brokenTypes: readonly string[];
}

export interface Workers {
  /** Does the tasks, several at once, in any order; each that is done is told. @throws the first failure */
  run(tasks: readonly Task[], done: (task: Task) => void): Promise<void>;
}

export interface Progress {
  begin(phase: 'reading' | 'evaluating', total: number, already: number): void;
  done(units: number): void;
  end(): void;
}

/**
 * Does what of a plan is not done yet: every source file sorted by patient, then every bucket of patients replayed.
 * @returns the summaries of the sources, in their order
 */
export async function carryOut(
  plan: ReplayPlan,
  store: ReplayStore,
  { sorting, replaying }: { readonly sorting: Workers; readonly replaying: Workers },
  progress: Progress,
): Promise<readonly SourceSummary[]> {
  const finished = await store.sources();
  const total = plan.sources.reduce((sum, { bytes }) => sum + bytes, 0);
  const bytesOf = (source: number): number => plan.sources[source]?.bytes ?? 0;
  progress.begin(
    'reading',
    total,
    [...finished.keys()].reduce((sum, source) => sum + bytesOf(source), 0),
  );
  const spills = plan.sources.flatMap((_, source): readonly Task[] =>
    finished.has(source) ? [] : [{ kind: 'spill', source }],
  );
  await sorting.run(spills, (task) => {
    if (task.kind === 'spill') progress.done(bytesOf(task.source));
  });
  progress.end();
  const summaries = [...(await store.sources())].sort(([a], [b]) => a - b).map(([, summary]) => summary);
  await replayBuckets(plan, store, { replaying, types: typesOf(plan, summaries) }, progress);
  return summaries;
}

async function replayBuckets(
  plan: ReplayPlan,
  store: ReplayStore,
  { replaying, types }: { readonly replaying: Workers; readonly types: BucketTypes },
  progress: Progress,
): Promise<void> {
  const finished = await store.finishedBuckets();
  const buckets = Array.from({ length: plan.buckets }, (_, bucket) => bucket);
  progress.begin('evaluating', plan.buckets, finished.size);
  const tasks = buckets
    .filter((bucket) => !finished.has(bucket))
    .map((bucket): Task => ({ kind: 'bucket', bucket, types }));
  await replaying.run(tasks, () => {
    progress.done(1);
  });
  progress.end();
}

function typesOf(plan: ReplayPlan, summaries: readonly SourceSummary[]): BucketTypes {
  const kept = summaries.flatMap((summary) => Object.keys(summary.kept));
  const broken = summaries
    .filter(({ brokenOff }) => brokenOff)
    .flatMap((summary) => Object.keys(summary.kept));
  return {
    types: [...new Set([...kept, ...(plan.askedFor ?? [])])].sort(),
    brokenTypes: [...new Set(broken)].sort(),
  };
}
