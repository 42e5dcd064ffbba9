import { DEADLINE, FHIR, never, drip, flood, body, halfBody, bomb, announced, status } from './behaviours.js';
import { gzipSync } from 'node:zlib';
import {
  CONDITIONS,
  healthy,
  hookRequest,
  idsOf,
  outcome,
  PREFETCH,
  resource,
  searchset,
  soon,
  Stage,
  typeOf,
  type Behaviour,
} from './fhir-server.js';
import { until } from '../until.js';

const stage = new Stage();
afterEach(() => stage.clear());

describe('a search that fails: unavailable with its reason, never thrown (G-34)', () => {
  test.each<[string, Behaviour, string]>([
    ['401', status(401), 'not-authorized'],
    ['403', status(403), 'not-authorized'],
    ['400 that names nothing', status(400), 'rejected'],
    ['500', status(500), 'server-error'],
    ['502 with an HTML page', body('<html>bad gateway</html>', 'text/html', 502), 'server-error'],
    ['503 that asks to wait an hour', status(503, { 'retry-after': '3600' }), 'server-error'],
    [
      '429 that asks to wait until a date',
      status(429, { 'retry-after': 'Wed, 21 Oct 2099 07:28:00 GMT' }),
      'server-error',
    ],
    ['an HTML login page with 200', body('<html>log in</html>', 'text/html'), 'server-error'],
    ['broken JSON', body('{"resourceType":"Bundle",'), 'server-error'],
    ['JSON null', body('null'), 'server-error'],
    ['a JSON string', body('"x"'), 'server-error'],
    ['an empty 200', body(''), 'server-error'],
    ['JSON that is no FHIR', body('{"error":"x"}'), 'server-error'],
    ['another resource than a Bundle', body('{"resourceType":"Patient","id":"p1"}'), 'server-error'],
    ['an OperationOutcome with 200', body(JSON.stringify(outcome('error', 'exception'))), 'server-error'],
    [
      'a page nested 100,000 deep',
      body(`{"resourceType":"Bundle","x":${'['.repeat(1e5)}${']'.repeat(1e5)}}`),
      'server-error',
    ],
    [
      'gzip that is none',
      (_request, response) => response.writeHead(200, { ...FHIR, 'content-encoding': 'gzip' }).end('{}'),
      'server-error',
    ],
    [
      'an encoding nobody knows',
      (_request, response) => response.writeHead(200, { ...FHIR, 'content-encoding': 'snow' }).end('{}'),
      'server-error',
    ],
    ['half a body', halfBody, 'server-error'],
    ['a reset before the answer', (request) => request.socket.destroy(), 'server-error'],
    ['no answer at all', never, 'deadline'],
    ['a body dripping a byte at a time', drip, 'deadline'],
    ['an endless body', flood, 'too-large'],
    ['a body announced as a gigabyte', announced, 'too-large'],
    ['a small body that unpacks to 8 MB', bomb, 'too-large'],
  ])('%s', async (_name, behaviour, missing) => {
    const server = await stage.server(behaviour);
    const retriever = stage.retriever({ limits: { answerBytes: 1024 * 1024 } });
    const request = hookRequest({ server, token: 'SECRET-T' });
    const retrievals = await retriever.retrieve({
      request,
      prefetch: CONDITIONS,
      deadlineAt: missing === 'deadline' ? soon(100) : soon(),
    });
    expect(retrievals['conditions']).toEqual({ status: 'unavailable', missing });
    // G-16: events name neither the token nor the patient's query.
    expect(JSON.stringify(stage.events)).not.toMatch(/SECRET|patient=|Condition\?/);
  });

  test('a server that is not there', async () => {
    const server = await stage.server(healthy);
    const request = hookRequest({ server });
    await server.stop();
    const retrievals = await stage
      .retriever()
      .retrieve({ request, prefetch: CONDITIONS, deadlineAt: soon() });
    expect(retrievals['conditions']).toEqual({ status: 'unavailable', missing: 'server-error' });
  });

  test('G-15 a redirect is not followed, and its target sees nothing', async () => {
    const target = await stage.server(healthy);
    const server = await stage.server((_request, response) => {
      response.writeHead(302, { location: `${target.base}/Condition?patient=p1` }).end();
    });
    const retrievals = await stage
      .retriever()
      .retrieve({ request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon() });
    expect(retrievals['conditions']).toEqual({ status: 'unavailable', missing: 'server-error' });
    expect(target.seen).toEqual([]);
    expect(server.seen.map(({ authorization }) => authorization)).toEqual(['Bearer T']);
  });
});

describe('one kind fails, the others are read', () => {
  const only =
    (type: string, fault: Behaviour): Behaviour =>
    (request, response) =>
      typeOf(request) === type ? fault(request, response) : healthy(request, response);

  test.each<[string, Behaviour, string]>([
    ['403 on one type', status(403), 'not-authorized'],
    ['one type never answered', never, 'deadline'],
    ['500 on one type', status(500), 'server-error'],
  ])('%s', async (_name, fault, missing) => {
    const server = await stage.server(only('Procedure', fault));
    const retrievals = await stage
      .retriever()
      .retrieve({ request: hookRequest({ server }), prefetch: PREFETCH, deadlineAt: soon(DEADLINE) });
    expect(retrievals['procedures']).toEqual({ status: 'unavailable', missing });
    expect(idsOf(retrievals['conditions'])).toEqual(['Condition/Condition-1']);
    expect(retrievals['reports']?.status).toBe('complete');
  });
});

describe('PERF-3: what is not waited for is let go', () => {
  test('sockets of unanswered reads are released at the deadline', async () => {
    const server = await stage.server(never);
    const deadlineAt = soon(DEADLINE);
    await stage.retriever().retrieve({ request: hookRequest({ server }), prefetch: PREFETCH, deadlineAt });
    expect(server.seen).toHaveLength(3);
    await until(async () => (await server.sockets) === 0);
  });

  test('a caller that goes away ends the reads', async () => {
    const server = await stage.server(never);
    const abandoned = new AbortController();
    const retrieval = stage.retriever().retrieve({
      request: hookRequest({ server }),
      prefetch: CONDITIONS,
      deadlineAt: soon(10_000),
      signal: abandoned.signal,
    });
    abandoned.abort();
    expect((await retrieval)['conditions']).toEqual({ status: 'unavailable', missing: 'deadline' });
  });

  test('nothing is asked when the deadline has passed already', async () => {
    const server = await stage.server(healthy);
    const deadlineAt = soon(-1);
    const retrievals = await stage
      .retriever()
      .retrieve({ request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt });
    expect(retrievals['conditions']).toEqual({ status: 'unavailable', missing: 'deadline' });
  });

  test('close ends the reads that are open', async () => {
    const server = await stage.server(never);
    const retriever = stage.retriever();
    const call = { request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon(10_000) };
    const retrieval = retriever.retrieve(call);
    await retriever.close();
    expect((await retrieval)['conditions']).toMatchObject({ status: 'unavailable' });
  });
});

test('an answer packed with gzip is read', async () => {
  const server = await stage.server((_request, response) => {
    const packed = gzipSync(JSON.stringify(searchset([resource('Condition', 'c1')])));
    response.writeHead(200, { ...FHIR, 'content-encoding': 'gzip' }).end(packed);
  });
  const retrievals = await stage
    .retriever()
    .retrieve({ request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon() });
  expect(idsOf(retrievals['conditions'])).toEqual(['Condition/c1']);
});
