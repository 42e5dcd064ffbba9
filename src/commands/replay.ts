import { mkdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Ambient } from '../compose/services.js';
import { composeReplayServices } from '../compose/replay.js';
import { readReplayConfig, type Environment, type ReplayConfig } from '../config/config.js';
import { StartupError } from '../errors.js';
import { bucketsFor, keyCheckOf, runOf, type ReplayPlan } from '../replay/plan.js';
import type { ProgressParts } from '../replay/progress.js';
import { readReplayOptions, type ReplayOptions } from '../replay/options.js';
import type { ReplayReport } from '../replay/report/summary.js';
import { openExport, type ExportFolder } from '../replay/sources.js';
import { putFile } from '../replay/spill/folder-store.js';
import { replayHere, replayWithOthers, takePartInReplays } from './replay-run.js';

export interface CommandParts {
  readonly environment: Environment;
  readonly ambient: Ambient;
  /** Where a person is told how the work stands and what came of it. */
  readonly progress: Omit<ProgressParts, 'now'>;
  /** A secret, hexadecimal. */
  readonly newKey: () => string;
  /** Resolves when the process is asked to end. */
  readonly asked: Promise<void>;
}

const DEFAULT_SERVICE = 'sij-neurectomy-review';
const RFA_SERVICE = 'sij-rfa-review';

/**
 * `stepwise-cds replay`: reads an export, answers its historical orders, writes the report.
 * @throws StartupError naming the option, setting or file that is wrong
 */
export async function replayCommand(words: readonly string[], parts: CommandParts): Promise<void> {
  const options = readReplayOptions(words);
  const config = replayConfig(options, parts.environment);
  const threads = options.threads ?? availableParallelism();
  const others = options.worker || options.queue ? shared(options, config) : undefined;
  if (options.worker && others) {
    await takePartInReplays({ ...others, threads }, parts);
    return;
  }
  const { digests, types } = composeReplayServices(config, parts.ambient);
  const work = await workFolder(options);
  const read = await openExport(await placeOf(options, types, work, parts));
  const key = await keyOf(config, work, parts);
  const plan = toPlan(read, { options, key, digests });
  await holdPlan(path.join(work, 'plan.json'), plan);
  const begun = {
    ...{ plan, folder: read.folder, key, config },
    ...{ out: path.resolve(options.out), threads },
  };
  const report = others
    ? await replayWithOthers({ ...begun, ...others, run: runOf(plan) }, parts)
    : await replayHere({ ...begun, work }, parts);
  await rm(work, { recursive: true, force: true });
  parts.progress.write(said(report, options.out));
}

/** The folder or file that was named; of a FHIR server, the folder its export was downloaded to. */
async function placeOf(
  { place = '', group }: ReplayOptions,
  types: ReadonlySet<string>,
  work: string,
  parts: CommandParts,
): Promise<string> {
  if (!/^https?:/i.test(place)) return place;
  const folder = path.join(work, 'export');
  const { exportTo } = await import('../compose/bulk.js');
  await exportTo({ place, types, folder, ...(group !== undefined && { group }) }, parts);
  return folder;
}

function replayConfig(options: ReplayOptions, environment: Environment): ReplayConfig {
  const config = readReplayConfig(environment);
  const services = options.services ?? config.services ?? [DEFAULT_SERVICE];
  const more = options.rfa && !services.includes(RFA_SERVICE) ? [RFA_SERVICE] : [];
  return { ...config, services: [...services, ...more] };
}

/** What is shared with other processes. @throws StartupError where there is no database or no key to share */
function shared({ lease }: ReplayOptions, { databaseUrl, recordsKey, ...policy }: ReplayConfig) {
  if (databaseUrl === undefined)
    throw new StartupError('environment', 'DATABASE_URL is needed to share a replay');
  if (recordsKey === undefined)
    throw new StartupError('environment', 'RECORDS_KEY is needed to share a replay');
  return { url: databaseUrl, key: recordsKey, lease, config: policy };
}

/** Holds patients' records until the report is written; then it goes. */
async function workFolder({ out, fresh }: ReplayOptions): Promise<string> {
  const work = path.resolve(out, '.work');
  if (fresh) await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true, mode: 0o700 });
  return work;
}

/** The site's key; without one, a key of this replay alone, so that nobody can tell whose an evaluation is. */
async function keyOf({ recordsKey }: ReplayConfig, work: string, parts: CommandParts): Promise<string> {
  if (recordsKey !== undefined) return recordsKey;
  const file = path.join(work, 'key');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept;
  const key = parts.newKey();
  await putFile(file, key);
  parts.progress.write(
    'RECORDS_KEY is not set: ids are hashed under a key that is forgotten when the report is written,\n' +
      'so another replay of the same export will hash them otherwise.\n',
  );
  return key;
}

interface PlanParts {
  readonly options: ReplayOptions;
  readonly key: string;
  readonly digests: ReplayPlan['services'];
}

function toPlan(read: ExportFolder, { options, key, digests }: PlanParts): ReplayPlan {
  const until = options.until ?? read.transactionTime;
  return {
    version: 1,
    sources: read.sources,
    services: digests,
    lastUpdated: options.lastUpdated,
    ...(until !== undefined && { until }),
    ...(read.askedFor && { askedFor: read.askedFor }),
    buckets: bucketsFor(read.sources),
    keyCheck: keyCheckOf(key),
  };
}

/** A replay that was killed goes on; another plan must not go on with its work. */
async function holdPlan(file: string, plan: ReplayPlan): Promise<void> {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept === undefined) await putFile(file, JSON.stringify(plan));
  else if (kept !== JSON.stringify(plan))
    throw new StartupError(
      path.dirname(file),
      'holds a replay of other files, options, policies or keys; go on with those, or begin anew with --fresh',
    );
}

function said({ services, export: read }: ReplayReport, out: string): string {
  const lines = services.map(
    ({ id, orders, outcomes, firedPer100Orders }) =>
      `${id}: ${orders} orders, ${outcomes['reviewed'] ?? 0} reviewed, ${firedPer100Orders} per 100 with a card`,
  );
  const problems = Object.values(read.problems).reduce((sum, count) => sum + count, 0);
  return [
    ...lines,
    `${read.patients} patients, ${read.lines} lines, ${problems} lines with problems`,
    `report: ${path.join(out, 'report.html')}`,
    '',
  ].join('\n');
}
