import type { Bundle, BundleEntry, BundleLink } from 'fhir/r4.js';
import type { Pages, Snapshot } from './pages.js';
import { referenceTo, type StoredResource } from './resource.js';
import { included } from './search.js';
import type { ResourceStore } from './store.js';

/** Which slice of a snapshot is asked for, and under which address the server answers. */
export interface PageRequest {
  /** Base URL of the server as the client reached it, without trailing slash. */
  readonly base: string;
  /** Absent for the first page. */
  readonly token?: string;
  readonly offset: number;
  readonly size: number;
}

/** One page of a search as a searchset Bundle: self and next link, total, absolute fullUrls, search.mode. */
export function searchset(store: ResourceStore, snapshot: Snapshot, page: PageRequest, pages: Pages): Bundle {
  const { search, matches } = snapshot;
  const slice = matches.slice(page.offset, page.offset + page.size);
  const entry = [
    ...slice.map((resource) => entryOf(resource, 'match', page.base)),
    ...included(store, search.includes, slice).map((resource) => entryOf(resource, 'include', page.base)),
  ];
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(search.withTotal ? { total: matches.length } : {}),
    link: links(snapshot, page, pages),
    ...(entry.length > 0 ? { entry } : {}),
  };
}

function entryOf(resource: StoredResource, mode: 'match' | 'include', base: string): BundleEntry {
  return { fullUrl: `${base}/${referenceTo(resource)}`, resource, search: { mode } };
}

function links(snapshot: Snapshot, page: PageRequest, pages: Pages): BundleLink[] {
  const { search, matches } = snapshot;
  const query = search.applied.toString();
  const self = `${page.base}/${search.type}${query === '' ? '' : `?${query}`}`;
  const next = page.offset + page.size;
  if (page.size === 0 || next >= matches.length) return [{ relation: 'self', url: selfUrl(self, page) }];
  const token = page.token ?? pages.keep(snapshot);
  return [
    { relation: 'self', url: selfUrl(self, page) },
    { relation: 'next', url: pageUrl({ ...page, token, offset: next }) },
  ];
}

function selfUrl(search: string, page: PageRequest): string {
  return page.token === undefined ? search : pageUrl(page);
}

/** On the base URL, as HAPI FHIR has it: nothing of the query is in it. */
function pageUrl(page: PageRequest): string {
  const query = new URLSearchParams({
    _getpages: page.token ?? '',
    _getpagesoffset: String(page.offset),
    _count: String(page.size),
    _bundletype: 'searchset',
  });
  return `${page.base}?${query.toString()}`;
}
