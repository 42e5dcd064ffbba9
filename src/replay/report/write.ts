import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { ReplayPlan } from '../plan.js';
import { putFile } from '../spill/folder-store.js';
import type { ReplayStore, SourceSummary } from '../spill/store.types.js';
import { Tally } from '../tally.js';
import { toCsv } from './csv.js';
import { toHtml } from './html.js';
import { toReport, type Merged, type ReplayReport } from './summary.js';

/** Merges the results of all buckets, in their order, and writes report.json, .html, .csv and evaluations.ndjson. */
export async function writeReport(
  plan: ReplayPlan,
  store: ReplayStore,
  summaries: readonly SourceSummary[],
  folder: string,
): Promise<ReplayReport> {
  await mkdir(folder, { recursive: true });
  const merged = await merge(plan, store, path.join(folder, 'evaluations.ndjson'));
  const report = toReport(plan, merged, summaries);
  await putFile(path.join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await putFile(path.join(folder, 'report.csv'), toCsv(merged.tally));
  await putFile(path.join(folder, 'report.html'), toHtml(report));
  return report;
}

/** One bucket in memory at a time. @throws when one of them is not finished */
async function merge(plan: ReplayPlan, store: ReplayStore, file: string): Promise<Merged> {
  const lines = createWriteStream(`${file}.unfinished`, { mode: 0o600 });
  const tally = new Tally();
  const sums = { patients: 0, patientsWithOrders: 0, tooLarge: 0, repeated: { same: 0, versions: 0 } };
  for (let bucket = 0; bucket < plan.buckets; bucket += 1) {
    const result = await store.resultOf(bucket);
    if (!result) throw new Error(`bucket ${bucket} is not finished`);
    tally.merge(result.counts);
    sums.patients += result.patients;
    sums.patientsWithOrders += result.patientsWithOrders;
    sums.tooLarge += result.tooLarge;
    sums.repeated.same += result.repeated.same;
    sums.repeated.versions += result.repeated.versions;
    if (!lines.write(result.evaluations)) await once(lines, 'drain');
  }
  lines.end();
  await finished(lines);
  await rename(`${file}.unfinished`, file);
  return { ...sums, tally };
}
