import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../../src/cds-hooks/hook-request.types.js';
import {
  CONDITIONS,
  hookRequest,
  idsOf,
  nextLink,
  outcome,
  resource,
  searchset,
  sendJson,
  soon,
  Stage,
  type FakeFhirServer,
} from './fhir-server.js';

const stage = new Stage();
afterEach(() => stage.clear());

const condition = (id: string, more: JsonObject = {}): JsonObject => resource('Condition', id, more);
const pageOf = ({ url = '' }: IncomingMessage): number => Number(/page=(\d+)/.exec(url)?.[1] ?? 1);

const retrieveFrom = async (server: FakeFhirServer, options: Parameters<Stage['retriever']>[0] = {}) => {
  const retriever = stage.retriever(options);
  const call = { request: hookRequest({ server }), prefetch: CONDITIONS, deadlineAt: soon() };
  return (await retriever.retrieve(call))['conditions'];
};

describe('the same items however the data were paged', () => {
  const updated = (id: string, lastUpdated: string, versionId: string): JsonObject =>
    condition(id, { meta: { lastUpdated, versionId } });
  const old = updated('a', '2024-01-01T00:00:00Z', '9');
  const newer = updated('a', '2024-02-01T00:00:00+01:00', '1');
  const next = updated('a', '2024-02-01T00:00:00+01:00', '10');

  test.each([
    ['old page first', [old, newer, next]],
    ['new page first', [next, newer, old]],
  ])('a resource on several pages counts once, in its newest state: %s', async (_name, states) => {
    const server = await stage.server((request, response) => {
      const page = pageOf(request);
      sendJson(response, searchset([states[page - 1]!], page < 3 ? nextLink(`?page=${page + 1}`) : {}));
    });
    expect(await retrieveFrom(server)).toEqual({ status: 'complete', source: 'fhir-server', items: [next] });
  });

  test('resources without id are kept, and stand in one order', async () => {
    const [one, two] = [
      { resourceType: 'Condition', note: '1' },
      { resourceType: 'Condition', note: '2' },
    ];
    const take = async (resources: readonly JsonObject[]) => {
      const request = hookRequest({ prefetch: { conditions: searchset(resources) } });
      return (await stage.retriever().retrieve({ request, prefetch: CONDITIONS, deadlineAt: soon() }))[
        'conditions'
      ];
    };
    expect(await take([two, one])).toMatchObject({ items: [one, two] });
    expect(await take([one, two])).toMatchObject({ items: [one, two] });
  });
});

describe('OperationOutcomes among the entries', () => {
  test.each([
    ['4101, no results', outcome('warning', 'processing', '4101'), [], { status: 'complete' }],
    [
      '4119, may not be the entire record',
      outcome('warning', 'processing', '4119'),
      ['c1'],
      { status: 'complete' },
    ],
    [
      '59100, a parameter passed over',
      outcome('information', 'processing', '59100'),
      [],
      { status: 'complete' },
    ],
    [
      '59204 beside data',
      outcome('warning', 'suppressed', '59204'),
      ['c1'],
      { status: 'partial', missing: 'not-authorized' },
    ],
    [
      '59205 beside data',
      outcome('warning', 'processing', '59205'),
      ['c1'],
      { status: 'partial', missing: 'not-authorized' },
    ],
    [
      '59204 in place of data',
      outcome('warning', 'suppressed', '59204'),
      [],
      { status: 'unavailable', missing: 'not-authorized' },
    ],
    [
      '4130, break the glass',
      outcome('warning', 'processing', '4130'),
      ['c1'],
      { status: 'partial', missing: 'not-authorized' },
    ],
    [
      'an error beside data',
      outcome('error', 'exception'),
      ['c1'],
      { status: 'partial', missing: 'server-error' },
    ],
    [
      'FHIR says incomplete',
      outcome('warning', 'incomplete'),
      ['c1'],
      { status: 'partial', missing: 'server-error' },
    ],
    [
      'a warning nobody knows beside data',
      outcome('warning', 'processing', '1'),
      ['c1'],
      { status: 'complete' },
    ],
    [
      'a warning nobody knows in place of data',
      outcome('warning', 'processing', '1'),
      [],
      { status: 'unavailable', missing: 'server-error' },
    ],
    ['an information in place of data', outcome('information', 'informational'), [], { status: 'complete' }],
  ])('%s', async (_name, notice, ids, expected) => {
    const server = await stage.server((_request, response) =>
      sendJson(response, searchset([notice, ...ids.map((id) => condition(id))])),
    );
    const retrieval = await retrieveFrom(server);
    expect(retrieval).toMatchObject(expected);
    expect(idsOf(retrieval)).toEqual(ids.map((id) => `Condition/${id}`));
  });
});
