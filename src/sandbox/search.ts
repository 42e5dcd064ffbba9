import { FhirRefusal } from './outcome.js';
import { isObject, valuesAt, type StoredResource } from './resource.js';
import { spanOfValue } from './search-dates.js';
import { COMMON_PARAMETERS, SEARCH_PARAMETERS, isKnownType, searchParameter } from './search-parameters.js';
import { parameterTest, type Asked, type Test } from './search-values.js';
import type { ResourceStore } from './store.js';

/** A search as it was understood. */
export interface Search {
  readonly type: string;
  readonly tests: readonly Test[];
  readonly sort: readonly SortKey[];
  readonly includes: readonly Include[];
  /** Resources a page; 0 asks for the total alone. */
  readonly pageSize: number;
  readonly withTotal: boolean;
  /** The parameters that were applied, for the self link. */
  readonly applied: URLSearchParams;
}

interface SortKey {
  readonly paths: readonly string[];
  readonly descending: boolean;
}

/** `_include=Type:parameter[:Target]`. */
export interface Include {
  readonly paths: readonly string[];
  readonly source: string;
  readonly target?: string;
}

export const DEFAULT_PAGE_SIZE = 50;
/** A larger `_count` is cut to it without a word, as HAPI FHIR does. */
export const MAXIMUM_PAGE_SIZE = 200;

/** Shape the answer, not the matches; known and without effect here. */
const WITHOUT_EFFECT = new Set(['_format', '_pretty', '_getpagesoffset']);

/**
 * Understands the query of a search.
 * @param lenient leave out unknown parameters (`Prefer: handling=lenient`) instead of refusing them
 * @throws FhirRefusal 400 for an unknown parameter, a bad value or an unsupported modifier
 */
export function readSearch(type: string, query: URLSearchParams, lenient: boolean): Search {
  const asked = [...query].filter(([name, value]) => value !== '' && !WITHOUT_EFFECT.has(name));
  const known = lenient ? asked.filter(([name]) => isUnderstood(type, name)) : asked;
  const of = (wanted: string) => known.filter(([name]) => name === wanted).map(([, value]) => value);
  const controls = new Set(['_count', '_sort', '_include', '_total', '_summary']);
  return {
    type,
    tests: known.filter(([name]) => !controls.has(name)).map(([name, value]) => readTest(type, name, value)),
    sort: of('_sort').flatMap((value) => value.split(',').map((key) => readSortKey(type, key))),
    includes: of('_include').map(readInclude),
    pageSize: readPageSize(of('_count')[0], of('_summary')[0]),
    withTotal: of('_total')[0] !== 'none',
    applied: new URLSearchParams(known),
  };
}

function isUnderstood(type: string, name: string): boolean {
  return (
    ['_count', '_sort', '_include', '_total', '_summary'].includes(name) ||
    searchParameter(type, name.split(':')[0] ?? '') !== undefined
  );
}

function readTest(type: string, key: string, value: string): Test {
  const [name = '', modifier] = key.split(':');
  const parameter = searchParameter(type, name);
  if (!parameter) throw unknownParameter(type, name);
  const asked: Asked = modifier === undefined ? { name, value } : { name, modifier, value };
  return parameterTest(asked, parameter);
}

function unknownParameter(type: string, name: string): FhirRefusal {
  const valid = [...Object.keys(COMMON_PARAMETERS), ...Object.keys(SEARCH_PARAMETERS[type] ?? {})].sort();
  return new FhirRefusal(
    400,
    'not-supported',
    `Unknown search parameter "${name}" for resource type "${type}". Valid ones are: ${valid.join(', ')}`,
  );
}

function readSortKey(type: string, key: string): SortKey {
  const descending = key.startsWith('-');
  const name = descending ? key.slice(1) : key;
  const parameter = searchParameter(type, name);
  if (!parameter) throw new FhirRefusal(400, 'not-supported', `Cannot sort ${type} by "${name}"`);
  return { paths: parameter.paths, descending };
}

function readInclude(value: string): Include {
  const [source = '', name = '', target] = value.split(':');
  const parameter = isKnownType(source) ? searchParameter(source, name) : undefined;
  if (parameter?.kind !== 'reference') throw new FhirRefusal(400, 'not-supported', 'Unknown _include');
  return { source, paths: parameter.paths, ...(target === undefined ? {} : { target }) };
}

function readPageSize(count: string | undefined, summary: string | undefined): number {
  if (summary === 'count') return 0;
  if (summary !== undefined && summary !== 'false')
    throw new FhirRefusal(400, 'not-supported', 'Of _summary only count and false are supported');
  if (count === undefined) return DEFAULT_PAGE_SIZE;
  if (!/^\d{1,9}$/.test(count)) throw new FhirRefusal(400, 'invalid', 'Invalid _count');
  return Math.min(Number(count), MAXIMUM_PAGE_SIZE);
}

/** All matches, in the order that was asked for, else as they were stored. */
export function runSearch(store: ResourceStore, search: Search): readonly StoredResource[] {
  const matches = store.ofType(search.type).filter((one) => search.tests.every((test) => test(one)));
  return search.sort.length === 0 ? matches : matches.sort((a, b) => compareBy(search.sort, a, b));
}

/** The resources that `matches` refer to by the includes, each once, none of the matches themselves. */
export function included(
  store: ResourceStore,
  includes: readonly Include[],
  matches: readonly StoredResource[],
): readonly StoredResource[] {
  const found = new Set<StoredResource>();
  for (const include of includes) {
    for (const match of matches.filter((one) => one.resourceType === include.source)) {
      for (const value of include.paths.flatMap((path) => valuesAt(match, path))) {
        const resource = resolve(store, value, include.target);
        if (resource) found.add(resource);
      }
    }
  }
  return [...found].filter((one) => !matches.includes(one));
}

function resolve(
  store: ResourceStore,
  value: unknown,
  target: string | undefined,
): StoredResource | undefined {
  const reference = isObject(value) ? value['reference'] : undefined;
  if (typeof reference !== 'string') return undefined;
  const [id = '', type = ''] = reference.split('/').reverse();
  const resource = target === undefined || target === type ? store.read(type, id) : undefined;
  return resource === 'deleted' ? undefined : resource;
}

/** Without a value last, whatever the direction. */
function compareBy(keys: readonly SortKey[], a: StoredResource, b: StoredResource): number {
  for (const { paths, descending } of keys) {
    const [left, right] = [sortValue(a, paths), sortValue(b, paths)];
    if (left === right) continue;
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    return left < right !== descending ? -1 : 1;
  }
  return 0;
}

/** Dates as fixed-width text, so that one comparison serves every kind. */
function sortValue(resource: StoredResource, paths: readonly string[]): string | undefined {
  const value = paths.flatMap((path) => valuesAt(resource, path))[0];
  const span = spanOfValue(value);
  if (span) return new Date(Number.isFinite(span.low) ? span.low : span.high).toISOString();
  if (typeof value === 'string') return value.toLowerCase();
  const code = [
    ...valuesAt(value, 'coding.code'),
    ...valuesAt(value, 'value'),
    ...valuesAt(value, 'reference'),
  ][0];
  return typeof code === 'string' ? code : undefined;
}
