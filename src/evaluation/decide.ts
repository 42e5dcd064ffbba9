import type { CriterionResult } from './criterion.js';
import { DECISIONS, type Decision } from './evaluation.js';
import type { DataKind } from './facts.js';
import type { Condition, DecisionRule, Policy, SupplementDefinition } from './policy.js';
import { fill } from './sentences.js';
import { allOf } from '../lists.js';

/** The answers of one side, by criterion id. */
export type Answers = ReadonlyMap<string, CriterionResult>;

/** The first rule that holds. The loader has checked that the last one always does. */
export function decide(answers: Answers, rules: readonly DecisionRule[]): Decision {
  for (const rule of rules) if (holds(rule, answers)) return rule.decision;
  return 'insufficient-data';
}

// Loops, not lists and closures: each missing fact asks for the decision anew.
function holds({ all = NONE, any, none = NONE }: DecisionRule, answers: Answers): boolean {
  for (const condition of all) if (!isTrue(condition, answers)) return false;
  return (any === undefined || isOneTrue(any, answers)) && !isOneTrue(none, answers);
}

const NONE: readonly Condition[] = [];

function isOneTrue(conditions: readonly Condition[], answers: Answers): boolean {
  for (const condition of conditions) if (isTrue(condition, answers)) return true;
  return false;
}

function isTrue({ criterion, is }: Condition, answers: Answers): boolean {
  const answer = answers.get(criterion);
  return answer !== undefined && isTrueOf(answer, is);
}

/** Whether something is an answer's state, its reason, or true beside it. */
export function isTrueOf({ state, because, also }: CriterionResult, is: string): boolean {
  return state === is || because === is || (also?.includes(is) ?? false);
}

/** Of two sides, the decision that asks for the earliest step. */
export function earliest(decisions: readonly Decision[]): Decision {
  return DECISIONS.find((decision) => decisions.includes(decision)) ?? 'insufficient-data';
}

/**
 * What, if documented, would change the decision, and to what: each missing fact is supplied in turn and the
 * decisions are taken anew.
 * @param asIfRead the answers, were these kinds of record read whole; undefined where they are
 */
export function wouldChange(
  sides: readonly Answers[],
  policy: Policy,
  asIfRead: (kinds: readonly DataKind[]) => readonly Answers[] | undefined,
): readonly string[] {
  const now = earliest(sides.map((answers) => decide(answers, policy.decisions)));
  return allOf(policy.wouldChange, (supplement) => {
    const { reading } = supplement;
    // The fact is of every ordered side: what it would meet on one of them cannot be promised for the other.
    if (sides.some((answers) => isBarred(answers, supplement))) return [];
    const replaced = sides.map((answers) => supply(answers, supplement));
    const supplied = reading
      ? asIfRead(reading)?.map((anew, index) =>
          replaced[index] === sides[index] ? (sides[index] ?? anew) : anew,
        )
      : replaced;
    if (!supplied || supplied.every((answers, index) => answers === sides[index])) return [];
    const then = earliest(supplied.map((answers) => decide(answers, policy.decisions)));
    return then === now ? [] : [sentenceOf(supplement, then, sides, policy)];
  });
}

function supply(answers: Answers, supplement: SupplementDefinition): Answers {
  const { criterion, onlyWhen, state, because, also = [] } = supplement;
  const answer = answers.get(criterion);
  if (!answer || !isPresentIn(onlyWhen, answer)) return answers;
  const all = [...(answer.also ?? []), ...also];
  return new Map(answers).set(criterion, { ...answer, state, because, also: all });
}

function isBarred(answers: Answers, { criterion, unless = [] }: SupplementDefinition): boolean {
  const answer = answers.get(criterion);
  return answer !== undefined && isPresentIn(unless, answer);
}

function isPresentIn(wanted: readonly string[], { because, also }: CriterionResult): boolean {
  return wanted.includes(because) || (also?.some((is) => wanted.includes(is)) ?? false);
}

function sentenceOf(
  { criterion, sentence }: SupplementDefinition,
  then: Decision,
  [answers]: readonly Answers[],
  policy: Policy,
): string {
  const label = policy.decisions.find(({ decision }) => decision === then)?.label ?? then;
  return fill(sentence, { ...answers?.get(criterion)?.values, decision: label });
}
