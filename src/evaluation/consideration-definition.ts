import type { Quantity, TimeSpan } from './dates.js';
import type { CareClass, InterventionKind, StatementId } from './facts.js';

/** A criterion's state, or the `because` of its result. */
export interface Condition {
  readonly criterion: string;
  readonly is: string;
}

/** What is said in the first card, and keeps suggestions from being pre-selected; all sources given are looked at. */
export interface ConsiderationDefinition {
  readonly id: string;
  /** May name {onset}, the parameters of its answer's criterion, or {atLeast}. */
  readonly sentence: string;
  readonly conditions?: readonly string[];
  /** Value sets of what is only possible: one of several diagnoses, or still to be ruled out. */
  readonly possible?: readonly string[];
  readonly statements?: readonly StatementId[];
  /** The order's site and its reason name different sides. */
  readonly orderSidesDiffer?: true;
  /** Something that is true of a criterion's answer on a side of the order; what shows it is cited. */
  readonly answer?: Condition;
  /** Injections of the order's side at another target that relieved as much, certainly and of this pain or pain unnamed; without a relief of its own, that of an injection of its day and side. */
  readonly relieved?: { readonly by: readonly InterventionKind[]; readonly atLeast: Quantity };
  /** Statements, injections, and what shows an answer, that are older than this say nothing of the present. */
  readonly lookback?: TimeSpan;
  /** What, recorded later, takes a statement back. */
  readonly takenBackBy?: {
    readonly statements: readonly StatementId[];
    readonly procedures: readonly InterventionKind[];
    readonly care: readonly CareClass[];
  };
  /** Pain that the record dates to within a span, where nothing earlier tells of it. */
  readonly onset?: {
    readonly of: readonly string[];
    readonly within: TimeSpan;
    /** Value sets of pain that may be the same: an entry of before the span, or without a date, tells of it earlier. */
    readonly alsoOf: readonly string[];
    /** Value sets and statements that call the pain chronic, whatever their date. */
    readonly unlessConditions: readonly string[];
    readonly unless: readonly StatementId[];
  };
  /** Suggestions of cards.json that are then not pre-selected; without it, none is. */
  readonly withholds?: readonly string[];
}
