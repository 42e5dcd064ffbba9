/** POST /evidence/evaluation: what the evidence page asks, without the token of a trusted client. */
import { request as open, type ClientRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import request from 'supertest';
import type { HookRequest } from '../../src/cds-hooks/hook-request.types.js';
import type { CallContext, ServedService } from '../../src/cds-hooks/service.types.js';
import { CdsError } from '../../src/errors.js';
import { parseJson, receiveBody } from '../../src/http/body.js';
import { evaluationRoutes, type EvaluationParts } from '../../src/web/evaluation.js';
import { draft, orderSign } from '../review/service.js';

type Call = ServedService['call'];

function serve(call: Call, parts: Partial<EvaluationParts> = {}): express.Express {
  const definition = {
    ...{ id: 's', hooks: ['order-sign' as const], title: 'S', description: 'd', prefetch: {} },
  };
  const services = [{ definition, call }];
  const routes = evaluationRoutes({
    ...{
      services,
      bodyLimit: 100_000,
      deadlineMs: 450,
      now: () => 1000,
      receiveBody,
      parseBody: parseJson,
      ...parts,
    },
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

/** A service whose answers wait until they are let go. */
function held(parts: Partial<EvaluationParts> = {}) {
  const waiting: (() => void)[] = [];
  const call = () =>
    new Promise<typeof answer>((resolve) => {
      waiting.push(() => {
        resolve(answer);
      });
    });
  const server = serve(call, parts).listen(0);
  const post = () =>
    request(server)
      .post('/evidence/evaluation/s')
      .send(orderSign([draft()]))
      .then((response) => response);
  return { waiting, server, post };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

describe('orders that are being signed come first', () => {
  test('one is evaluated at a time, seven wait in line, the others are told when to come again', async () => {
    const { waiting, server, post } = held();
    const answers: Awaited<ReturnType<typeof post>>[] = [];
    const all = Array.from({ length: 12 }, async () => answers.push(await post()));
    await until(() => answers.length === 4);
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    expect(answers.map(({ headers }) => headers['retry-after'])).toEqual(['1', '1', '1', '1']);
    for (let begun = 1; begun <= 8; begun += 1) {
      await until(() => waiting.length >= begun);
      expect(waiting).toHaveLength(begun);
      waiting[begun - 1]?.();
    }
    await Promise.all(all);
    expect(answers.slice(4).map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    server.close();
  });

  test('after each there is a rest of three times what it took', async () => {
    let ms = 0;
    const rests: { readonly ms: number; readonly end: () => void }[] = [];
    const rest = (milliseconds: number) =>
      new Promise<void>((end) => {
        rests.push({ ms: milliseconds, end });
      });
    const { waiting, server, post } = held({ now: () => ms, rest });
    const first = post();
    await until(() => waiting.length === 1);
    const second = post();
    ms += 100;
    waiting[0]?.();
    expect((await first).status).toBe(200);
    await until(() => rests.length === 1);
    expect([rests[0]?.ms, waiting.length]).toEqual([300, 1]);
    rests[0]?.end();
    await until(() => waiting.length === 2);
    waiting[1]?.();
    expect((await second).status).toBe(200);
    server.close();
  });
});

/** A call whose body does not come, and what it is answered. */
function stalled(server: Server) {
  const { port } = server.address() as AddressInfo;
  const told: { status?: number | undefined; retryAfter?: string | undefined } = {};
  const headers = { 'content-type': 'application/json', 'content-length': 1_000 };
  const call: ClientRequest = open({ port, method: 'POST', path: '/evidence/evaluation/s', headers });
  call.on('response', ({ statusCode, headers: { 'retry-after': retryAfter } }) =>
    Object.assign(told, { status: statusCode, retryAfter }),
  );
  call.on('error', () => undefined);
  call.write('{');
  return { told, end: () => call.destroy() };
}

describe('bodies that do not come', () => {
  const withStalled = async (count: number) => {
    const server = serve(() => Promise.resolve(answer)).listen(0);
    let arrived = 0;
    server.on('request', () => (arrived += 1));
    const calls = [];
    for (let index = 0; index < count; index += 1) {
      calls.push(stalled(server));
      await until(() => arrived > index);
    }
    const { status } = await request(server)
      .post('/evidence/evaluation/s')
      .send(orderSign([draft()]));
    return { status, calls, server };
  };

  test('four keep nobody out, and go on arriving', async () => {
    const { status, calls, server } = await withStalled(4);
    expect([status, ...calls.map(({ told }) => told.status)]).toEqual([200, ...Array(4).fill(undefined)]);
    for (const { end } of calls) end();
    server.close();
  });

  test('sixteen keep nobody out: the one that has been at it longest is given up', async () => {
    const { status, calls, server } = await withStalled(16);
    await until(() => calls[0]?.told.status !== undefined);
    expect([status, calls[0]?.told]).toEqual([200, { status: 503, retryAfter: '1' }]);
    expect(calls.slice(1).map(({ told }) => told.status)).toEqual(Array(15).fill(undefined));
    for (const { end } of calls) end();
    server.close();
  });
});
