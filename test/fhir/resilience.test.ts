import { jest } from '@jest/globals';
import { DEADLINE, never, body, halfBody, status } from './behaviours.js';
import type { ServerResponse } from 'node:http';
import {
  CONDITIONS,
  healthy,
  hookRequest,
  PREFETCH,
  searchset,
  sendJson,
  soon,
  Stage,
  type Behaviour,
} from './fhir-server.js';
import { until } from '../until.js';

const stage = new Stage();
afterEach(() => {
  jest.restoreAllMocks();
  return stage.clear();
});

describe('repeated once where that may help', () => {
  const failingFirst = (fault: Behaviour): Behaviour => {
    let failed = false;
    return (request, response) => {
      const fails = !failed;
      failed = true;
      return fails ? fault(request, response) : healthy(request, response);
    };
  };

  test.each<[string, Behaviour]>([
    ['a reset', (request) => request.socket.destroy()],
    ['half a body', halfBody],
    ['500', status(500)],
    ['503 without Retry-After', status(503)],
    ['503 that asks for no wait', status(503, { 'retry-after': '0' })],
    ['429 that asks for no wait', status(429, { 'retry-after': '0' })],
  ])('%s, then an answer: complete after two requests', async (_name, fault) => {
    const server = await stage.server(failingFirst(fault));
    const retrievals = await stage
      .retriever()
      .retrieve({ request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon() });
    expect(retrievals['conditions']?.status).toBe('complete');
    expect(server.seen).toHaveLength(2);
    expect(server.seen.map(({ authorization }) => authorization)).toEqual(['Bearer T', 'Bearer T']);
  });

  test.each<[string, Behaviour]>([
    ['403', status(403)],
    ['404', status(404)],
    ['501', status(501)],
    ['429 without Retry-After', status(429)],
    ['429 whose wait does not fit the deadline', status(429, { 'retry-after': '60' })],
    ['an HTML page with 200', body('<html></html>', 'text/html')],
  ])('%s is not repeated', async (_name, fault) => {
    const server = await stage.server(failingFirst(fault));
    const retrievals = await stage
      .retriever()
      .retrieve({ request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon() });
    expect(retrievals['conditions']?.status).toBe('unavailable');
    expect(server.seen).toHaveLength(1);
  });

  test('a read that fails twice is not sent a third time', async () => {
    const server = await stage.server(status(500));
    await stage
      .retriever()
      .retrieve({ request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon() });
    expect(server.seen).toHaveLength(2);
  });
});

describe('a dead server costs nothing after some failures', () => {
  /** On the clock of the breaker. */
  const aMinuteLater = (): void => {
    const now = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + 60_000);
  };

  const retrieveFrom = async (
    retriever: ReturnType<Stage['retriever']>,
    server: string,
  ): Promise<string | undefined> => {
    const retrievals = await retriever.retrieve({
      request: hookRequest({ server }),
      prefetch: CONDITIONS,
      deadlineAt: soon(),
    });
    return retrievals['conditions']?.status;
  };

  test('left alone after the limit, asked by one probe after a while, and back when the probe is answered', async () => {
    let answer: (response: ServerResponse) => void = (response) => sendJson(response, {}, 501);
    const server = await stage.server((_request, response) => answer(response));
    const retriever = stage.retriever({ limits: { breakerFailures: 3, breakerOpenMs: 30_000 } });
    for (let call = 0; call < 3; call += 1) await retrieveFrom(retriever, server.base);
    expect(server.seen).toHaveLength(3);
    expect(await retrieveFrom(retriever, server.base)).toBe('unavailable');
    expect(server.seen).toHaveLength(3);
    aMinuteLater();
    answer = (response) => sendJson(response, searchset([]));
    expect(await retrieveFrom(retriever, server.base)).toBe('complete');
    expect(await retrieveFrom(retriever, server.base)).toBe('complete');
    expect(stage.events).toContainEqual({ event: 'fhir.server-left-alone', server: server.base });
    expect(stage.events).toContainEqual({ event: 'fhir.server-back', server: server.base });
  });

  test('the reads of one call count as one failure', async () => {
    const server = await stage.server(status(501));
    const retriever = stage.retriever({ limits: { breakerFailures: 2 } });
    const call = { request: hookRequest({ server }), prefetch: PREFETCH, deadlineAt: soon() };
    await retriever.retrieve(call);
    await retriever.retrieve(call);
    expect(server.seen).toHaveLength(6);
    await retriever.retrieve(call);
    expect(server.seen).toHaveLength(6);
  });

  test('a call beside the probe of another keeps its own deadline', async () => {
    const server = await stage.server(never);
    const retriever = stage.retriever({ limits: { breakerFailures: 1, breakerOpenMs: 30_000 } });
    const request = hookRequest({ server });
    await retriever.retrieve({ request, prefetch: CONDITIONS, deadlineAt: soon(DEADLINE) });
    aMinuteLater();
    const goneAway = new AbortController();
    let probing = true;
    const probe = retriever
      .retrieve({ request, prefetch: CONDITIONS, deadlineAt: soon(60_000), signal: goneAway.signal })
      .finally(() => (probing = false));
    await until(() => server.seen.length === 2);
    const beside = await retriever.retrieve({ request, prefetch: CONDITIONS, deadlineAt: soon(100) });
    expect(beside['conditions']).toEqual({ status: 'unavailable', missing: 'deadline' });
    expect(probing).toBe(true);
    expect(server.seen).toHaveLength(2);
    goneAway.abort();
    await probe;
  });

  test('refusals are answers: a server of 403s is asked every time', async () => {
    const server = await stage.server(status(403));
    const retriever = stage.retriever({ limits: { breakerFailures: 2 } });
    for (let call = 0; call < 4; call += 1) await retrieveFrom(retriever, server.base);
    expect(server.seen).toHaveLength(4);
  });

  test('another server is not affected', async () => {
    const dead = await stage.server(status(501));
    const alive = await stage.server(healthy);
    const retriever = stage.retriever({ limits: { breakerFailures: 1 } });
    await retrieveFrom(retriever, dead.base);
    expect(await retrieveFrom(retriever, dead.base)).toBe('unavailable');
    expect(await retrieveFrom(retriever, alive.base)).toBe('complete');
    expect(dead.seen).toHaveLength(1);
  });
});
