import type { CriterionResult, Values } from './criterion.js';
import type { Draft } from './draft.js';
import type { Side } from './evidence.js';
import type { Step } from './evaluation.js';
import type { Criterion } from './policy.js';
import { fill } from './sentences.js';
import { allOf } from '../lists.js';

/** One entry per pathway step; where the sides differ, one per side. */
export function toSteps(
  criteria: readonly Criterion[],
  results: ReadonlyMap<string, readonly CriterionResult[]>,
  sides: readonly (Side | undefined)[],
): readonly Step[] {
  return allOf(criteria, (criterion) => {
    if (!criterion.step) return [];
    const answers = results.get(criterion.id) ?? [];
    const [first, second] = answers;
    if (!first) return [];
    if (!second) return [toStep(criterion, first, undefined)];
    return sameAnswer(first, second)
      ? [toStep(criterion, bothSides(first, second), undefined)]
      : answers.map((answer, index) => toStep(criterion, answer, sides[index]));
  });
}

function sameAnswer(a: CriterionResult, b: CriterionResult): boolean {
  return (
    a.state === b.state &&
    a.because === b.because &&
    a.attempts?.counted === b.attempts?.counted &&
    haveSameMembers(a.values, b.values)
  );
}

function haveSameMembers(a: Values, b: Values): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.is(a[name], b[name]));
}

/** One answer of two sides that answered alike. What is of one side is looked at there, and not "wrong side" for both. */
function bothSides(a: CriterionResult, b: CriterionResult): CriterionResult {
  const evidence = distinct([...a.evidence, ...b.evidence], ({ reference }) => reference);
  const notCounted = [...a.notCounted, ...b.notCounted].filter(({ why }) => why !== 'wrong-side');
  return {
    ...a,
    evidence,
    notCounted: distinct(notCounted, ({ why, evidence: { reference } }) => `${why} ${reference}`),
  };
}

function distinct<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed();
}

function toStep(criterion: Criterion, answer: CriterionResult, side: Side | undefined): Step {
  const { state, because, values, notCounted, attempts } = answer;
  const says = criterion.says[because];
  const [first, ...more] = answer.evidence;
  const step: Draft<Step> = { id: criterion.step ?? 'neurectomy', state, because };
  if (side) step.side = side;
  if (says) step.reason = fill(says.reason, values);
  if (says?.missing && state === 'unknown') step.missing = fill(says.missing, values);
  if (first) step.evidence = [first, ...more];
  if (notCounted.length > 0) step.notCounted = notCounted;
  if (attempts) step.attempts = attempts;
  return step;
}
