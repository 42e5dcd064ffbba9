/** An ablation that is ordered or prepared and on hold: the record puts it off, and the card says so with the reason. */
import { leftBlock, seen, type Seen } from './left-chart.js';
import { PATIENT, physicalTherapy, procedure, type ResourceJson } from './service.js';

const WEIGHED = 'rfa-advised-against';
const LEFT = [{ text: 'Left sacroiliac joint' }];

const held = (part: object): ResourceJson =>
  procedure('held', '64625', {
    status: 'on-hold',
    performedDateTime: '2026-01-20',
    bodySite: LEFT,
    ...part,
  });
const order = (part: object): ResourceJson => ({
  resourceType: 'ServiceRequest',
  id: 'held',
  status: 'on-hold',
  intent: 'order',
  subject: { reference: `Patient/${PATIENT}` },
  authoredOn: '2026-01-20',
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }] },
  bodySite: LEFT,
  ...part,
});
const reason = (valueCodeableConcept: object) => ({
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/request-statusReason', valueCodeableConcept }],
});
const withProcedures = (...more: readonly ResourceJson[]): Promise<Seen> =>
  seen({ procedures: [physicalTherapy(), leftBlock, ...more] });

describe('put off, with its date and reason; nothing pre-selected', () => {
  test.each<[string, ResourceJson, string]>([
    ['a reason in words', held({ statusReason: { text: 'Authorization pending' } }), 'Authorization pending'],
    ['a coded reason', held({ statusReason: { coding: [{ display: 'Skin infection' }] } }), 'Skin infection'],
    ['a note', held({ note: [{ text: 'Waits for cardiology.' }] }), 'Waits for cardiology'],
    ['no reason', held({}), ''],
  ])('a Procedure with %s', async (_what, ablation, words) => {
    expectHeld(await withProcedures(ablation), words);
  });

  test.each<[string, ResourceJson, string]>([
    ['a reason in words', order(reason({ text: 'Authorization pending' })), 'Authorization pending'],
    ['a coded reason', order(reason({ coding: [{ display: 'Skin infection' }] })), 'Skin infection'],
    ['a note', order({ note: [{ text: 'Waits for cardiology.' }] }), 'Waits for cardiology'],
    ['no reason', order({}), ''],
  ])('an order with %s', async (_what, ablation, words) => {
    expectHeld(await seen({ orders: [ablation] }), words);
  });

  function expectHeld({ decision, considerations, summary, detail, preselected }: Seen, words: string): void {
    expect(decision).toBe('radiofrequency-first');
    expect(considerations).toEqual([WEIGHED]);
    expect(summary).toContain('speaks against it or puts it off');
    expect(detail).toMatch(new RegExp(`Weigh first.*\n.*puts it off.* 2026-01-20 "On hold.*${words}`, 'u'));
    expect(detail).toMatch(/Not counted: 2026-01-20 "On hold/u);
    expect(preselected).toEqual([]);
  }
});

const done = procedure('done', '64625', {
  performedDateTime: '2026-02-03',
  bodySite: LEFT,
  note: [{ text: 'Left. 20 % relief at 7 weeks.' }],
});
const OTHER = { id: 'other', bodySite: [{ text: 'Right sacroiliac joint' }] };

test.each<[string, readonly ResourceJson[]]>([
  ['for a later day', [order({ occurrenceDateTime: '2026-02-10' })]],
  [
    'and one of the other side ordered later',
    [order({}), order({ ...OTHER, status: 'active', authoredOn: '2026-02-03' })],
  ],
])('an order on hold %s is put off still', async (_what, orders) => {
  const { considerations, preselected } = await seen({ orders });
  expect(considerations).toEqual([WEIGHED]);
  expect(preselected).toEqual([]);
});

test.each<[string, Promise<Seen>]>([
  ['a Procedure', withProcedures(held({ performedDateTime: '2023-01-20' }))],
  ['an order', seen({ orders: [order({ authoredOn: '2023-01-20' })] })],
  ['an order not to do it', seen({ orders: [order({ authoredOn: '2023-01-20', doNotPerform: true })] })],
])('%s of years ago that nobody took up or ended is put off still', async (_what, chart) => {
  const { considerations, detail, preselected } = await chart;
  expect(considerations).toEqual([WEIGHED]);
  expect(detail).toMatch(/Weigh first.*\n.*puts it off.* 2023-01-20 "/u);
  expect(preselected).toEqual([]);
});

describe('not put off', () => {
  test.each<[string, ResourceJson]>([
    ['on hold for the other side', held({ bodySite: [{ text: 'Right sacroiliac joint' }] })],
    ['an ablation of facets on hold', procedure('facet', '64635', { status: 'on-hold' })],
    ['in preparation', held({ status: 'preparation' })],
  ])('%s', async (_what, ablation) => {
    expect((await withProcedures(ablation)).considerations).toEqual([]);
  });

  test('on hold, and carried out later', async () => {
    expect((await withProcedures(held({}), done)).considerations).toEqual([]);
  });

  test('on hold for both sides, and carried out on the ordered one', async () => {
    const both = held({ bodySite: [{ text: 'Bilateral sacroiliac joints' }] });
    expect((await withProcedures(both, done)).considerations).toEqual([]);
  });

  test('an order on hold, and ordered anew later', async () => {
    const again = order({ id: 'again', status: 'active', authoredOn: '2026-02-03' });
    expect((await seen({ orders: [order({}), again] })).considerations).toEqual([]);
  });

  test('an order on hold that nobody is to perform is told once', async () => {
    const { considerations, detail } = await seen({ orders: [order({ doNotPerform: true })] });
    expect(considerations).toEqual([WEIGHED]);
    expect(detail).toContain('Do not perform');
  });
});
