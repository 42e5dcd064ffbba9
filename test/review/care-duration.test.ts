/** How long conservative care surely lasted: no longer than its dates must mean, and no longer than until the call. */
import { bundle, draft, orderSign, prefetched, procedure, reviewOrder } from './service.js';

type Part = Readonly<Record<string, unknown>>;

// The service's call is on 2026-03-20.
const visit = (id: string, performedDateTime: string) => procedure(id, '97110', { performedDateTime });
const course = (start: string, end: string) =>
  procedure('pt', '97110', { performedDateTime: undefined, performedPeriod: { start, end } });
const ibuprofen = (part: Part) => ({
  resourceType: 'MedicationRequest',
  id: 'ibu',
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/p1' },
  medicationCodeableConcept: { text: 'Ibuprofen 600 mg oral tablet' },
  authoredOn: '2026-03-10',
  ...part,
});
const taken = (start: string, end: string) =>
  ibuprofen({ dosageInstruction: [{ timing: { repeat: { boundsPeriod: { start, end } } } }] });

async function care(procedures: readonly object[], medicines: readonly object[] = []) {
  const prefetch = prefetched({
    procedures: bundle(...procedures),
    ...(medicines.length > 0 && { medicationRequests: bundle(...medicines) }),
  });
  const { steps } = await reviewOrder(orderSign([draft({ authoredOn: '2026-03-20' })], { prefetch }));
  return steps.find(({ id }) => id === 'conservative-care')?.state;
}

test.each<[string, readonly object[], string]>([
  ['one visit of a full date', [visit('a', '2025-06-03')], 'unknown'],
  ['one visit of a bare year', [visit('a', '2025')], 'unknown'],
  ['one visit of a month', [visit('a', '2025-04')], 'unknown'],
  [
    'two visits of months that touch: perhaps of two days',
    [visit('a', '2025-04'), visit('b', '2025-05')],
    'unknown',
  ],
  ['two visits of months that lie apart', [visit('a', '2025-04'), visit('b', '2025-06')], 'met'],
  ['two visits of full dates, four weeks apart', [visit('a', '2025-06-01'), visit('b', '2025-06-28')], 'met'],
  [
    'two visits of full dates, a year between them that joins nothing',
    [visit('a', '2025-01-05'), visit('b', '2025'), visit('c', '2025-12-20')],
    'unknown',
  ],
  [
    'visits of full dates beside one of a bare year',
    [visit('a', '2025-06-01'), visit('b', '2025'), visit('c', '2025-06-28')],
    'met',
  ],
  ['a course within a bare year', [course('2025', '2025')], 'unknown'],
  ['a course from one year to the next: perhaps of two days', [course('2024', '2025')], 'unknown'],
  ['a course of months that touch', [course('2025-04', '2025-05')], 'unknown'],
  ['a course of months that lie far apart', [course('2025-01', '2025-11')], 'met'],
  ['a course of full dates', [course('2025-05-05', '2025-07-07')], 'met'],
  ['a course of full dates that is too short', [course('2025-05-05', '2025-05-15')], 'not-met'],
  ['a course that goes on after the call, begun long before', [course('2026-01-05', '2026-08-01')], 'met'],
  ['a course that goes on after the call, begun last week', [course('2026-03-14', '2026-08-01')], 'not-met'],
])('%s: %s', async (_name, procedures, state) => {
  expect(await care(procedures)).toBe(state);
});

describe('one visit, and a medicine', () => {
  const one = [visit('a', '2026-03-05')];
  test.each<[string, Part, string]>([
    ['without a period', ibuprofen({}), 'unknown'],
    [
      'that may be dispensed for a year',
      ibuprofen({ dispenseRequest: { validityPeriod: { start: '2026-03-10', end: '2027-03-10' } } }),
      'unknown',
    ],
    [
      'that may have been dispensed for a year',
      ibuprofen({
        authoredOn: '2025-01-10',
        dispenseRequest: { validityPeriod: { start: '2025-01-10', end: '2026-01-10' } },
      }),
      'unknown',
    ],
    ['to be taken until after the call, begun last week', taken('2026-03-10', '2026-06-10'), 'unknown'],
    ['to be taken until after the call, begun long before', taken('2026-01-10', '2026-06-10'), 'met'],
    ['taken for months', taken('2025-09-10', '2026-02-10'), 'met'],
  ])('%s', async (_name, medicine, state) => {
    expect(await care(one, [medicine])).toBe(state);
  });
});
