/**
 * A chart that was sent, and that there is no time to read: answered with what was read, the newest, and the rest is
 * named unread, never absent. The clock is one that only the service's own looks at it move.
 */
import supertest from 'supertest';
import { createApp } from '../../src/app.js';
import { composeServices } from '../../src/compose/services.js';
import { readConfig } from '../../src/config/config.js';
import { silentLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';
import { faultsOfAnswer } from '../cds-hooks/schemas.js';
import {
  bundle,
  draft,
  orderSign,
  physicalTherapy,
  prefetched,
  procedure,
  SERVICE,
  type Answer,
} from './service.js';

const DEADLINE_MS = 60_000;

/** The service with so many looks at its clock until the deadline. */
function service(looks: number) {
  let ms = 0;
  const clock = { now: () => (ms += DEADLINE_MS / looks) };
  const config = { ...readConfig({}), deadlineMs: DEADLINE_MS };
  const shared = { config, log: silentLog(), metrics: createMetrics({ processMetrics: false }) };
  const newUuid = () => crypto.randomUUID();
  const date = () => new Date('2026-03-20T12:00:00Z');
  const ambient = { now: clock.now, date, random: () => 0.5, newUuid };
  const { services } = composeServices({ ...shared, ambient });
  return createApp({ ...shared, services, clock, newUuid });
}

const REPORTS = 2_000;
const reports = Array.from({ length: REPORTS }, (_, index) => ({
  resourceType: 'DiagnosticReport',
  id: `report-${index}`,
  status: 'final',
  subject: { reference: 'Patient/p1' },
  code: { text: 'MRI lumbar spine' },
  effectiveDateTime: new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10),
  conclusion: index === REPORTS - 1 ? 'L5-S1: severe bilateral foraminal stenosis.' : `Unchanged, ${index}.`,
}));
const block = procedure('lbb', '64451', {
  note: [{ text: 'Bilateral. 85% relief of usual pain for 6 hours.' }],
});

async function answered(looks: number) {
  const prefetch = prefetched({
    diagnosticReports: bundle(...reports),
    procedures: bundle(physicalTherapy(), block),
  });
  const call = supertest(service(looks)).post(`/cds-services/${SERVICE}`);
  const { status, text } = await call.send(orderSign([draft({ authoredOn: '2026-03-20' })], { prefetch }));
  expect(status).toBe(200);
  expect(faultsOfAnswer(text)).toEqual([]);
  const { cards, extension } = JSON.parse(text) as Answer;
  const evaluation = extension?.['stepwise-cds.evaluation'];
  const stateOf = (wanted: string) => evaluation?.data.find(({ kind }) => kind === wanted);
  return { cards, text, order: evaluation?.orders[0], stateOf };
}

test('with time enough all of it is read', async () => {
  const { stateOf } = await answered(1_000_000);
  expect(stateOf('diagnosticReports')).toMatchObject({ state: 'complete', count: REPORTS });
});

test('with too little, the newest reports are read, and the others are named unread', async () => {
  const { cards, stateOf, order, text } = await answered(1_000);
  const { count = 0, ...reportsRead } = stateOf('diagnosticReports') ?? {};
  expect(reportsRead).toMatchObject({ state: 'partial', reason: 'there was not time to read all of it' });
  expect([count > 0, count < REPORTS]).toEqual([true, true]);
  expect(stateOf('procedures')).toMatchObject({ state: 'complete', count: 2 });
  expect(order?.steps.find(({ id }) => id === 'diagnostic-blocks')?.state).toBe('met');
  expect(text).toContain(`DiagnosticReport/report-${REPORTS - 1}`);
  expect(cards.length).toBeGreaterThan(0);
  expect(cards.map(({ detail = '' }) => detail).join('\n')).toContain('there was not time to read all of it');
  expect(cards.flatMap(({ suggestions = [] }) => suggestions).some((one) => one.isRecommended)).toBe(false);
});

test('with none for them, no report is read, and a red flag in one is not called absent', async () => {
  const counts: (number | undefined)[] = [];
  // How many looks come before the first report is a matter of the code, not of the behaviour.
  for (let looks = 6; looks <= 30; looks += 2) {
    const { cards, stateOf } = await answered(looks);
    const { count, ...rest } = stateOf('diagnosticReports') ?? {};
    expect(rest).toMatchObject({ state: 'partial', reason: 'there was not time to read all of it' });
    expect(cards.map(({ detail = '' }) => detail).join('\n')).toContain(
      'there was not time to read all of it',
    );
    expect(cards.flatMap(({ suggestions = [] }) => suggestions).some((one) => one.isRecommended)).toBe(false);
    counts.push(count);
  }
  expect(counts).toContain(0);
});
