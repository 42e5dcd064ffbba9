import fc from 'fast-check';
import { loadCharts, type Chart } from '../../src/sandbox/charts.js';
import type { IdentifiedResource } from '../../src/sandbox/resource.js';
import { bundle, orderSign, post, prefetched, type ResourceJson } from './service.js';

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

const junk = fc.constantFrom<unknown>(
  null,
  'x',
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
);

type Readable = ResourceJson | IdentifiedResource;

/** Every place in a resource, as a path of names. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => placesIn(member, [...path, name]))];
}

function withJunk(value: unknown, [name, ...rest]: readonly string[], bad: unknown): unknown {
  if (name === undefined) return bad;
  if (Array.isArray(value))
    return value.map((item: unknown, index): unknown =>
      String(index) === name ? withJunk(item, rest, bad) : item,
    );
  return { ...(value as object), [name]: withJunk((value as Record<string, unknown>)[name], rest, bad) };
}

const broken = (originals: readonly object[]) =>
  fc
    .constantFrom(...originals)
    .chain((original) =>
      fc
        .tuple(
          fc.constantFrom(
            ...placesIn(original).filter(
              ([name]) => name !== undefined && name !== 'resourceType' && name !== 'id',
            ),
          ),
          junk,
        )
        .map(([place, bad]) => withJunk(original, place, bad) as ResourceJson),
    );

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
  .chain((chart) => broken(readableOf(chart)).map((bad) => ({ chart, bad })));
const brokenOrder = fc
  .constantFrom(...charts)
  .chain((chart) => broken(chart.draftOrders).map((bad) => ({ chart, bad })));

describe('a chart or an order that breaks FHIR anywhere never breaks the call', () => {
  test('one broken place in one resource of the chart', async () => {
    await fc.assert(
      fc.asyncProperty(brokenChart, async ({ chart, bad }) => {
        const resources = readableOf(chart).map((resource) => (resource.id === bad.id ? bad : resource));
        const { status, body } = await post(request(chart, chart.draftOrders, resources));
        expect([status, status === 200 || body]).toEqual([200, true]);
      }),
      { numRuns: 500 },
    );
  });

  test('one broken place in one draft order', async () => {
    await fc.assert(
      fc.asyncProperty(brokenOrder, async ({ chart, bad }) => {
        const orders = chart.draftOrders.map((order) => (order.id === bad.id ? bad : order));
        const { status, body } = await post(request(chart, orders, readableOf(chart)));
        expect([status, status === 200 || body]).toEqual([200, true]);
      }),
      { numRuns: 300 },
    );
  });
});
