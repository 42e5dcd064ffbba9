import type { Resource } from 'fhir/r4.js';
import { isSearchResult, linkOf } from '../cds-hooks/prefetch.js';
import { isJsonObject } from '../cds-hooks/json.js';
import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import { meaningOf } from './operation-outcome.js';
import type { MissingReason } from './retrieval.js';

/** One page of a search, as far as it answers the question for one resource type. */
export interface Page {
  /** Matches of the wanted type; what was included beside them, or is of another type, is left out. */
  readonly items: readonly Resource[];
  /** Entries that are matches, of whatever type: what `total` counts. */
  readonly matches: number;
  readonly total?: number;
  /** As it was sent. */
  readonly next?: string;
  /** What an OperationOutcome among the entries says is missing. */
  readonly missing?: MissingReason;
}

/**
 * Reads a Bundle of any type as the answer to a search: what it holds counts, but not every one says that there is
 * nothing else. Entries without a resource are passed over.
 *
 * @param failed what an error among its outcomes makes missing
 */
export function readPage(bundle: JsonObject, type: string, failed: MissingReason): Page {
  const { matches, outcomes } = sortOut(bundle['entry']);
  const total = bundle['total'];
  const next = linkOf(bundle, 'next');
  const missing = missingAccordingTo(outcomes, { matches: matches.length, bundle, failed });
  return {
    items: matches.filter(({ resourceType }) => resourceType === type),
    matches: matches.length,
    ...(typeof total === 'number' && { total }),
    ...(next !== undefined && { next }),
    ...(missing !== undefined && { missing }),
  };
}

/** True for a JSON object that names its resource type. */
export function isResource(value: unknown): value is Resource {
  return isJsonObject(value) && typeof value['resourceType'] === 'string';
}

interface Entries {
  readonly matches: Resource[];
  readonly outcomes: Resource[];
}

function sortOut(entries: unknown): Entries {
  const sorted: Entries = { matches: [], outcomes: [] };
  for (const entry of Array.isArray(entries) ? entries.filter(isJsonObject) : []) {
    const { resource, search } = entry;
    if (!isResource(resource)) continue;
    // The type goes before the mode: servers leave the mode out, or call an outcome a match.
    const mode = isJsonObject(search) ? search['mode'] : undefined;
    if (resource.resourceType === 'OperationOutcome') sorted.outcomes.push(resource);
    else if (mode !== 'include' && mode !== 'outcome') sorted.matches.push(resource);
  }
  return sorted;
}

interface Context {
  readonly matches: number;
  readonly bundle: JsonObject;
  readonly failed: MissingReason;
}

function missingAccordingTo(outcomes: readonly Resource[], context: Context): MissingReason | undefined {
  const { matches, bundle, failed } = context;
  const meanings = outcomes.map((outcome) => meaningOf(outcome, failed));
  const missing = meanings.find((meaning) => typeof meaning === 'object')?.missing;
  if (missing !== undefined) return missing;
  if (matches === 0 && meanings.includes('no-results')) return undefined;
  // A warning that nobody here knows, in place of data: only a total of zero says that nothing was there.
  const doubtful = meanings.includes('doubt') && matches === 0 && bundle['total'] !== 0;
  return doubtful || !isSearchResult(bundle, matches) ? failed : undefined;
}
