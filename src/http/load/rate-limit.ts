import { LRUCache } from 'lru-cache';
import { CdsError } from '../../errors.js';
import type { Gate } from '../exchange.js';

export interface RateLimitParts {
  /** Calls a second of one client, on average; twice as many may come at once. */
  readonly perSecond: number;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Clients known at once; there are as many as the clients' file has. */
const CLIENTS = 10_000;

/**
 * A token bucket for each trusted client and tenant, after the gate that says who calls; ERR_TOO_MANY_REQUESTS
 * when it is empty. Each replica has buckets of its own.
 */
export function createRateLimit({ perSecond, now }: RateLimitParts): Gate {
  const buckets = new LRUCache<string, Bucket>({ max: CLIENTS });
  const capacity = perSecond * 2;
  return ({ caller }) => {
    if (caller === undefined) return;
    const name = JSON.stringify([caller.client, caller.tenant]);
    const bucket = buckets.get(name) ?? { tokens: capacity, filledAt: now() };
    const seconds = (now() - bucket.filledAt) / 1000;
    const tokens = Math.min(capacity, bucket.tokens + seconds * perSecond);
    buckets.set(name, { tokens: Math.max(0, tokens - 1), filledAt: now() });
    if (tokens < 1) throw new CdsError('ERR_TOO_MANY_REQUESTS', 'more calls than agreed; slow down');
  };
}
