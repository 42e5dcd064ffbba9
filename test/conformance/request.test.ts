/** Part A 3 to 6 of the CDS Hooks checklist, seen from outside: the whole service over HTTP, a FHIR server that remembers. */
import { bundle, draft, orderSign, post, prefetched, review } from '../review/service.js';
import { AUTHORIZATION, startFhir, without, type Members } from './fhir-access.js';

let server: Awaited<ReturnType<typeof startFhir>>;
beforeEach(async () => {
  server = await startFhir();
});
afterEach(() => server.fhir.stop());

const access = () => server.access();
const withoutUuids = (text: string): unknown =>
  JSON.parse(text.replace(/"uuid":"[^"]*"/g, '"uuid":""')) as unknown;

const call: Members = orderSign([draft()]);
const context = call['context'] as Members;
const WRONG = [null, 7, true, [], '', { resourceType: 7 }];

describe('G-10, REQ-2 to REQ-6, CTX-1: what has to be there', () => {
  const isRefused = async (sent: unknown, place: string) => {
    const { status, body } = await post(sent);
    expect([status, body.resourceType, body.issue[0].expression]).toEqual([400, 'OperationOutcome', [place]]);
  };

  test.each(['hook', 'hookInstance', 'context'])('%s, absent or of a wrong type', async (name) => {
    await isRefused(without(call, name), name);
    for (const value of WRONG) {
      // Any object is an object: what is wrong in it is told by its own place.
      if (name === 'context' && value !== null && typeof value === 'object' && !Array.isArray(value))
        continue;
      await isRefused({ ...call, [name]: value }, name);
    }
  });

  test.each(['userId', 'patientId', 'draftOrders'])('context.%s, absent or of a wrong type', async (name) => {
    await isRefused({ ...call, context: without(context, name) }, `context.${name}`);
    for (const value of WRONG)
      await isRefused({ ...call, context: { ...context, [name]: value } }, `context.${name}`);
  });

  test.each(['Patient/p1', 'p1/x', 'p 1', '../p1', 'p1?x', '%70'])(
    'CTX-2: patientId %s',
    async (patientId) => {
      await isRefused({ ...call, context: { ...context, patientId } }, 'context.patientId');
    },
  );

  test.each(['order-dispatch', 'patient-view', 'Order-Sign', 'order-sign '])(
    'G-04, G-21, CTX-11: %s is no hook of this id',
    async (hook) => {
      // order-dispatch has another context in each of its versions; this service reviews orders before they are signed.
      await isRefused({ ...call, hook }, 'hook');
    },
  );

  test('G-13: a token without its server', async () => {
    await isRefused({ ...call, fhirAuthorization: AUTHORIZATION }, 'fhirServer');
  });
});

describe('what may be there, or not', () => {
  test.each([
    '2f9a3f10-7c2e-11ee-b962-0242ac120002',
    '6bc883b2-b795-4dcb-b661-34884a31d472',
    '74738ff5-5367-5958-9aee-98fffdcd1876',
    '1EC9414C-232A-6B00-B3C8-9E6BDECED846',
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
    '6bc883b2-b795-4dcb-b661-34884a31b2va',
  ])('G-11, REQ-3: hookInstance %s is taken', async (hookInstance) => {
    expect((await review({ ...call, hookInstance })).cards).not.toEqual([]);
  });

  test('G-17, TR-7, EXT-2, EXT-3, REQ-9: members nobody knows, at every level, change nothing', async () => {
    const odd = { foo: 1, extension: { 'com.example.x': { y: [null] } } };
    const authorized = { ...call, ...access() };
    const strange = {
      ...authorized,
      ...odd,
      fhirAuthorization: { ...AUTHORIZATION, ...odd },
      context: {
        ...context,
        ...odd,
        draftOrders: {
          ...bundle(),
          ...odd,
          entry: [{ ...odd, fullUrl: 'urn:uuid:1', resource: { ...draft(), foo: 1, _status: { id: 'x' } } }],
        },
      },
      prefetch: { ...prefetched(), ...odd },
    };
    const [plain, extended] = [await post(authorized), await post(strange)];
    const cardsOf = (text: string) =>
      (withoutUuids(text) as { cards: { summary: string; detail: string }[] }).cards;
    const words = (text: string) => cardsOf(text).map(({ summary, detail }) => [summary, detail]);
    expect([plain.status, extended.status]).toEqual([200, 200]);
    expect(words(extended.text)).toEqual(words(plain.text));
  });

  test.each<[string, unknown]>([
    ['no type', { resourceType: 'Bundle', entry: [{ resource: draft() }] }],
    ['collection', { resourceType: 'Bundle', type: 'collection', entry: [{ resource: draft() }] }],
    ['searchset', { ...bundle(draft()) }],
    [
      'batch, with requests',
      { resourceType: 'Bundle', type: 'batch', entry: [{ request: {}, resource: draft() }] },
    ],
    [
      'fullUrl',
      { resourceType: 'Bundle', entry: [{ fullUrl: 'urn:uuid:a', resource: draft({ id: undefined }) }] },
    ],
    ['an entry without resource', { resourceType: 'Bundle', entry: [{}, null, { resource: draft() }] }],
    [
      'a contained reason',
      {
        resourceType: 'Bundle',
        entry: [
          {
            resource: draft({
              reasonCode: undefined,
              contained: [{ resourceType: 'Condition', id: 'c', code: { text: 'Sacroiliac joint pain' } }],
              reasonReference: [{ reference: '#c' }],
            }),
          },
        ],
      },
    ],
  ])('G-18, CTX-4, CTX-9: draftOrders with %s', async (_name, draftOrders) => {
    expect((await review({ ...call, context: { ...context, draftOrders } })).cards).not.toEqual([]);
  });

  test.each<[string, readonly object[]]>([
    ['nothing in it', []],
    ['a resource of no known type', [{ resourceType: 'NewKind', id: 'x' }]],
    ['an order of DSTU2', [{ resourceType: 'DiagnosticOrder', id: 'x' }]],
  ])('G-18, G-58, CTX-5, CTX-10: draftOrders with %s: no card, no call', async (_name, orders) => {
    expect(await review(orderSign(orders, { prefetch: {}, ...access() }))).toEqual({ cards: [] });
    expect(server.fhir.urls).toEqual([]);
  });
});
