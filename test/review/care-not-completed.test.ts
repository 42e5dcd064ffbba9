/** Of conservative care only what is recorded as completed counts: an order, or a start, shows nothing carried out. */
import { bundle, draft, orderSign, prefetched, procedure, review, type ResourceJson } from './service.js';

const COURSE = 'Supervised physical therapy 2 visits per week for 12 weeks, 24 visits.';

const therapy = (status: unknown, part: Readonly<Record<string, unknown>> = {}) =>
  procedure('pt', '97110', {
    status,
    performedDateTime: undefined,
    performedPeriod: { start: '2025-05-05', end: '2025-08-05' },
    ...part,
  });

async function care(...procedures: readonly ResourceJson[]) {
  const prefetch = prefetched({ procedures: bundle(...procedures) });
  const { cards, extension } = await review(orderSign([draft()], { prefetch }));
  const order = extension?.['stepwise-cds.evaluation'].orders[0];
  const step = order?.steps.find(({ id }) => id === 'conservative-care');
  return { ...step, decision: order?.decision, cards: JSON.stringify(cards) };
}

test('completed, and long enough: met', async () => {
  expect(await care(therapy('completed'))).toMatchObject({ state: 'met' });
  expect(await care(therapy('completed', { performedPeriod: undefined, note: [{ text: COURSE }] }))).toMatchObject({ state: 'met' }); // prettier-ignore
});

describe.each<[string, unknown]>([
  ['unknown', 'unknown'],
  ['in progress', 'in-progress'],
  ['missing', undefined],
  ['no code of FHIR', 'COMPLETED'],
  ['the name of what every object has', 'constructor'],
])('status %s: it cannot be told whether it was carried out', (_name, status) => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['its dates', {}],
    ['its note', { performedPeriod: undefined, note: [{ text: COURSE }] }],
  ])('by %s', async (_by, part) => {
    const step = await care(therapy(status, part));
    expect(step).toMatchObject({
      state: 'unknown',
      reason: 'Physical therapy or exercise is on record, but not that it was carried out.',
      notCounted: [
        { why: 'outcome-unknown', because: 'status-unknown', evidence: { reference: 'Procedure/pt' } },
      ],
    });
    expect(step.decision).not.toBe('conservative-care-first');
  });
});

test.each<[string, string]>([
  ['not-done', 'not-done'],
  ['preparation', 'planned'],
  ['on-hold', 'planned'],
  ['stopped', 'stopped'],
])('status %s: not counted, whatever course its own note describes', async (status, why) => {
  const step = await care(therapy(status, { note: [{ text: COURSE }] }));
  expect(step.state).not.toBe('met');
  expect(step.notCounted).toMatchObject([{ why, evidence: { reference: 'Procedure/pt' } }]);
  expect(step.evidence ?? []).toEqual([]);
});

test('care that is known to be too short, and more of which it is not known: nothing is concluded', async () => {
  const short = procedure('short', '97110', {
    performedDateTime: undefined,
    performedPeriod: { start: '2025-09-01', end: '2025-09-08' },
  });
  expect(await care(short)).toMatchObject({ state: 'not-met', decision: 'conservative-care-first' });
  const step = await care(short, therapy('in-progress'));
  expect(step.state).toBe('unknown');
  expect(step.decision).not.toBe('conservative-care-first');
});

test('refused once, and once begun: nothing is concluded', async () => {
  const refused = procedure('refused', '97110', { status: 'not-done' });
  expect(await care(refused)).toMatchObject({ state: 'not-met' });
  expect(await care(refused, therapy('in-progress'))).toMatchObject({ state: 'unknown' });
});

test('an ablation entered in error tells nothing by its notes either', async () => {
  const wrong = procedure('rfa', '64625', {
    status: 'entered-in-error',
    note: [{ text: 'Cooled RFA of both sacral lateral branches on 2025-03-01 gave 20% relief for 1 month. Physical therapy for 12 weeks was completed.' }], // prettier-ignore
  });
  const { state, cards } = await care(wrong);
  expect(state).toBe('unknown');
  expect(cards).not.toContain('20%');
});
