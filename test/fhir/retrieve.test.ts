import {
  CONDITIONS,
  healthy,
  hookRequest,
  outcome,
  PREFETCH,
  resource,
  searchset,
  sendJson,
  soon,
  Stage,
} from './fhir-server.js';

const stage = new Stage();
afterEach(() => stage.clear());

const ALL_PREFETCHED = {
  conditions: searchset([resource('Condition', 'c1')]),
  procedures: searchset([resource('Procedure', 'p1')]),
  reports: searchset([resource('DiagnosticReport', 'r1')]),
};

describe('reads beside searches (FR-2, PT-4)', () => {
  const PATIENT = { patient: { kind: 'patient', template: 'Patient/{{context.patientId}}' } };

  test.each([404, 410])('FR-2 a read answered with %i: complete, there is none', async (status) => {
    const server = await stage.server((_request, response) =>
      sendJson(response, outcome('error', 'not-found'), status),
    );
    const retrievals = await stage
      .retriever()
      .retrieve({ request: hookRequest({ server }), prefetch: PATIENT, deadlineAt: soon() });
    expect(retrievals['patient']).toEqual({ status: 'complete', source: 'fhir-server', items: [] });
  });

  test('a search answered with 404 is unavailable', async () => {
    const server = await stage.server((_request, response) =>
      sendJson(response, outcome('error', 'not-found'), 404),
    );
    const retrievals = await stage
      .retriever()
      .retrieve({ request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon() });
    expect(retrievals['conditions']).toEqual({ status: 'unavailable', missing: 'rejected' });
  });

  test('PT-4 a token without a value in this call asks nothing', async () => {
    const server = await stage.server(healthy);
    const prefetch = {
      encounter: { kind: 'encounters', template: 'Encounter/{{context.encounterId}}' },
      user: { kind: 'user', template: 'Practitioner/{{userPractitionerId}}' },
    };
    const request = hookRequest({ server, userId: 'PractitionerRole/u1' });
    const retrievals = await stage.retriever().retrieve({ request, prefetch, deadlineAt: soon() });
    expect(retrievals).toEqual({
      encounter: { status: 'unavailable', missing: 'rejected' },
      user: { status: 'unavailable', missing: 'rejected' },
    });
    expect(server.seen).toEqual([]);
  });
});

describe('in parallel, each question once', () => {
  test('G-40 three reads are under way at the same time', async () => {
    let waiting: (() => void)[] = [];
    const server = await stage.server((request, response) => {
      waiting.push(() => void healthy(request, response));
      // Nobody is answered before all three are here: reads one after the other would never end.
      if (waiting.length === 3) for (const answer of waiting) answer();
    });
    const request = hookRequest({ server });
    const retrievals = await stage.retriever().retrieve({ request, prefetch: PREFETCH, deadlineAt: soon() });
    expect(Object.values(retrievals).map(({ status }) => status)).toEqual([
      'complete',
      'complete',
      'complete',
    ]);
    expect(server.overlap).toBe(3);
    waiting = [];
  });

  test('two keys with the same query are one read', async () => {
    const server = await stage.server(healthy);
    const prefetch = { a: PREFETCH['conditions']!, b: PREFETCH['conditions']! };
    const retrievals = await stage
      .retriever()
      .retrieve({ request: hookRequest({ server }), prefetch, deadlineAt: soon() });
    expect(server.urls).toEqual(['/fhir/r4/Condition?patient=p1']);
    expect(retrievals['a']).toEqual(retrievals['b']);
  });

  test('FR-4 a base with a path and a trailing slash is kept', async () => {
    const server = await stage.server(healthy);
    const request = hookRequest({ server: `${server.base}/` });
    await stage.retriever().retrieve({ request, prefetch: CONDITIONS, deadlineAt: soon() });
    expect(server.urls).toEqual(['/fhir/r4/Condition?patient=p1']);
  });
});

describe('only where it may go (FA-6)', () => {
  test.each([
    ['another host', 'https://elsewhere.example/fhir'],
    ['user information', 'http://user:secret@127.0.0.1:1/fhir'],
    ['a query', 'http://127.0.0.1:1/fhir?x=1'],
    ['no URL', 'nowhere'],
  ])('%s: 400 as soon as something has to be fetched', async (_name, server) => {
    const retrieve = stage
      .retriever()
      .retrieve({ request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon() });
    await expect(retrieve).rejects.toMatchObject({
      code: 'ERR_FHIR_SERVER_REFUSED',
      status: 400,
      expression: 'fhirServer',
      message: expect.not.stringContaining(server) as string,
    });
  });

  test('a foreign fhirServer is passed over when everything was prefetched, unless the policy checks always', async () => {
    const request = hookRequest({ server: 'https://elsewhere.example/fhir', prefetch: ALL_PREFETCHED });
    const call = { request, prefetch: PREFETCH, deadlineAt: soon() };
    const retrievals = await stage.retriever().retrieve(call);
    expect(retrievals['conditions']?.status).toBe('complete');
    const strict = stage.retriever().retrieve({ ...call, client: { checkAlways: true } });
    await expect(strict).rejects.toMatchObject({ code: 'ERR_FHIR_SERVER_REFUSED' });
  });

  test("a trusted client's own servers stand in place of the general list", async () => {
    const server = await stage.server(healthy);
    const call = { request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon() };
    const refused = stage.retriever().retrieve({ ...call, client: { allowed: () => false } });
    await expect(refused).rejects.toMatchObject({ code: 'ERR_FHIR_SERVER_REFUSED' });
    const allowed = stage
      .retriever({ allowed: () => false })
      .retrieve({ ...call, client: { allowed: () => true } });
    expect((await allowed)['conditions']?.status).toBe('complete');
  });
});
