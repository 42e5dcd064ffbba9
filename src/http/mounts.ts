import type { ErrorRequestHandler, RequestHandler, Response, Router } from 'express';
import { CdsError } from '../errors.js';
import type { Answer } from './answer.js';
import { preflightHeaders, type Headers } from './cors.js';
import { endAnswer } from './end-answer.js';
import { errorAnswer } from './errors.js';

/** A router that stands beside the service: the sandbox, the playground. */
export interface Mount {
  readonly path: string;
  readonly router: Router;
}

/** CORS and security headers for what is mounted; a preflight is answered here. */
export function mountHeaders(headers: (origin: string | undefined) => Headers): RequestHandler {
  return (request, response, next) => {
    response.set(headers(request.headers.origin));
    if (request.method !== 'OPTIONS') next();
    else response.set(preflightHeaders('GET, HEAD, POST, PUT, DELETE, OPTIONS')).status(204).end();
  };
}

/** What nobody serves. */
export const notFound: RequestHandler = (_request, response) => {
  respond(response, errorAnswer(new CdsError('ERR_SERVICE_UNKNOWN', 'nothing is served here')));
};

/** What a mounted router threw; told to `onError`, and never shown. Express knows it by its four parameters. */
export function mountFailed(onError: (thrown: unknown) => void): ErrorRequestHandler {
  return (thrown: unknown, _request, response, next) => {
    onError(thrown);
    if (response.headersSent) next(thrown);
    else respond(response, errorAnswer(toMountError(thrown)));
  };
}

// Express and its body parsers mark what the caller got wrong with a 4xx status.
function toMountError(thrown: unknown): CdsError {
  if (thrown instanceof CdsError) return thrown;
  const status = thrown instanceof Error && 'status' in thrown ? thrown.status : 500;
  if (status === 413) return new CdsError('ERR_BODY_TOO_LARGE', 'the body is too large');
  if (status === 415) return new CdsError('ERR_MEDIA_TYPE_UNSUPPORTED', 'the media type is not supported');
  return typeof status === 'number' && status >= 400 && status < 500
    ? new CdsError('ERR_HOOK_REQUEST_INVALID', 'the request is malformed')
    : new CdsError('ERR_INTERNAL', 'unexpected error');
}

function respond(response: Response, { status, headers, body }: Answer): void {
  response.status(status).set({ ...headers, 'content-length': String(Buffer.byteLength(body)) });
  endAnswer(response.req, response, response.req.method === 'HEAD' ? undefined : body);
}
