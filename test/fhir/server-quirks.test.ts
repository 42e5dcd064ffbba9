import type { IncomingMessage } from 'node:http';
import type { ServerProfileName } from '../../src/fhir/server-profile.js';
import {
  hookRequest,
  idsOf,
  nextLink,
  outcome,
  resource,
  searchset,
  sendJson,
  soon,
  Stage,
  typeOf,
  type Behaviour,
  type FakeFhirServer,
} from './fhir-server.js';
import { until } from '../until.js';

const stage = new Stage();
afterEach(() => stage.clear());

const FILTERED = {
  reports: {
    kind: 'diagnosticReports',
    template: 'DiagnosticReport?patient={{context.patientId}}&status=final&_count=50',
  },
};
const REPORTS = {
  reports: { kind: 'diagnosticReports', template: 'DiagnosticReport?patient={{context.patientId}}' },
};

const parametersOf = ({ url = '' }: IncomingMessage): URLSearchParams =>
  new URL(url, 'http://x').searchParams;
const reports: Behaviour = (_request, response) =>
  sendJson(response, searchset([resource('DiagnosticReport', 'r1')]));
const refuse =
  (refused: string, message: unknown, otherwise: Behaviour = reports): Behaviour =>
  (request, response) => {
    if (!parametersOf(request).has(refused)) otherwise(request, response);
    else if (typeof message === 'string')
      response.writeHead(400, { 'content-type': 'text/plain' }).end(message);
    else sendJson(response, message, 400);
  };

const retrieveFrom = async (
  server: FakeFhirServer,
  prefetch = FILTERED,
  retriever = stage.retriever(),
  profile?: ServerProfileName,
) => {
  const call = { request: hookRequest({ server }), prefetch, deadlineAt: soon() };
  return (await retriever.retrieve({ ...call, ...(profile && { client: { profile } }) }))['reports'];
};

const saying = (diagnostics: string): unknown => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'processing', diagnostics }],
});

const HAPI_0524 =
  'HAPI-0524: Unknown search parameter "status" for resource type "DiagnosticReport". Valid search parameters for this search are: [_id, _count, patient, subject]';

describe('a 400 that names a parameter: once more without it', () => {
  test.each([
    [
      'HAPI, listing what it would have taken',
      'status',
      saying(HAPI_0524),
      '/fhir/r4/DiagnosticReport?patient=p1&_count=50',
    ],
    [
      'a page size',
      '_count',
      saying('_count is not supported'),
      '/fhir/r4/DiagnosticReport?patient=p1&status=final',
    ],
    [
      'plain text',
      'status',
      'unsupported parameter: status',
      '/fhir/r4/DiagnosticReport?patient=p1&_count=50',
    ],
  ])('%s', async (_name, parameter, message, second) => {
    const server = await stage.server(refuse(parameter, message));
    expect(await retrieveFrom(server)).toMatchObject({ status: 'complete' });
    expect(server.urls).toEqual(['/fhir/r4/DiagnosticReport?patient=p1&status=final&_count=50', second]);
  });

  test('what was refused is not asked again', async () => {
    const server = await stage.server(refuse('status', saying(HAPI_0524)));
    const retriever = stage.retriever();
    await retrieveFrom(server, FILTERED, retriever);
    await retrieveFrom(server, FILTERED, retriever);
    expect(server.seen).toHaveLength(3);
    expect(server.urls[2]).toBe('/fhir/r4/DiagnosticReport?patient=p1&_count=50');
  });

  test('only once', async () => {
    const server = await stage.server(refuse('patient', saying('status and _count are unknown')));
    expect(await retrieveFrom(server)).toEqual({ status: 'unavailable', missing: 'rejected' });
    expect(server.seen).toHaveLength(2);
  });

  test.each([
    ['the patient, who cannot be left out', saying('Unknown parameter patient')],
    ['nothing', saying('bad request')],
    ['no OperationOutcome', {}],
  ])('naming %s: unavailable, not repeated', async (_name, message) => {
    const server = await stage.server(refuse('patient', message));
    expect(await retrieveFrom(server)).toEqual({ status: 'unavailable', missing: 'rejected' });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a category demanded: once more with it, and partial, for the template asks for all', () => {
  const demanding =
    (message: unknown): Behaviour =>
    (request, response) =>
      typeOf(request) === 'metadata' || parametersOf(request).has('category')
        ? reports(request, response)
        : sendJson(response, message, 400);

  test.each([
    ['Epic 59108', outcome('fatal', 'required', '59108')],
    ['Epic 59159', outcome('fatal', 'required', '59159')],
    ['in words', saying('A required element is missing: requires either category or code')],
  ])('%s', async (_name, message) => {
    const server = await stage.server(demanding(message));
    const retriever = stage.retriever();
    const retrieval = await retrieveFrom(server, REPORTS, retriever);
    expect(retrieval).toMatchObject({ status: 'partial', missing: 'rejected' });
    expect(idsOf(retrieval)).toEqual(['DiagnosticReport/r1']);
    const category = 'category=http%3A%2F%2Floinc.org%7CLP29684-5';
    expect(server.urls.slice(0, 2)).toEqual([
      '/fhir/r4/DiagnosticReport?patient=p1',
      `/fhir/r4/DiagnosticReport?patient=p1&${category}`,
    ]);
    // The next call knows, and still does not claim to have seen all.
    const searches = (): string[] => server.urls.filter((url) => !url.endsWith('/metadata'));
    expect(await retrieveFrom(server, REPORTS, retriever)).toMatchObject({
      status: 'partial',
      missing: 'rejected',
    });
    expect(searches()).toHaveLength(3);
    expect(searches()[2]).toContain(category);
  });
});

describe('server profiles are data, and change nothing unless named or learnt (PF-7)', () => {
  test.each<[ServerProfileName | undefined, string]>([
    [undefined, '/fhir/r4/DiagnosticReport?patient=p1'],
    ['standard', '/fhir/r4/DiagnosticReport?patient=p1'],
    ['epic', '/fhir/r4/DiagnosticReport?patient=p1'],
    ['oracle', '/fhir/r4/DiagnosticReport?patient=p1&_count=100'],
    ['hapi', '/fhir/r4/DiagnosticReport?patient=p1&_count=200&_sort=-date'],
  ])('%s', async (profile, url) => {
    const server = await stage.server(reports);
    await retrieveFrom(server, REPORTS, stage.retriever(), profile);
    expect(server.urls).toEqual([url]);
  });

  test('a parameter of the profile that the server refuses is left out', async () => {
    const server = await stage.server(refuse('_sort', saying('_sort is not supported')));
    const retrieval = await retrieveFrom(server, REPORTS, stage.retriever(), 'hapi');
    expect(retrieval).toMatchObject({ status: 'complete' });
    expect(server.urls[1]).toBe('/fhir/r4/DiagnosticReport?patient=p1&_count=200');
  });

  const capabilities = (name: string) => ({
    resourceType: 'CapabilityStatement',
    software: { name },
    rest: [
      {
        mode: 'server',
        resource: [{ type: 'DiagnosticReport', searchParam: [{ name: 'patient' }, { name: 'date' }] }],
      },
    ],
  });

  test.each([
    ['HAPI', 'HAPI FHIR Server', '/fhir/r4/DiagnosticReport?patient=p1&_count=200&_sort=-date'],
    ['Epic', 'Epic', '/fhir/r4/DiagnosticReport?patient=p1'],
    ['an unknown make that searches by date', 'Selfmade', '/fhir/r4/DiagnosticReport?patient=p1&_sort=-date'],
  ])(
    'after a chart was cut short the make is learnt once, without the token: %s',
    async (_name, name, url) => {
      let page = 0;
      const server = await stage.server((request, response) => {
        const statement = typeOf(request) === 'metadata';
        page += 1;
        const report = searchset([resource('DiagnosticReport', `r${page}`)], nextLink(`?page=${page}`));
        sendJson(response, statement ? capabilities(name) : report);
      });
      const retriever = stage.retriever({ limits: { pages: 2 } });
      expect(await retrieveFrom(server, REPORTS, retriever)).toMatchObject({
        status: 'partial',
        missing: 'too-large',
      });
      // The statement is read beside the calls: until then the server is asked as before.
      await until(async () => {
        const asked = server.seen.length;
        await retrieveFrom(server, REPORTS, retriever);
        return server.seen.length > asked && server.urls[asked] === url;
      });
      const statements = server.seen.filter((seen) => seen.url === '/fhir/r4/metadata');
      expect(statements.map(({ authorization }) => authorization)).toEqual([undefined]);
    },
  );
});
