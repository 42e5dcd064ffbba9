import express, { type Request, type Response, type Router } from 'express';
import { checkHookRequest } from '../cds-hooks/hook-request.js';
import type { HookRequest } from '../cds-hooks/hook-request.types.js';
import type { ServedService } from '../cds-hooks/service.types.js';
import { CdsError } from '../errors.js';

/** What the evidence page asks of the service; no trusted client speaks here, so little is given away. */
export interface EvaluationParts {
  readonly services: readonly ServedService[];
  readonly bodyLimit: number;
  /** Reads a body by the rules of every other call. @throws CdsError where it breaks them */
  readonly readBody: (request: Request<{ service: string }>, limit: number) => Promise<unknown>;
  /** Milliseconds from the arrival of a request to its answer. */
  readonly deadlineMs: number;
  /** Milliseconds, on the clock of a call's deadline. */
  readonly now: () => number;
}

/** Evaluations under way at once, bodies that are still arriving among them: orders that are being signed come first. */
const AT_ONCE = 4;

/**
 * POST /evidence/evaluation: an order-sign request with the chart as its prefetch, answered with the evaluation alone.
 * Where no order of it is reviewed the answer is `{"reviewed":false}`. Whatever FHIR server or token it names is dropped, so nothing is fetched; nothing is recorded either. It tells a
 * caller only what follows from what the caller sent, and so needs no token of a trusted client.
 */
export function evaluationRoutes(parts: EvaluationParts): Router {
  const router = express.Router();
  let underWay = 0;
  const route = router.route('/:service');
  route.post(
    (_request, response, next) => {
      if (underWay >= AT_ONCE) {
        refuse(response, new CdsError('ERR_OVERLOADED', 'too many evaluations at once; try again'));
        return;
      }
      underWay += 1;
      response.once('close', () => (underWay -= 1));
      next();
    },
    async (request: Request<{ service: string }>, response) => {
      try {
        response.set('cache-control', 'no-store').json(await evaluate(parts, request));
      } catch (thrown) {
        if (!(thrown instanceof CdsError)) throw thrown;
        refuse(response, thrown);
      }
    },
  );
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

async function evaluate(
  { services, deadlineMs, now, ...parts }: EvaluationParts,
  call: Request<{ service: string }>,
): Promise<object> {
  const service = services.find(({ definition }) => definition.id === call.params.service);
  if (!service) throw new CdsError('ERR_SERVICE_UNKNOWN', 'nothing is served here');
  const arrivedAt = now();
  const body = await parts.readBody(call, parts.bodyLimit);
  const { request } = checkHookRequest(body, ['order-sign']);
  const { extension } = await service.call(prefetchOnly(request), {
    ...{ arrivedAt, deadlineAt: arrivedAt + deadlineMs, unrecorded: true },
  });
  const evaluation = extension?.['stepwise-cds.evaluation'];
  return evaluation === undefined ? { reviewed: false } : { evaluation };
}

function prefetchOnly({ hook, hookInstance, context, prefetch }: HookRequest): HookRequest {
  return { hook, hookInstance, context, prefetch };
}

/** An OperationOutcome that names the place and never a value. */
function refuse(response: Response, { status, message, expression }: CdsError): void {
  const issue = {
    ...{ severity: 'error', code: 'processing', details: { text: message } },
    ...(expression !== undefined && { expression: [expression] }),
  };
  response.status(status).json({ resourceType: 'OperationOutcome', issue: [issue] });
}
