import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'undici';
import type { CallKind, SoakCall } from './calls.js';

/** What came back, so far. */
export interface Tally {
  readonly answered: Map<CallKind, number>;
  /** `<kind> <status or code>` of answers that were wrong, with how often. */
  readonly wrong: Map<string, number>;
}

export interface Drive {
  readonly pool: Pool;
  readonly next: () => SoakCall;
  readonly tally: Tally;
  /** Told of the answers to reviewed orders. */
  readonly onCards: (body: string) => void;
}

/** Calls under way at once. */
export const CONNECTIONS = 10;

export function newTally(): Tally {
  return { answered: new Map(), wrong: new Map() };
}

/** Calls answered in all. */
export function answeredIn({ answered }: Tally): number {
  return [...answered.values()].reduce((sum, count) => sum + count, 0);
}

/**
 * Sends calls until a moment, over all connections.
 *
 * @param untilMs on the clock of performance.now()
 * @param perSecond calls a second; absent, as many as are answered. A turn that comes too late is left out, not
 *   made up for.
 */
export async function drive(run: Drive, untilMs: number, perSecond?: number): Promise<void> {
  const gapMs = perSecond === undefined ? 0 : 1000 / perSecond;
  let turn = performance.now();
  const worker = async (): Promise<void> => {
    while (performance.now() < untilMs) {
      turn = Math.max(turn + gapMs, performance.now() - gapMs);
      const wait = turn - performance.now();
      if (wait > 0) await sleep(wait);
      await sendOne(run);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

async function sendOne({ pool, next, tally, onCards }: Drive): Promise<void> {
  const { kind, path, body, headers, right } = next();
  try {
    const answer = await pool.request({ path, method: 'POST', headers, body });
    const text = await answer.body.text();
    count(tally.answered, kind);
    if (!right.includes(answer.statusCode)) count(tally.wrong, `${kind} ${answer.statusCode}`);
    else if (kind === 'reviewed') onCards(text);
  } catch (thrown) {
    const code: unknown = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    count(tally.wrong, `${kind} ${String(code)}`);
  }
}

function count<T>(counts: Map<T, number>, key: T): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
