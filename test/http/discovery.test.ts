import request from 'supertest';
import { orderSelect, orderSign } from '../cds-hooks/calls.js';
import { faultsOf } from '../cds-hooks/schemas.js';
import { CALL, DEFINITION, outcome, serve, serviceThat } from './served.js';

describe('GET /cds-services', () => {
  test('G-01, DISC-1 to DISC-6, TR-1, TR-5: the document, as JSON without white space', async () => {
    const answer = await request(serve().app).get('/cds-services').expect(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(faultsOf('discovery', answer.body)).toEqual([]);
    expect(answer.text).toBe(JSON.stringify(answer.body));
  });

  test('G-01, REQ-1: each id it names answers POST', async () => {
    const { app } = serve();
    const { body } = await request(app).get('/cds-services');
    for (const { id, hook } of body.services)
      await request(app)
        .post(`/cds-services/${id}`)
        .send(hook === 'order-sign' ? orderSign() : orderSelect())
        .expect(200);
    expect(body.services).toHaveLength(2);
  });

  test('G-02, DISC-3: without services it is empty, not absent', async () => {
    const answer = await request(serve({ services: [] }).app)
      .get('/cds-services')
      .expect(200);
    expect(answer.text).toBe('{"services":[]}');
  });

  test('G-03, DISC-10: two services under one id are called each with its own hook', async () => {
    const sign = serviceThat(() => Promise.resolve({ cards: [] }), ['order-sign']);
    const select = serviceThat(() => Promise.resolve({ cards: [] }), ['order-select']);
    const { app } = serve({ services: [select, sign] });
    const { body } = await request(app).get('/cds-services');
    expect(body.services).toEqual([
      expect.objectContaining({ id: DEFINITION.id, hook: 'order-select' }),
      expect.objectContaining({ id: DEFINITION.id, hook: 'order-sign' }),
    ]);
    await request(app).post(CALL).send(orderSign()).expect(200);
    await request(app).post(CALL).send(orderSelect()).expect(200);
    expect(sign.calls.map((call) => call.request.hook)).toEqual(['order-sign']);
    expect(select.calls.map((call) => call.request.hook)).toEqual(['order-select']);
  });

  test('DISC-10: the same (id, hook) twice stops the start', () => {
    const twice = [
      serviceThat(() => Promise.reject(new Error())),
      serviceThat(() => Promise.reject(new Error())),
    ];
    expect(() => serve({ services: twice })).toThrow('served twice');
  });

  test.each(['/cds-services/', '/cds-services?x=1'])('DISC-13: %s is the same', async (path) => {
    const { body } = await request(serve().app).get(path).expect(200);
    expect(body.services).toHaveLength(2);
  });

  test('DISC-13: HEAD has the headers and no body', async () => {
    const answer = await request(serve().app).head('/cds-services').expect(200);
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(100);
    expect(answer.text).toBeFalsy();
  });

  test.each(['/r4/cds-services', '/cds-services'])(
    'DISC-1: with PUBLIC_URL under /r4 it is found at %s, whether a proxy strips the prefix or not',
    async (path) => {
      const { app } = serve({ config: { publicUrl: 'https://cds.example/r4' } });
      await request(app).get(path).expect(200);
      await request(app).get('/r5/cds-services').expect(404);
    },
  );
});

describe('G-04, G-05, DISC-13, REQ-1: what is not there', () => {
  test.each([
    '/cds-services/nope',
    '/cds-services/nope/feedback',
    '/cds-services/review/other',
    '/cds-services/__proto__',
  ])('POST %s: 404', async (path) => {
    const { body } = await request(serve().app).post(path).send(orderSign()).expect(404);
    expect(body).toEqual(outcome());
  });

  test.each(['get', 'put', 'delete', 'patch'] as const)('%s of an unknown id is 404 too', async (method) => {
    const { body } = await request(serve().app)[method]('/cds-services/nope').expect(404);
    expect(body).toEqual(outcome());
  });

  test.each([
    ['/cds-services/%72eview', 200],
    ['/cds-services%2Freview', 404],
    ['/cds-services/%2E%2E/cds-services/review', 404],
    ['/cds-services/REVIEW', 404],
    ['/cds-services/%', 404],
    ['/cds-services/%00', 404],
  ])('%s is the path it is spelt as: %i', async (path, status) => {
    await request(serve().app).post(path).send(orderSign()).expect(status);
  });

  test.each(['/', '/nope', '/cds-servicesx'])('GET %s: 404', async (path) => {
    const { body } = await request(serve().app).get(path).expect(404);
    expect(body).toEqual(outcome());
  });

  test.each([
    ['put', '/cds-services', 'GET, HEAD, OPTIONS'],
    ['post', '/cds-services', 'GET, HEAD, OPTIONS'],
    ['get', CALL, 'POST, OPTIONS'],
    ['delete', CALL, 'POST, OPTIONS'],
    ['get', `${CALL}/feedback`, 'POST, OPTIONS'],
    ['post', '/health/live', 'GET, HEAD, OPTIONS'],
    ['post', '/metrics', 'GET, HEAD, OPTIONS'],
  ] as const)('%s %s: 405 with Allow', async (method, path, allow) => {
    const answer = await request(serve().app)[method](path).expect(405);
    expect(answer.headers['allow']).toBe(allow);
    expect(answer.body).toEqual(outcome());
  });
});
