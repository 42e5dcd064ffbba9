import type { Evidence, Side } from './evidence.js';
import type { NotCounted, StepState } from './evaluation.js';
import type { DataKind, OrderFact, PatientFacts } from './facts.js';
import type { Criterion } from './policy.js';

/** What a criterion is asked about: one side of one order, at one date. */
export interface Question {
  readonly facts: PatientFacts;
  readonly order: OrderFact;
  readonly side: Side | undefined;
  /** Day number of the date the record is judged at. */
  readonly asOf: number;
  /** Day number of the call, or of the order where that is later: what is dated after it cannot have been done. */
  readonly calledOn: number;
}

/** Values for the {placeholders} of the policy's sentences. */
export type Values = Readonly<Record<string, string | number>>;

/**
 * A criterion's answer. `because` is one of the codes its kind documents; `unread` always means that a search the
 * answer would need failed or was cut short.
 */
export interface CriterionResult {
  readonly state: StepState;
  readonly because: string;
  /** What else is true, whatever the answer; decisions may ask for it like for an answer. */
  readonly also?: readonly string[];
  readonly evidence: readonly Evidence[];
  /** By what is in `also`, what shows it, where that is not the answer's own evidence. */
  readonly shownBy?: Readonly<Record<string, readonly Evidence[]>>;
  readonly notCounted: readonly NotCounted[];
  readonly attempts?: { readonly counted: number; readonly required: number };
  readonly values: Values;
}

/** Kinds among `kinds` that were not read whole: an absence may not be claimed on them. */
export function unreadKinds(facts: PatientFacts, kinds: readonly DataKind[]): readonly DataKind[] {
  return kinds.filter((kind) => facts.data.find((entry) => entry.kind === kind)?.state !== 'complete');
}

/** The answer when nothing was found: `unread` if the search was not whole, else as the policy reads absence. */
export function nothingFound(
  question: Question,
  criterion: Criterion,
  rest: Partial<CriterionResult> = {},
): CriterionResult {
  const unread = unreadKinds(question.facts, criterion.reads).length > 0;
  return {
    state: unread ? 'unknown' : criterion.whenAbsent,
    because: unread ? 'unread' : 'none-found',
    evidence: [],
    notCounted: [],
    values: {},
    ...rest,
  };
}
