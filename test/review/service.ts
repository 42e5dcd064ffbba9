import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import supertest from 'supertest';
import { createApp } from '../../src/app.js';
import { composeServices } from '../../src/compose/services.js';
import { readConfig } from '../../src/config/config.js';
import type { Evaluation, OrderEvaluation } from '../../src/evaluation/evaluation.js';
import { faultsOfAnswer } from '../cds-hooks/schemas.js';
import { silentLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';

export const SERVICE = 'sij-neurectomy-review';
export const PATIENT = 'p1';

const config = { ...readConfig({}), deadlineMs: 15_000 };
const metrics = createMetrics({ processMetrics: false });
const composed = composeServices({
  config,
  log: silentLog(),
  metrics,
  ambient: {
    now: () => performance.now(),
    date: () => new Date('2026-03-20T12:00:00Z'),
    random: () => 0.5,
    newUuid: () => crypto.randomUUID(),
  },
});

/** The whole application, as it is served. */
export const app: Express = createApp({
  config,
  services: composed.services,
  log: silentLog(),
  metrics,
  clock: performance,
  newUuid: () => crypto.randomUUID(),
});

export type ResourceJson = Readonly<Record<string, unknown>> & {
  readonly resourceType: string;
  readonly id?: string;
};

const CPT = 'http://www.ama-assn.org/go/cpt';

/** A draft order of 64772 for the sacroiliac joint. */
export function draft(part: Readonly<Record<string, unknown>> = {}): ResourceJson {
  return {
    resourceType: 'ServiceRequest',
    id: 'draft-1',
    status: 'draft',
    intent: 'order',
    code: {
      coding: [{ system: CPT, code: '64772' }],
      text: 'Neurectomy of sacral lateral branches, bilateral',
    },
    subject: { reference: `Patient/${PATIENT}` },
    reasonCode: [{ text: 'Chronic bilateral sacroiliac joint pain' }],
    authoredOn: '2026-03-20',
    ...part,
  };
}

export function procedure(
  id: string,
  code: string,
  part: Readonly<Record<string, unknown>> = {},
): ResourceJson {
  return {
    resourceType: 'Procedure',
    id,
    status: 'completed',
    code: { coding: [{ system: CPT, code }] },
    subject: { reference: `Patient/${PATIENT}` },
    performedDateTime: '2026-01-10',
    ...part,
  };
}

/** Active rehabilitation for long enough: the record of someone whose care before anything invasive is known. */
export function physicalTherapy(): ResourceJson {
  return procedure('pt', '97110', {
    performedPeriod: { start: '2025-05-05', end: '2025-07-07' },
    performedDateTime: undefined,
  });
}

export function bundle(...resources: readonly object[]): ResourceJson {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: resources.length,
    entry: resources.map((resource) => ({ resource })),
  };
}

/** Every key of the service, empty but for what is given: nothing is left to fetch. */
export function prefetched(given: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  const keys = Object.keys(composed.services[0]?.definition.prefetch ?? {});
  return {
    ...Object.fromEntries(
      keys.map((key) => [key, key === 'patient' ? { resourceType: 'Patient', id: PATIENT } : null]),
    ),
    ...given,
  };
}

export function orderSign(orders: readonly object[], part: Readonly<Record<string, unknown>> = {}) {
  return {
    hook: 'order-sign',
    hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472',
    context: {
      userId: 'Practitioner/dr',
      patientId: PATIENT,
      draftOrders: {
        resourceType: 'Bundle',
        type: 'collection',
        entry: orders.map((resource) => ({ resource })),
      },
    },
    prefetch: prefetched(),
    ...part,
  };
}

export function post(request: unknown) {
  return supertest(app)
    .post(`/cds-services/${SERVICE}`)
    .send(request as object);
}

export interface Answer {
  readonly cards: readonly {
    readonly summary: string;
    readonly detail?: string;
    readonly suggestions?: readonly {
      readonly label: string;
      readonly isRecommended?: boolean;
      readonly actions: readonly {
        readonly type: string;
        readonly resourceId?: string;
        readonly resource?: Readonly<Record<string, unknown>>;
      }[];
    }[];
  }[];
  readonly extension?: { readonly 'stepwise-cds.evaluation': Evaluation };
}

/** The answer of a call that has to succeed, and to keep every rule of an answer. */
export async function review(request: unknown): Promise<Answer> {
  const response = await post(request);
  if (response.status !== 200) throw new Error(`status ${response.status}: ${response.text}`);
  const faults = faultsOfAnswer(response.text);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return response.body as Answer;
}

export async function reviewOrder(request: unknown): Promise<OrderEvaluation> {
  const [order] = (await review(request)).extension?.['stepwise-cds.evaluation'].orders ?? [];
  if (!order) throw new Error('no order was reviewed');
  return order;
}

/** A FHIR server that answers every search with an empty Bundle, or so, and counts what it was asked. */
export async function countingServer(status = 200, answer: object = bundle()) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => {
        resolve();
      });
    });
  return { url, asked, close };
}
