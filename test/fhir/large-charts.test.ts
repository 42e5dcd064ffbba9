import { jest } from '@jest/globals';
import { DEADLINE } from './behaviours.js';
import { parseLargeJson } from '../../src/fhir/large-json.js';
import { CONDITIONS, hookRequest, idsOf, nextLink, resource, searchset, soon, Stage } from './fhir-server.js';

const stage = new Stage();
afterEach(() => stage.clear());

/** Characters given to JSON.parse in the turn of the event loop that got most of them, and how many turns got some. */
const parsedPerTurn = async (work: () => Promise<unknown>): Promise<{ most: number; turns: number }> => {
  const parsed = { most: 0, turns: 0 };
  let [thisTurn, watching] = [0, true];
  const parse = JSON.parse;
  jest.spyOn(JSON, 'parse').mockImplementation((text: string) => {
    thisTurn += text.length;
    return parse(text) as unknown;
  });
  const watch = (): void => {
    parsed.most = Math.max(parsed.most, thisTurn);
    parsed.turns += Number(thisTurn > 0);
    thisTurn = 0;
    if (watching) setImmediate(watch);
  };
  setImmediate(watch);
  await work();
  watching = false;
  jest.restoreAllMocks();
  return parsed;
};

/** A page of resources as they are, many small members. */
const dense = (count: number): string => {
  const coding = ['urn:a', 'urn:b', 'urn:c'].map((system) => ({
    system,
    code: 'M53.3',
    display: 'Low back',
  }));
  const more = {
    code: { coding, text: 'Low back pain' },
    category: [{ coding }],
    recordedDate: '2024-01-01',
  };
  return JSON.stringify(
    searchset(Array.from({ length: count }, (_, id) => resource('Condition', `c${id}`, more))),
  );
};

const chart = (page: number, count: number, text: string): string => {
  const resources = Array.from({ length: count }, (_, index) =>
    resource('Condition', `c${page}-${index}`, { note: [{ text }] }),
  );
  return JSON.stringify(searchset(resources, page < 200 ? nextLink(`?page=${page + 1}`) : {}));
};

// How long a turn takes is for the benchmark (npm run bench:retrieval); here, that none has more than a piece of the work.

test('20,000 resources on 200 pages: all read, and a turn of the event loop never has more than one of them', async () => {
  const pages = Array.from({ length: 200 }, (_, index) =>
    chart(index + 1, 100, 'Low back pain. '.repeat(60)),
  );
  const server = await stage.server((request, response) => {
    const page = Number(/page=(\d+)/.exec(request.url ?? '')?.[1] ?? 1);
    response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(pages[page - 1]);
  });
  const call = { request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon(50_000) };
  const retriever = stage.retriever();
  let ids: string[] = [];
  const { most, turns } = await parsedPerTurn(async () => {
    ids = idsOf((await retriever.retrieve(call))['conditions']);
  });
  expect(ids).toHaveLength(20_000);
  expect(new Set(ids).size).toBe(20_000);
  expect(turns).toBeGreaterThanOrEqual(200);
  expect(most).toBe(Math.max(...pages.map(({ length }) => length)));
});

test('a chart that stops coming in the middle: at the deadline partial, with the pages that came', async () => {
  const server = await stage.server((request, response) => {
    const page = Number(/page=(\d+)/.exec(request.url ?? '')?.[1] ?? 1);
    if (page > 20) return;
    response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(chart(page, 100, 'x'));
  });
  const retrievals = await stage
    .retriever()
    .retrieve({ request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon(DEADLINE) });
  expect(retrievals['conditions']).toMatchObject({ status: 'partial', missing: 'deadline' });
  expect(idsOf(retrievals['conditions'])).toHaveLength(2000);
});

test('10,000 resources on one page: parsed in slices, a turn of the event loop for each', async () => {
  const page = Buffer.from(dense(10_000));
  const server = await stage.server((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(page);
  });
  const call = { request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon(50_000) };
  const retriever = stage.retriever();
  let ids: string[] = [];
  const { most, turns } = await parsedPerTurn(async () => {
    ids = idsOf((await retriever.retrieve(call))['conditions']);
  });
  expect(ids).toHaveLength(10_000);
  const slice = 256 * 1024;
  expect(turns).toBeGreaterThanOrEqual(Math.floor(page.length / (slice + 1000)));
  expect(most).toBeLessThan(slice + 1000);
});

describe('a large body is parsed in slices to what JSON.parse gives', () => {
  const pause = (): Promise<void> => Promise.resolve();
  test.each([
    '{"resourceType":"Bundle","entry":[{"resource":{"a":[1,{"b":"]}\\""}]}},{"x":"\\\\"}],"link":[{"relation":"next","url":"u"}]}',
    '{"resourceType":"Bundle","entry":[]}',
    '{"resourceType":"Bundle","entry":[ ] , "total":0}',
    '{ "resourceType" : "Bundle" , "entry" : [ {"a":1} , null, "x,y", [1,2] ] }',
    '{"meta":{"entry":[1]},"entry":[2]}',
    '{"x":"entry","entry":[1]}',
    '{"entry":"x","y":[1,2]}',
    '{"resourceType":"Binary","data":"AAAA"}',
    '[1,2]',
    'null',
    '{"entry":[{"text":"ü, \\u00fc, 椎間"}]}',
  ])('%s', async (text) => {
    expect(await parseLargeJson(Buffer.from(text), 100, pause)).toEqual(JSON.parse(text));
  });

  test.each([
    '{"entry":[',
    '{"entry":[1,',
    '{"entry":[1]',
    '{"entry":[1,]}',
    '{"entry":[{]}',
    '{"entry":[1] "x"}',
    '"',
    '{"entry":[}]',
  ])('%s is no JSON', async (text) => {
    await expect(parseLargeJson(Buffer.from(text), 100, pause)).rejects.toThrow(SyntaxError);
  });

  test.each([
    ['in an entry', (depth: number) => `{"entry":[${'['.repeat(depth - 2)}${']'.repeat(depth - 2)}]}`],
    [
      'behind the entries',
      (depth: number) => `{"entry":[],"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`,
    ],
    ['without entries', (depth: number) => `{"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`],
  ])('nested as deep as allowed, and one level deeper: %s', async (_name, nested) => {
    await expect(parseLargeJson(Buffer.from(nested(20)), 20, pause)).resolves.toEqual(JSON.parse(nested(20)));
    await expect(parseLargeJson(Buffer.from(nested(21)), 20, pause)).rejects.toThrow(SyntaxError);
  });

  test('it pauses between slices, and gives up when the pause does', async () => {
    const body = Buffer.from(chart(200, 40, 'x'.repeat(100_000)));
    let pauses = 0;
    await parseLargeJson(body, 100, () => Promise.resolve(void (pauses += 1)));
    expect(pauses).toBeGreaterThan(4);
    const late = new Error('late');
    await expect(parseLargeJson(body, 100, () => Promise.reject(late))).rejects.toBe(late);
  });
});
