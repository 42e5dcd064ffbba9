import { once } from 'node:events';
import { get as httpGet, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request, { type Response } from 'supertest';
import { FAULTS } from '../../src/sandbox/faults.js';
import { chartOf, found, linkOf, resource, serve } from './serving.js';

const subject = { subject: { reference: 'Patient/p' } };
const CHART = chartOf(
  'p',
  resource('Patient', 'p'),
  resource('Procedure', 'block', subject),
  resource('DiagnosticReport', 'mri', subject),
  resource('Binary', 'pdf', { contentType: 'application/pdf', data: 'JVBERg==' }),
);

/** Pauses that were asked for; none takes any time. */
const pauses: number[] = [];
const { app } = serve([CHART], (milliseconds) => {
  pauses.push(milliseconds);
  return Promise.resolve();
});
const faulty = (name: string, address: string) => request(app).get(`/sandbox/fhir/faults/${name}/${address}`);

/** superagent would parse it as JSON and fail. */
function asText(response: Response, done: (error: Error | null, body: unknown) => void): void {
  let all = '';
  response.on('data', (chunk: Buffer) => (all += chunk.toString()));
  response.on('end', () => {
    done(null, all);
  });
}

beforeEach(() => {
  pauses.length = 0;
});

test('every fault has a name of its own and a title', () => {
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
  expect(FAULTS.every(({ title }) => title.length > 0)).toBe(true);
});

describe('faults that answer with a status', () => {
  test.each([
    ['error-500', 'Procedure?patient=p', 500],
    ['unauthorized', 'Patient/p', 401],
    ['throttled', 'Patient/p', 429],
    ['error-procedures', 'Procedure?patient=p', 500],
    ['error-procedures', 'DiagnosticReport?patient=p', 200],
    ['forbid-reports', 'DiagnosticReport?patient=p', 403],
    ['forbid-reports', 'DiagnosticReport/mri', 403],
    ['forbid-reports', 'Procedure?patient=p', 200],
    ['forbid-binaries', 'Binary/pdf', 403],
  ])('%s: %s answers %i', async (name, address, expected) => {
    const { status, body } = await faulty(name, address);
    expect(status).toBe(expected);
    if (expected !== 200) expect(body.resourceType).toBe('OperationOutcome');
  });

  test('throttled says when to come back', async () => {
    expect((await faulty('throttled', 'Patient/p')).headers['retry-after']).toBe('600');
  });
});

describe('faults that spoil the content', () => {
  test('empty: searches find nothing, reads still answer', async () => {
    const { body } = await faulty('empty', 'Procedure?patient=p');
    expect(body).toMatchObject({ type: 'searchset', total: 0 });
    expect(body).not.toHaveProperty('entry');
    expect((await faulty('empty', 'Patient/p')).body.id).toBe('p');
  });

  test('html: a login page with status 200', async () => {
    const { status, headers } = await faulty('html', 'Procedure?patient=p');
    expect([status, headers['content-type']]).toEqual([200, 'text/html']);
  });

  test('truncate: half of the JSON', async () => {
    const response = await faulty('truncate', 'Patient/p').buffer(true).parse(asText);
    const text: unknown = response.body;
    expect(text).toMatch(/^{"resourceType":"Patient"/);
    expect(() => void JSON.parse(String(text))).toThrow(SyntaxError);
  });

  test('endless-pages: the next page has another address and a next page again', async () => {
    const first = (await faulty('endless-pages', 'Procedure?patient=p')).body;
    const next = new URL(linkOf(first, 'next')!);
    const second = (await request(app).get(next.pathname + next.search)).body;
    expect(found(second)).toEqual(found(first));
    expect(linkOf(second, 'next')).not.toBe(next.href);
    expect(linkOf(second, 'next')).toMatch('/faults/endless-pages/Procedure?patient=p');
  });
});

describe('faults of time', () => {
  test.each([
    ['slow-2s', 'Patient/p', [2000]],
    ['slow-200ms', 'Patient/p', [200]],
    ['slow-reports', 'DiagnosticReport?patient=p', [2000]],
    ['slow-reports', 'Procedure?patient=p', []],
  ])('%s: %s', async (name, address, expected) => {
    expect((await faulty(name, address)).status).toBe(200);
    expect(pauses).toEqual(expected);
  });

  test('drip: the whole answer, 64 bytes and a pause at a time', async () => {
    const { text } = await faulty('drip', 'Procedure?patient=p');
    expect(found(JSON.parse(text))).toEqual(['Procedure/block']);
    expect(pauses).toEqual(Array(Math.ceil(text.length / 64)).fill(100));
  });
});

describe('faults of the connection', () => {
  let server: Server;
  beforeAll(async () => {
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const call = (name: string) =>
    httpGet(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/sandbox/fhir/faults/${name}/Patient/p`,
    );

  test('reset drops the connection', async () => {
    const [error] = (await once(call('reset'), 'error').catch((reason: unknown) => [reason])) as [
      NodeJS.ErrnoException,
    ];
    expect(error.code).toBe('ECONNRESET');
  });

  test('hang never answers', async () => {
    const calling = call('hang');
    calling.on('error', () => undefined);
    let answered = false;
    calling.on('response', () => (answered = true));
    await once(server, 'request');
    // Calls that come later are answered, this one is not.
    for (let later = 0; later < 20; later += 1) await once(call('empty'), 'response');
    expect(answered).toBe(false);
    calling.destroy();
  });
});

describe('switching', () => {
  test('by header', async () => {
    expect(
      (await request(app).get('/sandbox/fhir/Patient/p').set('X-Sandbox-Fault', 'error-500')).status,
    ).toBe(500);
  });

  test.each(['s/11111111-aaaa/faults/empty', 'faults/empty/s/11111111-aaaa'])(
    '%s: with a session, in any order',
    async (prefix) => {
      const { body } = await request(app).get(`/sandbox/fhir/${prefix}/Procedure?patient=p`);
      expect(body.total).toBe(0);
      expect(linkOf(body, 'self')).toMatch(`/sandbox/fhir/${prefix}/Procedure`);
    },
  );

  test('an unknown fault is a 404, not a healthy server', async () => {
    expect((await faulty('nothing', 'Patient/p')).status).toBe(404);
  });
});
