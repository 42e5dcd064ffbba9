/** POST /evidence/evaluation: what the evidence page asks, without the token of a trusted client. */
import express from 'express';
import request from 'supertest';
import type { HookRequest } from '../../src/cds-hooks/hook-request.types.js';
import type { CallContext, ServedService } from '../../src/cds-hooks/service.types.js';
import { CdsError } from '../../src/errors.js';
import { evaluationRoutes, type EvaluationParts } from '../../src/web/evaluation.js';
import { draft, orderSign } from '../review/service.js';

type Call = ServedService['call'];

function serve(call: Call, parts: Partial<EvaluationParts> = {}): express.Express {
  const definition = {
    ...{ id: 's', hooks: ['order-sign' as const], title: 'S', description: 'd', prefetch: {} },
  };
  const services = [{ definition, call }];
  const routes = evaluationRoutes({
    ...{ services, bodyLimit: 100_000, deadlineMs: 450, now: () => 1000, ...parts },
  });
  return express().use('/evidence/evaluation', routes);
}

const answer = { cards: [], extension: { 'stepwise-cds.evaluation': { version: 1 } } };

test('answers with the evaluation and no card, not to be cached', async () => {
  const { body, headers } = await request(serve(() => Promise.resolve(answer)))
    .post('/evidence/evaluation/s')
    .send(orderSign([draft()]))
    .expect(200);
  expect(body).toEqual({ evaluation: { version: 1 } });
  expect(headers['cache-control']).toBe('no-store');
});

test('a FHIR server and a token are dropped, so that nothing can be fetched; nothing is recorded', async () => {
  const calls: [HookRequest, CallContext][] = [];
  const app = serve((...call) => {
    calls.push(call);
    return Promise.resolve(answer);
  });
  const fhirAuthorization = {
    ...{ access_token: 'secret', token_type: 'Bearer', expires_in: 300, scope: 's', subject: 'app' },
  };
  const sent = orderSign([draft()], { fhirServer: 'https://ehr.example/fhir', fhirAuthorization });
  await request(app).post('/evidence/evaluation/s').send(sent).expect(200);
  const [[asked, context] = []] = calls;
  expect(Object.keys(asked ?? {}).sort()).toEqual(['context', 'hook', 'hookInstance', 'prefetch']);
  expect(context).toEqual({ arrivedAt: 1000, deadlineAt: 1450, unrecorded: true });
});

test.each([
  ['another service', '/evidence/evaluation/other', orderSign([draft()]), 404],
  ['another hook', '/evidence/evaluation/s', { ...orderSign([draft()]), hook: 'order-select' }, 400],
  ['a body that is no hook request', '/evidence/evaluation/s', { hook: 'order-sign' }, 400],
  ['a body over the limit', '/evidence/evaluation/s', { x: 'x'.repeat(100_001) }, 413],
])('%s is refused', async (_what, path, body, status) => {
  await request(serve(() => Promise.resolve(answer)))
    .post(path)
    .send(body)
    .expect(status);
});

test('a failure of the service is told as an OperationOutcome that names the place', async () => {
  const app = serve(() =>
    Promise.reject(
      new CdsError('ERR_FHIR_DATA_UNAVAILABLE', 'none was sent', { expression: 'prefetch.conditions' }),
    ),
  );
  const { body } = await request(app)
    .post('/evidence/evaluation/s')
    .send(orderSign([draft()]))
    .expect(412);
  expect(body).toMatchObject({
    resourceType: 'OperationOutcome',
    issue: [{ details: { text: 'none was sent' }, expression: ['prefetch.conditions'] }],
  });
});

test('of many at once four are taken on, the others are told to come again, and room is made when they end', async () => {
  const waiting: (() => void)[] = [];
  const app = serve(
    () =>
      new Promise((resolve) => {
        waiting.push(() => {
          resolve(answer);
        });
      }),
  );
  const server = app.listen(0);
  const post = () =>
    request(server)
      .post('/evidence/evaluation/s')
      .send(orderSign([draft()]));
  const taken = [post(), post(), post(), post()].map((one) => one.then(({ status }) => status));
  while (waiting.length < 4) await new Promise((resolve) => setImmediate(resolve));
  await post().expect(503);
  for (const go of waiting) go();
  expect(await Promise.all(taken)).toEqual([200, 200, 200, 200]);
  const later = post().then(({ status }) => status);
  while (waiting.length < 5) await new Promise((resolve) => setImmediate(resolve));
  waiting[4]?.();
  expect(await later).toBe(200);
  server.close();
});
