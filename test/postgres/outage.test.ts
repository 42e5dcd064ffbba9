import { openPostgres } from '../../src/records/postgres.js';
import {
  acceptedFeedback,
  metricOf,
  reviewedRequest,
  SERVICE,
  startService,
} from '../records/service-process.js';
import { until } from '../until.js';
import { newDatabase } from './databases.js';
import { startCluster, stopCluster } from './global-setup.mjs';

/** Calls under load at once. */
const CALLERS = 4;

test('the database is stopped during load: answers go on, readiness tells, and nothing is lost uncounted', async () => {
  const url = await newDatabase('outage');
  // Room for few, so that some have to be lost.
  const service = await startService({ DATABASE_URL: url, RECORDS_WAITING: '20' });
  const ready = async (): Promise<number> => (await service.get('/health/ready')).status;
  await until(async () => (await ready()) === 200, 240_000, service.output);
  const call = await reviewedRequest(service);
  const load = { on: true, answered: 0, others: [] as number[] };
  const caller = async (): Promise<void> => {
    while (load.on) {
      const { status } = await service.post(SERVICE, call);
      if (status === 200) load.answered += 1;
      else load.others.push(status);
    }
  };
  const callers = Array.from({ length: CALLERS }, caller);
  await until(() => Promise.resolve(load.answered > 10), 240_000, service.output);

  stopCluster();
  const before = load.answered;
  await until(async () => (await ready()) === 503, 240_000, service.output);
  expect(JSON.parse((await service.get('/health/ready')).text)).toMatchObject({ reasons: ['database'] });
  expect((await service.post(`${SERVICE}/feedback`, acceptedFeedback('x'))).status).toBe(503);
  await until(() => Promise.resolve(load.answered > before + 60), 240_000, service.output);
  load.on = false;
  await Promise.all(callers);
  const lost = await metricOf(service, 'records_lost_total');
  expect(lost).toBeGreaterThan(0);
  expect(load.others).toEqual([]);

  startCluster();
  await until(async () => (await ready()) === 200, 240_000, service.output);
  await until(async () => (await metricOf(service, 'records_waiting')) === 0, 240_000, service.output);
  expect((await service.post(SERVICE, call)).status).toBe(200);
  expect((await service.post(`${SERVICE}/feedback`, acceptedFeedback(crypto.randomUUID()))).status).toBe(200);
  await service.stop();

  const database = openPostgres(url);
  const [kept] = await database.query('select count(*)::int as count from decision', []);
  const [told] = await database.query('select sum(count)::int as count from record_loss', []);
  await database.close();
  expect(kept!['count']).toBe(load.answered + 1 - lost);
  expect(told!['count']).toBe(lost);
  expect(service.output()).toContain('"event":"records.lost"');
});
