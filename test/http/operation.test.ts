import http from 'node:http';
import express from 'express';
import request from 'supertest';
import { createListener } from '../../src/app.js';
import { CdsError } from '../../src/errors.js';
import { createMetrics } from '../../src/metrics.js';
import { silentLog } from '../../src/log.js';
import { orderSign } from '../cds-hooks/calls.js';
import { advising, CALL, outcome, serve, serviceThat, silent } from './served.js';

describe('health', () => {
  test('live is 200 while the process answers, with the version', async () => {
    const { body } = await request(serve({ notReady: () => ['draining'], version: '1.2.3' }).app)
      .get('/health/live')
      .expect(200);
    expect(body).toEqual({ status: 'live', version: '1.2.3' });
  });

  test('ready is 200 when nothing is in the way', async () => {
    const { body } = await request(serve().app).get('/health/ready').expect(200);
    expect(body).toEqual({ status: 'ready' });
  });

  test('ready is 503 with the reasons when something is', async () => {
    const { body } = await request(serve({ notReady: () => ['draining'] }).app)
      .get('/health/ready')
      .expect(503);
    expect(body).toEqual({ status: 'not-ready', reasons: ['draining'] });
  });
});

describe('metrics', () => {
  test('count calls, reviews and errors with labels from closed sets', async () => {
    const metrics = createMetrics({ processMetrics: false });
    const services = [advising()];
    const { app } = serve({ metrics, services });
    await request(app)
      .post(CALL)
      .send(orderSign({ hookInstance: 'odd' }));
    await request(app)
      .post(CALL)
      .send(orderSign({ hook: 'Jane Doe' }));
    await request(app).get('/cds-services/Jane-Doe');
    const answer = await request(app).get('/metrics').expect(200);
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.text).toContain(
      'stepwise_cds_calls_total{service="review",hook="order-sign",reviewed="true"} 1',
    );
    expect(answer.text).toContain('stepwise_cds_errors_total{code="ERR_HOOK_NOT_SERVED"} 1');
    expect(answer.text).toContain('stepwise_cds_call_warnings_total{warning="hook-instance-not-uuid"} 1');
    expect(answer.text).toContain('http_request_duration_seconds_count{route="other",status="404"} 1');
    expect(answer.text).not.toContain('Jane');
  });
});

describe('log', () => {
  test('a reviewed call is one line at info, with ids of ours and no value of the call', async () => {
    const { app, lines, logged } = serve();
    await request(app).post(CALL).send(orderSign());
    expect(lines).toEqual([
      {
        ...{
          level: 'info',
          message: 'order reviewed',
          event: 'call.reviewed',
          time: '2026-01-01T00:00:00.000Z',
        },
        ...{ route: 'service', service: 'review', hook: 'order-sign', status: 200, cards: 1 },
        hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
        requestId: expect.any(String),
        durationMs: expect.any(Number),
      },
    ]);
    expect(logged()).not.toMatch(/example|enc-1/);
  });

  test('a call about another order is written at debug only', async () => {
    const { app, lines } = serve({ services: [silent()] });
    await request(app).post(CALL).send(orderSign());
    expect(lines).toEqual([expect.objectContaining({ level: 'debug', event: 'call.unrelated' })]);
  });

  test('a hookInstance that is no UUID might be anything, and is not written', async () => {
    const { app, lines, logged } = serve();
    await request(app)
      .post(CALL)
      .send(orderSign({ hookInstance: 'Jane Doe 1970' }));
    expect(logged()).not.toContain('Jane');
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'call.odd', warning: 'hook-instance-not-uuid' }),
    );
  });
});

describe('request ids', () => {
  const UUID = '9f1b2b7a-4a1e-4a3f-8a77-5d8a2d2b2f11';

  test('a UUID of the caller is kept, and stands in the log', async () => {
    const { app, lines } = serve();
    const { headers } = await request(app).post(CALL).set('X-Request-Id', UUID).send(orderSign());
    expect(headers['x-request-id']).toBe(UUID);
    expect(lines[0]).toMatchObject({ requestId: UUID });
  });

  test.each(['Jane Doe', `${UUID}x`, '1'])('%s is replaced', async (sent) => {
    const { headers } = await request(serve().app).get('/cds-services').set('X-Request-Id', sent);
    expect(headers['x-request-id']).toMatch(/^00000000-0000-4000-8000-/);
  });
});

describe('security headers', () => {
  test('of a JSON answer: it is never sniffed, framed or run', async () => {
    const { headers } = await request(serve().app).get('/cds-services');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  test('https is insisted on where the public address has it', async () => {
    const { app } = serve({ config: { publicUrl: 'https://cds.example' } });
    const { headers } = await request(app).get('/cds-services');
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d+$/);
  });
});

describe('gates: asked before the body is read', () => {
  test.each([
    ['ERR_CLIENT_UNTRUSTED', 401, undefined],
    ['ERR_TOO_MANY_REQUESTS', 429, '1'],
    ['ERR_OVERLOADED', 503, '1'],
  ] as const)('%s: %i', async (code, status, retryAfter) => {
    const service = advising();
    const gates = [() => Promise.reject(new CdsError(code, 'because of Jane', { expression: 'iss' }))];
    const { app } = serve({ services: [service], gates });
    for (const path of [CALL, `${CALL}/feedback`]) {
      const answer = await request(app)
        .post(path)
        .set('Content-Type', 'application/json')
        .send('{')
        .expect(status);
      expect(answer.headers['retry-after']).toBe(retryAfter);
      expect(answer.body).toEqual(status === 401 ? outcome() : outcome('iss'));
    }
    await request(app).get('/cds-services').expect(200);
    expect(service.calls).toEqual([]);
  });

  test('ERR-1: 401 has one body, whatever the reason', async () => {
    const bodies = [];
    for (const reason of ['expired', 'unknown issuer']) {
      const gates = [
        () => {
          throw new CdsError('ERR_CLIENT_UNTRUSTED', reason, { expression: reason });
        },
      ];
      bodies.push((await request(serve({ gates }).app).post(CALL).send(orderSign()).expect(401)).text);
    }
    expect(bodies[0]).toBe(bodies[1]);
    expect(bodies[0]).not.toMatch(/expired|issuer/);
  });
});

describe('what is mounted', () => {
  const router = express.Router();
  router.get('/page', (_request, response) => {
    response.send('page');
  });
  router.post('/json', express.json({ limit: 10 }), (_request, response) => {
    response.json({});
  });
  router.get('/broken', () => {
    throw new Error('Jane Doe');
  });
  const mounted = () => serve({ mounts: [{ path: '/beside', router }] });

  test('is served, with headers but without the policy of JSON answers', async () => {
    const { headers, text } = await request(mounted().app).get('/beside/page').expect(200);
    expect(text).toBe('page');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
    });
    expect(headers).not.toHaveProperty('content-security-policy');
  });

  test.each([
    ['fails', 'GET', '/beside/broken', 500],
    ['has no such page', 'GET', '/beside/none', 404],
    ['is sent no JSON', '{', '/beside/json', 400],
    ['is sent too much', '{"a":"0123456789"}', '/beside/json', 413],
  ] as const)('that %s answers with an OperationOutcome', async (_name, sent, path, status) => {
    const { app, logged } = mounted();
    const posted = () => request(app).post(path).set('Content-Type', 'application/json').send(sent);
    const answer = await (sent === 'GET' ? request(app).get(path) : posted());
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual(outcome());
    expect(answer.text).not.toMatch(/Jane| at /);
    expect(logged()).not.toContain('Jane');
  });
});

test('createListener answers like the app: routes by itself, the rest by express', async () => {
  const router = express.Router().get('/', (_request, response) => {
    response.send('page');
  });
  const listener = createListener({
    services: [serviceThat(() => Promise.resolve({ cards: [] }))],
    mounts: [{ path: '/', router }],
    config: { bodyLimit: 10_000, deadlineMs: 450, corsOrigins: '*', publicUrl: 'http://127.0.0.1' },
    ...{ log: silentLog(), metrics: createMetrics({ processMetrics: false }), clock: performance },
    newUuid: () => 'a',
  });
  const server = http.createServer(listener);
  await request(server).post(CALL).send(orderSign()).expect(200, '{"cards":[]}');
  await request(server).get('/').expect(200, 'page');
  await request(server).get('/none').expect(404);
});
