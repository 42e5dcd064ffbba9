import { toDiscovery } from '../cds-hooks/discovery.js';
import { toFeedback, type Feedback } from '../cds-hooks/feedback.js';
import type { HookRequest, ServedHook } from '../cds-hooks/hook-request.types.js';
import { checkHookRequest, isUuid, type CheckedHookRequest } from '../cds-hooks/hook-request.js';
import { finishResponse } from '../cds-hooks/response.js';
import { keepTextsOfOrders, toJson } from '../cds-hooks/source-text.js';
import type { CdsResponse } from '../cds-hooks/card.types.js';
import type { Caller, KeptCall, ServedService } from '../cds-hooks/service.types.js';
import { CdsError } from '../errors.js';
import { JSON_HEADERS, jsonAnswer, type Answer, type CallSummary } from './answer.js';
import { readJson, readJsonWithText } from './body.js';
import { settledBy } from './deadline.js';
import { errorAnswer, toCdsError } from './errors.js';
import type { Exchange, Handler, Route } from './exchange.js';
import type { Observer } from './observer.js';

export interface CdsServicesParts {
  readonly services: readonly ServedService[];
  readonly bodyLimit: number;
  /** Milliseconds from the arrival of a call to its answer. */
  readonly deadlineMs: number;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly newUuid: () => string;
  readonly observer: Observer;
  readonly storeFeedback?: StoreFeedback;
  /** Told of every CRD call with its answer, where the site keeps them. */
  readonly keepCall?: KeepCall;
}

export type KeepCall = (call: KeptCall) => void;

/** Resolves when the batch is stored. @throws CdsError ERR_OVERLOADED when it has to be sent again */
export type StoreFeedback = (batch: {
  readonly service: string;
  readonly caller?: Caller;
  readonly feedback: readonly Feedback[];
}) => Promise<void>;

/** Milliseconds that a service may be late before it is answered for: it keeps the deadline itself. */
const GRACE_MS = 50;

type ServiceByHook = ReadonlyMap<ServedHook, ServedService>;

/**
 * The routes of CDS Hooks: discovery, and for each id the service and its feedback.
 * Several services may share an id with different hooks; the call goes to the one of its hook (DISC-10).
 *
 * @throws StartupError when the definitions contradict each other
 */
export function cdsServicesRoutes(parts: CdsServicesParts): readonly (readonly [string, Route])[] {
  const discovery = toDiscovery(parts.services.map(({ definition }) => definition));
  const ids = new Set(discovery.services.map(({ id }) => id));
  const routes = [...ids].flatMap((id) => serviceRoutes(id, parts));
  return [['/cds-services', { name: 'discovery', get: discoveryHandler(discovery) }], ...routes];
}

// Clients read it about daily, from browsers too; a minute is harmless after a restart with new templates.
function discoveryHandler(discovery: object): Handler {
  const body = JSON.stringify(discovery);
  const answer = { status: 200, headers: { ...JSON_HEADERS, 'cache-control': 'max-age=60' }, body };
  return () => answer;
}

function serviceRoutes(id: string, parts: CdsServicesParts): readonly (readonly [string, Route])[] {
  const ofId = parts.services.filter(({ definition }) => definition.id === id);
  const byHook = new Map(
    ofId.flatMap((service) => service.definition.hooks.map((hook) => [hook, service] as const)),
  );
  return [
    [`/cds-services/${id}`, { name: 'service', post: callHandler(id, byHook, parts) }],
    [`/cds-services/${id}/feedback`, { name: 'feedback', post: feedbackHandler(id, parts) }],
  ];
}

/** POST /cds-services/{id} (REQ-1 to REQ-10, RS-1 to RS-4). */
function callHandler(id: string, byHook: ServiceByHook, parts: CdsServicesParts): Handler {
  const hooks = [...byHook.keys()];
  const crd = [...byHook.values()].find((service) => service.crd)?.crd;
  const answer = async (exchange: Exchange, body: unknown): Promise<Answer> => {
    const { request, warnings } = crd ? checkCrdRequest(body, hooks, crd) : checkHookRequest(body, hooks);
    if (warnings.length > 0) parts.observer.warned(exchange.requestId, warnings);
    const service = byHook.get(request.hook);
    if (service === undefined) throw new CdsError('ERR_HOOK_NOT_SERVED', 'hook is not served by this id');
    const response = await callByDeadline(service, request, exchange, parts);
    return toAnswer(response, summaryOf(id, request, response), parts.newUuid);
  };
  return async (exchange) => {
    const body = await (crd ? readWithOrdersAsWritten : readJson)(exchange, parts.bodyLimit);
    const { keepCall } = parts;
    if (!crd || !keepCall) return answer(exchange, body);
    return kept(
      () => answer(exchange, body),
      ({ status, body: response }) => {
        const { requestId, caller } = exchange;
        const request = withoutToken(body);
        keepCall({ service: id, requestId, status, request, response, ...(caller && { caller }) });
      },
    );
  };
}

/** Has an answer, or the one an error leads to, kept before it leaves (CP-5). */
async function kept(answer: () => Promise<Answer>, keep: (answer: Answer) => void): Promise<Answer> {
  try {
    const given = await answer();
    keep(given);
    return given;
  } catch (thrown) {
    keep(errorAnswer(toCdsError(thrown)));
    throw thrown;
  }
}

function withoutToken(body: unknown): string {
  if (typeof body !== 'object' || body === null) return JSON.stringify(body);
  return JSON.stringify({ ...body, fhirAuthorization: undefined });
}

/** What CRD asks beyond: orders go back as they were written. */
async function readWithOrdersAsWritten(exchange: Exchange, limit: number): Promise<unknown> {
  const { value, text } = await readJsonWithText(exchange, limit);
  keepTextsOfOrders(value, text);
  return value;
}

/** The versions of CRD differ in what a bad call is. */
function checkCrdRequest(
  body: unknown,
  hooks: readonly ServedHook[],
  { invalidAs }: NonNullable<ServedService['crd']>,
): CheckedHookRequest {
  try {
    return checkHookRequest(body, hooks);
  } catch (thrown) {
    if (!(thrown instanceof CdsError) || thrown.code !== 'ERR_HOOK_REQUEST_INVALID') throw thrown;
    const { message, expression } = thrown;
    throw new CdsError(invalidAs, message, expression === undefined ? {} : { expression });
  }
}

function callByDeadline(
  service: ServedService,
  request: HookRequest,
  exchange: Exchange,
  parts: CdsServicesParts,
): Promise<CdsResponse> {
  const { arrivedAt, requestId, caller } = exchange;
  const deadlineAt = arrivedAt + parts.deadlineMs;
  const context = { deadlineAt, arrivedAt, requestId, ...(caller && { caller }) };
  return settledBy(service.call(request, context), deadlineAt + GRACE_MS - parts.now(), (thrown) => {
    parts.observer.settledLate(exchange.requestId, thrown);
  });
}

const NOTHING_TO_SAY = '{"cards":[]}';

function toAnswer(response: CdsResponse, call: CallSummary, newUuid: () => string): Answer {
  const answer = call.reviewed
    ? { status: 200, headers: JSON_HEADERS, body: toJson(finishResponse(response, newUuid)) }
    : { status: 200, headers: JSON_HEADERS, body: NOTHING_TO_SAY };
  return { ...answer, call };
}

function summaryOf(service: string, request: HookRequest, response: CdsResponse): CallSummary {
  const { hook, hookInstance } = request;
  const { cards, ...more } = response;
  const reviewed = cards.length > 0 || Object.keys(more).length > 0;
  return { service, hook, ...(isUuid(hookInstance) && { hookInstance }), reviewed, cards: cards.length };
}

/** POST /cds-services/{id}/feedback: validated, stored, and only then acknowledged and counted (FB-1 to FB-8). */
function feedbackHandler(id: string, parts: CdsServicesParts): Handler {
  return async (exchange) => {
    const body = await readJson(exchange, parts.bodyLimit);
    const { requestId, caller } = exchange;
    const feedback = toFeedback(body);
    await parts.storeFeedback?.({ service: id, feedback, ...(caller && { caller }) });
    parts.observer.feedbackReceived(requestId, id, feedback);
    return jsonAnswer(200, {});
  };
}
