import { createHmac } from 'node:crypto';
import { isJsonObject, nestsDeeperThan } from '../../cds-hooks/json.js';
import type { Json, JsonObject } from '../../cds-hooks/hook-request.types.js';
import { textOf } from '../../cds-hooks/members.js';
import type { Line } from './lines.js';

/** Why a line is no evidence for anybody. Closed: reports name them with file and line, never with a value. */
export type LineProblem =
  | 'not-json'
  | 'not-a-resource'
  | 'nested-too-deep'
  | 'too-long'
  | 'no-id' // none, or not one of FHIR's
  | 'no-patient'; // no literal reference to one

/** What became of a line: kept under its patient, passed over because no service reads its type, or a problem. */
export type Keyed =
  | { readonly kind: 'kept'; readonly type: string; readonly patientId: string; readonly json: Buffer }
  | { readonly kind: 'passed-over'; readonly type: string }
  | {
      readonly kind: 'problem';
      readonly problem: LineProblem;
      /** Whose it was and of what type, where its beginning still says so. */
      readonly lost?: { readonly type: string; readonly patientId: string };
    };

const DEEPEST = 100;
const ID = /^[A-Za-z0-9\-.]{1,64}$/;
const TAIL = /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;

/** Reads one line. @param types the types that are kept */
export function keyLine(line: Line, types: ReadonlySet<string>): Keyed {
  if (line.tooLong) return lost('too-long', line.bytes, types);
  const resource = parse(line.bytes);
  if (resource === undefined) return lost('not-json', line.bytes, types);
  if (!isJsonObject(resource) || typeof resource['resourceType'] !== 'string')
    return problem('not-a-resource');
  const type = resource['resourceType'];
  if (!types.has(type))
    return { kind: 'passed-over', type: /^[A-Za-z]{1,64}$/.test(type) ? type : 'unknown' };
  if (nestsDeeperThan(resource, DEEPEST)) return lost('nested-too-deep', line.bytes, types);
  if (typeof resource['id'] !== 'string' || !ID.test(resource['id'])) return problem('no-id');
  const patientId = patientOf(resource);
  if (patientId === undefined) return problem('no-patient');
  return { kind: 'kept', type, patientId, json: line.bytes };
}

function problem(name: LineProblem): Keyed {
  return { kind: 'problem', problem: name };
}

function parse(bytes: Buffer): Json | undefined {
  try {
    return JSON.parse(bytes.toString('utf8')) as Json;
  } catch {
    return undefined;
  }
}

function patientOf(resource: JsonObject): string | undefined {
  if (resource['resourceType'] === 'Patient') return textOf(resource, 'id');
  const subject = resource['subject'] ?? resource['patient'];
  const reference = isJsonObject(subject) ? subject['reference'] : undefined;
  return typeof reference === 'string' ? TAIL.exec(reference)?.[1] : undefined;
}

/** Characters of a broken line in which its type and its patient are looked for. */
const LOOKED_AT = 64 * 1024;
const TYPE = /"resourceType"\s*:\s*"([A-Za-z]{1,64})"/;
const SUBJECT = /"(?:subject|patient)"\s*:\s*\{[^{}]{0,400}?"reference"\s*:\s*"([^"]{1,400})"/;

function lost(name: LineProblem, bytes: Buffer, types: ReadonlySet<string>): Keyed {
  const beginning = bytes.toString('utf8', 0, LOOKED_AT);
  const type = TYPE.exec(beginning)?.[1];
  const patientId = TAIL.exec(SUBJECT.exec(beginning)?.[1] ?? '')?.[1];
  if (type === undefined || !types.has(type) || patientId === undefined) return problem(name);
  return { kind: 'problem', problem: name, lost: { type, patientId } };
}

/** The patient under the site's key: hexadecimal, so that its order is the order of patients everywhere. */
export function patientHash(patientId: string, key: string): string {
  return createHmac('sha256', key).update(`Patient/${patientId}`).digest('hex');
}

/** The bucket of a patient: ranges of hashes, so that bucket after bucket is hash after hash, however many there are. */
export function bucketOf(hash: string, buckets: number): number {
  return Math.floor((Number.parseInt(hash.slice(0, 8), 16) * buckets) / 2 ** 32);
}
