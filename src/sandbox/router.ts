import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express';
import { refusalAnswer, type Answer, type FhirRequest } from './answer.js';
import { concerns, findFault, spoil, type Fault } from './faults.js';
import type { FhirServer } from './fhir-server.js';
import { FhirRefusal } from './outcome.js';

/** Resolves after that many milliseconds. */
export type Wait = (milliseconds: number) => Promise<unknown>;

/** Bytes of a resource that a session may put. */
const BODY_LIMIT = '1mb';

/** Serves the FHIR server over HTTP; may be mounted anywhere. */
export function sandboxRouter(server: FhirServer, wait: Wait): Router {
  const router = express.Router();
  router.use(express.text({ type: () => true, limit: BODY_LIMIT }));
  router.use(async (request, response) => {
    const { fhirRequest, fault } = toFhirRequest(request);
    const answer = server.answer(fhirRequest);
    if (fault && concerns(fault, fhirRequest))
      await deliver(response, spoil(fault, answer, fhirRequest), { fault, wait });
    else send(response, answer);
  });
  router.use(onError);
  return router;
}

/** Takes session and fault from the path (`s/<session>/`, `faults/<name>/`, in any order) or from their headers. */
function toFhirRequest(request: Request): { fhirRequest: FhirRequest; fault: Fault | undefined } {
  const { segments, prefix } = splitPrefix(request.path);
  const session = prefix.get('s') ?? request.get('x-sandbox-session');
  const faultName = prefix.get('faults') ?? request.get('x-sandbox-fault');
  const fault = faultName === undefined ? undefined : findFault(faultName);
  if (faultName !== undefined && !fault) throw new FhirRefusal(404, 'not-found', 'Unknown fault');
  const fhirRequest = {
    method: request.method === 'HEAD' ? 'GET' : request.method,
    base: [
      `${request.protocol}://${request.get('host') ?? 'localhost'}${request.baseUrl}`,
      ...[...prefix].flat(),
    ].join('/'),
    path: segments,
    query: new URL(request.originalUrl, 'http://sandbox').searchParams,
    header: (name: string) => request.get(name),
    body: typeof request.body === 'string' ? request.body : '',
    ...(session === undefined ? {} : { session }),
  };
  return { fhirRequest, fault };
}

function splitPrefix(path: string): { segments: string[]; prefix: Map<string, string> } {
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode);
  const prefix = new Map<string, string>();
  for (;;) {
    const [kind, name] = segments;
    if ((kind !== 's' && kind !== 'faults') || name === undefined || prefix.has(kind))
      return { segments, prefix };
    prefix.set(kind, name);
    segments.splice(0, 2);
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new FhirRefusal(400, 'invalid', 'The address is not properly encoded');
  }
}

function send(response: Response, answer: Answer): void {
  response.writeHead(answer.status, { ...answer.headers });
  if (answer.body === undefined) response.end();
  else response.end(Buffer.from(answer.body));
}

async function deliver(response: Response, answer: Answer, how: { fault: Fault; wait: Wait }): Promise<void> {
  const { fault, wait } = how;
  switch (fault.kind) {
    case 'hang':
      return;
    case 'reset':
      response.destroy();
      return;
    case 'drip':
      await drip(response, answer, () => wait(fault.everyMilliseconds), fault.bytes);
      return;
    case 'delay':
      await wait(fault.milliseconds);
  }
  if (!response.destroyed) send(response, answer);
}

async function drip(
  response: Response,
  answer: Answer,
  pause: () => Promise<unknown>,
  bytes: number,
): Promise<void> {
  response.writeHead(answer.status, { ...answer.headers });
  const body = Buffer.from(answer.body ?? '');
  for (let start = 0; start < body.length && !response.destroyed; start += bytes) {
    response.write(body.subarray(start, start + bytes));
    await pause();
  }
  response.end();
}

/** Refusals and what the body parser refused are told here; anything else is the app's to log and to answer. */
const onError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const answer = response.headersSent ? undefined : answerTo(error);
  if (answer) send(response, answer);
  else next(error);
};

function answerTo(error: unknown): Answer | undefined {
  if (error instanceof FhirRefusal) return refusalAnswer(error);
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (typeof status !== 'number' || status >= 500) return undefined;
  return refusalAnswer(new FhirRefusal(status, 'processing', 'The request cannot be read'));
}
