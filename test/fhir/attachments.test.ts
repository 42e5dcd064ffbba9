import { DEADLINE } from './behaviours.js';
import type { ServerResponse } from 'node:http';
import {
  healthy,
  hookRequest,
  outcome,
  sendJson,
  soon,
  Stage,
  type Behaviour,
  type FakeFhirServer,
} from './fhir-server.js';

const stage = new Stage();
afterEach(() => stage.clear());

const raw =
  (text: string, contentType: string): Behaviour =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': contentType }).end(text);
  };
const wrapped =
  (text: string, contentType?: string): Behaviour =>
  (_request, response) =>
    sendJson(response, { resourceType: 'Binary', contentType, data: Buffer.from(text).toString('base64') });

const readFrom = async (
  server: FakeFhirServer | undefined,
  url: string,
  contentType?: string,
  options: Parameters<Stage['retriever']>[0] = {},
) => {
  const request = hookRequest(server ? { server } : {});
  const urls = [{ url, ...(contentType !== undefined && { contentType }) }];
  return (await stage.retriever(options).readAttachments({ request, urls, deadlineAt: soon() })).get(url);
};

const textOf = (attachment: Awaited<ReturnType<typeof readFrom>>): string =>
  attachment?.status === 'read'
    ? new TextDecoder().decode(attachment.bytes)
    : `unavailable: ${attachment?.missing ?? ''}`;

describe('a Binary is read raw or wrapped in FHIR JSON, whichever the server sends', () => {
  test('raw, by a relative url, asked for by its own content type first', async () => {
    const server = await stage.server(raw('<p>No fracture</p>', 'text/html; charset=utf-8'));
    const attachment = await readFrom(server, 'Binary/b1', 'text/html');
    expect(attachment).toMatchObject({ status: 'read', contentType: 'text/html; charset=utf-8' });
    expect(textOf(attachment)).toBe('<p>No fracture</p>');
    expect(server.seen).toEqual([
      {
        url: '/fhir/r4/Binary/b1',
        authorization: 'Bearer T',
        accept: 'text/html, application/fhir+json;q=0.9',
      },
    ]);
  });

  test('wrapped, by an absolute url under the base', async () => {
    const server = await stage.server(wrapped('plain words', 'text/plain'));
    const attachment = await readFrom(server, `${server.base}/Binary/TR-1`, 'text/html');
    expect(attachment).toMatchObject({ status: 'read', contentType: 'text/plain' });
    expect(textOf(attachment)).toBe('plain words');
  });

  test.each([202, 206])('status %s: not the whole text, so none of it', async (status) => {
    const server = await stage.server((_request, response) =>
      response.writeHead(status, { 'content-type': 'text/plain' }).end('No stenosis'),
    );
    expect(await readFrom(server, 'Binary/b1', 'text/plain')).toEqual({
      ...{ status: 'unavailable', missing: 'server-error' },
    });
  });

  test('bytes are not read as text', async () => {
    const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0xfe, 0x80]);
    const server = await stage.server((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/pdf' }).end(bytes),
    );
    const attachment = await readFrom(server, 'Binary/b1', 'application/pdf');
    expect(attachment?.status === 'read' && Buffer.from(attachment.bytes)).toEqual(bytes);
  });

  test.each([
    ['application/octet-stream', 'text/rtf', 'text/rtf'],
    ['application/octet-stream', undefined, 'application/octet-stream'],
  ])('sent as %s, attached as %s: read as %s', async (sent, attached, expected) => {
    const server = await stage.server(raw('{\\rtf1}', sent));
    expect(await readFrom(server, 'Binary/b1', attached)).toMatchObject({
      status: 'read',
      contentType: expected,
    });
  });

  test('a content type that is no MIME type is not sent in Accept', async () => {
    const server = await stage.server(raw('text', 'text/plain'));
    await readFrom(server, 'Binary/DD-1', 'ASCII Text');
    expect(server.seen[0]?.accept).toBe('application/fhir+json, */*;q=0.8');
  });

  test.each([406, 415, 400])(
    'a server that answers %i to two types is asked for FHIR JSON alone',
    async (status) => {
      const server = await stage.server((request, response) =>
        request.headers.accept === 'application/fhir+json'
          ? wrapped('words', 'text/plain')(request, response)
          : void response.writeHead(status).end(),
      );
      expect(textOf(await readFrom(server, 'Binary/b1', 'text/html'))).toBe('words');
      expect(server.seen).toHaveLength(2);
    },
  );
});

describe('only under the FHIR server it belongs to (FA-5)', () => {
  test('G-15 an attachment on another host is not asked for', async () => {
    const elsewhere = await stage.server(healthy);
    const server = await stage.server(healthy);
    expect(textOf(await readFrom(server, `${elsewhere.base}/Binary/b1`))).toBe('unavailable: rejected');
    expect([...elsewhere.seen, ...server.seen]).toEqual([]);
  });

  test.each([
    '../../admin',
    '//elsewhere.example/x',
    '#contained',
    '?x=1',
    'urn:uuid:1',
    'data:text/plain,x',
    'Binary/..%2f..%2fadmin',
  ])('%s is not asked for', async (url) => {
    const server = await stage.server(healthy);
    expect(textOf(await readFrom(server, url))).toBe('unavailable: rejected');
    expect(server.seen).toEqual([]);
  });

  test('a redirect is not followed', async () => {
    const elsewhere = await stage.server(healthy);
    const server = await stage.server((_request, response) =>
      response.writeHead(307, { location: `${elsewhere.base}/Binary/b1` }).end(),
    );
    expect(textOf(await readFrom(server, 'Binary/b1'))).toBe('unavailable: server-error');
    expect(elsewhere.seen).toEqual([]);
  });

  test('without a server there is nobody to ask', async () => {
    expect(textOf(await readFrom(undefined, 'Binary/b1'))).toBe('unavailable: no-server');
  });

  test('a fhirServer that is not allowed is nobody to ask', async () => {
    const server = await stage.server(healthy);
    expect(textOf(await readFrom(server, 'Binary/b1', undefined, { allowed: () => false }))).toBe(
      'unavailable: no-server',
    );
    expect(server.seen).toEqual([]);
  });
});

describe('what cannot be read says why', () => {
  const answered =
    (status: number): Behaviour =>
    (_request, response) =>
      void response.writeHead(status).end();
  test.each<[string, Behaviour, string]>([
    ['404', answered(404), 'not-found'],
    ['410', answered(410), 'not-found'],
    ['403', answered(403), 'not-authorized'],
    ['401', answered(401), 'not-authorized'],
    ['500', answered(500), 'server-error'],
    ['an empty body', answered(200), 'server-error'],
    [
      'an OperationOutcome with 200',
      (_request, response) => sendJson(response, outcome('error', 'exception')),
      'server-error',
    ],
    [
      'a Binary without data',
      (_request, response) => sendJson(response, { resourceType: 'Binary' }),
      'server-error',
    ],
    ['broken FHIR JSON', raw('{"resourceType', 'application/fhir+json'), 'server-error'],
    ['a login page in place of a PDF', raw('<html>log in</html>', 'text/html'), 'server-error'],
    ['more bytes than the limit', raw('x'.repeat(2000), 'application/pdf'), 'too-large'],
  ])('%s', async (_name, behaviour, missing) => {
    const server = await stage.server(behaviour);
    const attachment = await readFrom(server, 'Binary/b1', 'application/pdf', {
      limits: { attachmentBytes: 1000 },
    });
    expect(attachment).toEqual({ status: 'unavailable', missing });
  });

  test('at the deadline what came is there, what did not is late', async () => {
    const server = await stage.server((request, response) => {
      if (request.url?.endsWith('b1')) raw('words', 'text/plain')(request, response);
    });
    const urls = [{ url: 'Binary/b1' }, { url: 'Binary/b2' }];
    const read = await stage
      .retriever()
      .readAttachments({ request: hookRequest({ server }), urls, deadlineAt: soon(DEADLINE) });
    expect(textOf(read.get('Binary/b1'))).toBe('words');
    expect(read.get('Binary/b2')).toEqual({ status: 'unavailable', missing: 'deadline' });
  });
});

test('attachments are read a few at a time, each url once', async () => {
  const waiting: ServerResponse[] = [];
  const server = await stage.server((_request, response) => {
    waiting.push(response);
    // Answered in pairs: fewer at once would never end, more would show in the overlap.
    if (waiting.length === 2)
      for (const open of waiting.splice(0)) open.writeHead(200, { 'content-type': 'text/plain' }).end('x');
  });
  const urls = ['b1', 'b2', 'b3', 'b4', 'b1'].map((id) => ({ url: `Binary/${id}` }));
  const retriever = stage.retriever({ limits: { attachmentsAtOnce: 2 } });
  const read = await retriever.readAttachments({
    request: hookRequest({ server }),
    urls,
    deadlineAt: soon(),
  });
  expect([...read.values()].map(({ status }) => status)).toEqual(Array(4).fill('read'));
  expect(server.seen).toHaveLength(4);
  expect(server.overlap).toBe(2);
});
