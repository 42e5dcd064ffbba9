/** The chart as the pages read it in the browser: what could not be read whole must not look so. */
import { readChart, underBase } from '../../src/web/static/shared/read-chart.js';

const BASE = 'https://ehr.example/fhir';
const TEMPLATES = { conditions: { template: 'Condition?patient={{context.patientId}}' } };

type Page = Readonly<Record<string, unknown>>;

/** Pages by URL, in place of a server; a URL without one is 404. */
function serve(pages: Readonly<Record<string, Page>>): string[] {
  const asked: string[] = [];
  globalThis.fetch = ((url: string) => {
    asked.push(url.replace(`${BASE}/`, ''));
    const page = pages[url.replace(`${BASE}/`, '')];
    return Promise.resolve(new Response(JSON.stringify(page ?? {}), { status: page ? 200 : 404 }));
  }) as typeof fetch;
  return asked;
}

const own = globalThis.fetch;
beforeAll(() => {
  Object.assign(globalThis, { location: { href: 'https://cds.example/evidence' } });
});
afterAll(() => {
  Reflect.deleteProperty(globalThis, 'location');
});
afterEach(() => {
  globalThis.fetch = own;
});

const read = () => readChart(TEMPLATES, { base: BASE, patientId: 'p1' });
const page = (id: string, next?: string): Page => ({
  resourceType: 'Bundle',
  type: 'searchset',
  link: [
    { relation: 'self', url: 'Condition?patient=p1' },
    ...(next === undefined ? [] : [{ relation: 'next', url: next }]),
  ],
  entry: [{ resource: { resourceType: 'Condition', id } }],
});
const ids = (value: unknown) =>
  (value as { entry: { resource: { id: string } }[] }).entry.map(({ resource }) => resource.id);
const relations = (value: unknown) =>
  ((value as { link?: { relation: string }[] }).link ?? []).map(({ relation }) => relation);

test('all pages as one, without a link to more', async () => {
  serve({ 'Condition?patient=p1': page('a', `${BASE}?page=2`), [`${BASE}?page=2`]: page('b') });
  const { prefetch, failed } = await read();
  expect([ids(prefetch['conditions']), failed]).toEqual([['a', 'b'], []]);
  expect(relations(prefetch['conditions'])).toEqual(['self']);
});

test('without a link of its own it keeps none to a page that was read', async () => {
  const { link: _none, ...last } = page('b');
  const first = { ...page('a'), link: [{ relation: 'next', url: `${BASE}?page=2` }] };
  serve({ 'Condition?patient=p1': first, [`${BASE}?page=2`]: last });
  expect(relations((await read()).prefetch['conditions'])).toEqual([]);
});

test('more pages than are read: the link to the rest stays, so that it does not look whole', async () => {
  const asked = serve(
    Object.fromEntries(
      Array.from({ length: 60 }, (_none, index) => [
        index === 0 ? 'Condition?patient=p1' : `${BASE}?page=${index}`,
        page(`c${index}`, `${BASE}?page=${index + 1}`),
      ]),
    ),
  );
  const { prefetch } = await read();
  expect(asked).toHaveLength(50);
  expect(relations(prefetch['conditions'])).toEqual(['self', 'next']);
});

test.each([[undefined], [null], ['']])('a next link that names no page (%j) stays', async (url) => {
  serve({ 'Condition?patient=p1': { ...page('a'), link: [{ relation: 'next', url }] } });
  expect(relations((await read()).prefetch['conditions'])).toEqual(['next']);
});

test.each([202, 206])('status %s: not taken for the answer', async (status) => {
  globalThis.fetch = () => Promise.resolve(new Response(JSON.stringify(page('a')), { status }));
  expect((await read()).failed).toMatchObject([{ key: 'conditions', status }]);
});

test.each([
  ['that is no Bundle', { resourceType: 'OperationOutcome' }],
  ['that is not there', undefined],
])('a page %s: the key is left out, and said to have failed', async (_name, second) => {
  serve({
    'Condition?patient=p1': page('a', `${BASE}?page=2`),
    ...(second && { [`${BASE}?page=2`]: second }),
  });
  const { prefetch, failed } = await read();
  expect([Object.keys(prefetch), failed.map(({ key }) => key)]).toEqual([[], ['conditions']]);
});

test('the token goes to no other server', async () => {
  const asked = serve({ 'Condition?patient=p1': page('a', 'https://elsewhere.example/next') });
  const { failed } = await read();
  expect([failed.map(({ key }) => key), asked]).toEqual([['conditions'], ['Condition?patient=p1']]);
});

describe('FA-5: the token goes nowhere but under the base it came with', () => {
  const TENANT = 'https://ehr.example/tenant-a/fhir';

  test.each([
    ['Binary/1', `${TENANT}/Binary/1`],
    [`${TENANT}/Binary/1?x=y`, `${TENANT}/Binary/1?x=y`],
    [`${TENANT}?page=2`, `${TENANT}?page=2`],
    ['?page=2', `${TENANT}/?page=2`],
    ['/tenant-a/fhir/Binary/1', `${TENANT}/Binary/1`],
  ])('%s is under it', (url, expected) => {
    expect([underBase(url, TENANT), underBase(url, `${TENANT}/`)]).toEqual([expected, expected]);
  });

  test.each([
    'https://ehr.example/tenant-b/fhir/Binary/1',
    'https://ehr.example/tenant-a/fhirs/Binary/1',
    'https://ehr.example/tenant-a',
    '../../tenant-b/collect',
    '%2e%2e/%2e%2e/tenant-b/collect',
    'Binary/..%2f..%2f..%2ftenant-b',
    '/collect',
    '//evil.example/tenant-a/fhir/Binary/1',
    'https://ehr.example@evil.example/tenant-a/fhir/Binary/1',
    'https://user:x@ehr.example/tenant-a/fhir/Binary/1',
    'http://ehr.example/tenant-a/fhir/Binary/1',
    'data:text/plain,x',
    'http://[',
  ])('%s is not', (url) => {
    expect(underBase(url, TENANT)).toBeUndefined();
  });

  test('a next page of another tenant is not asked for, and the kind is told as unread', async () => {
    const asked = serve({ 'Condition?patient=p1': page('a', 'https://ehr.example/other/fhir?page=2') });
    const { prefetch, failed } = await read();
    expect([asked, prefetch, failed.map(({ key }) => key)]).toEqual([
      ['Condition?patient=p1'],
      {},
      ['conditions'],
    ]);
  });
});
