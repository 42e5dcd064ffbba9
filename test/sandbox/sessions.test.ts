import request from 'supertest';
import { Sessions } from '../../src/sandbox/sessions.js';
import { ChartStore } from '../../src/sandbox/store.js';
import { chartOf, found, resource, serve, type Serving } from './serving.js';

const CHART = chartOf(
  'p',
  resource('Patient', 'p'),
  resource('Procedure', 'block', { subject: { reference: 'Patient/p' } }),
);
const MINE = '/sandbox/fhir/s/11111111-aaaa';
const OTHERS = '/sandbox/fhir/s/22222222-bbbb';
const rfa = {
  resourceType: 'Procedure',
  id: 'rfa',
  status: 'completed',
  subject: { reference: 'Patient/p' },
};

let serving: Serving;
beforeEach(() => {
  serving = serve([CHART]);
});
const call = () => request(serving.app);
const procedures = async (base: string) => found((await call().get(`${base}/Procedure?patient=p`)).body);

describe('a what-if change', () => {
  test('is seen in its own session and nowhere else', async () => {
    const { status, headers, body } = await call().put(`${MINE}/Procedure/rfa`).send(rfa);
    expect(status).toBe(201);
    expect(headers['location']).toMatch(/\/sandbox\/fhir\/s\/11111111-aaaa\/Procedure\/rfa\/_history\/1$/);
    expect(body.meta).toEqual({ versionId: '1', lastUpdated: '2026-04-01T08:00:00.000Z' });
    expect(await procedures(MINE)).toEqual(['Procedure/block', 'Procedure/rfa']);
    expect(await procedures(OTHERS)).toEqual(['Procedure/block']);
    expect(await procedures('/sandbox/fhir')).toEqual(['Procedure/block']);
  });

  test('may be named by header, and is the same session as by path', async () => {
    await call().put('/sandbox/fhir/Procedure/rfa').set('X-Sandbox-Session', '11111111-aaaa').send(rfa);
    expect(await procedures(MINE)).toContain('Procedure/rfa');
  });

  test('replaces: 200, next version, the chart below keeps its own', async () => {
    const changed = { ...rfa, id: 'block', status: 'not-done' };
    const { status, headers } = await call()
      .put(`${MINE}/Procedure/block`)
      .set('If-Match', 'W/"1"')
      .send(changed);
    expect([status, headers['etag']]).toEqual([200, 'W/"2"']);
    expect((await call().get(`${MINE}/Procedure/block`)).body.status).toBe('not-done');
    expect((await call().get('/sandbox/fhir/Procedure/block')).body).not.toHaveProperty('status');
  });

  test('creates under an id of the server', async () => {
    const { status, body } = await call()
      .post(`${MINE}/Procedure`)
      .send({ ...rfa, id: 'ignored' });
    expect([status, body.id]).toEqual([201, 'id-1']);
  });

  test('deletes: 410 on read, not in searches, there below', async () => {
    expect((await call().delete(`${MINE}/Procedure/block`)).status).toBe(204);
    expect((await call().get(`${MINE}/Procedure/block`)).status).toBe(410);
    expect(await procedures(MINE)).toEqual([]);
    expect(await procedures('/sandbox/fhir')).toEqual(['Procedure/block']);
  });

  test('is undone by deleting the session', async () => {
    await call().put(`${MINE}/Procedure/rfa`).send(rfa);
    expect((await call().delete(MINE)).status).toBe(204);
    expect(await procedures(MINE)).toEqual(['Procedure/block']);
  });
});

describe('a change is refused', () => {
  test.each(['put', 'delete'] as const)('%s without a session: 403', async (method) => {
    expect((await call()[method]('/sandbox/fhir/Procedure/block').send(rfa)).status).toBe(403);
  });

  test.each([
    ['no JSON', '{', 400],
    ['a list', '[]', 400],
    ['another id than the address', '{"resourceType":"Procedure","id":"x"}', 400],
    ['another type than the address', '{"resourceType":"Patient","id":"rfa"}', 422],
    ['no type', '{"id":"rfa"}', 422],
  ])('%s', async (_name, body, expected) => {
    const { status } = await call()
      .put(`${MINE}/Procedure/rfa`)
      .set('Content-Type', 'application/fhir+json')
      .send(body);
    expect(status).toBe(expected);
  });

  test('an id that is none: 422', async () => {
    const body = { ...rfa, id: 'a b' };
    expect((await call().put(`${MINE}/Procedure/a%20b`).send(body)).status).toBe(422);
  });

  test('If-Match with another version: 412', async () => {
    expect(
      (
        await call()
          .put(`${MINE}/Procedure/block`)
          .set('If-Match', 'W/"9"')
          .send({ ...rfa, id: 'block' })
      ).status,
    ).toBe(412);
  });

  test('a body over 1 MB: 413', async () => {
    const body = { ...rfa, note: [{ text: 'x'.repeat(1_100_000) }] };
    const { status, body: outcome } = await call().put(`${MINE}/Procedure/rfa`).send(body);
    expect([status, outcome.resourceType]).toEqual([413, 'OperationOutcome']);
  });

  test.each(['short', 'with space', 'x'.repeat(65)])('session name "%s": 400', async (name) => {
    expect((await call().get(`/sandbox/fhir/s/${encodeURIComponent(name)}/Patient/p`)).status).toBe(400);
  });

  test('a method that is not served: 405', async () => {
    expect((await call().patch(`${MINE}/Procedure/block`).send({})).status).toBe(405);
  });
});

describe('sessions are bounded', () => {
  const limits = { sessions: 2, changesPerSession: 2, idle: 1000 };
  const sessionsAt = (clock: { now: number }) =>
    new Sessions(new ChartStore(CHART.resources, ''), limits, () => clock.now);

  test('in number: the one used longest ago gives way', () => {
    const sessions = sessionsAt({ now: 0 });
    const first = sessions.toChange('session-1');
    sessions.toChange('session-2');
    sessions.toRead('session-1');
    sessions.toChange('session-3');
    expect(sessions.size).toBe(2);
    expect(sessions.toRead('session-1')).toBe(first);
    expect(sessions.toRead('session-2')).toBe(sessions.toRead(undefined));
  });

  test('in age: kept at the limit of idleness, forgotten after it', () => {
    const clock = { now: 0 };
    const sessions = sessionsAt(clock);
    const overlay = sessions.toChange('session-1');
    clock.now = 1000;
    expect(sessions.toRead('session-1')).toBe(overlay);
    clock.now = 2001;
    expect(sessions.toRead('session-1')).not.toBe(overlay);
    expect(sessions.size).toBe(0);
  });

  test('in changes: one more than the limit is a 429', () => {
    const sessions = sessionsAt({ now: 0 });
    for (const id of ['a', 'b']) sessions.toChange('session-1').put(resource('Procedure', id), '');
    expect(() => sessions.toChange('session-1')).toThrow(expect.objectContaining({ status: 429 }));
  });

  test('reading alone opens none', () => {
    const sessions = sessionsAt({ now: 0 });
    sessions.toRead('session-1');
    expect(sessions.size).toBe(0);
  });
});

test('two charts with the same resource do not load', () => {
  expect(() => new ChartStore([resource('Patient', 'p'), resource('Patient', 'p')], '')).toThrow(
    'Patient/p twice',
  );
});
