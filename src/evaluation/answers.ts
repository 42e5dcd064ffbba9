import { ablation } from './criteria/ablation.js';
import { blockRelief } from './criteria/block-relief.js';
import { conservativeCare } from './criteria/conservative-care.js';
import { orderIndication, otherDiagnosis, priorProcedure, redFlagGate } from './criteria/gates.js';
import type { CriterionResult, Question } from './criterion.js';
import type { Answers } from './decide.js';
import type { Side } from './evidence.js';
import type { Criterion, Policy } from './policy.js';

/** Kinds of criteria whose answer is the same for both sides: they do not look at the side. */
const OF_BOTH_SIDES: ReadonlySet<Criterion['kind']> = new Set([
  'red-flags',
  'other-diagnosis',
  'order-indication',
  'conservative-care',
] as const);

/**
 * The answers to all criteria, side by side; what is the same for both is worked out once.
 *
 * @param whole the question without a side
 */
export function answerSides(
  whole: Question,
  sides: readonly (Side | undefined)[],
  { criteria }: Policy,
): readonly Answers[] {
  const ofBoth = new Map<string, CriterionResult>();
  for (const criterion of criteria)
    if (OF_BOTH_SIDES.has(criterion.kind)) ofBoth.set(criterion.id, answer(whole, criterion));
  return sides.map((side) => {
    const question = { ...whole, side };
    return new Map(criteria.map((one) => [one.id, ofBoth.get(one.id) ?? answer(question, one)]));
  });
}

/** The registry of criterion kinds: one line each. */
function answer(question: Question, criterion: Criterion): CriterionResult {
  switch (criterion.kind) {
    case 'red-flags':
      return redFlagGate(question, criterion);
    case 'other-diagnosis':
      return otherDiagnosis(question, criterion);
    case 'order-indication':
      return orderIndication(question);
    case 'conservative-care':
      return conservativeCare(question, criterion);
    case 'block-relief':
      return blockRelief(question, criterion);
    case 'ablation-outcome':
      return ablation(question, criterion);
    case 'prior-procedure':
      return priorProcedure(question, criterion);
  }
}
