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

describe('what came of an ablation: both sides of every edge', () => {
  test.each<[string, InterventionFact, StepState, RegExp]>([
    ['without a date, failed', undated(20), 'not-met', /less than 50 % relief: 1/],
    ['without a date and without an outcome', undated(null), 'unknown', /not what came of it/],
    ['without a date, worked', undated(70, { reliefDuration: 'P6M' }), 'not-met', /wore off/],
    [
      'two years ago to the day, without an outcome',
      rfa(null, { date: '2024-03-20' }),
      'unknown',
      /not what came/,
    ],
    ['a day more than two years ago', rfa(null, { date: '2024-03-19' }), 'not-met', /No completed ablation/],
    ['relief for 90 days, three calendar months', rfa(60, { reliefDuration: 'P90D' }), 'not-met', /wore off/],
    ['relief for 89 days', rfa(60, { reliefDuration: 'P89D' }), 'not-met', /less than 50 % relief: 1/],
    ['still relieved at 90 days', rfa(60, { reliefMeasuredAfter: 'P90D' }), 'not-met', /wore off/],
    [
      'relieved at 89 days, then nothing',
      rfa(60, { reliefMeasuredAfter: 'P89D' }),
      'unknown',
      /not what came/,
    ],
    ['failed at six weeks', rfa(20, { reliefMeasuredAfter: 'P6W' }), 'not-met', /less than 50 % relief: 1/],
    [
      'no relief at 41 days, and nothing later',
      rfa(20, { reliefMeasuredAfter: 'P41D' }),
      'unknown',
      /not what came/,
    ],
    [
      'six months ago to the day, worked',
      rfa(60, { date: '2025-09-20', reliefDuration: 'P4M' }),
      'not-met',
      /wore off/,
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
      /wore off/,
    ],
    [
      'relief that ends tomorrow',
      rfa(60, { date: '2025-06-13', reliefDuration: 'P281D' }),
      'not-met',
      /for longer than has passed/,
    ],
    ['a preliminary report of a failure', rfa(20, { preliminary: true }), 'unknown', /not what came of it/],
    [
      'relief somewhere else',
      rfa(null, { relief: { low: 90, high: 90, ofIndexPain: false } }),
      'unknown',
      /not what came of it/,
    ],
  ])('%s', (_situation, ablation, state, reason) => {
    const found = step(ablation);
    expect([found.state, found.reason]).toEqual([state, expect.stringMatching(reason)]);
  });
});

describe('of several ablations the last that was judged decides', () => {
  const worked = (date: string) => rfa(70, { date, reliefDuration: 'P4M' });
  test.each<[string, readonly InterventionFact[], RegExp]>([
    ['worked, then failed', [worked('2024-06-10'), rfa(20, { date: '2025-06-10' })], /relief: 1;/],
    ['failed, then worked', [rfa(20, { date: '2024-06-10' }), worked('2025-06-10')], /wore off/],
    [
      'worked twice, the last lately',
      [worked('2024-06-10'), worked('2025-11-01')],
      /can be repeated from 2026-05-01 on/,
    ],
    [
      'failed, worked, failed again',
      [rfa(20, { date: '2024-01-10' }), worked('2024-08-10'), rfa(20, { date: '2025-06-10' })],
      /relief: 2; required 2/,
    ],
    [
      'both on one day: what worked counts',
      [rfa(20, { date: '2025-06-10' }), worked('2025-06-10')],
      /wore off/,
    ],
    ['a failure without a date is the older one', [undated(20), worked('2025-06-10')], /wore off/],
    [
      'one that worked without a date is the older one',
      [undated(70, { reliefDuration: 'P4M' }), rfa(20, { date: '2025-06-10' })],
      /relief: 1;/,
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
