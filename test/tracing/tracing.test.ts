/** OpenTelemetry by option: the real process, with an SDK loaded beside it as a site does. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { acceptedFeedback, SERVICE, startService, type ServiceProcess } from '../records/service-process.js';
import { privateLinesOf } from '../logs/private-words.mjs';

interface Span {
  readonly name: string;
  readonly kind: number;
  readonly status: { readonly code: number; readonly message?: string };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly unknown[];
  readonly links: readonly unknown[];
  readonly id: string;
  readonly trace: string;
  readonly parent?: string;
  readonly beganAt: number;
  readonly endedAt: number;
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const TRACEPARENT = { traceparent: `00-${TRACE}-${CALLER}-01` };
const ERROR = 2;

const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-tracing-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the service with an SDK beside it, has it called, stops it, and gives its spans. */
async function spansOf(
  settings: Readonly<Record<string, string>>,
  calls: (service: ServiceProcess) => Promise<void>,
): Promise<readonly Span[]> {
  const file = path.join(folder, `${crypto.randomUUID()}.json`);
  const options = { NODE_OPTIONS: '--import ./test/tracing/sdk.mjs', TEST_SPANS: file, DATA_DIR: folder };
  const service = await startService({ ...options, ...settings });
  await calls(service);
  await service.stop();
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Span[];
}

/** A FHIR server that has nothing, and keeps the headers it was sent. */
async function listeningServer() {
  const heard: IncomingHttpHeaders[] = [];
  const server = createServer((asked, response) => {
    heard.push(asked.headers);
    const nothing = { resourceType: 'Bundle', type: 'searchset', total: 0 };
    response.setHeader('content-type', 'application/fhir+json').end(JSON.stringify(nothing));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { base, heard, close };
}

describe('trace context of reads', () => {
  const heardUnder = async (settings: Readonly<Record<string, string>>) => {
    const fhir = await listeningServer();
    const spans = await spansOf(settings, async (service) => {
      const headers = { ...TRACEPARENT, tracestate: 'vendor=MRN-1', baggage: 'patient=MRN-1' };
      const call = { ...(await orderOf(service)), fhirServer: fhir.base };
      expect((await service.post(SERVICE, call, headers)).status).toBe(200);
    });
    fhir.close();
    expect(fhir.heard.length).toBeGreaterThan(0);
    return { heard: fhir.heard, spans };
  };

  test('each read of the FHIR server tells the call’s trace and the span it is below, and nothing else', async () => {
    const { heard, spans } = await heardUnder({ TRACING: 'opentelemetry' });
    const known = spans.filter(({ trace }) => trace === TRACE).map(({ id }) => id);
    for (const { traceparent = '', tracestate, baggage } of heard) {
      const [version, trace, parent, flags] = String(traceparent).split('-');
      expect([version, trace, flags, tracestate, baggage]).toEqual(['00', TRACE, '01', undefined, undefined]);
      expect(known).toContain(parent);
    }
  });

  test('without the setting none does', async () => {
    const { heard } = await heardUnder({});
    for (const headers of heard) expect(headers).not.toHaveProperty('traceparent');
  });
});

const orderOf = async (service: ServiceProcess, query = ''): Promise<object> =>
  JSON.parse((await service.get(`/sandbox/order-sign/article${query}`)).text) as object;

describe('TRACING=opentelemetry', () => {
  let spans: readonly Span[];
  let url: string;
  beforeAll(async () => {
    spans = await spansOf({ TRACING: 'opentelemetry' }, async (service) => {
      ({ url } = service);
      const fetched = await orderOf(service);
      expect((await service.post(SERVICE, fetched, TRACEPARENT)).status).toBe(200);
      const bad = { ...fetched, hook: 'SECRET-HOOK' };
      expect((await service.post(SERVICE, bad, { traceparent: '00-SECRET-1-01' })).status).toBe(400);
      await service.post(`${SERVICE}/feedback`, acceptedFeedback('SECRET-CARD'));
      await service.get('/health/live');
      await service.get('/metrics');
    });
  });

  const called = (): Span => spans.find(({ parent }) => parent === CALLER)!;
  const below = ({ id }: Span): readonly Span[] => spans.filter(({ parent }) => parent === id);

  test('the call is a span of the caller’s trace, and all that it took is below it', () => {
    expect(called()).toMatchObject({ trace: TRACE, name: 'POST /cds-services/{id}', kind: 1 });
    const steps = below(called()).map(({ name }) => name);
    expect(steps).toEqual(expect.arrayContaining(['retrieval', 'mapping', 'evaluation', 'cards']));
    const all = [...below(called()), ...below(called()).flatMap(below)];
    expect(new Set(all.map(({ trace }) => trace))).toEqual(new Set([TRACE]));
    for (const span of all) expect(span.beganAt).toBeLessThanOrEqual(span.endedAt);
  });

  test('it says what was answered, by closed words', () => {
    expect(called().attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/cds-services/{id}',
      'http.response.status_code': 200,
      'cds_hooks.service': 'sij-neurectomy-review',
      'cds_hooks.hook': 'order-sign',
      'cds_hooks.reviewed': true,
      'cds_hooks.cards': expect.any(Number),
    });
  });

  test('each FHIR request is a span of a client below the retrieval', () => {
    const retrieval = below(called()).find(({ name }) => name === 'retrieval')!;
    const reads = below(retrieval);
    expect(reads.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['FHIR Patient', 'FHIR Condition', 'FHIR Procedure', 'FHIR DiagnosticReport']),
    );
    for (const { kind, attributes } of reads) {
      expect(kind).toBe(2);
      expect(attributes).toEqual({ 'fhir.server': 'other', 'fhir.outcome': 'answered' });
    }
  });

  test('a refused call says its code, and takes no trace from a traceparent that is none', () => {
    const refused = spans.find(({ attributes }) => attributes['http.response.status_code'] === 400)!;
    expect(refused).toMatchObject({
      attributes: { 'error.type': 'ERR_HOOK_NOT_SERVED' },
      status: { code: 0 },
    });
    expect(refused.parent).toBeUndefined();
    expect(refused.trace).not.toBe(TRACE);
  });

  test('feedback is one, too; probes and metrics are none', () => {
    const names = new Set(spans.filter(({ parent }) => !parent || parent === CALLER).map(({ name }) => name));
    expect(names).toEqual(new Set(['POST /cds-services/{id}', 'POST /cds-services/{id}/feedback']));
  });

  test('nothing of a patient, an id, a token or an address of the call is in them', () => {
    const text = JSON.stringify(spans);
    expect(privateLinesOf(text)).toEqual([]);
    for (const word of ['article', 'SECRET', url, 'Patient/']) expect(text).not.toContain(word);
    expect(spans.flatMap(({ events, links }) => [...events, ...links])).toEqual([]);
  });
});

test('a fault of ours, or of a FHIR server, is an error of its span', async () => {
  const spans = await spansOf({ TRACING: 'opentelemetry' }, async (service) => {
    const call = { ...(await orderOf(service)), fhirServer: 'http://127.0.0.1:1/fhir' };
    expect((await service.post(SERVICE, call)).status).toBe(412);
  });
  const reads = spans.filter(({ name }) => name.startsWith('FHIR '));
  expect(reads.length).toBeGreaterThan(0);
  for (const { status, attributes } of reads) {
    expect(status.code).toBe(ERROR);
    expect(attributes['error.type']).toBe(attributes['fhir.outcome']);
  }
});

test('the setting alone decides: with an SDK and without it, nothing is traced', async () => {
  const spans = await spansOf({}, async (service) => {
    expect((await service.post(SERVICE, await orderOf(service, '?prefetch=all'))).status).toBe(200);
  });
  expect(spans).toEqual([]);
});

test('tracing without an SDK answers as ever, and says that nothing is traced', async () => {
  const service = await startService({ TRACING: 'opentelemetry', DATA_DIR: folder });
  expect((await service.post(SERVICE, await orderOf(service, '?prefetch=all'), TRACEPARENT)).status).toBe(
    200,
  );
  expect(service.output()).toContain('"event":"tracing.no-sdk"');
  await service.stop();
});
