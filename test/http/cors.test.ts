import request from 'supertest';
import express from 'express';
import { orderSign } from '../cds-hooks/calls.js';
import { ANSWERS, answeringAndFailing, FOREIGN, preflightFor, preflightOf, ROUTES } from './cors-cases.js';
import { CALL, serve } from './served.js';

const ORIGIN = 'https://sandbox.example';

describe('CORS-2: preflight, without authentication', () => {
  const gates = [
    () => {
      throw new Error('a preflight asks no gate');
    },
  ];

  test.each(ROUTES)('%s', async (path, method) => {
    const { app } = serve({ config: { corsOrigins: [ORIGIN] }, gates });
    const { headers } = await request(app).options(path).set(preflightOf(ORIGIN, method)).expect(204);
    expect(headers).toEqual(preflightFor(ORIGIN, method));
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
  const call = (path: string, body: object | string) => {
    const { app } = serve({ config: { corsOrigins: [ORIGIN] }, services: answeringAndFailing() });
    return request(app).post(path).set({ Origin: ORIGIN, 'Content-Type': 'application/json' }).send(body);
  };

  test.each(ANSWERS)('%s', async (_name, path, body, status) => {
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
  test.each(FOREIGN(ORIGIN))('%s is not allowed, but answered', async (_name, origin) => {
    const { app } = serve({ config: { corsOrigins: [ORIGIN] } });
    const { headers } = await request(app).post(CALL).set('Origin', origin).send(orderSign()).expect(200);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers['vary']).toBe('Origin');
  });
});
