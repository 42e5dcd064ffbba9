/** What FHIR R4 says of whether a resource, a Bundle or one of its entries may be processed. */
import { isJsonObject } from './json.js';

/**
 * Whether an element may be processed, as far as it says itself: FHIR R4 forbids it where there is a modifier extension
 * that one does not know (extensibility, 2.4.2), or rules that one does not know (`implicitRules`); none is known here.
 */
export function mayBeProcessed(element: object): boolean {
  const members = element as Readonly<Record<string, unknown>>;
  return !isThere(members['modifierExtension']) && !isThere(members['implicitRules']);
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

/** Codes of v3-ObservationValue by which a server says that it left something out. */
const LEFT_OUT: ReadonlySet<unknown> = new Set(['SUBSETTED', 'REDACTED', 'MASKED']);

/** Whether a resource is said to lack some of what its record holds; in meta.tag or meta.security, whatever the system. */
export function isAbridged(resource: object): boolean {
  const { meta } = resource as { readonly meta?: unknown };
  if (!isJsonObject(meta)) return false;
  return hasLeftOut(meta['tag']) || hasLeftOut(meta['security']);
}

function hasLeftOut(labels: unknown): boolean {
  return Array.isArray(labels) && labels.some((label) => isJsonObject(label) && LEFT_OUT.has(label['code']));
}
