/** What stands under keys of prefetch that are not ours: taken by what is inside. */
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
  typeOf,
} from './fhir-server.js';

const stage = new Stage();
afterEach(() => stage.clear());

describe('recognised by what is inside (Epic types prefetch in)', () => {
  const typedIn = {
    item1: searchset([resource('Condition', 'c1')]),
    item2: searchset([resource('Procedure', 'x1'), resource('DiagnosticReport', 'r1')]),
    item3: outcome('error', 'exception'),
  };

  test('foreign keys agreed with the client: complete, without a call; what no bundle speaks of is asked for', async () => {
    const server = await stage.server(healthy);
    const prefetch = { ...typedIn, item2: searchset([resource('Procedure', 'x1')]) };
    const retrievals = await stage.retriever().retrieve({
      request: hookRequest({ server, prefetch }),
      prefetch: PREFETCH,
      deadlineAt: soon(),
      client: { foreignKeys: true },
    });
    expect(idsOf(retrievals['conditions'])).toEqual(['Condition/c1']);
    expect(idsOf(retrievals['procedures'])).toEqual(['Procedure/x1']);
    expect(server.urls).toEqual(['/fhir/r4/DiagnosticReport?patient=p1']);
  });

  test('without a server, and none of our keys used: a mixed Bundle fills every kind in it', async () => {
    const request = hookRequest({ prefetch: typedIn });
    const retrievals = await stage.retriever().retrieve({ request, prefetch: PREFETCH, deadlineAt: soon() });
    expect(idsOf(retrievals['procedures'])).toEqual(['Procedure/x1']);
    expect(idsOf(retrievals['reports'])).toEqual(['DiagnosticReport/r1']);
    expect(Object.values(retrievals).map(({ status }) => status)).toEqual([
      'complete',
      'complete',
      'complete',
    ]);
  });

  test.each([[false], [true]])(
    'a single resource is no answer to a search (keys agreed: %s)',
    async (foreignKeys) => {
      const request = hookRequest({ prefetch: { item1: resource('Procedure', 'x1') } });
      const client = { foreignKeys };
      const call = { request, prefetch: PREFETCH, deadlineAt: soon(), client };
      const { procedures } = await stage.retriever().retrieve(call);
      expect(procedures).toMatchObject({ status: 'partial', missing: 'no-server' });
      expect(idsOf(procedures)).toEqual(['Procedure/x1']);
    },
  );

  test('without a server, and some of our keys used: a foreign Bundle proves no absence', async () => {
    const request = hookRequest({ prefetch: { ...typedIn, conditions: null } });
    const retrievals = await stage.retriever().retrieve({ request, prefetch: PREFETCH, deadlineAt: soon() });
    expect(retrievals['procedures']).toMatchObject({ status: 'partial', missing: 'no-server' });
    expect(retrievals['conditions']).toEqual({ status: 'complete', source: 'prefetch', items: [] });
  });

  test('with a server the server is asked; what stood under foreign keys is used where it fails', async () => {
    const server = await stage.server((request, response) =>
      typeOf(request) === 'Condition' ? sendJson(response, {}, 403) : void healthy(request, response),
    );
    const request = hookRequest({ server, prefetch: typedIn });
    const retrievals = await stage.retriever().retrieve({ request, prefetch: PREFETCH, deadlineAt: soon() });
    expect(idsOf(retrievals['procedures'])).toEqual(['Procedure/Procedure-1']);
    expect(retrievals['conditions']).toMatchObject({
      status: 'partial',
      source: 'prefetch',
      missing: 'not-authorized',
    });
    expect(idsOf(retrievals['conditions'])).toEqual(['Condition/c1']);
  });

  test('an empty foreign Bundle is known by its self link', async () => {
    const empty = {
      resourceType: 'Bundle',
      type: 'searchset',
      total: 0,
      link: [{ relation: 'self', url: 'https://e/Condition?patient=p1' }],
    };
    const retrievals = await stage.retriever().retrieve({
      request: hookRequest({ prefetch: { item1: empty } }),
      prefetch: CONDITIONS,
      deadlineAt: soon(),
      client: { foreignKeys: true },
    });
    expect(retrievals['conditions']).toEqual({ status: 'complete', source: 'prefetch', items: [] });
  });
});
