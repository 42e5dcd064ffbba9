import type { Json, JsonObject } from './hook-request.types.js';
import { isJsonObject } from './json.js';
import { isAbridged, mayBeProcessed } from './processing.js';

/** What a prefetch value means (part A 6 of the checklist), before anyone has judged what is in it. */
export type PrefetchValue =
  /** The key is not there: the client could not, or did not try. */
  | { readonly state: 'absent' }
  /** `null`, or a Bundle without entries: the client looked and there is nothing. */
  | { readonly state: 'none' }
  | { readonly state: 'resource'; readonly resource: JsonObject }
  | { readonly state: 'bundle'; readonly bundle: JsonObject }
  /** `next` as it was sent: relative or absolute, not yet trusted; empty where the link names no page. */
  | { readonly state: 'bundle-with-next'; readonly bundle: JsonObject; readonly next: string }
  /** The client met an error and says so, in order that the query is not repeated. */
  | { readonly state: 'operation-outcome'; readonly outcome: JsonObject }
  /** Of another type, or no FHIR at all: as if absent. */
  | { readonly state: 'unusable' };

/**
 * Classifies the value of one prefetch key. Entries that are OperationOutcomes stay in the Bundle for whoever reads
 * it: only their codes tell an empty search from a failed one.
 *
 * @param value as it came; undefined when the key is absent
 * @param type the resource type the key's template asks for
 */
export function classifyPrefetch(value: Json | undefined, type: string): PrefetchValue {
  if (value === undefined) return { state: 'absent' };
  if (value === null) return { state: 'none' };
  if (!isJsonObject(value)) return { state: 'unusable' };
  switch (value['resourceType']) {
    case type:
      return { state: 'resource', resource: value };
    case 'OperationOutcome':
      return { state: 'operation-outcome', outcome: value };
    case 'Bundle':
      return classifyBundle(value, type);
    default:
      return { state: 'unusable' };
  }
}

function classifyBundle(bundle: JsonObject, type: string): PrefetchValue {
  const entries = bundle['entry'] ?? [];
  if (!Array.isArray(entries) || !mayBeProcessed(bundle)) return { state: 'unusable' };
  const next = linkOf(bundle, 'next');
  const types = entries.map(entryType);
  const usable = types.includes(type) || types.includes('OperationOutcome');
  if (!usable && entries.length > 0) return { state: 'unusable' };
  if (next !== undefined) return { state: 'bundle-with-next', bundle, next };
  if (entries.length > 0) return { state: 'bundle', bundle };
  // A count without the resources (`_summary=count`) says that there is something, and not what.
  const total = totalOf(bundle);
  const isCount = (total ?? 0) > 0 || (total !== 0 && isAbridged(bundle));
  return isCount || !isSearchResult(bundle, 0) ? { state: 'unusable' } : { state: 'none' };
}

/** Types of Bundle that clients put a search result into, beside the one that FHIR has for it. */
const TAKEN_AS_RESULT: readonly unknown[] = [undefined, 'searchset', 'collection'];

/**
 * Whether a Bundle can say that there is nothing beside what it holds. By FHIR R4 a search is answered by a
 * `searchset`, and only that or a history may have a `total`. One that is called otherwise, or nothing, is taken for
 * what it holds; when it holds nothing, only its type or its own count tell an empty result from no result.
 *
 * @param matches how many of its entries answer the search
 */
export function isSearchResult(bundle: JsonObject, matches: number): boolean {
  const { type } = bundle;
  if (matches > 0) return TAKEN_AS_RESULT.includes(type);
  const total = totalOf(bundle);
  return type === 'searchset' ? !Number.isNaN(total) : type === undefined && total === 0;
}

/** What a search counted, be it as a text; NaN where that is no number, undefined where it did not count. */
export function totalOf({ total }: JsonObject): number | undefined {
  if (total === undefined || total === null) return undefined;
  if (typeof total === 'string') return /^\d+$/.test(total) ? Number(total) : Number.NaN;
  return typeof total === 'number' && total >= 0 ? total : Number.NaN;
}

function entryType(entry: unknown): unknown {
  return isJsonObject(entry) && isJsonObject(entry['resource'])
    ? entry['resource']['resourceType']
    : undefined;
}

/**
 * The URL of a Bundle's link of one relation, as it was sent; undefined without such a link. Empty where the link is
 * there and names no page: that there is a next page is said, and only the way to it is missing.
 */
export function linkOf(bundle: JsonObject, relation: string): string | undefined {
  const { link: links } = bundle;
  if (links === undefined) return undefined;
  const urls = [links]
    .flat()
    .filter(isJsonObject)
    .filter((link) => link['relation'] === relation)
    .map(({ url }) => (typeof url === 'string' ? url : ''));
  return urls.find((url) => url !== '') ?? urls[0];
}
