import type { Resource } from 'fhir/r4.js';
import { isSearchResult, linkOf, totalOf } from '../cds-hooks/prefetch.js';
import { isJsonObject } from '../cds-hooks/json.js';
import { isAbridged, mayBeProcessed } from '../cds-hooks/processing.js';
import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import { meaningOf } from './operation-outcome.js';
import type { MissingReason } from './retrieval.js';

/** One page of a search, as far as it answers the question for one resource type. */
export interface Page {
  /** Matches of the wanted type; what was included beside them, or is of another type, is left out. */
  readonly items: readonly Resource[];
  /** Entries that are matches, of whatever type: what `total` counts. */
  readonly matches: number;
  /** Entries that came without what they stand for: a resource that is not there, is none, or may not be processed. */
  readonly unread: number;
  readonly total?: number;
  /** As it was sent; empty where the link names no page. */
  readonly next?: string;
  /** What an OperationOutcome among the entries says is missing. */
  readonly missing?: MissingReason;
}

/** A page that says that there is nothing. */
export const NOTHING_THERE: Page = { items: [], matches: 0, unread: 0 };

/**
 * Reads a Bundle of any type as the answer to a search: what it holds counts, but not every one says that there is
 * nothing else.
 *
 * @param failed what an error among its outcomes makes missing
 */
export function readPage(bundle: JsonObject, type: string, failed: MissingReason): Page {
  if (!mayBeProcessed(bundle)) return { ...NOTHING_THERE, unread: 1, missing: 'unreadable' };
  const { matches, outcomes, unread } = sortOut(bundle['entry']);
  const items = matches.filter(({ resourceType }) => resourceType === type);
  const total = totalOf(bundle);
  const next = linkOf(bundle, 'next');
  const counts = { matches: matches.length, items: items.length };
  const missing = missingAccordingTo(outcomes, { ...counts, bundle, failed });
  return {
    items,
    matches: matches.length,
    unread,
    ...(total !== undefined && !Number.isNaN(total) && { total }),
    ...(next !== undefined && { next }),
    ...(missing !== undefined && { missing }),
  };
}

/** True for a JSON object that names its resource type. */
export function isResource(value: unknown): value is Resource {
  return isJsonObject(value) && typeof value['resourceType'] === 'string';
}

/** What is no list, though it should be, is one of one. */
function listOf(entries: unknown): readonly unknown[] {
  if (Array.isArray(entries)) return entries as readonly unknown[];
  return entries === undefined || entries === null ? [] : [entries];
}

interface Entries {
  readonly matches: Resource[];
  readonly outcomes: Resource[];
  unread: number;
}

function sortOut(entries: unknown): Entries {
  const sorted: Entries = { matches: [], outcomes: [], unread: 0 };
  for (const entry of listOf(entries)) {
    const { resource, search } = isJsonObject(entry) && mayBeProcessed(entry) ? entry : {};
    // The type goes before the mode: servers leave the mode out, or call an outcome a match.
    const mode = isJsonObject(search) ? search['mode'] : undefined;
    const isMatch = mode !== 'include' && mode !== 'outcome';
    if (!isResource(resource)) sorted.unread += Number(isMatch);
    else if (resource.resourceType === 'OperationOutcome') sorted.outcomes.push(resource);
    else if (isMatch) sorted.matches.push(resource);
  }
  return sorted;
}

interface Context {
  readonly matches: number;
  /** Matches of the type that was asked for. */
  readonly items: number;
  readonly bundle: JsonObject;
  readonly failed: MissingReason;
}

function missingAccordingTo(outcomes: readonly Resource[], context: Context): MissingReason | undefined {
  const { matches, items, bundle, failed } = context;
  const meanings = outcomes.map((outcome) => meaningOf(outcome, failed));
  const missing = meanings.find((meaning) => typeof meaning === 'object')?.missing;
  if (missing !== undefined) return missing;
  if (isAbridged(bundle) && totalOf(bundle) !== 0) return 'abridged';
  if (matches === 0 && meanings.includes('no-results')) return undefined;
  // A warning that nobody here knows, in place of data: only a total of zero says that nothing was there.
  const doubtful = meanings.includes('doubt') && matches === 0 && totalOf(bundle) !== 0;
  const answersAnother = matches > 0 && items === 0;
  return doubtful || answersAnother || !isSearchResult(bundle, matches) ? failed : undefined;
}
