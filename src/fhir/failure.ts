import { memberOf } from '../cds-hooks/members.js';
import type { MissingReason } from './retrieval.js';
import type { Intake } from './transport.js';

/** Why a read gave nothing. */
export interface Failure {
  readonly kind: 'failure';
  readonly reason:
    | 'deadline'
    /** Whoever asked has gone. */
    | 'cancelled'
    /** No connection could be made, or it was refused here: name, certificate, redirect. */
    | 'unreachable'
    /** The connection broke before the answer was whole. */
    | 'reset'
    | 'status'
    /** Answered with success, but not with FHIR JSON: HTML, half a body, nothing. */
    | 'unreadable'
    | 'too-large'
    /** Not asked, because the server failed too often. */
    | 'left-alone';
  readonly status?: number;
  /** From Retry-After, milliseconds. */
  readonly retryAfterMs?: number;
  /** What a refusal said: OperationOutcome or text. Never logged; it may quote the query. */
  readonly body?: unknown;
}

/** What a failed read leaves missing. */
export function missingOf({ reason, status = 0 }: Failure): MissingReason {
  if (reason === 'deadline' || reason === 'cancelled') return 'deadline';
  if (reason === 'too-large') return 'too-large';
  if (reason !== 'status' || status >= 500 || status === 408 || status === 429) return 'server-error';
  return status === 401 || status === 403 ? 'not-authorized' : 'rejected';
}

/** A Failure for an answer that was no success. */
export function statusFailure(status: number, headers: HeaderReader, body: unknown): Failure {
  const retryAfterMs = retryAfter(headers);
  const known = { kind: 'failure', reason: 'status', status, body } as const;
  return retryAfterMs === undefined ? known : { ...known, retryAfterMs };
}

interface HeaderReader {
  get(name: string): string | null;
}

// Seconds or an HTTP date; a date counts from the server's own Date, so that no clock of ours is asked.
function retryAfter(headers: HeaderReader): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const wait = Date.parse(value) - Date.parse(headers.get('date') ?? '');
  // A wait that cannot be told is a long one.
  return Number.isNaN(wait) ? Infinity : Math.max(0, wait);
}

/**
 * Turns what fhir-kit-client and fetch throw into a Failure. The errors themselves go no further: their messages and
 * properties hold the URL with its patient, and the answer's body.
 */
export function failureOf(error: unknown, intake: Intake, signal: AbortSignal): Failure {
  if (intake.exceeded) return { kind: 'failure', reason: 'too-large' };
  if (signal.aborted) return { kind: 'failure', reason: isTimeout(signal.reason) ? 'deadline' : 'cancelled' };
  const response = memberOf(error, 'response');
  const status = memberOf(response, 'status');
  if (typeof status === 'number') return refusalOf(status, error, memberOf(response, 'data'));
  if (error instanceof SyntaxError) return { kind: 'failure', reason: 'unreadable' };
  return { kind: 'failure', reason: transportReason(error, intake) };
}

function refusalOf(status: number, error: unknown, body: unknown): Failure {
  if (status >= 200 && status < 300) return { kind: 'failure', reason: 'unreadable' };
  const headers = memberOf(memberOf(error, 'config'), 'headers');
  return statusFailure(status, headers instanceof Headers ? headers : new Headers(), body);
}

const RESET = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);
const LATE = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT']);

function transportReason(error: unknown, { garbled, brokenOff = '' }: Intake): Failure['reason'] {
  if (isTimeout(error) || LATE.has(brokenOff)) return 'deadline';
  if (RESET.has(brokenOff)) return 'reset';
  // JSON that is no object makes fhir-kit-client stumble after the exchange; HPE_ codes: the answer was no HTTP.
  const answered = garbled || brokenOff === '' || brokenOff.startsWith('HPE_');
  return answered && !isRedirect(error) ? 'unreadable' : 'unreachable';
}

function isRedirect(error: unknown): boolean {
  return memberOf(memberOf(error, 'cause'), 'message') === 'unexpected redirect';
}

function isTimeout(error: unknown): boolean {
  return memberOf(error, 'name') === 'TimeoutError';
}
