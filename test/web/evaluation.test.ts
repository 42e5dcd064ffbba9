/** POST /evidence/evaluation: what the evidence page asks, without the token of a trusted client. */
import express from 'express';
import request from 'supertest';
import type { HookRequest } from '../../src/cds-hooks/hook-request.types.js';
import type { CallContext, ServedService } from '../../src/cds-hooks/service.types.js';
import { CdsError } from '../../src/errors.js';
import { readJsonBody } from '../../src/http/body.js';
import { evaluationRoutes, type EvaluationParts } from '../../src/web/evaluation.js';
import { draft, orderSign } from '../review/service.js';

type Call = ServedService['call'];

function serve(call: Call, parts: Partial<EvaluationParts> = {}): express.Express {
  const definition = {
    ...{ id: 's', hooks: ['order-sign' as const], title: 'S', description: 'd', prefetch: {} },
  };
  const services = [{ definition, call }];
  const routes = evaluationRoutes({
    ...{ services, bodyLimit: 100_000, deadlineMs: 450, now: () => 1000, readBody: readJsonBody, ...parts },
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

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const withDraftOf = (json: string) => JSON.stringify(orderSign([draft({ extra: 'X' })])).replace('"X"', json);

test.each<[string, string, string | Buffer, number]>([
  ['FHIR JSON', 'application/fhir+json', JSON.stringify(orderSign([draft()])), 200],
  ['a few levels', 'application/json', withDraftOf(nested(50)), 200],
  ['as many levels as nobody needs', 'application/json', withDraftOf(nested(20_000)), 400],
  ['plain text', 'text/plain', JSON.stringify(orderSign([draft()])), 415],
  ['no JSON', 'application/json', '{', 400],
  ['no UTF-8', 'application/json', Buffer.from('{"hook":"\xff"}', 'latin1'), 400],
])('a body as of every other call: %s', async (_name, type, body, status) => {
  const sent = await request(serve(() => Promise.resolve(answer)))
    .post('/evidence/evaluation/s')
    .set('content-type', type)
    .serialize((one) => one as unknown as string)
    .send(body as string)
    .expect(status);
  if (status !== 200) expect(sent.body).toMatchObject({ resourceType: 'OperationOutcome' });
});

test.each(['get', 'put', 'delete', 'patch'] as const)(
  '%s is not allowed, and it is said what is',
  async (method) => {
    const agent = request(serve(() => Promise.resolve(answer)));
    const { headers, body } = await agent[method]('/evidence/evaluation/s').expect(405);
    expect(headers['allow']).toBe('POST, OPTIONS');
    expect(body).toMatchObject({ resourceType: 'OperationOutcome' });
  },
);

test('no order that is reviewed: said so', async () => {
  const { body } = await request(serve(() => Promise.resolve({ cards: [] })))
    .post('/evidence/evaluation/s')
    .send(orderSign([draft()]))
    .expect(200);
  expect(body).toEqual({ reviewed: false });
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
