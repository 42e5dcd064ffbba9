import { evaluate } from '../../src/evaluation/evaluate.js';
import type { InterventionFact, OrderFact, PatientFacts } from '../../src/evaluation/facts.js';
import { block, facts, inForce, intervention, order, review, rfa } from './facts.js';

const notes = (part: Partial<PatientFacts>, ordered: Partial<OrderFact> = {}) =>
  review(part, ordered).notes?.map(({ id }) => id);
const unnamed = ({ laterality, ...one }: OrderFact): OrderFact => one;

function notesWithoutSide(interventions: readonly InterventionFact[]) {
  const { evaluation } = evaluate(facts({ interventions }), [unnamed(order())], inForce, '2026-03-20');
  return evaluation.orders[0]?.notes?.map(({ id }) => id);
}

describe('notes: both sides of each', () => {
  test('an entry that says another thing beside it', () => {
    const conditions = [
      {
        concepts: ['sij-pain', 'bleeding-risk'],
        recognisedBy: 'code',
        evidence: [{ reference: 'Condition/b' }],
      },
    ] as const;
    expect(notes({ conditions })).toEqual(['anticoagulation']);
    expect(notes({ conditions: [{ ...conditions[0], concepts: ['sij-pain'] }] })).toBeUndefined();
  });

  test('a negative FADIR is no hip sign', () => {
    const fadir = (result: 'positive' | 'negative') => ({
      provocation: [{ test: 'fadir' as const, result, evidence: [{ reference: 'Observation/f' }] as const }],
    });
    expect(notes(fadir('positive'))).toEqual(['hip-signs']);
    expect(notes(fadir('negative'))).toBeUndefined();
  });

  test('a fusion that its own text takes back, or that was only planned, is none', () => {
    expect(notes({ interventions: [intervention('lumbar-fusion')] })).toEqual(['prior-lumbar-fusion']);
    expect(
      notes({ interventions: [intervention('lumbar-fusion', { contradictedByText: true })] }),
    ).toBeUndefined();
    expect(notes({ interventions: [intervention('lumbar-fusion', { status: 'planned' })] })).toBeUndefined();
  });

  test('an SI fusion is minded on the ordered side, and on any where none is ordered', () => {
    const fused = [intervention('si-fusion', { laterality: 'left' })];
    expect(notes({ interventions: fused }, { laterality: 'left' })).toEqual(['si-fusion-same-side']);
    expect(notes({ interventions: fused }, { laterality: 'right' })).toBeUndefined();
    expect(notesWithoutSide(fused)).toEqual(['si-fusion-same-side']);
  });
});

describe('an order that says less', () => {
  const judged = (given: readonly InterventionFact[], today: string) => {
    const { authoredOn, ...undated } = unnamed(order());
    return evaluate(facts({ interventions: given }), [undated], inForce, today).evaluation;
  };

  test('without a date is judged on the day of the call', () => {
    expect(judged([], '2025-02-03').asOf).toBe('2025-02-03');
  });

  test('without a side is judged on the sides of its own targets, not of others', () => {
    const sides = (...given: readonly InterventionFact[]) =>
      judged(given, '2026-03-20').orders[0]?.decisionBySide?.map(({ side }) => side);
    const left = block(85, { laterality: 'left' });
    expect(sides(left, rfa(20, { laterality: 'right' }))).toEqual(['left', 'right']);
    expect(sides(left, intervention('transforaminal-epidural', { laterality: 'right' }))).toBeUndefined();
  });
});
