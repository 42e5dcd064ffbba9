import {
  CONDITIONS,
  healthy,
  hookRequest,
  idsOf,
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

describe('prefetch first, key by key (PF-1 to PF-8)', () => {
  test('G-30 all keys present: no call at all', async () => {
    const server = await stage.server(healthy);
    const request = hookRequest({ server, prefetch: ALL_PREFETCHED });
    const retrievals = await stage.retriever().retrieve({ request, prefetch: PREFETCH, deadlineAt: soon() });
    expect(Object.values(retrievals).map(({ status }) => status)).toEqual([
      'complete',
      'complete',
      'complete',
    ]);
    expect(retrievals['conditions']).toMatchObject({ source: 'prefetch' });
    expect(server.seen).toEqual([]);
  });

  test('G-31, G-32 one key absent: one call, the template with its tokens replaced, Bearer once', async () => {
    const server = await stage.server(healthy);
    const { procedures: _, ...prefetch } = ALL_PREFETCHED;
    const request = hookRequest({ server, prefetch });
    const retrievals = await stage.retriever().retrieve({ request, prefetch: PREFETCH, deadlineAt: soon() });
    expect(server.seen).toEqual([
      { url: '/fhir/r4/Procedure?patient=p1', authorization: 'Bearer T', accept: 'application/fhir+json' },
    ]);
    expect(retrievals['procedures']).toMatchObject({ status: 'complete', source: 'fhir-server' });
    expect(idsOf(retrievals['procedures'])).toEqual(['Procedure/Procedure-1']);
  });

  test('G-33 a key absent and no fhirServer: unavailable, for want of a server', async () => {
    const { procedures: _, ...prefetch } = ALL_PREFETCHED;
    const retrievals = await stage
      .retriever()
      .retrieve({ request: hookRequest({ prefetch }), prefetch: PREFETCH, deadlineAt: soon() });
    expect(retrievals['procedures']).toEqual({ status: 'unavailable', missing: 'no-server' });
    expect(retrievals['conditions']?.status).toBe('complete');
  });

  test('FA-3 fhirServer without a token is an open server: asked without Authorization', async () => {
    const server = await stage.server(healthy);
    const request = hookRequest({ server, token: '' });
    const retrievals = await stage
      .retriever()
      .retrieve({ request, prefetch: CONDITIONS, deadlineAt: soon() });
    expect(retrievals['conditions']?.status).toBe('complete');
    expect(server.seen.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  test.each([
    ['null', null],
    ['a Bundle with total 0 and no entry', { resourceType: 'Bundle', type: 'searchset', total: 0 }],
    ['a Bundle with an empty entry', { resourceType: 'Bundle', type: 'searchset', entry: [] }],
    [
      'a Bundle with the outcome 4101, as Epic says "no results"',
      searchset([outcome('warning', 'processing', '4101')]),
    ],
  ])('G-35 %s: complete, nothing there, no call', async (_name, conditions) => {
    const server = await stage.server(healthy);
    const request = hookRequest({ server, prefetch: { conditions } });
    const retrievals = await stage
      .retriever()
      .retrieve({ request, prefetch: CONDITIONS, deadlineAt: soon() });
    expect(retrievals['conditions']).toEqual({ status: 'complete', source: 'prefetch', items: [] });
    expect(server.seen).toEqual([]);
  });

  test.each([
    ['a bare OperationOutcome', outcome('error', 'exception')],
    ['a Bundle with one error as outcome', searchset([outcome('error', 'exception')])],
    ['a Bundle with one warning nobody knows and no total', searchset([outcome('warning', 'processing')])],
  ])('G-36 %s: unavailable, and the query is not repeated', async (_name, conditions) => {
    const server = await stage.server(healthy);
    const request = hookRequest({ server, prefetch: { conditions } });
    const retrievals = await stage
      .retriever()
      .retrieve({ request, prefetch: CONDITIONS, deadlineAt: soon() });
    expect(retrievals['conditions']).toEqual({ status: 'unavailable', missing: 'client-error-reported' });
    expect(server.seen).toEqual([]);
  });

  test.each([
    ['a Patient', resource('Patient', 'p1')],
    ['a Bundle of Patients', searchset([resource('Patient', 'p1')])],
    ['a string', 'x'],
    ['a number', 7],
    ['{}', {}],
    ['an array', []],
    ['a Bundle whose entry is no array', { resourceType: 'Bundle', entry: 'x' }],
    ['a Bundle and nothing else', { resourceType: 'Bundle' }],
    ['an empty Bundle of another type', { resourceType: 'Bundle', type: 'collection', entry: [] }],
    ['a Bundle that counts and shows nothing', { resourceType: 'Bundle', type: 'searchset', total: 3 }],
    ['a Bundle that counts in a text', { resourceType: 'Bundle', type: 'searchset', total: '3' }],
  ])('G-38 %s where Conditions should be: as if absent', async (_name, conditions) => {
    const server = await stage.server(healthy);
    const request = hookRequest({ server, prefetch: { conditions } });
    const retrievals = await stage
      .retriever()
      .retrieve({ request, prefetch: CONDITIONS, deadlineAt: soon() });
    expect(idsOf(retrievals['conditions'])).toEqual(['Condition/Condition-1']);
    expect(server.urls).toEqual(['/fhir/r4/Condition?patient=p1']);
  });

  test('G-39 a key nobody declared, and no prefetch at all, are as absent', async () => {
    const server = await stage.server(healthy);
    const prefetch = { z: { resourceType: 'Basic', id: 'b' } };
    const request = hookRequest({ server, prefetch });
    const retrievals = await stage
      .retriever()
      .retrieve({ request, prefetch: CONDITIONS, deadlineAt: soon() });
    expect(Object.keys(retrievals)).toEqual(['conditions']);
    expect(server.urls).toEqual(['/fhir/r4/Condition?patient=p1']);
  });

  test('PF-4 prefetched and fetched give the same items, in the same order, however the entries stood', async () => {
    const items = ['b', 'a', 'c'].map((id) => resource('Condition', id));
    const server = await stage.server((_request, response) => sendJson(response, searchset(items)));
    const retriever = stage.retriever();
    const call = { prefetch: CONDITIONS, deadlineAt: soon() };
    const fetched = await retriever.retrieve({ ...call, request: hookRequest({ server }) });
    const prefetch = { conditions: searchset([...items].reverse()) };
    const prefetched = await retriever.retrieve({ ...call, request: hookRequest({ prefetch }) });
    expect(idsOf(fetched['conditions'])).toEqual(['Condition/a', 'Condition/b', 'Condition/c']);
    expect(prefetched['conditions']).toEqual({ ...fetched['conditions'], source: 'prefetch' });
  });

  test('a Bundle short of its own total, without a next link: asked for again; without a server partial', async () => {
    const server = await stage.server((_request, response) =>
      sendJson(response, searchset([resource('Condition', 'a'), resource('Condition', 'b')])),
    );
    const prefetch = { conditions: searchset([resource('Condition', 'a')], { total: 2 }) };
    const call = { prefetch: CONDITIONS, deadlineAt: soon() };
    const asked = await stage.retriever().retrieve({ ...call, request: hookRequest({ server, prefetch }) });
    expect(asked['conditions']).toMatchObject({ status: 'complete', source: 'fhir-server' });
    const alone = await stage.retriever().retrieve({ ...call, request: hookRequest({ prefetch }) });
    expect(alone['conditions']).toMatchObject({ status: 'partial', source: 'prefetch' });
    expect(idsOf(alone['conditions'])).toEqual(['Condition/a']);
  });

  test('an entry without its resource: asked for again; without a server partial', async () => {
    const prefetch = {
      conditions: { ...searchset([]), entry: [{}, { resource: resource('Condition', 'a') }] },
    };
    const call = { prefetch: CONDITIONS, deadlineAt: soon() };
    const server = await stage.server(healthy);
    const asked = await stage.retriever().retrieve({ ...call, request: hookRequest({ server, prefetch }) });
    expect(asked['conditions']).toMatchObject({ status: 'complete', source: 'fhir-server' });
    const alone = await stage.retriever().retrieve({ ...call, request: hookRequest({ prefetch }) });
    expect(alone['conditions']).toMatchObject({ status: 'partial', missing: 'no-server' });
  });

  test.each([[{ relation: 'next' }], [{ relation: 'next', url: null }], [{ relation: 'next', url: '' }]])(
    'a next link that names no page (%j): partial, with a server or without',
    async (link) => {
      const prefetch = { conditions: searchset([resource('Condition', 'a')], { link: [link] }) };
      const call = { prefetch: CONDITIONS, deadlineAt: soon() };
      const server = await stage.server(healthy);
      for (const situation of [{ server, prefetch }, { prefetch }]) {
        const retrievals = await stage.retriever().retrieve({ ...call, request: hookRequest(situation) });
        expect(retrievals['conditions']).toMatchObject({
          status: 'partial',
          missing: 'next-page-not-followed',
        });
      }
    },
  );

  test('included resources and other types in the Bundle are left out', async () => {
    const bundle = {
      ...searchset([]),
      entry: [
        { resource: resource('Condition', 'c1') },
        { resource: resource('Condition', 'c2'), search: { mode: 'include' } },
        { resource: resource('Patient', 'p1'), search: { mode: 'match' } },
        { fullUrl: 'urn:uuid:1' },
        null,
      ],
    };
    const request = hookRequest({ prefetch: { conditions: bundle } });
    const retrievals = await stage
      .retriever()
      .retrieve({ request, prefetch: CONDITIONS, deadlineAt: soon() });
    expect(idsOf(retrievals['conditions'])).toEqual(['Condition/c1']);
  });
});
