import { jsonAnswer } from './answer.js';
import type { Route } from './exchange.js';

export interface OperationParts {
  /** Of this software; told by `/health/live` where it is known. */
  readonly version?: string;
  /** Why the service cannot take calls now, in a word each (`draining`); empty when it can. */
  readonly notReady: () => readonly string[];
  /** Prometheus text and its content type. */
  readonly metrics: { readonly contentType: string; render(): Promise<string> };
}

/** `/health/live` (the process answers), `/health/ready` (it may be sent calls), `/metrics`. */
export function operationRoutes(parts: OperationParts): readonly (readonly [string, Route])[] {
  return [
    ['/health/live', { name: 'live', get: () => jsonAnswer(200, { status: 'live', ...versionOf(parts) }) }],
    ['/health/ready', { name: 'ready', get: () => readiness(parts.notReady()) }],
    ['/metrics', { name: 'metrics', get: () => metricsAnswer(parts.metrics) }],
  ];
}

function versionOf({ version }: OperationParts): { readonly version?: string } {
  return version === undefined ? {} : { version };
}

function readiness(reasons: readonly string[]): ReturnType<typeof jsonAnswer> {
  return reasons.length === 0
    ? jsonAnswer(200, { status: 'ready' })
    : jsonAnswer(503, { status: 'not-ready', reasons });
}

async function metricsAnswer(metrics: OperationParts['metrics']) {
  const headers = { 'content-type': metrics.contentType, 'cache-control': 'no-store' };
  return { status: 200, headers, body: await metrics.render() };
}
