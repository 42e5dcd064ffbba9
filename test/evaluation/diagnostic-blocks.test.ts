import type { InterventionFact } from '../../src/evaluation/facts.js';
import type { NotCountedReason, StepState } from '../../src/evaluation/evaluation.js';
import { block, dataStates, intervention, review, stepOf } from './facts.js';

function blocks(...interventions: readonly InterventionFact[]) {
  return stepOf(review({ interventions }), 'diagnostic-blocks');
}

describe('diagnostic-blocks: at least 75 % relief of the index pain', () => {
  test.each<[string, readonly InterventionFact[], StepState]>([
    ['met at exactly 75 %', [block(75)], 'met'],
    ['not met at 74 %', [block(74)], 'not-met'],
    ['not met when a range begins below 75 %', [block(null, { relief: { low: 70, high: 90 } })], 'not-met'],
    ['met when a range begins at 80 %', [block(null, { relief: { low: 80, high: 90 } })], 'met'],
    [
      'met by an intra-articular injection',
      [intervention('si-joint-injection', { relief: { low: 80, high: 80 } })],
      'met',
    ],
    ['unknown when no relief is recorded', [block(null)], 'unknown'],
    ['unknown when there is no block: it may have been done elsewhere', [], 'unknown'],
    [
      'unknown when relief was in the groin only',
      [block(null, { relief: { low: 100, high: 100, ofIndexPain: false } })],
      'unknown',
    ],
    [
      'unknown when one block was positive and another negative',
      [block(90), block(20, { date: '2026-01-10' })],
      'unknown',
    ],
    [
      'met when one was positive and another equivocal',
      [block(80), block(60, { date: '2026-01-10' })],
      'met',
    ],
    [
      'not met when an earlier negative one is all there is',
      [block(10), block(null, { date: '2026-01-10' })],
      'not-met',
    ],
  ])('%s', (_name, interventions, state) => {
    expect(blocks(...interventions).state).toBe(state);
  });

  test('unknown when procedures could not be read, though nothing positive was found', () => {
    const evaluated = review({ data: dataStates({ procedures: 'unavailable' }) });
    expect(stepOf(evaluated, 'diagnostic-blocks')).toMatchObject({
      state: 'unknown',
      missing: expect.any(String),
    });
    expect(evaluated.decision).toBe('insufficient-data');
  });

  test('a positive block stands on a partial read', () => {
    const evaluated = review({ interventions: [block(80)], data: dataStates({ procedures: 'partial' }) });
    expect(stepOf(evaluated, 'diagnostic-blocks').state).toBe('met');
  });

  test('relief that may stand in unread observations is insufficient data, not a missing block', () => {
    const evaluated = review({
      interventions: [block(null)],
      data: dataStates({ observations: 'unavailable' }),
    });
    expect(evaluated.decision).toBe('insufficient-data');
  });
});

describe('diagnostic-blocks: found, but not counted', () => {
  test.each<[NotCountedReason, InterventionFact]>([
    ['entered-in-error', block(90, { status: 'entered-in-error' })],
    ['not-done', block(90, { status: 'not-done' })],
    ['planned', block(null, { status: 'planned' })],
    ['stopped', block(null, { status: 'stopped' })],
    ['status-unknown', block(90, { status: 'unknown' })],
    ['wrong-target', intervention('transforaminal-epidural', { relief: { low: 90, high: 90 } })],
    ['too-old', block(90, { date: '2024-03-19' })],
    ['therapeutic-not-diagnostic', block(90, { drug: 'steroid', reliefDuration: 'P3M' })],
    ['equivocal-relief', block(50)],
    ['negative-relief', block(49)],
    ['relief-at-other-site', block(null, { relief: { low: 100, high: 100, ofIndexPain: false } })],
    ['relief-not-recorded', block(null)],
    ['status-contradicted-by-text', block(90, { contradictedByText: true })],
    ['preliminary', block(90, { preliminary: true })],
  ])('%s', (why, fact) => {
    expect(blocks(fact)).toMatchObject({
      notCounted: [{ why, evidence: fact.evidence[0] }],
      attempts: { counted: 0 },
    });
  });

  test('wrong-side: a right block is no block of the left', () => {
    const evaluated = review({ interventions: [block(90, { laterality: 'right' })] });
    expect(stepOf(evaluated, 'diagnostic-blocks', 'right').state).toBe('met');
    expect(stepOf(evaluated, 'diagnostic-blocks', 'left')).toMatchObject({
      state: 'unknown',
      notCounted: [{ why: 'wrong-side' }],
    });
  });

  test('a block exactly 24 months old still counts', () => {
    expect(blocks(block(90, { date: '2024-03-20' })).state).toBe('met');
  });

  test('a block of which only the year is known is not too old while it may be recent enough', () => {
    expect(blocks(block(90, { date: '2024' })).state).toBe('met');
  });

  test('with steroid, relief in the anaesthetic hours counts', () => {
    expect(blocks(block(90, { drug: 'steroid', reliefDuration: 'PT6H' })).state).toBe('met');
  });
});

describe('diagnostic-blocks: sessions', () => {
  test('left and right on one day are one session', () => {
    const step = blocks(block(80, { laterality: 'left' }), block(85, { laterality: 'right' }));
    expect(step.attempts).toEqual({ counted: 1, required: 1 });
  });

  test('two days are two sessions', () => {
    expect(blocks(block(80), block(85, { date: '2026-01-20' })).attempts).toEqual({
      counted: 2,
      required: 1,
    });
  });
});
