import type { ServedHook } from '../cds-hooks/hook-request.types.js';

/** What a handler gives back; one place writes it out. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A string, not bytes: node sends it in one write with the headers. */
  readonly body: string;
  /** What the log and the metrics may know about a hook call; ids and counts of ours, no patient's value. */
  readonly call?: CallSummary;
}

export interface CallSummary {
  readonly service: string;
  readonly hook: ServedHook;
  /** As it was sent when it has the shape of a UUID, else absent: anything might stand in it. */
  readonly hookInstance?: string;
  /** Whether an order of this call was reviewed. */
  readonly reviewed: boolean;
  readonly cards: number;
}

/** Answers to a call hold a patient's data: no cache may keep them. */
export const JSON_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
} as const;

/** A JSON answer without white space (TR-1, TR-5). */
export function jsonAnswer(status: number, value: object): Answer {
  return { status, headers: JSON_HEADERS, body: JSON.stringify(value) };
}
