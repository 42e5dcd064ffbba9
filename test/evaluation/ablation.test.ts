import type { InterventionFact } from '../../src/evaluation/facts.js';
import type { Decision, NotCountedReason, StepState } from '../../src/evaluation/evaluation.js';
import { block, care, dataStates, intervention, review, rfa, stepOf } from './facts.js';

function after(...ablations: readonly InterventionFact[]) {
  return review({ conservativeCare: [care()], interventions: [block(85), ...ablations] });
}

describe('radiofrequency-ablation: two failed ablations before neurectomy', () => {
  test.each<[string, readonly InterventionFact[], StepState, Decision]>([
    ['none', [], 'not-met', 'radiofrequency-first'],
    ['one failed', [rfa(20)], 'not-met', 'repeat-radiofrequency'],
    ['two failed', [rfa(20), rfa(30, { date: '2025-10-01' })], 'met', 'individual-review'],
    ['failed at 49 % twice', [rfa(49), rfa(49, { date: '2025-10-01' })], 'met', 'individual-review'],
    [
      '50 % for three months worked',
      [rfa(50, { reliefDuration: 'P3M' })],
      'not-met',
      'repeat-radiofrequency',
    ],
    ['50 % for two months failed', [rfa(50, { reliefDuration: 'P2M' })], 'not-met', 'repeat-radiofrequency'],
    [
      'worked and wore off',
      [rfa(70, { reliefDuration: 'P8M', date: '2025-01-10' })],
      'not-met',
      'repeat-radiofrequency',
    ],
    [
      'two failed, then one that worked',
      [
        rfa(20, { date: '2024-01-10' }),
        rfa(20, { date: '2024-06-10' }),
        rfa(70, { reliefDuration: 'P6M', date: '2025-01-10' }),
      ],
      'not-met',
      'repeat-radiofrequency',
    ],
    ['outcome not recorded', [rfa(null)], 'unknown', 'repeat-radiofrequency'],
    ['relief without a duration', [rfa(70)], 'unknown', 'repeat-radiofrequency'],
    ['less than six weeks ago', [rfa(10, { date: '2026-02-10' })], 'unknown', 'repeat-radiofrequency'],
    ['exactly six weeks ago', [rfa(10, { date: '2026-02-06' })], 'not-met', 'repeat-radiofrequency'],
    [
      'measured too early to be a failure',
      [rfa(10, { reliefMeasuredAfter: 'P2W' })],
      'unknown',
      'repeat-radiofrequency',
    ],
    [
      'ancient without outcome cannot be relied on',
      [rfa(null, { date: '2023-03-19' })],
      'not-met',
      'radiofrequency-first',
    ],
    ['pulsed only is no ablation', [rfa(10, { technique: 'pulsed' })], 'not-met', 'radiofrequency-first'],
    [
      'facet ablation only is another target',
      [intervention('facet-rfa', { relief: { low: 10, high: 10 } })],
      'not-met',
      'radiofrequency-first',
    ],
    ['planned only', [rfa(null, { status: 'planned' })], 'not-met', 'radiofrequency-first'],
    [
      'no lesions made, says the text',
      [rfa(null, { contradictedByText: true })],
      'not-met',
      'radiofrequency-first',
    ],
  ])('%s', (_name, ablations, state, decision) => {
    const evaluated = after(...ablations);
    expect(stepOf(evaluated, 'radiofrequency-ablation').state).toBe(state);
    expect(evaluated.decision).toBe(decision);
  });

  test('no absence is claimed when procedures were read in part', () => {
    const evaluated = review({ interventions: [block(85)], data: dataStates({ procedures: 'partial' }) });
    expect(stepOf(evaluated, 'radiofrequency-ablation').state).toBe('unknown');
    expect(evaluated.decision).toBe('insufficient-data');
  });

  test('two failures found in a partial read stand', () => {
    const interventions = [block(85), rfa(20), rfa(20, { date: '2025-10-01' })];
    expect(review({ interventions, data: dataStates({ procedures: 'partial' }) }).decision).toBe(
      'individual-review',
    );
  });

  test('reports that could not be read do not undo what the procedures show', () => {
    const interventions = [block(85)];
    expect(review({ interventions, data: dataStates({ diagnosticReports: 'unavailable' }) }).decision).toBe(
      'radiofrequency-first',
    );
  });

  test('an ablation that worked shows the source even without a block', () => {
    expect(review({ interventions: [rfa(70, { reliefDuration: 'P8M', date: '2025-01-10' })] }).decision).toBe(
      'repeat-radiofrequency',
    );
  });
});

describe('radiofrequency-ablation: found, but not counted', () => {
  test.each<[NotCountedReason, InterventionFact]>([
    ['wrong-target', intervention('facet-rfa', { relief: { low: 10, high: 10 } })],
    ['not-ablation', rfa(10, { technique: 'pulsed' })],
    ['too-recent', rfa(10, { date: '2026-03-01' })],
    ['outcome-unknown', rfa(null)],
    ['too-old', rfa(null, { date: '2020' })],
    ['entered-in-error', rfa(10, { status: 'entered-in-error' })],
    ['not-done', rfa(null, { status: 'not-done' })],
    ['stopped', rfa(null, { status: 'stopped' })],
    ['status-contradicted-by-text', rfa(10, { contradictedByText: true })],
  ])('%s', (why, fact) => {
    expect(stepOf(after(fact), 'radiofrequency-ablation').notCounted).toEqual([
      { why, evidence: fact.evidence[0] },
    ]);
  });
});

describe('a bilateral order is judged side by side', () => {
  const oneSided = after(
    rfa(20, { laterality: 'right' }),
    rfa(30, { laterality: 'right', date: '2025-10-01' }),
  );

  test('failed twice on the right, never done on the left: two entries', () => {
    expect(stepOf(oneSided, 'radiofrequency-ablation', 'right').state).toBe('met');
    expect(stepOf(oneSided, 'radiofrequency-ablation', 'left').state).toBe('not-met');
  });

  test('the decision asks for the earliest step, and says what each side would be', () => {
    expect(oneSided.decision).toBe('radiofrequency-first');
    expect(oneSided.decisionBySide).toEqual([
      { side: 'left', decision: 'radiofrequency-first' },
      { side: 'right', decision: 'individual-review' },
    ]);
  });

  test('an order that names no side is judged on the sides the record names', () => {
    const interventions = [
      block(85, { laterality: 'left' }),
      rfa(20, { laterality: 'left' }),
      rfa(20, { laterality: 'right', date: '2025-10-01' }),
    ];
    const evaluated = review({ interventions }, { laterality: undefined } as never);
    expect(evaluated.decision).not.toBe('individual-review');
  });
});
