import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import express from 'express';
import supertest from 'supertest';
import { createApp } from '../src/app.js';
import { composeServices } from '../src/compose/services.js';
import { readConfig } from '../src/config/config.js';
import { silentLog } from '../src/log.js';
import { createMetrics } from '../src/metrics.js';
import { createSandbox } from '../src/sandbox/sandbox.js';
import { faultsOfAnswer } from './cds-hooks/schemas.js';
import {
  goldenCases,
  hasExpected,
  readJson,
  SERVICES,
  withoutUuids,
  type GoldenCase,
} from './golden-case.js';

const cases = SERVICES.flatMap(goldenCases);
const update = process.env['UPDATE_GOLDEN'] === '1';

/** One for each service: two of them may have a case of the same name. */
const sandboxes = new Map(
  SERVICES.map((service) => {
    const charts = goldenCases(service).map(({ chart }) => chart);
    const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    const ambient = { now: () => Date.now(), randomId: () => crypto.randomUUID(), wait };
    return [service, createSandbox({ ...ambient, charts })] as const;
  }),
);
const config = { ...readConfig({ SERVICES: SERVICES.join(',') }), deadlineMs: 10_000 };
const composed = composeServices({
  config,
  log: silentLog(),
  metrics: createMetrics({ processMetrics: false }),
  ambient: {
    now: () => performance.now(),
    date: () => new Date('2026-03-20T12:00:00Z'),
    random: () => 0.5,
    newUuid: () => crypto.randomUUID(),
  },
});
const app = createApp({
  config,
  services: composed.services,
  log: silentLog(),
  metrics: createMetrics({ processMetrics: false }),
  clock: performance,
  newUuid: () => crypto.randomUUID(),
});

let fhir: Server;
let sandboxUrl: string;
beforeAll(async () => {
  const router = express();
  for (const [service, sandbox] of sandboxes) router.use(`/${service}/fhir`, sandbox.router);
  fhir = createServer(router);
  await new Promise<void>((resolve) => fhir.listen(0, '127.0.0.1', resolve));
  sandboxUrl = `http://127.0.0.1:${(fhir.address() as AddressInfo).port}`;
});
afterAll(async () => {
  fhir.closeAllConnections();
  await new Promise((resolve) => fhir.close(resolve));
  await composed.close();
});

async function answer({ chart, service, delivered }: GoldenCase, prefetch: boolean): Promise<unknown> {
  const templates =
    composed.services.find(({ definition }) => definition.id === service)?.definition.prefetch ?? {};
  const sandbox = sandboxes.get(service);
  if (!sandbox) throw new Error(`no sandbox for ${service}`);
  const request = sandbox.orderSign(chart.patientId, {
    sandboxUrl: `${sandboxUrl}/${service}/fhir`,
    hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472',
    ...(prefetch && { prefetch: templates }),
  });
  const { fhirServer, ...withoutServer } = request;
  const sent = delivered ? { ...withoutServer, prefetch: { ...request.prefetch, ...delivered } } : request;
  const response = await supertest(app).post(`/cds-services/${service}`).send(sent);
  expect(response.status).toBe(200);
  return response.body;
}

describe.each(cases.map((one) => [`${one.service}/${one.name}: ${one.title}`, one] as const))(
  '%s',
  (_name, one) => {
    test('the whole answer, and the same fetched as prefetched (PF-4, G-30, G-32)', async () => {
      const prefetched = await answer(one, true);
      if (!one.delivered) expect(withoutUuids(await answer(one, false))).toEqual(withoutUuids(prefetched));
      if (update) writeFileSync(one.expectedPath, `${JSON.stringify(withoutUuids(prefetched), null, 2)}\n`);
      expect(hasExpected(one)).toBe(true);
      expect(withoutUuids(prefetched)).toEqual(readJson(one.expectedPath));
    });

    test('keeps the rules of CDS Hooks and of the evaluation contract', async () => {
      expect(faultsOfAnswer(JSON.stringify(await answer(one, true)))).toEqual([]);
    });
  },
);
