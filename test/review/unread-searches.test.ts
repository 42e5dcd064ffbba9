/** Searches that failed or were not read whole, whoever made them: no step is called missing for what they do not show. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundle, draft, orderSign, prefetched, procedure, review } from './service.js';

/** What the FHIR server of these tests answers to a search of procedures; to every other, that there is nothing. */
let procedures: { readonly answer: object; readonly status: number };
let server: Server;
let fhirServer: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const { answer, status } = request.url?.startsWith('/fhir/Procedure')
      ? procedures
      : { answer: bundle(), status: 200 };
    response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fhirServer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function told(request: object) {
  const { extension } = await review(request);
  const { data, orders } = extension!['stepwise-cds.evaluation'];
  return {
    read: data.find(({ kind }) => kind === 'procedures')?.state,
    ablation: orders[0]?.steps.find(({ id }) => id === 'radiofrequency-ablation')?.state,
  };
}

const fetched = (answer: object, status = 200) => {
  procedures = { answer, status };
  const { procedures: _asked, ...prefetch } = prefetched();
  return told(orderSign([draft()], { prefetch, fhirServer }));
};
const sent = (answer: object) => told(orderSign([draft()], { prefetch: prefetched({ procedures: answer }) }));

const EYES = procedure('eyes', '92014');
const searchset = (part: object) => ({ resourceType: 'Bundle', type: 'searchset', ...part });

test('read whole: the ablation is missing, prefetched and fetched', async () => {
  const missing = { read: 'complete', ablation: 'not-met' };
  expect([await sent(bundle(EYES)), await fetched(bundle(EYES))]).toEqual([missing, missing]);
});

test.each<[string, object]>([
  [
    'a batch of refusals',
    { resourceType: 'Bundle', type: 'batch-response', entry: [{ response: { status: '403' } }] },
  ],
  ['matches without their resource', searchset({ entry: [{ search: { mode: 'match' } }] })],
  ['matches of another type', searchset({ entry: [{ resource: { resourceType: 'Condition', id: 'c' } }] })],
  ['an entry that is no list', searchset({ entry: {} })],
  ['a count without resources, as a text', searchset({ total: '5' })],
  ['a next link that names no page', { ...bundle(EYES), link: [{ relation: 'next', url: null }] }],
  ['one entry without its resource', searchset({ entry: [{ resource: EYES }, { fullUrl: 'urn:uuid:1' }] })],
])('%s: not known, prefetched or fetched', async (_name, answer) => {
  for (const { read, ablation } of [await sent(answer), await fetched(answer)]) {
    expect(['partial', 'unavailable']).toContain(read);
    expect(ablation).toBe('unknown');
  }
});

test.each([202, 206])('status %s of the FHIR server: not known', async (status) => {
  expect((await fetched(bundle(EYES), status)).ablation).toBe('unknown');
});

test('a single procedure under a key of the site’s own, and nobody to ask: not known', async () => {
  expect(await told(orderSign([draft()], { prefetch: { x: EYES } }))).toEqual({
    ...{ read: 'partial', ablation: 'unknown' },
  });
});
