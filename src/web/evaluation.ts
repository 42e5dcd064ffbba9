import express, { type Request, type Response, type Router } from 'express';
import { checkHookRequest } from '../cds-hooks/hook-request.js';
import type { HookRequest } from '../cds-hooks/hook-request.types.js';
import type { ServedService } from '../cds-hooks/service.types.js';
import { CdsError } from '../errors.js';
import { Arrivals, Turns } from './turns.js';

/** What the evidence page asks of the service; no trusted client speaks here, so little is given away. */
export interface EvaluationParts {
  readonly services: readonly ServedService[];
  readonly bodyLimit: number;
  /** A body as it comes, and what it says, by the rules of every other call. @throws CdsError where it breaks them */
  readonly receiveBody: (request: Request<{ service: string }>, limit: number) => Promise<Buffer>;
  readonly parseBody: (body: Buffer) => unknown;
  /** Milliseconds from the arrival of a request to its answer. */
  readonly deadlineMs: number;
  /** Milliseconds, on the clock of a call's deadline. */
  readonly now: () => number;
  /** Waits so many milliseconds between two evaluations; by default on the clock of the process. */
  readonly rest?: (milliseconds: number) => Promise<unknown>;
}

/**
 * POST /evidence/evaluation: an order-sign request with the chart as its prefetch, answered with the evaluation alone.
 * Where no order of it is reviewed the answer is `{"reviewed":false}`. Whatever FHIR server or token it names is dropped,
 * so nothing is fetched; nothing is recorded either. It tells a caller only what follows from what the caller sent, and so
 * needs no token of a trusted client. For that very reason one is evaluated at a time, with a rest after it: orders that
 * are being signed come first.
 */
export function evaluationRoutes(parts: EvaluationParts): Router {
  const router = express.Router();
  const room = { arrivals: new Arrivals(), turns: new Turns(parts) };
  const route = router.route('/:service');
  route.post(async (request: Request<{ service: string }>, response) => {
    try {
      const answer = await answerTo(parts, room, { request, response });
      response.set('cache-control', 'no-store').json(answer);
    } catch (thrown) {
      if (!(thrown instanceof CdsError)) throw thrown;
      refuse(response, thrown);
    }
  });
  route.all((request, response, next) => {
    if (request.method === 'OPTIONS') next();
    else
      refuse(
        response.set('allow', METHODS),
        new CdsError('ERR_METHOD_NOT_ALLOWED', `allowed here: ${METHODS}`),
      );
  });
  return router;
}

const METHODS = 'POST, OPTIONS';

interface Room {
  readonly arrivals: Arrivals;
  readonly turns: Turns;
}

interface Exchange {
  readonly request: Request<{ service: string }>;
  readonly response: Response;
}

async function answerTo(
  parts: EvaluationParts,
  { arrivals, turns }: Room,
  { request, response }: Exchange,
): Promise<object> {
  const service = parts.services.find(({ definition }) => definition.id === request.params.service);
  if (!service) throw new CdsError('ERR_SERVICE_UNKNOWN', 'nothing is served here');
  const hasCome = arrivals.enter(() => {
    refuse(response, new CdsError('ERR_OVERLOADED', 'the body arrives too slowly; try again'));
    // With the rest of a body unread, nothing more can be read from the connection.
    response.once('finish', () => request.destroy());
  });
  const body = await parts.receiveBody(request, parts.bodyLimit).finally(hasCome);
  return turns.take(() => (response.destroyed ? Promise.resolve({}) : evaluate(parts, service, body)));
}

async function evaluate(
  { deadlineMs, now, parseBody }: EvaluationParts,
  service: ServedService,
  body: Buffer,
): Promise<object> {
  const arrivedAt = now();
  const { request } = checkHookRequest(parseBody(body), ['order-sign']);
  const { extension } = await service.call(prefetchOnly(request), {
    ...{ arrivedAt, deadlineAt: arrivedAt + deadlineMs, unrecorded: true },
  });
  const evaluation = extension?.['stepwise-cds.evaluation'];
  return evaluation === undefined ? { reviewed: false } : { evaluation };
}

function prefetchOnly({ hook, hookInstance, context, prefetch }: HookRequest): HookRequest {
  return { hook, hookInstance, context, prefetch };
}

/** An OperationOutcome that names the place and never a value; nothing where an answer was sent already. */
function refuse(response: Response, { code, status, message, expression }: CdsError): void {
  if (response.headersSent) return;
  const issue = {
    ...{ severity: 'error', code: 'processing', details: { text: message } },
    ...(expression !== undefined && { expression: [expression] }),
  };
  if (code === 'ERR_OVERLOADED') response.set('retry-after', '1');
  response.status(status).json({ resourceType: 'OperationOutcome', issue: [issue] });
}
