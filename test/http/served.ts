import { Writable } from 'node:stream';
import type { Express } from 'express';
import { createApp, type AppParts } from '../../src/app.js';
import type { CdsResponse } from '../../src/cds-hooks/card.types.js';
import type { HookRequest, ServedHook } from '../../src/cds-hooks/hook-request.types.js';
import type { CallContext, ServedService, ServiceDefinition } from '../../src/cds-hooks/service.types.js';
import { createLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';

export const ID = 'review';
export const CALL = `/cds-services/${ID}`;

export const DEFINITION: ServiceDefinition = {
  id: ID,
  hooks: ['order-sign', 'order-select'],
  title: 'Review',
  description: 'Reviews an order',
  prefetch: { patient: { kind: 'patient', template: 'Patient/{{context.patientId}}' } },
};

export const ADVICE: CdsResponse = {
  cards: [{ summary: 'A step is missing', indicator: 'warning', source: { label: 'Stepwise' } }],
  extension: { 'stepwise-cds.evaluation': { schemaVersion: '1' } },
};

export interface FakeService extends ServedService {
  readonly calls: { readonly request: HookRequest; readonly context: CallContext }[];
}

/** A service that answers what it is told and remembers what it was asked. */
export function serviceThat(
  answer: (request: HookRequest, context: CallContext) => Promise<CdsResponse>,
  hooks: readonly ServedHook[] = DEFINITION.hooks,
): FakeService {
  const calls: FakeService['calls'] = [];
  return {
    definition: { ...DEFINITION, hooks },
    calls,
    call: (request, context) => {
      calls.push({ request, context });
      return answer(request, context);
    },
  };
}

export const advising = (): FakeService => serviceThat(() => Promise.resolve(ADVICE));
export const silent = (): FakeService => serviceThat(() => Promise.resolve({ cards: [] }));

export interface Served {
  readonly app: Express;
  /** What was logged, parsed, a line each. */
  readonly lines: Record<string, unknown>[];
  /** The same as text. */
  readonly logged: () => string;
}

type Changes = Partial<Omit<AppParts, 'config'>> & { readonly config?: Partial<AppParts['config']> };

/** The app with fakes round it; the log is kept from level debug on. */
export function serve({ config, ...changes }: Changes = {}): Served {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      for (const line of chunk.toString().split('\n').filter(Boolean)) lines.push(JSON.parse(line));
      done();
    },
  });
  let uuids = 0;
  const app = createApp({
    services: [advising()],
    log: createLog({ level: 'debug', stream, now: () => new Date('2026-01-01T00:00:00Z') }),
    metrics: createMetrics({ processMetrics: false }),
    clock: performance,
    newUuid: () => `00000000-0000-4000-8000-${String(++uuids).padStart(12, '0')}`,
    config: {
      bodyLimit: 5_242_880,
      deadlineMs: 10_000,
      corsOrigins: '*',
      publicUrl: 'http://127.0.0.1:3000',
      ...config,
    },
    ...changes,
  });
  return { app, lines, logged: () => lines.map((line) => JSON.stringify(line)).join('\n') };
}

/** A body, text or bytes, is sent as it is, instead of as JSON. */
export const asItIs = (body: string): string => body;

/** What every OperationOutcome of ours looks like (ERR-1). */
export function outcome(expression?: string): unknown {
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code: expect.stringMatching(/^[a-z-]+$/),
        details: { text: expect.stringMatching(/\S/) },
        ...(expression !== undefined && { expression: [expression] }),
      },
    ],
  };
}
