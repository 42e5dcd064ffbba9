import supertest from 'supertest';
import { composeServices } from '../../src/compose/services.js';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config/config.js';
import { silentLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { goldenCases, readJson, withoutUuids } from '../golden-case.js';

/** The golden cases whose patients are loaded into the real server: read without prefetch, answered the same. */
const SERVICE = 'sij-neurectomy-review';
const cases = goldenCases(SERVICE).filter(({ isSandboxPatient }) => isSandboxPatient);
const hapi = process.env['HAPI_BASE_URL'] ?? '';
const config = { ...readConfig({}), deadlineMs: 15_000 };
const metrics = createMetrics({ processMetrics: false });
const composed = composeServices({
  config,
  log: silentLog(),
  metrics,
  ambient: {
    now: () => performance.now(),
    date: () => new Date('2026-03-20T12:00:00Z'),
    random: () => Math.random(),
    newUuid: () => crypto.randomUUID(),
  },
});
const app = createApp({
  config,
  services: composed.services,
  log: silentLog(),
  metrics,
  clock: performance,
  newUuid: () => crypto.randomUUID(),
});
const sandbox = createSandbox({
  now: () => Date.now(),
  randomId: () => crypto.randomUUID(),
  wait: () => Promise.resolve(),
  charts: cases.map(({ chart }) => chart),
});

afterAll(() => composed.close());

describe('read from a real HAPI FHIR server, without prefetch', () => {
  test.each(cases.map((one) => [one.name, one] as const))(
    '%s: the same answer as from prefetch',
    async (_name, one) => {
      const request = sandbox.orderSign(one.chart.patientId, {
        sandboxUrl: hapi,
        hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472',
      });
      const response = await supertest(app).post(`/cds-services/${SERVICE}`).send(request);
      expect(response.status).toBe(200);
      expect(withoutUuids(response.body)).toEqual(readJson(one.expectedPath));
    },
  );
});
