import { mayBeProcessed } from '../cds-hooks/processing.js';
import { isReadElement } from './well-formed.js';

/** Deeper than any resource of FHIR; what nests deeper is not looked at, and so not understood. */
const DEEPEST = 50;

/** Whether a resource may be read by its elements alone: it may be processed, and so may those of its elements that are read. */
export function isUnderstood(resource: object): boolean {
  return isPlain(resource, 0);
}

function isPlain(element: object, depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (!mayBeProcessed(element)) return false;
  const members = element as Readonly<Record<string, unknown>>;
  // What JSON.parse made inherits nothing that could be listed; most of it is strings, and needs no look at its name.
  for (const name in members) {
    const member = members[name];
    if (isObject(member) && isReadElement(name) && !eachIsPlain(member, depth + 1)) return false;
  }
  return true;
}

function eachIsPlain(member: object, depth: number): boolean {
  if (!Array.isArray(member)) return isPlain(member, depth);
  for (const item of member as readonly unknown[]) if (isObject(item) && !isPlain(item, depth)) return false;
  return true;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
