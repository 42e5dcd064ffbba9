import { DEADLINE } from './behaviours.js';
import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../../src/cds-hooks/hook-request.types.js';
import {
  CONDITIONS,
  healthy,
  hookRequest,
  idsOf,
  nextLink,
  outcome,
  resource,
  searchset,
  sendJson,
  soon,
  Stage,
  type Behaviour,
  type FakeFhirServer,
} from './fhir-server.js';

const stage = new Stage();
afterEach(() => stage.clear());

const condition = (id: string, more: JsonObject = {}): JsonObject => resource('Condition', id, more);
const pageOf = ({ url = '' }: IncomingMessage): number => Number(/page=(\d+)/.exec(url)?.[1] ?? 1);

/** Answers page 1 to `pages`, each with one Condition, linked as `link` says; the page after them as `last` does. */
const paged = (
  pages: number,
  link: (page: number) => string,
  last: Behaviour = () => undefined,
): Behaviour => {
  return (request, response) => {
    const page = pageOf(request);
    const more = page < pages || last !== done ? nextLink(link(page + 1)) : {};
    if (page > pages) last(request, response);
    else sendJson(response, searchset([condition(`c${page}`)], more));
  };
};
/** There is no page after the last. */
const done: Behaviour = () => undefined;

const retrieveFrom = async (server: FakeFhirServer, options: Parameters<Stage['retriever']>[0] = {}) => {
  const retriever = stage.retriever(options);
  const call = { request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon() };
  return (await retriever.retrieve(call))['conditions'];
};

describe('next links are followed as they were sent', () => {
  test.each<[string, (base: string, origin: string) => (page: number) => string]>([
    ['absolute', (base) => (page) => `${base}/Condition?patient=p1&page=${page}`],
    ['relative to the base', () => (page) => `Condition?patient=p1&page=${page}`],
    ['from the root of the host', () => (page) => `/fhir/r4/Condition?patient=p1&page=${page}`],
    ['a query alone, as Epic sends it', () => (page) => `?sessionID=06-A&page=${page}`],
    [
      'a query on the base URL, as HAPI sends it',
      (base) => (page) => `${base}?_getpages=1-2&_offset=3&page=${page}`,
    ],
  ])('%s', async (_name, linkFrom) => {
    let link: (page: number) => string = () => '';
    const server = await stage.server((request, response) =>
      paged(3, (page) => link(page), done)(request, response),
    );
    link = linkFrom(server.base, server.origin);
    const retrieval = await retrieveFrom(server);
    expect(retrieval).toMatchObject({ status: 'complete', source: 'fhir-server' });
    expect(idsOf(retrieval)).toEqual(['Condition/c1', 'Condition/c2', 'Condition/c3']);
    expect(server.seen.map(({ authorization }) => authorization)).toEqual(Array(3).fill('Bearer T'));
    expect(server.urls[2]).toMatch(/page=3$/);
  });

  test('G-37 from a prefetched first page on, with the token: complete, from both', async () => {
    const server = await stage.server(paged(3, (page) => `Condition?page=${page}`, done));
    const prefetch = {
      conditions: searchset([condition('c1')], nextLink(`${server.base}/Condition?page=2`)),
    };
    const request = hookRequest({ server, prefetch });
    const retrievals = await stage
      .retriever()
      .retrieve({ request, prefetch: CONDITIONS, deadlineAt: soon() });
    expect(retrievals['conditions']).toMatchObject({ status: 'complete', source: 'both' });
    expect(idsOf(retrievals['conditions'])).toEqual(['Condition/c1', 'Condition/c2', 'Condition/c3']);
    expect(server.urls).toEqual(['/fhir/r4/Condition?page=2', '/fhir/r4/Condition?page=3']);
  });

  test('G-37 without a server to follow them: partial', async () => {
    const prefetch = { conditions: searchset([condition('c1')], nextLink('Condition?page=2')) };
    const retrievals = await stage
      .retriever()
      .retrieve({ request: hookRequest({ prefetch }), prefetch: CONDITIONS, deadlineAt: soon() });
    expect(retrievals['conditions']).toMatchObject({
      status: 'partial',
      source: 'prefetch',
      missing: 'next-page-not-followed',
    });
    expect(idsOf(retrievals['conditions'])).toEqual(['Condition/c1']);
  });

  test('a server known to name itself otherwise is asked by the name the call gave', async () => {
    const server = await stage.server(
      paged(2, (page) => `http://inside.example:8080/r4/Condition?page=${page}`, done),
    );
    const aliases = { [server.base]: ['http://inside.example:8080/r4'] };
    expect(await retrieveFrom(server, { aliases })).toMatchObject({ status: 'complete' });
    expect(server.urls).toEqual(['/fhir/r4/Condition?patient=p1', '/fhir/r4/Condition?page=2']);
  });
});

describe('links that lead astray end the search: partial, with what came', () => {
  test('G-15 to another host: not asked, and the token goes nowhere', async () => {
    const elsewhere = await stage.server(healthy);
    const server = await stage.server((_request, response) =>
      sendJson(response, searchset([condition('c1')], nextLink(`${elsewhere.base}/Condition?page=2`))),
    );
    const retrieval = await retrieveFrom(server);
    expect(retrieval).toMatchObject({ status: 'partial', missing: 'next-page-not-followed' });
    expect(elsewhere.seen).toEqual([]);
  });

  test.each([
    ['outside the base path', (base: string) => base.replace('/fhir/r4', '/fhir/r4evil/Condition?page=2')],
    ['climbing out of it', (base: string) => `${base}/../../admin?page=2`],
    ['climbing out of it, encoded', (base: string) => `${base}/%2e%2e/%2e%2e/admin?page=2`],
    ['climbing with an encoded slash', (base: string) => `${base}/..%2f..%2fadmin?page=2`],
    ['with user information', (base: string) => `${base.replace('//', '//u:p@')}/Condition?page=2`],
    ['of another scheme', () => 'file:///etc/passwd'],
    ['that is no URL', () => 'http://[::x/Condition'],
  ])('%s', async (_name, link) => {
    let base = '';
    const server = await stage.server((_request, response) =>
      sendJson(response, searchset([condition('c1')], nextLink(link(base)))),
    );
    base = server.base;
    const retrieval = await retrieveFrom(server);
    expect(retrieval).toMatchObject({ status: 'partial', missing: 'next-page-not-followed' });
    expect(idsOf(retrieval)).toEqual(['Condition/c1']);
    expect(server.seen).toHaveLength(1);
  });

  test('back to a page already read', async () => {
    const server = await stage.server((request, response) =>
      sendJson(response, searchset([condition('c1')], nextLink(`?page=${pageOf(request) === 1 ? 2 : 1}`))),
    );
    const retrieval = await retrieveFrom(server);
    expect(retrieval).toMatchObject({ status: 'partial', missing: 'next-page-not-followed' });
    expect(server.seen.length).toBeLessThanOrEqual(3);
  });
});

describe('limits: partial, with what came', () => {
  test('endless pages stop at the limit', async () => {
    const server = await stage.server(paged(Infinity, (page) => `?page=${page}`));
    const retrieval = await retrieveFrom(server, { limits: { pages: 5 } });
    expect(retrieval).toMatchObject({ status: 'partial', missing: 'too-large' });
    expect(idsOf(retrieval)).toHaveLength(5);
    expect(server.seen).toHaveLength(5);
  });

  test('exactly as many pages as the limit are complete', async () => {
    const server = await stage.server(paged(5, (page) => `?page=${page}`, done));
    expect(await retrieveFrom(server, { limits: { pages: 5 } })).toMatchObject({ status: 'complete' });
  });

  test('the bytes of all pages together stop at the limit', async () => {
    const text = 'x'.repeat(40_000);
    const server = await stage.server((request, response) => {
      const page = pageOf(request);
      sendJson(response, searchset([condition(`c${page}`, { note: text })], nextLink(`?page=${page + 1}`)));
    });
    const retrieval = await retrieveFrom(server, { limits: { answerBytes: 100_000 } });
    expect(retrieval).toMatchObject({ status: 'partial', missing: 'too-large' });
    expect(idsOf(retrieval)).toEqual(['Condition/c1', 'Condition/c2']);
  });

  test('slow pages stop at the deadline', async () => {
    const server = await stage.server(paged(2, (page) => `?page=${page}`));
    const retrievals = await stage
      .retriever()
      .retrieve({ request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon(DEADLINE) });
    expect(retrievals['conditions']).toMatchObject({ status: 'partial', missing: 'deadline' });
    expect(idsOf(retrievals['conditions'])).toEqual(['Condition/c1', 'Condition/c2']);
  });
});

describe('a page that fails: partial, with the pages before it', () => {
  test.each<[string, Behaviour, string]>([
    ['500 on page two', (_request, response) => sendJson(response, {}, 500), 'server-error'],
    ['403 on page two', (_request, response) => sendJson(response, {}, 403), 'not-authorized'],
    [
      'an expired page, as Epic says it',
      (_request, response) => sendJson(response, outcome('fatal', 'processing', '4113'), 400),
      'rejected',
    ],
    [
      'an OperationOutcome for page two',
      (_request, response) => sendJson(response, outcome('error', 'exception')),
      'server-error',
    ],
  ])('%s', async (_name, fault, missing) => {
    const server = await stage.server(paged(1, (page) => `?page=${page}`, fault));
    const retrieval = await retrieveFrom(server);
    expect(retrieval).toMatchObject({ status: 'partial', missing });
    expect(idsOf(retrieval)).toEqual(['Condition/c1']);
  });
});
