import type { Reference, Resource } from 'fhir/r4.js';
import type { Evidence } from '../evaluation/evidence.js';
import { dayRange } from '../evaluation/dates.js';

const ID = /^[A-Za-z0-9\-.]{1,64}$/;
const TAIL = /(?:^|\/)([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;

/** `Type/id` of a relative or absolute literal reference; undefined for urn:, contained, identifier-only or broken ones. */
export function literalReference(reference: Reference | undefined): string | undefined {
  const match = typeof reference?.reference === 'string' ? TAIL.exec(reference.reference) : null;
  return match ? `${match[1] ?? ''}/${match[2] ?? ''}` : undefined;
}

/** `Type/id` of a resource; undefined when its id is missing or malformed. */
export function referenceTo(resource: Resource): string | undefined {
  return typeof resource.id === 'string' && ID.test(resource.id)
    ? `${resource.resourceType}/${resource.id}`
    : undefined;
}

/** A FHIR date when it is a real one (2021-13-45 is not); undefined otherwise. */
export function validDate(date: string | undefined): string | undefined {
  return typeof date === 'string' && dayRange(date) ? date : undefined;
}

const EXCERPT_LENGTH = 200;

/** The words from start to end, shortened to what an excerpt may hold, without splitting a surrogate pair. */
export function excerptOf(
  text: string,
  start: number,
  end: number,
): Pick<Evidence, 'excerpt' | 'start' | 'end'> {
  const cut = Math.min(end, start + EXCERPT_LENGTH);
  const last = text.charCodeAt(cut - 1);
  const safe = last >= 0xd800 && last <= 0xdbff ? cut - 1 : cut;
  return { excerpt: text.slice(start, safe), start, end: safe };
}
