import type { InterventionFact } from '../../src/evaluation/facts.js';
import type { StepState } from '../../src/evaluation/evaluation.js';
import { block, care, dataStates, review, rfa, stepOf } from './facts.js';

/** The order is of 2026-03-20. */
function step(...ablations: readonly InterventionFact[]) {
  const interventions = [block(85), ...ablations];
  return stepOf(review({ conservativeCare: [care()], interventions }), 'radiofrequency-ablation');
}

const undated = (low: number | null, part: Partial<InterventionFact> = {}): InterventionFact => {
  const { date, ...fact } = rfa(low, part);
  return fact;
};

const sideless = (low: number, part: Partial<InterventionFact>): InterventionFact => {
  const { laterality, ...fact } = rfa(low, part);
  return fact;
};

describe('what came of an ablation: both sides of every edge', () => {
  test.each<[string, InterventionFact, StepState, RegExp]>([
    ['without a date, failed', undated(20), 'not-met', /for 3 months\): 1/],
    ['without a date and without an outcome', undated(null), 'unknown', /without what it did/],
    ['without a date, worked', undated(70, { reliefDuration: 'P6M' }), 'not-met', /once worn off/],
    [
      'two years ago to the day, without an outcome',
      rfa(null, { date: '2024-03-20' }),
      'unknown',
      /without what it did/,
    ],
    ['a day more than two years ago', rfa(null, { date: '2024-03-19' }), 'not-met', /No completed ablation/],
    [
      'relief for 90 days, three calendar months',
      rfa(60, { reliefDuration: 'P90D' }),
      'not-met',
      /once worn off/,
    ],
    ['relief for 89 days', rfa(60, { reliefDuration: 'P89D' }), 'not-met', /for 3 months\): 1/],
    ['still relieved at 90 days', rfa(60, { reliefMeasuredAfter: 'P90D' }), 'not-met', /once worn off/],
    [
      'relieved at 89 days, then nothing',
      rfa(60, { reliefMeasuredAfter: 'P89D' }),
      'unknown',
      /without what it did/,
    ],
    [
      'no relief by a note of day 41, and nothing later',
      rfa(20, { reliefToldAfter: 'P41D' }),
      'unknown',
      /without what it did/,
    ],
    ['no relief by a note of day 42', rfa(20, { reliefToldAfter: 'P42D' }), 'not-met', /for 3 months\): 1/],
    [
      'measured at six weeks, told by a note of day 3',
      rfa(20, { reliefMeasuredAfter: 'P6W', reliefToldAfter: 'P3D' }),
      'not-met',
      /for 3 months\): 1/,
    ],
    [
      'good relief told by a late note, without how long it lasted',
      rfa(60, { reliefToldAfter: 'P200D' }),
      'unknown',
      /without what it did/,
    ],
    [
      'at most 50 %, which may be less or just enough',
      rfa(null, { relief: { low: 0, high: 50, isBound: true } }),
      'unknown',
      /without what it did/,
    ],
    ['worked, without a side', sideless(70, { reliefDuration: 'P6M' }), 'unknown', /names no side/],
    [
      'between 40 and 49 %, for half a year',
      rfa(null, { relief: { low: 40, high: 49 }, reliefDuration: 'P6M' }),
      'not-met',
      /for 3 months\): 1/,
    ],
    [
      'between 40 and 50 %, for half a year: failed by the one, worked by the other',
      rfa(null, { relief: { low: 40, high: 50 }, reliefDuration: 'P6M' }),
      'unknown',
      /told of both as relieving/,
    ],
    ['failed at six weeks', rfa(20, { reliefMeasuredAfter: 'P6W' }), 'not-met', /for 3 months\): 1/],
    [
      'no relief at 41 days, and nothing later',
      rfa(20, { reliefMeasuredAfter: 'P41D' }),
      'unknown',
      /without what it did/,
    ],
    [
      'six months ago to the day, worked',
      rfa(60, { date: '2025-09-20', reliefDuration: 'P4M' }),
      'not-met',
      /once worn off/,
    ],
    [
      'a day less than six months ago, worked',
      rfa(60, { date: '2025-09-21', reliefDuration: 'P4M' }),
      'not-met',
      /from 2026-03-21 on/,
    ],
    [
      'relief that ends today',
      rfa(60, { date: '2025-06-13', reliefDuration: 'P280D' }),
      'not-met',
      /once worn off/,
    ],
    [
      'relief that ends tomorrow',
      rfa(60, { date: '2025-06-13', reliefDuration: 'P281D' }),
      'not-met',
      /for longer than has passed/,
    ],
    [
      'a preliminary report of a failure',
      rfa(20, { preliminary: true }),
      'unknown',
      /in a preliminary report/,
    ],
    [
      'relief somewhere else',
      rfa(null, { relief: { low: 90, high: 90, ofIndexPain: false } }),
      'unknown',
      /without what it did/,
    ],
  ])('%s', (_situation, ablation, state, reason) => {
    const found = step(ablation);
    expect([found.state, found.reason]).toEqual([state, expect.stringMatching(reason)]);
  });
});

describe('of several ablations the last that was judged decides', () => {
  const worked = (date: string) => rfa(70, { date, reliefDuration: 'P4M' });
  test.each<[string, readonly InterventionFact[], RegExp]>([
    ['worked, then failed', [worked('2024-06-10'), rfa(20, { date: '2025-06-10' })], /months\): 1;/],
    ['failed, then worked', [rfa(20, { date: '2024-06-10' }), worked('2025-06-10')], /once worn off/],
    [
      'worked twice, the last lately',
      [worked('2024-06-10'), worked('2025-11-01')],
      /can be repeated from 2026-05-01 on/,
    ],
    [
      'failed, worked, failed again',
      [rfa(20, { date: '2024-01-10' }), worked('2024-08-10'), rfa(20, { date: '2025-06-10' })],
      /months\): 2; required 2/,
    ],
    [
      'both on one day: two answers, and neither counts',
      [rfa(20, { date: '2025-06-10' }), worked('2025-06-10')],
      /told of both as relieving/,
    ],
    [
      'failed twice, and a third told of both ways: the failures open nothing',
      [
        rfa(20, { date: '2023-06-10' }),
        rfa(20, { date: '2024-06-10' }),
        rfa(20, { date: '2025-06-10' }),
        worked('2025-06-10'),
      ],
      /once worn off/,
    ],
    [
      'both without a date: the failure does not hide that it worked',
      [undated(20), undated(70, { reliefDuration: 'P4M' })],
      /once worn off/,
    ],
    ['a failure without a date is the older one', [undated(20), worked('2025-06-10')], /once worn off/],
    [
      'one that worked without a date is the older one',
      [undated(70, { reliefDuration: 'P4M' }), rfa(20, { date: '2025-06-10' })],
      /months\): 1;/,
    ],
  ])('%s', (_situation, ablations, reason) => {
    expect(step(...ablations).reason).toMatch(reason);
  });
});

test('one failure in a partial read is not "fewer": others may be on the pages that were not read', () => {
  const interventions = [block(85), rfa(20)];
  const evaluated = review({ interventions, data: dataStates({ procedures: 'partial' }) });
  expect(stepOf(evaluated, 'radiofrequency-ablation')).toMatchObject({ state: 'unknown' });
  expect(evaluated.decision).toBe('insufficient-data');
});

test('of one told of both ways the two tellings are cited, and no other failure with them', () => {
  const other = rfa(20, { date: '2023-06-10' });
  const told = [rfa(20, { date: '2025-06-10' }), rfa(70, { date: '2025-06-10', reliefDuration: 'P4M' })];
  const { evidence = [] } = step(other, ...told);
  expect(evidence.map(({ reference }) => reference).sort()).toEqual(
    told.map((fact) => fact.evidence[0].reference).sort(),
  );
});

describe('an ablation that is too recent to judge', () => {
  const recent = rfa(null, { date: '2026-03-06' });

  test('is waited for, also after two that failed', () => {
    const found = step(rfa(20, { date: '2024-06-01' }), rfa(10, { date: '2025-03-01' }), recent);
    expect(found).toMatchObject({ state: 'unknown', attempts: { counted: 2, required: 2 } });
    expect(found.reason).toMatch(/too recent/);
  });

  test('is waited for, also after one that worked, which still shows the source', () => {
    const before = rfa(80, { date: '2025-03-01', reliefDuration: 'P6M' });
    expect(step(before, recent).reason).toMatch(/too recent/);
    expect(review({ interventions: [before, recent] }).decision).toBe('repeat-radiofrequency');
  });
});

describe('attempts are counted by day', () => {
  const level = (levels: readonly string[], date?: string) => rfa(10, { levels, ...(date && { date }) });

  test('three levels of one day are one attempt, and are told of as one', () => {
    expect(step(level(['S1']), level(['S2']), level(['S3']))).toMatchObject({
      state: 'not-met',
      attempts: { counted: 1 },
      reason: expect.stringMatching(/: 1; required 2/) as string,
    });
  });

  test('two days are two, and those without a date are one for certain', () => {
    expect(step(level(['S1']), level(['S1'], '2025-08-01')).attempts?.counted).toBe(2);
    expect(step(undated(10), undated(10)).attempts?.counted).toBe(1);
  });
});

test('the outcome may stand in a note that was not read: unknown for that reason', () => {
  const found = stepOf(
    review({ interventions: [rfa(null)], data: dataStates({ documents: 'unavailable' }) }),
    'radiofrequency-ablation',
  );
  expect(found).toMatchObject({
    state: 'unknown',
    reason: expect.stringMatching(/outcome were not read whole/) as string,
  });
});

test('one called failed beside one without an outcome: the outcome is what is asked for', () => {
  const called = rfa(null, { date: '2025-01-10', calledFailed: true });
  expect(step(called).reason).toMatch(/said to have failed/);
  expect(step(called, rfa(null, { date: '2025-09-01' })).reason).toMatch(/without what it did/);
});
