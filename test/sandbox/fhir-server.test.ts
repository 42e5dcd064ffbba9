import type { CapabilityStatement } from 'fhir/r4.js';
import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { chartOf, found, linkOf, resource, serve } from './serving.js';

const many = Array.from({ length: 120 }, (_, n) =>
  resource('Condition', `c${n}`, { subject: { reference: 'Patient/p' } }),
);
const binary = (id: string, contentType: string, text: string) =>
  resource('Binary', id, { contentType, data: Buffer.from(text).toString('base64') });
const CHART = chartOf(
  'p',
  resource('Patient', 'p'),
  binary('html', 'text/html', '<p>Läsion</p>'),
  binary('json', 'application/json', '{}'),
  ...many,
);

const get = (address: string, app = serve([CHART]).app) => request(app).get(`/sandbox/fhir${address}`);
const local = (url: string | undefined) =>
  new URL(url ?? '').pathname.replace('/sandbox/fhir', '') + new URL(url ?? '').search;

describe('read', () => {
  test('gives the resource with version, instant, ETag and Last-Modified', async () => {
    const { status, body, headers } = await get('/Patient/p');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/fhir+json; charset=utf-8',
      etag: 'W/"1"',
      'last-modified': 'Fri, 20 Mar 2026 12:00:00 GMT',
    });
    expect(body).toEqual({
      resourceType: 'Patient',
      id: 'p',
      meta: { versionId: '1', lastUpdated: '2026-03-20T12:00:00.000Z' },
    });
  });

  test('304 when the client has this version, 200 when it has another', async () => {
    expect((await get('/Patient/p').set('If-None-Match', 'W/"1"')).status).toBe(304);
    expect((await get('/Patient/p').set('If-None-Match', 'W/"2"')).status).toBe(200);
  });

  test.each([
    ['an unknown id', '/Patient/nobody', 404],
    ['an unknown type', '/Colour/p', 404],
    ['a path with too many parts', '/Patient/p/_history/1', 404],
    ['the base without a type', '/', 400],
    ['a broken escape', '/Patient/%E0%A4%A', 400],
    ['a prototype key as type', '/constructor/p', 404],
  ])('%s', async (_name, address, expected) => {
    const { status, body } = await get(address);
    expect(status).toBe(expected);
    expect(body.resourceType).toBe('OperationOutcome');
  });

  test('HEAD answers like GET without a body', async () => {
    const { status, text, headers } = await request(serve([CHART]).app).head('/sandbox/fhir/Patient/p');
    expect([status, text, headers['etag']]).toEqual([200, undefined, 'W/"1"']);
  });

  test('406 where only XML is accepted', async () => {
    expect((await get('/Patient/p').set('Accept', 'application/fhir+xml')).status).toBe(406);
  });
});

describe('Binary', () => {
  test.each([
    ['raw for its own type', 'html', 'text/html', 'text/html'],
    ['raw for anything', 'html', '*/*', 'text/html'],
    ['wrapped for FHIR', 'html', 'application/fhir+json', 'application/fhir+json; charset=utf-8'],
    ['wrapped for JSON that it is not', 'html', 'application/json', 'application/fhir+json; charset=utf-8'],
    ['raw for JSON that it is', 'json', 'application/json', 'application/json'],
  ])('%s', async (_name, id, accept, contentType) => {
    const { headers } = await get(`/Binary/${id}`).set('Accept', accept);
    expect(headers['content-type']).toBe(contentType);
  });

  test('the bytes are those of data', async () => {
    expect((await get('/Binary/html').set('Accept', 'text/html')).text).toBe('<p>Läsion</p>');
    expect((await get('/Binary/html?_format=json')).body).toMatchObject({
      resourceType: 'Binary',
      contentType: 'text/html',
    });
  });
});

describe('searchset', () => {
  test('has total, self link, absolute fullUrls and search.mode', async () => {
    const { body } = await get('/Patient?_id=p');
    expect(body).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 1 });
    expect(body.entry[0].fullUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sandbox\/fhir\/Patient\/p$/);
    expect(body.entry[0].search).toEqual({ mode: 'match' });
    expect(linkOf(body, 'self')).toMatch(/\/sandbox\/fhir\/Patient\?_id=p$/);
    expect(linkOf(body, 'next')).toBeUndefined();
  });

  test('an empty result has total 0 and no entry', async () => {
    const { body } = await get('/Patient?_id=nobody');
    expect(body.total).toBe(0);
    expect(body).not.toHaveProperty('entry');
  });

  test.each([
    ['50 resources when not said otherwise', '', 50],
    ['as many as asked for', '&_count=7', 7],
    ['never more than 200', '&_count=1000', 120],
    ['the total alone for _count=0', '&_count=0', 0],
    ['the total alone for _summary=count', '&_summary=count', 0],
  ])('a page holds %s', async (_name, query, expected) => {
    const { body } = await get(`/Condition?patient=p${query}`);
    expect(found(body)).toHaveLength(expected);
    expect(body.total).toBe(120);
  });

  test('_total=none leaves the total out', async () => {
    expect((await get('/Condition?_total=none')).body).not.toHaveProperty('total');
  });
});

describe('paging', () => {
  test('next links on the base URL lead through every match once, without the query in them', async () => {
    const { app } = serve([CHART]);
    const seen: string[] = [];
    for (let address: string | undefined = '/Condition?patient=p'; address !== undefined;) {
      const { body } = await get(address, app);
      seen.push(...found(body));
      const next = linkOf(body, 'next');
      expect(next ?? '').not.toMatch('patient');
      address = next === undefined ? undefined : local(next);
    }
    expect(seen).toEqual(many.map(({ id }) => `Condition/${id}`));
  });

  test('the pages stay as they were when the search ran', async () => {
    const { app } = serve([CHART]);
    const session = '/s/9d5a3c1e-aaaa';
    const { body } = await get(`${session}/Condition?_count=100`, app);
    await request(app).delete(`/sandbox/fhir${session}/Condition/c110`);
    expect(found((await get(local(linkOf(body, 'next')), app)).body)).toContain('Condition/c110');
  });

  test('a page is gone after ten minutes, not before', async () => {
    const { app, clock } = serve([CHART]);
    const next = local(linkOf((await get('/Condition', app)).body, 'next'));
    clock.now += 600_000;
    expect((await get(next, app)).status).toBe(200);
    clock.now += 1;
    expect((await get(next, app)).status).toBe(410);
  });

  test.each(['?_getpages=unknown', '?_getpages='])('%s is gone', async (query) => {
    expect((await get(query)).status).toBe(410);
  });

  test('an offset that is no number is refused', async () => {
    const { app } = serve([CHART]);
    const next = local(linkOf((await get('/Condition', app)).body, 'next'));
    expect((await get(next.replace('offset=50', 'offset=-1'), app)).status).toBe(400);
  });
});

test('metadata is a CapabilityStatement that names the search parameters', async () => {
  const { body } = await get('/metadata');
  expect(body).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', kind: 'instance' });
  const { rest } = body as CapabilityStatement;
  const report = rest?.[0]?.resource?.find(({ type }) => type === 'DiagnosticReport');
  expect(report?.searchParam).toContainEqual({ name: 'date', type: 'date' });
  expect(report?.searchInclude).toContain('DiagnosticReport:result');
});

test('what the sandbox did not foresee is left to the app it is mounted in', async () => {
  const sandbox = createSandbox({
    now: () => Number.NaN,
    randomId: () => 'id',
    wait: () => Promise.resolve(),
    charts: [CHART],
  });
  const thrown: unknown[] = [];
  const onError: ErrorRequestHandler = (error, _request, response, next) => {
    thrown.push(error);
    if (response.headersSent) next(error);
    else response.status(500).end();
  };
  const app = express().use('/sandbox/fhir', sandbox.router).use(onError);
  const base = '/sandbox/fhir/s/11111111-aaaa';
  expect((await request(app).delete(`${base}/Patient/p`)).status).toBe(500);
  expect(thrown).toEqual([expect.any(RangeError)]);
});
