import type { CriterionResult } from './criterion.js';
import type { Side } from './evidence.js';
import type { Step } from './evaluation.js';
import type { Criterion } from './policy.js';
import { fill } from './sentences.js';

/** One entry per pathway step; where the sides differ, one per side. */
export function toSteps(
  criteria: readonly Criterion[],
  results: ReadonlyMap<string, readonly CriterionResult[]>,
  sides: readonly (Side | undefined)[],
): readonly Step[] {
  return criteria.flatMap((criterion) => {
    if (!criterion.step) return [];
    const answers = results.get(criterion.id) ?? [];
    const [first, second] = answers;
    if (!first) return [];
    const alike = second === undefined || sameAnswer(first, second);
    return alike
      ? [toStep(criterion, first, undefined)]
      : answers.map((answer, index) => toStep(criterion, answer, sides[index]));
  });
}

function sameAnswer(a: CriterionResult, b: CriterionResult): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function toStep(criterion: Criterion, answer: CriterionResult, side: Side | undefined): Step {
  const says = criterion.says[answer.because];
  const [first, ...more] = answer.evidence;
  return {
    id: criterion.step ?? 'neurectomy',
    state: answer.state,
    ...(side && { side }),
    ...(says && { reason: fill(says.reason, answer.values) }),
    ...(says?.missing && answer.state === 'unknown' && { missing: fill(says.missing, answer.values) }),
    ...(first && { evidence: [first, ...more] }),
    ...(answer.notCounted.length > 0 && { notCounted: answer.notCounted }),
    ...(answer.attempts && { attempts: answer.attempts }),
  };
}
