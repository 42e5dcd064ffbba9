import type { Json } from './hook-request.types.js';
import { isJsonObject } from './json.js';

/** A member of what somebody else sent, whatever that may be. */
export function memberOf(value: unknown, name: string): Json | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

/** The items of a member; none where it is no array. */
export function listOf(value: unknown, name: string): readonly Json[] {
  const list: unknown = memberOf(value, name);
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}

/** A member that is text; empty where it is none. */
export function textOf(value: unknown, name: string): string {
  const text = memberOf(value, name);
  return typeof text === 'string' ? text : '';
}

const FHIR_ID = /^(?!\.{1,2}$)[A-Za-z0-9\-.]{1,64}$/;

/** True for the id of a FHIR resource (R4, datatypes, id); `.` and `..` match FHIR's pattern but walk a path. */
export function isFhirId(id: unknown): id is string {
  return typeof id === 'string' && FHIR_ID.test(id);
}
