/** Answers that are odd, and whether they can be read: what is readable is read whole, what is not is never called empty. */
import { brotliCompressSync, deflateSync } from 'node:zlib';
import { FHIR, body } from './behaviours.js';
import {
  CONDITIONS,
  hookRequest,
  idsOf,
  resource,
  searchset,
  soon,
  Stage,
  type Behaviour,
} from './fhir-server.js';

const stage = new Stage();
afterEach(() => stage.clear());

const ONE = searchset([resource('Condition', 'c1')]);
const TEXT = JSON.stringify(ONE);
const LENGTH = `Content-Length: ${TEXT.length}`;

/** Bytes of an answer as they are, whatever HTTP makes of them. */
const bytes =
  (text: string): Behaviour =>
  (_request, response) =>
    response.socket?.end(text);
const status =
  (code: number, text = TEXT, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (_request, response) =>
    response.writeHead(code, { ...FHIR, ...headers }).end(text);
const packed =
  (encoding: string, data: Buffer): Behaviour =>
  (_request, response) =>
    response.writeHead(200, { ...FHIR, 'content-encoding': encoding }).end(data);

/** An entry beside one that can be read. */
function beside(entry: unknown): Behaviour {
  return body(JSON.stringify({ ...ONE, entry: [entry, ...(ONE['entry'] as object[])] }));
}

async function conditionsFrom(behaviour: Behaviour) {
  const server = await stage.server(behaviour);
  const call = { request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon() };
  return (await stage.retriever().retrieve(call))['conditions'];
}

test.each<[string, Behaviour]>([
  ['HTTP/1.0', bytes(`HTTP/1.0 200 OK\r\nContent-Type: application/fhir+json\r\n\r\n${TEXT}`)],
  ['102 before it', bytes(`HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\n${LENGTH}\r\n\r\n${TEXT}`)],
  ['no media type', bytes(`HTTP/1.1 200 OK\r\n${LENGTH}\r\n\r\n${TEXT}`)],
  ['another media type', body(TEXT, 'text/plain')],
  ['an older media type', body(TEXT, 'application/json+fhir')],
  ['a byte order mark', body(`\uFEFF${TEXT}`)],
  ['201', status(201)],
  ['203', status(203)],
  ['deflate', packed('deflate', deflateSync(TEXT))],
  ['br', packed('br', brotliCompressSync(TEXT))],
  ['no type of Bundle', status(200, JSON.stringify({ ...ONE, type: undefined }))],
  ['a collection', status(200, JSON.stringify({ ...ONE, type: 'collection' }))],
  ['a total below its entries', status(200, JSON.stringify({ ...ONE, total: 0 }))],
  ['a total that is no number', status(200, JSON.stringify({ ...ONE, total: 'x' }))],
  ['a total that is a text', status(200, JSON.stringify({ ...ONE, total: '1' }))],
  ['links that are none', status(200, JSON.stringify({ ...ONE, link: ['next', null, { relation: 'x' }] }))],
  ['an inclusion without its resource beside it', beside({ search: { mode: 'include' } })],
])('%s: read whole', async (_name, behaviour) => {
  const conditions = await conditionsFrom(behaviour);
  expect(conditions?.status).toBe('complete');
  expect(idsOf(conditions)).toEqual(['Condition/c1']);
});

test.each(['history', 'batch-response', 'document', 'message', 7])(
  'a Bundle that is no answer to a search (%j): what it holds, and not that there is nothing else',
  async (type) => {
    const conditions = await conditionsFrom(body(JSON.stringify({ ...ONE, type })));
    expect(conditions).toMatchObject({ status: 'partial', missing: 'server-error' });
    expect(idsOf(conditions)).toEqual(['Condition/c1']);
  },
);

test.each<[string, unknown]>([
  ['null', null],
  ['a number', 7],
  ['a list', []],
  ['nothing in it', {}],
  ['a resource that is none', { resource: [] }],
  ['a match without its resource', { search: { mode: 'match' } }],
  ['a refusal of a batch', { response: { status: '403' } }],
])(
  'an entry that holds no resource (%s): what is beside it, and not that there is nothing else',
  async (_name, entry) => {
    const conditions = await conditionsFrom(beside(entry));
    expect(conditions).toMatchObject({ status: 'partial', missing: 'unreadable' });
    expect(idsOf(conditions)).toEqual(['Condition/c1']);
  },
);

test('206: what came, and not that there is nothing else', async () => {
  const conditions = await conditionsFrom(status(206));
  expect(conditions).toMatchObject({ status: 'partial', missing: 'server-error' });
  expect(idsOf(conditions)).toEqual(['Condition/c1']);
});

test.each([
  [[{ relation: 'next' }]],
  [[{ relation: 'next', url: null }]],
  [[{ relation: 'next', url: '' }]],
  [{ relation: 'next' }],
])('a next link that names no page (%j): partial, not whole', async (link) => {
  const conditions = await conditionsFrom(body(JSON.stringify({ ...ONE, link })));
  expect(conditions).toMatchObject({ status: 'partial', missing: 'next-page-not-followed' });
  expect(idsOf(conditions)).toEqual(['Condition/c1']);
});

test.each<[string, string]>([
  ['a searchset without entries', '{"resourceType":"Bundle","type":"searchset"}'],
  ['a searchset with an empty list', '{"resourceType":"Bundle","type":"searchset","total":0,"entry":[]}'],
  ['a count of none, as only a search has one', '{"resourceType":"Bundle","total":0}'],
])('%s: complete, and nothing there', async (_name, text) => {
  expect(await conditionsFrom(body(text))).toEqual({
    ...{ status: 'complete', source: 'fhir-server' },
    items: [],
  });
});

test.each<[string, Behaviour]>([
  ['another protocol', bytes('SSH-2.0-x\r\n')],
  ['a megabyte of headers', bytes(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(1_000_000)}\r\n\r\n{}`)],
  ['more bytes than announced', bytes(`HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n${TEXT}`)],
  ['chunks that are none', bytes('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}')],
  ['202, which promises an answer', status(202)],
  ['204', status(204, '')],
  ['206 without a match', status(206, JSON.stringify(searchset([])))],
  ['304', status(304, '')],
  ['300', status(300, '')],
  [
    'a redirect to itself',
    (request, response) => response.writeHead(307, { location: request.url ?? '' }).end(),
  ],
  ['a redirect to nowhere', status(308, '', { location: 'http://[' })],
  ['410', status(410)],
  ['999', bytes('HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n')],
  ['429 with a wait below zero', status(429, '', { 'retry-after': '-5' })],
  ['429 with a wait that is no time', status(429, '', { 'retry-after': 'soon' })],
  ['FHIR XML', body('<Bundle xmlns="http://hl7.org/fhir"/>', 'application/fhir+xml')],
  [
    'UTF-16',
    (_request, response) => response.writeHead(200, FHIR).end(Buffer.from(`\uFEFF${TEXT}`, 'utf16le')),
  ],
  ['a list', body('[]')],
  ['a single resource', body(JSON.stringify(resource('Condition', 'c1')))],
  ['a resourceType that is a number', body('{"resourceType":7}')],
  ['an OperationOutcome without issues', body('{"resourceType":"OperationOutcome"}')],
  ['a Bundle and nothing else', body('{"resourceType":"Bundle"}')],
  ['an empty Bundle without type', body('{"resourceType":"Bundle","entry":[]}')],
  ['an empty Bundle of another type', body('{"resourceType":"Bundle","type":"collection","total":0}')],
  ['a type that is none', body('{"resourceType":"Bundle","type":null}')],
  ['matches of another type alone', body(JSON.stringify(searchset([resource('Device', 'd')])))],
  ['entries without resources', body('{"resourceType":"Bundle","type":"searchset","entry":[{}]}')],
  ['an entry that is no list', body('{"resourceType":"Bundle","type":"searchset","entry":{}}')],
  ['a count that is none', body('{"resourceType":"Bundle","type":"searchset","total":"some"}')],
  ['a batch that answered nothing', body('{"resourceType":"Bundle","type":"batch-response","entry":[{}]}')],
])('%s: unavailable, not empty', async (_name, behaviour) => {
  expect(await conditionsFrom(behaviour)).toMatchObject({ status: 'unavailable' });
});

test.each<[string, object]>([
  ['no entry', { entry: undefined }],
  ['an entry that is null', { entry: null }],
  ['no entry, the total a text', { total: '3', entry: undefined }],
  ['no matches', { entry: [] }],
])('a total of three and %s: partial, not empty', async (_name, more) => {
  const conditions = await conditionsFrom(status(200, JSON.stringify({ ...ONE, total: 3, ...more })));
  expect(conditions).toMatchObject({ status: 'partial', missing: 'next-page-not-followed' });
});
