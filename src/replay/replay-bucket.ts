import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import type { Versions } from './as-of/chart-at.js';
import { replayPatient, type ReplayTools } from './replay-patient.js';
import { patientsOf, type PatientLimits, type PatientLines } from './spill/patients.js';
import type { BucketResult, ReplayStore } from './spill/store.types.js';
import { Tally, tallyRecord } from './tally.js';
import { textOf } from '../cds-hooks/members.js';
import { toEvaluationRecord } from './to-record.js';

export interface BucketOptions extends PatientLimits {
  /** The site's key. */
  readonly key: string;
  /** Types the export holds or was asked for. */
  readonly types: ReadonlySet<string>;
  /** Types of which whole files broke off: nobody knows whose records are missing. */
  readonly brokenTypes: ReadonlySet<string>;
}

/** Replays the orders of every patient of a bucket. The same bucket gives the same result, byte for byte. */
export async function replayBucket(
  bucket: number,
  store: ReplayStore,
  tools: ReplayTools,
  options: BucketOptions,
): Promise<BucketResult> {
  const tally = new Tally();
  const repeated = { same: 0, versions: 0 };
  const lines: string[] = [];
  const counted = { patients: 0, patientsWithOrders: 0, tooLarge: 0 };
  for await (const patient of patientsOf(() => store.partsOf(bucket), options)) {
    counted.patients += 1;
    if (!patient.lines) {
      counted.tooLarge += 1;
      continue;
    }
    const { versions, lost } = readVersions(patient.lines, repeated);
    const completeness = { types: options.types, lost: new Set([...lost, ...options.brokenTypes]) };
    const replayed = await replayPatient({ patientId: patient.patientId, versions, completeness }, tools);
    if (replayed.length > 0) counted.patientsWithOrders += 1;
    for (const one of replayed) {
      const record = toEvaluationRecord(one, shortHash(patient), options.key);
      tallyRecord(tally, record);
      lines.push(`${JSON.stringify(record)}\n`);
    }
  }
  return { evaluations: lines.join(''), counts: tally.toJSON(), ...counted, repeated };
}

/** As the records of the live service hash references. */
function shortHash({ hash }: PatientLines): string {
  return Buffer.from(hash, 'hex').toString('base64url');
}

function readVersions(
  lines: readonly Buffer[],
  repeated: { same: number; versions: number },
): { readonly versions: Versions; readonly lost: ReadonlySet<string> } {
  const versions = new Map<string, JsonObject[]>();
  const texts = new Map<string, string[]>();
  const lost = new Set<string>();
  for (const line of lines) {
    const text = line.toString('utf8');
    const resource = JSON.parse(text) as JsonObject;
    if (typeof resource['lost'] === 'string' && resource['resourceType'] === undefined) {
      lost.add(resource['lost']);
      continue;
    }
    const reference = `${textOf(resource, 'resourceType')}/${textOf(resource, 'id')}`;
    const known = texts.get(reference) ?? [];
    if (known.includes(text)) repeated.same += 1;
    else {
      if (known.length > 0) repeated.versions += 1;
      texts.set(reference, [...known, text]);
      versions.set(reference, [...(versions.get(reference) ?? []), resource]);
    }
  }
  return { versions, lost };
}
