import type { IncomingMessage, ServerResponse } from 'node:http';
import { CdsError } from '../errors.js';
import type { Route, Serve } from './exchange.js';

/** By exact path, without trailing slash. */
export type Routes = ReadonlyMap<string, Route>;

/** Needs nothing of express: `next` is called for what has no route. */
export type RouteMiddleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Middleware that serves the routes and leaves everything else to what is mounted after it. A map of exact
 * paths in place of express' own routing: the ids are known at start-up and need no decoding (DISC-4), 405 and
 * preflight follow from the table (DISC-13), and a call costs one look-up.
 *
 * @param basePath path of PUBLIC_URL, `` or `/r4`; the routes are served under it and, for proxies that strip it,
 *   without it (DISC-1)
 */
export function serveRoutes(routes: Routes, serve: Serve, basePath: string): RouteMiddleware {
  return (request, response, next) => {
    const path = pathOf(request.url ?? '/', basePath);
    const route = routes.get(path) ?? unknownUnder(path);
    if (route === undefined) next();
    // Only writing the answer can have failed, so there is no answer to give.
    else serve(route, request, response).catch(() => response.destroy());
  };
}

/** The path of a request below the service's base path, without query and trailing slash. */
export function pathOf(url: string, basePath: string): string {
  const target = url.startsWith('/') ? url : withoutOrigin(url);
  const query = target.indexOf('?');
  const sent = normalised(query === -1 ? target : target.slice(0, query));
  const path = basePath !== '' && sent.startsWith(`${basePath}/`) ? sent.slice(basePath.length) : sent;
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

// A proxy may send the whole URL as the target (RFC 9112, 3.2.2).
function withoutOrigin(url: string): string {
  return url.replace(/^https?:\/\/[^/?]*/i, '');
}

const UNRESERVED = /[\w.~-]/;

// `%2D` and `-` are the same path; `%2F` and `/` are not (RFC 3986, 6.2.2.2).
function normalised(path: string): string {
  return path.includes('%')
    ? path.replace(/%[\da-f]{2}/gi, (encoded) => {
        const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
        return UNRESERVED.test(character) ? character : encoded;
      })
    : path;
}

// Whatever is not served under /cds-services is an unknown service, for every method but a preflight (REQ-1).
function unknownUnder(path: string): Route | undefined {
  return path.startsWith('/cds-services/') ? UNKNOWN_SERVICE : undefined;
}

const unknownService = (): never => {
  throw new CdsError('ERR_SERVICE_UNKNOWN', 'no such service: see /cds-services');
};
const UNKNOWN_SERVICE: Route = {
  name: 'other',
  get: unknownService,
  post: unknownService,
  otherwise: unknownService,
};
