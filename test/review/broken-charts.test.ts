import fc from 'fast-check';
import { loadCharts, type Chart } from '../../src/sandbox/charts.js';
import type { IdentifiedResource } from '../../src/sandbox/resource.js';
import { faultsOfAnswer } from '../cds-hooks/schemas.js';
import { bundle, draft, orderSign, post, prefetched, review, type ResourceJson } from './service.js';

const charts = loadCharts();

const KEYS: Readonly<Record<string, string>> = {
  Condition: 'conditions',
  Procedure: 'procedures',
  DiagnosticReport: 'diagnosticReports',
  Observation: 'observations',
  MedicationRequest: 'medicationRequests',
  DocumentReference: 'documents',
};
const readableOf = ({ resources }: Chart) => resources.filter(({ resourceType }) => resourceType in KEYS);

/** What no error may repeat. */
const MARK = 'Sampleton';

const junk = fc.constantFrom<unknown>(
  null,
  MARK,
  '',
  '../..',
  '2021-13-45',
  `<b onclick="x">[${MARK}](http://x.example)</b>`,
  7,
  true,
  [],
  {},
  [null],
  ['x'],
  [[]],
  [{}],
  { reference: 7 },
  { coding: 'x' },
  { coding: [null] },
  { text: 7 },
  { resourceType: MARK },
  JSON.parse('{"__proto__":{"polluted":1}}'),
);

type Readable = ResourceJson | IdentifiedResource;

/** Every place in a resource, as a path of names. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => placesIn(member, [...path, name]))];
}

function withJunk(value: unknown, [name, ...rest]: readonly string[], bad: unknown): unknown {
  if (name === undefined) return bad;
  // Junk put there before has taken the place away.
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.map((item: unknown, index): unknown =>
      String(index) === name ? withJunk(item, rest, bad) : item,
    );
  return { ...value, [name]: withJunk((value as Record<string, unknown>)[name], rest, bad) };
}

/** A value with junk in some of the places that `at` lets through. */
function broken<T>(original: T, at: (place: readonly string[]) => boolean, most: number): fc.Arbitrary<T> {
  const places = placesIn(original).filter(at);
  return fc
    .array(fc.tuple(fc.constantFrom(...places), junk), { minLength: 1, maxLength: most })
    .map((changes) =>
      changes.reduce<unknown>((value, [place, bad]) => withJunk(value, place, bad), original),
    ) as fc.Arbitrary<T>;
}

/** Below a resource: not the resource itself, nor what it is found by. */
const within = ([name]: readonly string[]): boolean =>
  name !== undefined && name !== 'resourceType' && name !== 'id';

function request({ patientId }: Chart, orders: readonly Readable[], chart: readonly Readable[]) {
  const filled = Object.fromEntries(
    Object.entries(KEYS).map(([type, key]) => [
      key,
      bundle(...chart.filter(({ resourceType }) => resourceType === type)),
    ]),
  );
  const base = orderSign(orders, { prefetch: prefetched(filled) });
  return { ...base, context: { ...base.context, patientId } };
}

const brokenChart = fc
  .constantFrom(...charts.filter((chart) => readableOf(chart).length > 0))
  .chain((chart) =>
    fc
      .constantFrom(...readableOf(chart))
      .chain((resource) => broken(resource, within, 3))
      .map((bad) => ({ chart, bad })),
  );
const brokenOrder = fc
  .constantFrom(...charts)
  .chain((chart) =>
    fc
      .nat({ max: chart.draftOrders.length - 1 })
      .chain((index) =>
        broken<Readable>(
          chart.draftOrders[index]!,
          ([name]) => name !== undefined && name !== 'resourceType',
          3,
        ).map((bad) => ({ chart, orders: chart.draftOrders.with(index, bad as IdentifiedResource) })),
      ),
  );
const brokenCall = fc
  .constantFrom(...charts)
  .map((chart) => request(chart, chart.draftOrders, readableOf(chart)))
  .chain((whole) => broken(whole, ({ length }) => length > 0 && length < 6, 2));

describe('a chart or an order that breaks FHIR anywhere never breaks the call', () => {
  test('some broken places in one resource of the chart', async () => {
    await fc.assert(
      fc.asyncProperty(brokenChart, async ({ chart, bad }) => {
        const resources = readableOf(chart).map((resource) => (resource.id === bad.id ? bad : resource));
        await review(request(chart, chart.draftOrders, resources));
      }),
      { numRuns: 500 },
    );
  });

  test('some broken places in one draft order, its id too', async () => {
    await fc.assert(
      fc.asyncProperty(brokenOrder, async ({ chart, orders }) => {
        await review(request(chart, orders, readableOf(chart)));
      }),
      { numRuns: 300 },
    );
  });

  test('some broken places anywhere in the call: answered, or refused by place and never by value', async () => {
    await fc.assert(
      fc.asyncProperty(brokenCall, async (call) => {
        const { status, text } = await post(call);
        if (status === 200) {
          expect(faultsOfAnswer(text)).toEqual([]);
          return;
        }
        expect([400, 412]).toContain(status);
        expect(JSON.parse(text)).toMatchObject({ resourceType: 'OperationOutcome' });
        expect(text).not.toContain(MARK);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an order that cannot be named', () => {
  const mismatch = {
    reasonCode: [{ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M47.816' }] }],
  };

  test.each<[string, object]>([
    ['no id', { id: undefined }],
    ['an id that is a path', { id: '../..' }],
    ['an id with blanks', { id: 'a b' }],
    ['an empty id', { id: '' }],
    ['an id that is a number', { id: 7 }],
    ['an id of 100 characters', { id: 'x'.repeat(100) }],
  ])('%s: reviewed, and nothing points to what nobody can find', async (_name, id) => {
    const order = draft({ ...mismatch, bodySite: [{ text: 'Sacroiliac joints' }], ...id });
    const { cards, extension } = await review(orderSign([order]));
    expect(cards.length).toBeGreaterThan(0);
    const evidence = JSON.stringify(extension?.['stepwise-cds.evaluation'].orders[0]?.conflicts ?? []);
    expect(evidence).not.toContain('ServiceRequest/');
  });
});
