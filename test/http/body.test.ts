import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import request from 'supertest';
import { orderSign } from '../cds-hooks/calls.js';
import { advising, asItIs, CALL, outcome, serve } from './served.js';

const JSON_TYPE = 'application/json';
const VALID = JSON.stringify(orderSign());
const MEGABYTE = 1024 * 1024;

const post = (body: string | Buffer, headers: Record<string, string> = { 'Content-Type': JSON_TYPE }) => {
  const { app } = serve();
  return request(app).post(CALL).set(headers).serialize(asItIs).send(body);
};

describe('G-06, REQ-8: a body that is no call is refused, and the next call is answered', () => {
  const deep = (levels: number) => `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`;
  const padded = VALID.replace('{', `{"deep":${deep(10_000)},`);

  test.each<[string, string | Buffer, number]>([
    ['{', '{', 400],
    ['[]', '[]', 400],
    ['"x"', '"x"', 400],
    ['a number', '7', 400],
    ['null', 'null', 400],
    ['empty', '', 400],
    ['only a BOM', '\uFEFF', 400],
    ['BOM and {}', '\uFEFF{}', 400],
    ['two values', '{}{}', 400],
    ['a trailing comma', VALID.replace(/}$/, ',}'), 400],
    ['20 MB', `"${'x'.repeat(20 * MEGABYTE)}"`, 413],
    ['depth 10,000', deep(10_000), 400],
    ['depth 10,000 inside a call', padded, 400],
    ['depth 2,000,000', '['.repeat(2_000_000), 400],
    ['{"__proto__":{}}', '{"__proto__":{}}', 400],
    ['{"constructor":{"prototype":{}}}', '{"constructor":{"prototype":{"polluted":1}}}', 400],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]), 400],
    ['UTF-16', Buffer.from(VALID, 'utf16le'), 400],
  ])('%s', async (_name, body, status) => {
    const { app } = serve();
    const call = (sent: string | Buffer) =>
      request(app).post(CALL).set('Content-Type', JSON_TYPE).serialize(asItIs).send(sent);
    const refused = await call(body).expect(status);
    expect(refused.body).toEqual(body === '{"__proto__":{}}' ? outcome('hook') : expect.objectContaining({}));
    expect(refused.body.resourceType).toBe('OperationOutcome');
    await call(VALID).expect(200);
    expect({}).not.toHaveProperty('polluted');
  });

  test('a BOM before a call is skipped', async () => {
    await post(`\uFEFF${VALID}`).expect(200);
  });

  test('of duplicate keys the last wins', async () => {
    await post(VALID.replace('{', '{"hook":"patient-view",')).expect(200);
    await post(VALID.replace(/}$/, ',"hook":"patient-view"}')).expect(400);
  });

  test.each([
    ['198 levels more are read', 198, 200],
    ['202 levels more are not', 202, 400],
  ])('nesting: %s', async (_name, levels, status) => {
    await post(VALID.replace('{', `{"deep":${deep(levels)},`)).expect(status);
  });

  test('the parser’s message, which quotes the body, stays inside', async () => {
    const { app, logged } = serve();
    const answer = await request(app)
      .post(CALL)
      .set('Content-Type', JSON_TYPE)
      .send('{"name":"Jane Doe"')
      .expect(400);
    expect(answer.text + logged()).not.toContain('Jane');
  });

  test('no body at all', async () => {
    const { body } = await request(serve().app).post(CALL).expect(400);
    expect(body).toEqual(outcome());
  });
});

describe('bytes of a body', () => {
  const sized = (bytes: number) => VALID.replace(/}$/, `,"pad":"${'x'.repeat(bytes)}"}`);

  test('3 MB are accepted', async () => {
    await post(sized(3 * MEGABYTE)).expect(200);
  });

  test.each([
    ['exactly the limit is accepted', 0, 200],
    ['one byte more is refused', 1, 413],
  ])('BODY_LIMIT_BYTES: %s', async (_name, more, status) => {
    const { app } = serve({ config: { bodyLimit: VALID.length } });
    await request(app)
      .post(CALL)
      .set('Content-Type', JSON_TYPE)
      .send(`${VALID}${' '.repeat(more)}`)
      .expect(status);
  });

  test('a body of unknown length is refused at the same limit', async () => {
    const { app } = serve({ config: { bodyLimit: 1000 } });
    const streamed = request(app)
      .post(CALL)
      .set('Content-Type', JSON_TYPE)
      .set('Transfer-Encoding', 'chunked');
    for (let chunk = 0; chunk < 20; chunk++) streamed.write(' '.repeat(100));
    const { body } = await streamed.expect(413);
    expect(body).toEqual(outcome());
  });
});

describe('TR-6: media types', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
    'application/json; odata=verbose; charset=utf8',
    'application/fhir+json',
    'application/fhir+json; fhirVersion=4.0',
  ])('%s is read', async (type) => {
    await post(VALID, { 'Content-Type': type }).expect(200);
  });

  test.each([
    'text/plain',
    'application/xml',
    'application/fhir+xml',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/json; charset=utf-16',
    'application/json; charset=iso-8859-1',
  ])('%s: 415', async (type) => {
    const { body } = await post(VALID, { 'Content-Type': type }).expect(415);
    expect(body).toEqual(outcome('http.content-type'));
  });
});

describe('Content-Encoding', () => {
  const encoded = (body: Buffer, encoding: string) =>
    post(body, { 'Content-Type': JSON_TYPE, 'Content-Encoding': encoding });

  test.each([
    ['gzip', gzipSync(VALID)],
    ['x-gzip', gzipSync(VALID)],
    ['GZIP', gzipSync(VALID)],
    ['deflate', deflateSync(VALID)],
    ['deflate', deflateRawSync(VALID)],
    ['br', brotliCompressSync(VALID)],
    ['identity', Buffer.from(VALID)],
  ])('%s is read', async (encoding, body) => {
    await encoded(body, encoding).expect(200);
  });

  test.each(['compress', 'gzip, gzip', 'zstd'])('%s: 415', async (encoding) => {
    const { body } = await encoded(gzipSync(VALID), encoding).expect(415);
    expect(body).toEqual(outcome('http.content-encoding'));
  });

  test.each([
    ['plain text', Buffer.from(VALID)],
    ['a cut stream', gzipSync(VALID).subarray(0, 40)],
    ['nothing', Buffer.alloc(0)],
  ])('%s that says gzip: 400', async (_name, body) => {
    const answer = await encoded(body, 'gzip').expect(400);
    expect(answer.body).toEqual(outcome());
  });

  test('a small body that grows beyond the limit: 413', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * MEGABYTE, ' '));
    expect(bomb.length).toBeLessThan(MEGABYTE);
    await encoded(bomb, 'gzip').expect(413);
  });
});

test('a client that goes away in the middle of its body harms nobody', async () => {
  const service = advising();
  const { app, lines } = serve({ services: [service] });
  const server = app.listen(0);
  const started = request(server).post(CALL).set('Content-Type', JSON_TYPE).set('Content-Length', '1000');
  started.on('error', () => undefined);
  started.write('{"hook":');
  await new Promise((resolve) => server.once('request', resolve));
  started.abort();
  while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(service.calls).toEqual([]);
  expect(lines[0]).toMatchObject({ event: 'http.refused', code: 'ERR_BODY_NOT_JSON' });
  await request(server).post(CALL).send(orderSign()).expect(200);
  server.close();
});
