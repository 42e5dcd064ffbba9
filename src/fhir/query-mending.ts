import type { PrefetchQuery } from '../cds-hooks/prefetch-template.js';
import type { Failure } from './failure.js';
import { demandsParameter, refusalText } from './operation-outcome.js';
import type { ServerProfile } from './server-profile.js';
import type { Session } from './session.js';

/** A query in the form a server takes. */
export interface FittedQuery {
  readonly url: URL;
  /** It asks for less than the template. */
  readonly narrowed: boolean;
}

/** Without these a search would be about other patients. */
const ESSENTIAL: ReadonlySet<string> = new Set(['patient', 'subject', '_id', 'beneficiary']);

/**
 * The URL to search with: the published template with its tokens replaced (PF-7), and beyond that only what is known
 * of this server: parameters of its profile added, parameters it refused before left out, the category it demands.
 */
export function queryUrl({ base, server, profile }: Session, { type, path }: PrefetchQuery): FittedQuery {
  const url = base.join(path);
  const added = profile.added[type] ?? profile.added['*'] ?? {};
  for (const [name, value] of Object.entries(added)) addParameter(url, name, value);
  const narrowed = server.categoryDemanded.has(type) && addCategory(url, type, profile);
  for (const refused of server.refused) {
    const [refusedType, name = ''] = refused.split(' ');
    if (refusedType === type) dropParameter(url, name);
  }
  return { url, narrowed };
}

export interface Refused {
  readonly url: URL;
  readonly refusal: Failure;
}

/**
 * The query once more in a form the server may take, after it refused with 400: without the parameters it names
 * (filters, which the mapping applies anyway, page sizes and orders), or with the category it demands. What was
 * learnt is remembered for the server. Undefined when nothing can be mended.
 */
export function mend(session: Session, type: string, { url, refusal }: Refused): FittedQuery | undefined {
  if (refusal.status !== 400) return undefined;
  const text = refusalText(refusal.body);
  if (demandsParameter(refusal.body) || DEMANDS_CATEGORY.test(text)) return withCategory(session, type, url);
  const named = dispensable(url).filter((name) => mentions(text, name));
  if (named.length === 0) return undefined;
  const without = new URL(url);
  for (const name of named) {
    dropParameter(without, name);
    session.server.refused.add(`${type} ${name}`);
  }
  return { url: without, narrowed: false };
}

const DEMANDS_CATEGORY =
  /\b(?:requires?|required|must|missing|specify|provide)\b.{0,80}\bcategory\b|\bcategory\b.{0,40}\brequired\b/is;

function withCategory({ server, profile }: Session, type: string, url: URL): FittedQuery | undefined {
  const mended = new URL(url);
  if (!addCategory(mended, type, profile)) return undefined;
  server.categoryDemanded.add(type);
  return { url: mended, narrowed: true };
}

/** True when the query is narrowed by it. */
function addCategory(url: URL, type: string, { categories }: ServerProfile): boolean {
  const category = url.searchParams.has('category') ? undefined : categories[type];
  if (category !== undefined) addParameter(url, 'category', category);
  return category !== undefined;
}

function dispensable(url: URL): readonly string[] {
  return [...new Set(url.searchParams.keys())].filter((name) => !ESSENTIAL.has(bareName(name)));
}

// Parameter names of templates are letters, `_` and `-` (linted), so they need no escaping.
function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w-])${bareName(name)}(?![\\w-])`, 'i').test(text);
}

/** The name without its modifier. */
function bareName(name: string): string {
  return name.split(':')[0] ?? '';
}

// By text, not URLSearchParams.append: that would encode the rest of the query anew.
function addParameter(url: URL, name: string, value: string): void {
  if (!url.searchParams.has(name))
    url.search += `${url.search === '' ? '' : '&'}${name}=${encodeURIComponent(value)}`;
}

function dropParameter(url: URL, name: string): void {
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((part) => part.split('=')[0] !== name);
  url.search = kept.join('&');
}
