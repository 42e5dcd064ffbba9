import request from 'supertest';
import express from 'express';
import { orderSign } from '../cds-hooks/calls.js';
import { CALL, serve, serviceThat } from './served.js';

const ORIGIN = 'https://sandbox.example';
const ROUTES = [
  ['/cds-services', 'GET'],
  [CALL, 'POST'],
  [`${CALL}/feedback`, 'POST'],
] as const;

describe('CORS-2: preflight, without authentication', () => {
  const gates = [
    () => {
      throw new Error('a preflight asks no gate');
    },
  ];

  test.each(ROUTES)('%s', async (path, method) => {
    const { app } = serve({ config: { corsOrigins: [ORIGIN] }, gates });
    const { headers } = await request(app)
      .options(path)
      .set({
        Origin: ORIGIN,
        'Access-Control-Request-Method': method,
        'Access-Control-Request-Headers': 'authorization,content-type',
      })
      .expect(204);
    expect(headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(headers['vary']).toBe('Origin');
    expect(headers['access-control-allow-methods']).toContain(method);
    expect(headers['access-control-allow-methods']).toContain('OPTIONS');
    expect(headers['access-control-allow-headers']).toMatch(/Authorization.*Content-Type.*Accept/);
    expect(headers).not.toHaveProperty('content-length');
  });

  test('of what is mounted, and of what is not there', async () => {
    const { app } = serve({ mounts: [{ path: '/sandbox', router: express.Router() }] });
    for (const path of ['/sandbox/fhir/Patient', '/cds-services/nope']) {
      const { headers } = await request(app).options(path).set('Origin', ORIGIN).expect(204);
      expect(headers['access-control-allow-origin']).toBe('*');
    }
  });
});

describe('CORS-3: every answer carries Allow-Origin', () => {
  const failing = serviceThat(() => Promise.reject(new Error()), ['order-select']);
  const fine = serviceThat(() => Promise.resolve({ cards: [] }), ['order-sign']);
  const call = (path: string, body: object | string) => {
    const { app } = serve({ config: { corsOrigins: [ORIGIN] }, services: [failing, fine] });
    return request(app).post(path).set({ Origin: ORIGIN, 'Content-Type': 'application/json' }).send(body);
  };

  test.each([
    ['200', CALL, orderSign(), 200],
    ['400', CALL, '{', 400],
    ['404', '/cds-services/nope', {}, 404],
    ['405', '/cds-services', {}, 405],
    ['500', CALL, orderSign({ hook: 'order-select', context: { ...orderSelectContext() } }), 500],
    ['404 of no route', '/nope', {}, 404],
  ])('%s', async (_name, path, body, status) => {
    const { headers } = await call(path, body).expect(status);
    expect(headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(headers['access-control-expose-headers']).toContain('X-Request-Id');
  });

  test('discovery', async () => {
    const { headers } = await request(serve().app).get('/cds-services').set('Origin', ORIGIN);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });
});

describe('CORS-4: origins by list', () => {
  test.each([
    ['another origin', 'https://evil.example'],
    ['a longer one', `${ORIGIN}.evil.example`],
    ['null', 'null'],
  ])('%s is not allowed, but answered', async (_name, origin) => {
    const { app } = serve({ config: { corsOrigins: [ORIGIN] } });
    const { headers } = await request(app).post(CALL).set('Origin', origin).send(orderSign()).expect(200);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers['vary']).toBe('Origin');
  });
});

function orderSelectContext(): Record<string, unknown> {
  return { ...(orderSign()['context'] as object), selections: [] };
}
