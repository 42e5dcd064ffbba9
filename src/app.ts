import type { RequestListener } from 'node:http';
import express, { type Express } from 'express';
import type { ServedService } from './cds-hooks/service.types.js';
import type { Config } from './config/config.types.js';
import { cdsServicesRoutes, type KeepCall, type StoreFeedback } from './http/cds-services.js';
import { headersFor } from './http/cors.js';
import { createServe, type Gate } from './http/exchange.js';
import type { Admission } from './http/load/admission.js';
import type { BodyRoom } from './http/load/body-room.js';
import { mountFailed, mountHeaders, notFound, type Mount } from './http/mounts.js';
import { operationRoutes } from './http/operation.js';
import { serveRoutes, type RouteMiddleware } from './http/routes.js';
import { NO_PAGE, securityHeaders } from './http/security-headers.js';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';
import { createObserver } from './compose/observer.js';
import type { Tracing } from './tracing.js';

export interface AppParts {
  readonly config: Pick<Config, 'bodyLimit' | 'corsOrigins' | 'deadlineMs' | 'publicUrl'>;
  readonly services: readonly ServedService[];
  /** Of this software. */
  readonly version?: string;
  readonly log: Log;
  readonly metrics: Metrics;
  /** performance.now(): milliseconds, monotonic; CallContext.deadlineAt is on the same clock. */
  readonly clock: { now(): number };
  readonly newUuid: () => string;
  /** Asked in order before the body of a call or a feedback is read: trust, rate, load. */
  readonly gates?: readonly Gate[];
  /** Whether discovery has to pass the gates too; by default it does not (DISC-14). */
  readonly discoveryGated?: boolean;
  /** Turns calls and feedback away when there are too many. */
  readonly admission?: Admission;
  /** Room for the bodies of calls under way. */
  readonly bodyRoom?: BodyRoom;
  /** Without it feedback is validated and counted only. */
  readonly storeFeedback?: StoreFeedback;
  /** Without it no CRD call is kept whole. */
  readonly keepCall?: KeepCall;
  /** Routers beside the service, in order. */
  readonly mounts?: readonly Mount[];
  /** Without it nothing is traced. */
  readonly tracing?: Pick<Tracing, 'request'>;
  /** Why the service should get no calls now; by default it is always ready. */
  readonly notReady?: () => readonly string[];
}

/**
 * The express app: CDS Hooks, health and metrics first and without further middleware, for they carry the load;
 * then what is mounted; then 404.
 *
 * @throws StartupError when two services claim one (id, hook)
 */
export function createApp(parts: AppParts): Express {
  return toApp(parts, createRoutes(parts));
}

/**
 * The same for a server of node:http: what has a route is answered before express sees it, which saves the fifth of
 * a call that express spends on giving each request and response a new prototype.
 *
 * @throws StartupError as createApp
 */
export function createListener(parts: AppParts): RequestListener {
  const routes = createRoutes(parts);
  const app = toApp(parts, routes);
  return (request, response) => {
    routes(request, response, () => {
      app(request, response);
    });
  };
}

function createRoutes(parts: AppParts): RouteMiddleware {
  const { config, log, metrics, newUuid } = parts;
  const observer = createObserver(log, metrics);
  const now = (): number => parts.clock.now();
  const routes = new Map([
    ...cdsServicesRoutes({
      ...{ ...config, services: parts.services, now, newUuid, observer },
      ...(parts.storeFeedback && { storeFeedback: parts.storeFeedback }),
      ...(parts.keepCall && { keepCall: parts.keepCall }),
    }),
    ...operationRoutes({
      ...{ metrics, notReady: parts.notReady ?? (() => []) },
      ...(parts.version !== undefined && { version: parts.version }),
    }),
  ]);
  const headers = headersFor(config.corsOrigins, { ...securityHeaders(config.publicUrl), ...NO_PAGE });
  const { gates = [], discoveryGated = false, admission, bodyRoom, tracing } = parts;
  const trace = tracing && { trace: tracing.request };
  const guard = {
    gates,
    discoveryGated,
    ...(admission && { admission }),
    ...(bodyRoom && { bodyRoom }),
    ...trace,
  };
  const serve = createServe({ headers, observer, now, newUuid, ...guard });
  return serveRoutes(routes, serve, basePathOf(config.publicUrl));
}

function toApp({ config, log, mounts }: AppParts, routes: RouteMiddleware): Express {
  const app = express().disable('x-powered-by').disable('etag');
  app.use(routes);
  app.use(mountHeaders(headersFor(config.corsOrigins, securityHeaders(config.publicUrl))));
  // A proxy may hand on the path of PUBLIC_URL, or take it off.
  for (const prefix of new Set([basePathOf(config.publicUrl), '']))
    for (const { path, router } of mounts ?? []) app.use(prefix + path, router);
  app.use(notFound);
  app.use(
    mountFailed((thrown) => {
      log.error('a mounted router failed', { event: 'mount.failed', err: thrown });
    }),
  );
  return app;
}

function basePathOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/+$/, '');
}
