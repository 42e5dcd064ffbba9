import type { HookRequest, Json, JsonObject } from '../cds-hooks/hook-request.types.js';
import { expandTemplate, templateType, type PrefetchQuery } from '../cds-hooks/prefetch-template.js';
import { classifyPrefetch, linkOf, type PrefetchValue } from '../cds-hooks/prefetch.js';
import { isJsonObject } from '../cds-hooks/json.js';
import type { PrefetchKey } from '../cds-hooks/service.types.js';
import { Gathering } from './gathering.js';
import type { ByteBudget } from './limits.js';
import { meaningOf } from './operation-outcome.js';
import type { Retrieval } from './retrieval.js';
import { isResource, NOTHING_THERE, readPage } from './searchset.js';

/** What is left to do for one key after its prefetch was looked at. */
export type Plan =
  | { readonly kind: 'done'; readonly retrieval: Retrieval }
  /** The first page was prefetched; `next` as it was sent. */
  | { readonly kind: 'continue'; readonly type: string; readonly gathering: Gathering; readonly next: string }
  | {
      readonly kind: 'ask';
      /** Undefined when a token has no value in this call: nobody can ask it. */
      readonly query: PrefetchQuery | undefined;
      /** What stands under other keys, or short of its own total: used when asking fails. */
      readonly fallback?: Gathering;
      /** Without a server the fallback is all there is meant to be. */
      readonly trusted: boolean;
    };

export interface Prefetched {
  readonly request: HookRequest;
  readonly prefetch: Readonly<Record<string, PrefetchKey>>;
  /** The site types in its own keys (Epic): what stands under any key counts as asked for. */
  readonly foreignKeys: boolean;
  /** A new budget for one answer. */
  readonly budget: () => ByteBudget;
}

/** Looks at the prefetch key by key (PF-2), and at what stands under keys that are not ours. */
export function planKeys(prefetched: Prefetched): Readonly<Record<string, Plan>> {
  const { request, prefetch } = prefetched;
  const own = Object.entries(prefetch).map(([key, { template }]): OwnKey => {
    const type = templateType(template, request.context) ?? '';
    // Only worked out where something has to be asked.
    const query = () => expandTemplate(template, request.context);
    return { key, type, query, value: classifyPrefetch(request.prefetch[key], type) };
  });
  const claimed = new Set<string>();
  for (const { key, value } of own) if (isClaimed(value)) claimed.add(key);
  // Not one of our keys was used: then the keys were named by someone who never read our discovery.
  const trusted = prefetched.foreignKeys || claimed.size === 0;
  // Where each of ours was used, nobody looks at the others.
  const sent = claimed.size < own.length ? Object.entries(request.prefetch) : [];
  const unclaimed = sent.filter(([key]) => !claimed.has(key)).map(([, value]) => value);
  const plans: Record<string, Plan> = {};
  for (const one of own) {
    const { key, type, query } = one;
    plans[key] =
      planOwnKey(prefetched, one) ?? planForeign(prefetched, { type, query: query(), trusted, unclaimed });
  }
  return plans;
}

function isClaimed({ state }: PrefetchValue): boolean {
  return state !== 'absent' && state !== 'unusable';
}

interface OwnKey {
  readonly key: string;
  readonly type: string;
  readonly query: () => PrefetchQuery | undefined;
  readonly value: PrefetchValue;
}

/** Undefined when the key is as if absent. */
function planOwnKey(prefetched: Prefetched, { type, query, value: classified }: OwnKey): Plan | undefined {
  const gathering = new Gathering(prefetched.budget());
  switch (classified.state) {
    case 'absent':
    case 'unusable':
      return undefined;
    case 'none':
      return none(gathering);
    case 'operation-outcome':
      return outcome(classified.outcome, gathering);
    case 'resource':
      takeResource(gathering, classified.resource);
      return isSearch(query())
        ? { kind: 'ask', query: query(), fallback: gathering, trusted: false }
        : { kind: 'done', retrieval: gathering.end(undefined) };
    case 'bundle':
      gathering.take(readPage(classified.bundle, type, 'client-error-reported'), 'prefetch');
      return gathering.isShort
        ? { kind: 'ask', query: query(), fallback: gathering, trusted: false }
        : { kind: 'done', retrieval: gathering.end(undefined) };
    case 'bundle-with-next':
      gathering.take(readPage(classified.bundle, type, 'client-error-reported'), 'prefetch');
      return { kind: 'continue', type, gathering, next: classified.next };
  }
}

/** A single resource is the answer to a read; to a search it is at most a part of one. */
function isSearch(query: PrefetchQuery | undefined): boolean {
  return query?.id === undefined;
}

function none(gathering: Gathering): Plan {
  gathering.take(NOTHING_THERE, 'prefetch');
  return { kind: 'done', retrieval: gathering.end(undefined) };
}

// The client sends its error in order that the query is not repeated (part A 6).
function outcome(resource: JsonObject, gathering: Gathering): Plan {
  const meaning = meaningOf(resource, 'client-error-reported');
  if (meaning === 'no-results') return none(gathering);
  const missing = typeof meaning === 'object' ? meaning.missing : 'client-error-reported';
  return { kind: 'done', retrieval: gathering.end(missing) };
}

function takeResource(gathering: Gathering, resource: JsonObject): void {
  if (isResource(resource)) gathering.take({ ...NOTHING_THERE, items: [resource], matches: 1 }, 'prefetch');
}

interface Foreign {
  readonly type: string;
  readonly query: PrefetchQuery | undefined;
  readonly trusted: boolean;
  readonly unclaimed: readonly Json[];
}

function planForeign(prefetched: Prefetched, { type, query, trusted, unclaimed }: Foreign): Plan {
  const found = unclaimed.filter(isJsonObject).filter((value) => speaksOf(value, type));
  if (found.length === 0) return { kind: 'ask', query, trusted: false };
  const gathering = new Gathering(prefetched.budget());
  for (const value of found) takeForeign(gathering, value, type);
  const next = found.map((value) => linkOf(value, 'next')).find((link) => link !== undefined);
  const isPart = isSearch(query) && found.some((value) => value['resourceType'] === type);
  if (!prefetched.foreignKeys || isPart)
    return { kind: 'ask', query, fallback: gathering, trusted: trusted && next === undefined && !isPart };
  return next === undefined
    ? { kind: 'done', retrieval: gathering.end(undefined) }
    : { kind: 'continue', type, gathering, next };
}

// By what is inside, or, for an empty search, by the query it says it answered.
function speaksOf(value: JsonObject, type: string): boolean {
  const { state } = classifyPrefetch(value, type);
  if (state === 'resource') return true;
  if (value['resourceType'] !== 'Bundle') return false;
  const self = linkOf(value, 'self')?.split('?')[0]?.split('/').pop();
  return self === type || readPage(value, type, 'client-error-reported').items.length > 0;
}

function takeForeign(gathering: Gathering, value: JsonObject, type: string): void {
  if (value['resourceType'] === type) takeResource(gathering, value);
  else gathering.take(readPage(value, type, 'client-error-reported'), 'prefetch');
}
