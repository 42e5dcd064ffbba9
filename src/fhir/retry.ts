import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from './ehr-client.js';
import type { Failure } from './failure.js';

export interface RetryClock {
  /** Milliseconds, on the clock of `deadlineAt`. */
  readonly now: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly deadlineAt: number;
  readonly signal: AbortSignal;
}

/** A repeated read is worth sending only if it has so long to be answered. */
const LEAST_ANSWER_MS = 25;
const JITTER_MS = { least: 5, spread: 30 };

/**
 * Sends a read and, where the failure may pass (a broken connection, 5xx, 429 with Retry-After), sends it once more,
 * after the wait the server asked for or a short random one. A wait that does not fit the deadline is not begun.
 */
export async function withRetry<T>(
  clock: RetryClock,
  send: () => Promise<Exchange<T>>,
): Promise<Exchange<T>> {
  const first = await send();
  const wait = first.kind === 'failure' ? waitBeforeRetry(first, clock.random) : undefined;
  if (wait === undefined || clock.now() + wait + LEAST_ANSWER_MS > clock.deadlineAt) return first;
  try {
    await sleep(wait, undefined, { signal: clock.signal });
  } catch {
    return first;
  }
  return send();
}

function waitBeforeRetry(
  { reason, status = 0, retryAfterMs }: Failure,
  random: () => number,
): number | undefined {
  const jitter = JITTER_MS.least + random() * JITTER_MS.spread;
  if (reason === 'reset') return jitter;
  if (retryAfterMs !== undefined && (status === 429 || status === 503)) return retryAfterMs + jitter;
  // 501 and 505 will be the same the next time.
  return [500, 502, 503, 504].includes(status) ? jitter : undefined;
}
