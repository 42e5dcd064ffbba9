import type { Resource } from 'fhir/r4.js';
import { isReadElement } from './well-formed.js';

/** Deeper than any resource of FHIR; what nests deeper is not looked at, and so not understood. */
const DEEPEST = 50;

/**
 * Whether a resource may be read by its elements alone. FHIR R4 forbids to process one that holds a modifier extension
 * one does not know (extensibility, 2.4.2), or is written by rules one does not know (`implicitRules`); none is known
 * here. Looked for in the resource and in those of its elements that are read.
 */
export function isUnderstood(resource: object): boolean {
  return isPlain(resource, 0);
}

function isPlain(element: object, depth: number): boolean {
  if (depth > DEEPEST) return false;
  const members = element as Readonly<Record<string, unknown>>;
  if (isThere(members['modifierExtension']) || isThere(members['implicitRules'])) return false;
  // What JSON.parse made inherits nothing that could be listed.
  for (const name in members) if (isReadElement(name) && !eachIsPlain(members[name], depth + 1)) return false;
  return true;
}

function eachIsPlain(member: unknown, depth: number): boolean {
  if (typeof member !== 'object' || member === null) return true;
  const items: readonly unknown[] = Array.isArray(member) ? member : [member];
  return items.every((item) => typeof item !== 'object' || item === null || isPlain(item, depth));
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

/** Codes of v3-ObservationValue by which a server says that it left something out of a resource. */
const LEFT_OUT: ReadonlySet<unknown> = new Set(['SUBSETTED', 'REDACTED', 'MASKED']);

/** Whether a resource is said to lack some of what its record holds; in meta.tag or meta.security, whatever the system. */
export function isAbridged({ meta }: Resource): boolean {
  const { tag, security } = (meta ?? {}) as Readonly<Record<string, unknown>>;
  return [tag, security]
    .flatMap((labels): readonly unknown[] => (Array.isArray(labels) ? labels : []))
    .some(
      (label) => typeof label === 'object' && label !== null && 'code' in label && LEFT_OUT.has(label.code),
    );
}
