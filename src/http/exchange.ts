import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../cds-hooks/service.types.js';
import { CdsError } from '../errors.js';
import type { TraceRequest } from '../tracing.js';
import type { Answer } from './answer.js';
import { ArrivingBody } from './arriving-body.js';
import { preflightHeaders, type Headers } from './cors.js';
import { endAnswer } from './end-answer.js';
import { errorAnswer, toCdsError } from './errors.js';
import type { Admission } from './load/admission.js';
import { NO_CLAIM, type BodyClaim, type BodyRoom } from './load/body-room.js';
import type { Answered, Observer, RouteName } from './observer.js';
import { createReceiveBuffers } from './receive-buffers.js';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly requestId: string;
  /** When the headers of the request were there, on the clock of performance.now(), milliseconds. */
  readonly arrivedAt: number;
  /** Taken while the gates are asked, as far as it came with the headers. */
  readonly body: ArrivingBody;
  /** Room for its body, given back when the answer is there. */
  readonly claim: BodyClaim;
  /** Set by the gate that found it out. */
  caller?: Caller;
}

export type Handler = (exchange: Exchange) => Answer | Promise<Answer>;

export interface Route {
  readonly name: RouteName;
  readonly get?: Handler;
  readonly post?: Handler;
  /** For every other method but OPTIONS; 405 where there is none. */
  readonly otherwise?: Handler;
}

/**
 * Asked, in order, before the body of a hook call or a feedback is read: is the caller trusted, within the rate,
 * and is there room? Throws CdsError ERR_CLIENT_UNTRUSTED, ERR_TOO_MANY_REQUESTS or ERR_OVERLOADED.
 */
export type Gate = (exchange: Exchange, route: RouteName) => void | Promise<void>;

export interface ExchangeParts {
  /** Headers of every answer, by the request's Origin. */
  readonly headers: (origin: string | undefined) => Headers;
  readonly observer: Observer;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly newUuid: () => string;
  readonly gates: readonly Gate[];
  /** Whether discovery is asked for the same. */
  readonly discoveryGated: boolean;
  /** Asked before the gates, for calls and feedback; told when the answer is there. */
  readonly admission?: Admission;
  /** Room for the bodies of calls and feedback; without it there is no bound but each body's own. */
  readonly bodyRoom?: BodyRoom;
  /** Without it nothing is traced. */
  readonly trace?: TraceRequest;
}

/** Answers one request on a route, whatever a handler throws (ERR-1); rejects only when the answer cannot be written. */
export type Serve = (route: Route, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The one way in and out: request id, gates, handler, error to OperationOutcome, headers, log and metrics. */
export function createServe(parts: ExchangeParts): Serve {
  const buffers = createReceiveBuffers();
  return async (route, request, response) => {
    const requestId = requestIdOf(request, parts.newUuid);
    const claim = parts.bodyRoom?.claim() ?? NO_CLAIM;
    const body = new ArrivingBody(request, buffers);
    const exchange: Exchange = { request, requestId, arrivedAt: parts.now(), body, claim };
    const send: Send = (answer) => {
      write(exchange, response, answer, parts);
      return { status: answer.status, ...(answer.call !== undefined && { call: answer.call }) };
    };
    const outcome = await traced({ route, exchange, parts, send });
    const durationMs = parts.now() - exchange.arrivedAt;
    parts.observer.answered({ route: route.name, requestId, durationMs, ...outcome });
  };
}

/** What of the routes is traced: probes and scrapes would be most of it. */
const TEMPLATES: Partial<Record<RouteName, string>> = {
  discovery: '/cds-services',
  service: '/cds-services/{id}',
  feedback: '/cds-services/{id}/feedback',
};

/**
 * What is told of an answer once it is sent. The answer itself is sent where it is made and not given back: what
 * waited for the gates is old by then, and the engine would keep the body for its sake until a full collection.
 */
type Outcome = Pick<Answered, 'status' | 'call' | 'failure'>;

type Send = (answer: Answer) => Outcome;

/** All that belongs to one request. */
interface Serving {
  readonly route: Route;
  readonly exchange: Exchange;
  readonly parts: ExchangeParts;
  readonly send: Send;
}

function traced(serving: Serving): Promise<Outcome> {
  const { route, exchange, parts } = serving;
  const template = TEMPLATES[route.name];
  if (!parts.trace || template === undefined) return attempt(serving);
  const { method, headers } = exchange.request;
  return parts.trace(
    { method, headers, route: template },
    () => attempt(serving),
    ({ status, call, failure }) => ({
      status,
      ...(call && { call }),
      ...(failure && { code: failure.code }),
    }),
  );
}

const UUID = /^[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}$/i;

/** The caller's X-Request-Id where it is a UUID (anything else might be a patient's), else a new one. */
export function requestIdOf(request: IncomingMessage, newUuid: () => string): string {
  const sent = request.headers['x-request-id'];
  return typeof sent === 'string' && UUID.test(sent) ? sent : newUuid();
}

async function attempt(serving: Serving): Promise<Outcome> {
  const { route, exchange, parts, send } = serving;
  try {
    const handler = handlerOf(route, exchange.request.method);
    if (handler === undefined) return refuseMethod(serving);
    return await (isGated(route.name, parts.discoveryGated) ? admitted : respond)(handler, serving);
  } catch (thrown) {
    const error = toCdsError(thrown);
    return { ...send(errorAnswer(error)), failure: { code: error.code, thrown } };
  }
}

async function admitted(handler: Handler, serving: Serving): Promise<Outcome> {
  const { route, exchange, parts } = serving;
  const { admission, gates } = parts;
  admission?.enter();
  exchange.body.hold();
  try {
    for (const gate of gates) await gate(exchange, route.name);
    return await respond(handler, serving);
  } finally {
    exchange.body.release();
    exchange.claim.release();
    admission?.leave();
  }
}

async function respond(handler: Handler, { exchange, send }: Serving): Promise<Outcome> {
  return send(await handler(exchange));
}

// Probes and metrics are the operator's. Discovery needs no token by default (DISC-14).
function isGated(name: RouteName, discovery: boolean): boolean {
  return name === 'service' || name === 'feedback' || (discovery && name === 'discovery');
}

function handlerOf(route: Route, method: string | undefined): Handler | undefined {
  switch (method) {
    case 'POST':
      return route.post;
    case 'GET':
    case 'HEAD':
      return route.get;
    case 'OPTIONS':
      return undefined;
    default:
      return route.otherwise;
  }
}

function refuseMethod({ route, exchange: { request }, send }: Serving): Outcome {
  const methods = [...(route.get ? ['GET', 'HEAD'] : []), ...(route.post ? ['POST'] : []), 'OPTIONS'].join(
    ', ',
  );
  if (request.method === 'OPTIONS')
    return send({ status: 204, headers: preflightHeaders(methods), body: '' });
  const error = new CdsError('ERR_METHOD_NOT_ALLOWED', `allowed here: ${methods}`);
  const failure = { code: error.code, thrown: error };
  return { ...send(errorAnswer(error, { allow: methods })), failure };
}

function write(exchange: Exchange, response: ServerResponse, answer: Answer, parts: ExchangeParts): void {
  const { request, requestId } = exchange;
  response.writeHead(answer.status, {
    ...parts.headers(request.headers.origin),
    ...answer.headers,
    ...(answer.status !== 204 && { 'content-length': Buffer.byteLength(answer.body) }),
    'x-request-id': requestId,
  });
  endAnswer(request, response, request.method === 'HEAD' ? undefined : answer.body);
}
