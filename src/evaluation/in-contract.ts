import type { Assessment } from './evaluate.js';
import type {
  Conflict,
  ConflictId,
  Evaluation,
  NotCounted,
  NotCountedReason,
  OrderEvaluation,
  Step,
} from './evaluation.js';
import { citableOnly } from './citable.js';
import type { Draft } from './draft.js';

/**
 * Reasons finer than those that readers of the evaluation were promised (contracts: evaluation.schema.json), and the
 * one of these that holds as well. Readers that know the promised ones alone must understand each answer.
 */
const PROMISED_REASONS: Partial<Record<NotCountedReason, NotCountedReason>> = {
  'status-unknown': 'outcome-unknown',
  'side-not-recorded': 'outcome-unknown',
  'side-contradicted': 'outcome-unknown',
  'outcome-contradicted': 'outcome-unknown',
  'not-alone': 'outcome-unknown',
  'worked-before': 'too-old',
  'before-neurectomy': 'too-old',
  'failed-too': 'negative-relief',
};

const PROMISED_CONFLICTS: Partial<Record<ConflictId, ConflictId>> = {
  'side-contradicted': 'laterality-mismatch',
};

/** The machine-readable twin of the cards, as it is sent: what is finer than promised stands beside, as `because`. */
export function evaluationOf({ evaluation }: Pick<Assessment, 'evaluation'>): {
  readonly 'stepwise-cds.evaluation': Evaluation;
} {
  return { 'stepwise-cds.evaluation': { ...evaluation, orders: evaluation.orders.map(inContract) } };
}

function inContract(whole: OrderEvaluation): OrderEvaluation {
  const order = citableOnly(whole);
  const sent: Draft<OrderEvaluation> = { ...order, steps: order.steps.map(stepInContract) };
  if (order.conflicts) sent.conflicts = order.conflicts.map(conflictInContract);
  return sent;
}

function stepInContract(step: Step): Step {
  return step.notCounted ? { ...step, notCounted: step.notCounted.map(reasonInContract) } : step;
}

function reasonInContract(one: NotCounted): NotCounted {
  const promised = PROMISED_REASONS[one.why];
  return promised ? { why: promised, because: one.why, evidence: one.evidence } : one;
}

function conflictInContract(conflict: Conflict): Conflict {
  const { id, ...more } = conflict;
  const promised = PROMISED_CONFLICTS[id];
  return promised ? { id: promised, because: id, ...more } : conflict;
}
