import type { Json } from '../cds-hooks/hook-request.types.js';
import { isJsonObject } from '../cds-hooks/json.js';

/** A member of what another server answered, whatever that may be. */
export function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

/** The items of a member; none where it is no array. */
export function listOf(value: Json | undefined, name: string): readonly Json[] {
  const list: unknown = memberOf(value, name);
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}

/** A member that is text; empty where it is none. */
export function textOf(value: Json | undefined, name: string): string {
  const text = memberOf(value, name);
  return typeof text === 'string' ? text : '';
}

/** Kinds of data that a reviewed answer says it had not wholly, as in `extension["stepwise-cds.evaluation"]`. */
export function missingKinds(evaluation: Json | undefined): readonly string[] {
  return listOf(evaluation, 'data')
    .filter((kind) => memberOf(kind, 'state') !== 'complete')
    .map((kind) => textOf(kind, 'kind'));
}
