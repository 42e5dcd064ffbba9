/** G-96, CP-5: what is kept of a call, and what is not. On the embedded database. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { createApp } from '../../src/app.js';
import { recorderOf } from '../../src/compose/records.js';
import { silentLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';
import type { Row } from '../../src/records/database.types.js';
import { openEmbedded } from '../../src/records/embedded.js';
import { readMigrations } from '../../src/records/migrate.js';
import { createRecords } from '../../src/records/records.js';
import { deleteOld } from '../../src/records/retention.js';
import { Store } from '../../src/records/store.js';
import { until } from '../until.js';
import type { CrdVersion } from '../../src/crd/profile.js';
import { CALL, crdOrderSign, crdService, VERSIONS, type CrdAnswer } from './service.js';

const newUuid = (): string => crypto.randomUUID();
const store = new Store({
  open: () => openEmbedded(mkdtempSync(join(tmpdir(), 'stepwise-records-')), process.platform),
  migrations: readMigrations('src/records/migrations'),
});
const records = createRecords({
  ...{ store, newUuid, date: () => new Date('2026-03-20T12:00:00Z') },
  ...{ feedbackComments: 'drop', retentionDays: 730, queueCapacity: 1000, keepReference: () => undefined },
  events: {
    lost: (kind) => {
      throw new Error(`${kind} lost`);
    },
    feedbackStored: () => undefined,
    tokenUnshared: () => undefined,
    retentionFailed: () => undefined,
  },
});
const servicesOf = new Map(
  VERSIONS.map((version) => [
    version,
    crdService(version, { recorder: recorderOf(records, newUuid) }).composed.services,
  ]),
);
const appWith = (keeps: boolean, version: CrdVersion = '2.2') =>
  createApp({
    config: { bodyLimit: 1e6, corsOrigins: '*', deadlineMs: 5000, publicUrl: 'http://127.0.0.1:3000' },
    ...{ services: servicesOf.get(version) ?? [], log: silentLog(), clock: performance, newUuid },
    metrics: createMetrics({ processMetrics: false }),
    ...(keeps && {
      keepCall: (call) => {
        records.called(call);
      },
    }),
  });
const rows = (sql: string): Promise<readonly Row[]> => store.use((database) => database.query(sql, []));
const written = () => until(() => records.waiting() === 0);

afterAll(() => records.close());

const TOKEN = 'SECRET-TOKEN';
const authorization = {
  ...{ access_token: TOKEN, token_type: 'Bearer', expires_in: 300, scope: 'patient/*.read', subject: 'x' },
};
const request = {
  ...crdOrderSign(),
  ...{ fhirServer: 'http://127.0.0.1:9/fhir', fhirAuthorization: authorization },
};

test.each(VERSIONS)(
  'G-96: an answered call is kept whole with its assertions, without its token: %s',
  async (version) => {
    const answer = await supertest(appWith(true, version)).post(CALL).send(request).expect(200);
    await written();
    const own = `request_id = '${answer.headers['x-request-id'] ?? ''}'`;
    const [kept, ...more] = await rows(`select * from crd_call where ${own}`);
    expect(more).toEqual([]);
    expect(kept).toMatchObject({ service: 'sij-neurectomy-review', status: 200, response: answer.text });
    const { fhirAuthorization: _token, ...sent } = request;
    expect(JSON.parse(String(kept?.['request']))).toEqual(JSON.parse(JSON.stringify(sent)));
    expect(JSON.stringify(kept)).not.toContain(TOKEN);

    const joined = await rows(
      'select a.*, d.service as reviewed from crd_call c join coverage_assertion a on a.request_id = c.request_id ' +
        `join decision d on d.request_id = c.request_id where c.${own}`,
    );
    expect(joined).toMatchObject([
      {
        rule: 'neurectomy-for-si-joint-pain',
        covered: 'not-covered',
        pa_needed: null,
        doc_needed: [],
        hook: 'order-sign',
      },
    ]);
    const { systemActions } = answer.body as CrdAnswer;
    expect(JSON.stringify(systemActions)).toContain(String(joined[0]?.['assertion']));
  },
);

test('of a call whose order was told before the assertion is kept, too, under the same id', async () => {
  const { body } = await supertest(appWith(false)).post(CALL).send(request).expect(200);
  const [action] = (body as CrdAnswer).systemActions ?? [];
  const again = crdOrderSign([action?.resource ?? {}]);
  await supertest(appWith(false)).post(CALL).send(again).expect(200);
  await written();
  const [first] = await rows(
    'select count(*)::int as told, count(distinct assertion)::int as ids from coverage_assertion',
  );
  expect(first).toEqual({ told: VERSIONS.length + 2, ids: 1 });
});

test('a call that is refused is kept with what it was answered', async () => {
  const answer = await supertest(appWith(true)).post(CALL).send(crdOrderSign(undefined, [])).expect(400);
  await written();
  const kept = await rows('select response from crd_call where status = 400');
  expect(kept).toEqual([{ response: answer.text }]);
});

test('where the site does not keep calls, none is kept; the assertions hold nothing of the patient', async () => {
  const before = await rows('select count(*) as count from crd_call');
  await supertest(appWith(false)).post(CALL).send(request).expect(200);
  await written();
  expect(await rows('select count(*) as count from crd_call')).toEqual(before);
  const text = JSON.stringify(await rows('select * from coverage_assertion'));
  for (const value of ['p1', 'draft-1', 'cov-1', 'M-0001', 'Neurectomy'])
    expect(text).not.toContain(`"${value}`);
});

test('calls are kept for a time of their own', async () => {
  const [before, now] = ['2026-01-01T00:00:00.000Z', '2026-03-20T12:00:00.000Z'];
  await store.use((database) =>
    deleteOld(database, { before, now, callsBefore: '2026-03-21T00:00:00.000Z' }),
  );
  expect(await rows('select id from crd_call')).toEqual([]);
  expect(await rows('select id from coverage_assertion')).not.toEqual([]);
  await store.use((database) => deleteOld(database, { before: '2026-03-21T00:00:00.000Z', now }));
  expect(await rows('select id from coverage_assertion')).toEqual([]);
});
