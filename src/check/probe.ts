import type { Json } from '../cds-hooks/hook-request.types.js';

/** Milliseconds for one exchange: what takes longer is of no use to anybody who waits for a card. */
const PATIENCE_MS = 15_000;
/** Characters of a body that are looked at. */
const LONGEST = 4_000_000;

/** What came back; `status` 0 where nothing did. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Headers;
  /** Undefined where the body is no JSON. */
  readonly body: Json | undefined;
  /** Why nothing came back, in a word or a code of the network; never what a server wrote. */
  readonly failure?: string;
}

export interface Question {
  readonly method?: 'GET' | 'POST' | 'OPTIONS';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** Asks once; follows no redirect, so that a token goes nowhere else. Never throws. */
export async function ask(url: string, { method = 'GET', headers, body }: Question = {}): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const contentType = response.headers.get('content-type') ?? '';
    const text = (await response.text()).slice(0, LONGEST);
    return { status: response.status, contentType, headers: response.headers, body: toJson(text) };
  } catch (error) {
    return { status: 0, contentType: '', headers: new Headers(), body: undefined, failure: wordOf(error) };
  }
}

function toJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'TimeoutError') return `no answer within ${PATIENCE_MS / 1000} s`;
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}

/** For a remark: the status, or why there was none. */
export function outcomeOf({ status, failure }: Answer): string {
  return failure ?? `status ${status}`;
}
