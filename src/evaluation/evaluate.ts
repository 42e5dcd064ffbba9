import { ablation } from './criteria/ablation.js';
import { blockRelief } from './criteria/block-relief.js';
import { conservativeCare } from './criteria/conservative-care.js';
import { orderIndication, otherDiagnosis, priorProcedure, redFlagGate } from './criteria/gates.js';
import { conflicts } from './conflicts.js';
import { considerations } from './considerations.js';
import type { CriterionResult, Question } from './criterion.js';
import { byDate, byStart, calendarDay, dayRange, shiftDay } from './dates.js';
import { decide, earliest, wouldChange, type Answers } from './decide.js';
import type { Side } from './evidence.js';
import type { Decision, Evaluation, OrderEvaluation } from './evaluation.js';
import type { DataKind, OrderFact, PatientFacts } from './facts.js';
import { standing, toIntervention } from './interventions.js';
import { notes } from './notes.js';
import { painGenerators } from './pain-generators/pain-generators.js';
import type { Criterion, Policy } from './policy.js';
import { redFlags } from './red-flags.js';
import { sidesOf } from './sides.js';
import { toSteps } from './steps.js';

export interface PolicyInForce {
  readonly policy: Policy;
  /** SHA-256 of the policy as it is in force, site overrides included. */
  readonly sha256: string;
}

/** The evaluation, and for each of its orders why the steps stand as they do; cards choose their words by it. */
export interface Assessment {
  readonly evaluation: Evaluation;
  readonly rationales: readonly Rationale[];
}

/** Side by side: the decision, and each criterion's answer. */
export type Rationale = readonly {
  readonly side: Side | undefined;
  readonly decision: Decision;
  readonly answers: Answers;
}[];

/**
 * Holds the record against the pathway, order by order and side by side, as of the day on which the order was written.
 * @param today the day of the call, YYYY-MM-DD; used where the order does not say when it was written, or cannot have
 *   been written then
 */
export function evaluate(
  facts: PatientFacts,
  orders: readonly OrderFact[],
  { policy, sha256 }: PolicyInForce,
  today: string,
): Assessment {
  const sorted = inOrder(facts);
  const asOf = dayOfOrder(orders[0], today);
  const day = dayRange(asOf)?.first ?? 0;
  const judged = { facts: sorted, asOf: day, calledOn: Math.max(day, dayRange(today)?.last ?? day) };
  const assessed = orders.map((order) => evaluateOrder({ ...judged, order, side: undefined }, policy));
  const evaluation: Evaluation = {
    schemaVersion: '1',
    policy: { id: policy.id, version: policy.version, sha256 },
    asOf,
    orders: assessed.map(({ order }) => order),
    data: sorted.data,
    ...(sorted.excluded.length > 0 && { excluded: sorted.excluded }),
  };
  return { evaluation, rationales: assessed.map(({ rationale }) => rationale) };
}

/** Days: where the order is written it may be tomorrow already. */
const AHEAD = { value: 1, unit: 'd' } as const;
/** No record that is replayed reaches so far back; dates that stand for none (1900-01-01, 1970-01-01) do. */
const BEHIND = { value: 25, unit: 'a' } as const;

/** A date that no order of this call can have been written on says nothing, and would move every time limit. */
function dayOfOrder(order: OrderFact | undefined, today: string): string {
  const written = calendarDay(order?.authoredOn);
  const [day, now] = [written, today].map((one) => dayRange(one)?.first);
  if (written === undefined || day === undefined || now === undefined) return today;
  return day <= shiftDay(now, AHEAD, 1) && day >= shiftDay(now, BEHIND, -1) ? written : today;
}

/** The order in which resources came must never show: every list is sorted before anything is read from it. */
function inOrder(facts: PatientFacts): PatientFacts {
  return {
    ...facts,
    conditions: facts.conditions.toSorted(byDate),
    interventions: facts.interventions.toSorted(byDate),
    conservativeCare: facts.conservativeCare.toSorted(byStart),
    findings: facts.findings.toSorted(byDate),
    medications: facts.medications.toSorted(byStart),
    provocation: facts.provocation.toSorted(byDate),
    provocationCounts: facts.provocationCounts.toSorted(byDate),
    statements: facts.statements.toSorted(byDate),
  };
}

interface AssessedOrder {
  readonly order: OrderEvaluation;
  readonly rationale: Rationale;
}

/** @param whole the question without a side; the sides are judged one by one */
function evaluateOrder(whole: Question, policy: Policy): AssessedOrder {
  const rationale = sidesToJudge(whole.facts, whole.order, policy).map((side) => {
    const answers = answerAll({ ...whole, side }, policy);
    return { side, answers, decision: decide(answers, policy.decisions) };
  });
  return { rationale, order: toOrderEvaluation(whole, rationale, policy) };
}

function toOrderEvaluation(question: Question, rationale: Rationale, policy: Policy): OrderEvaluation {
  const { facts, order } = question;
  const byCriterion = new Map(
    policy.criteria.map(({ id }) => [id, rationale.flatMap(({ answers }) => answers.get(id) ?? [])] as const),
  );
  const interventions = standing(facts).map((fact) => toIntervention(fact, policy, question));
  return {
    reference: order.reference,
    ...(order.code && { code: order.code }),
    recognisedBy: order.recognisedBy,
    ...(order.coveredOrders.length > 0 && { coveredOrders: order.coveredOrders }),
    ...(order.laterality && { laterality: order.laterality }),
    ...decisionOf(rationale),
    steps: toSteps(
      policy.criteria,
      byCriterion,
      rationale.map(({ side }) => side),
    ),
    ...some('painGenerators', painGenerators(question, policy.painGenerators)),
    ...some('conflicts', conflicts(question, policy, byCriterion)),
    ...some('redFlags', redFlagsOf(question, policy)),
    ...some('interventions', interventions),
    ...some('notes', notes(question, policy.notes)),
    ...some('considerations', considerations(question, policy.considerations, byCriterion)),
    ...some(
      'wouldChange',
      wouldChange(
        rationale.map(({ answers }) => answers),
        policy,
        (kinds) => {
          const read = asIfRead(facts, kinds);
          return read && rationale.map(({ side }) => answerAll({ ...question, side, facts: read }, policy));
        },
      ),
    ),
  };
}

/** Undefined where all of these kinds were read whole: nothing would be another. */
function asIfRead(facts: PatientFacts, kinds: readonly DataKind[]): PatientFacts | undefined {
  const isUnread = ({ kind, state }: PatientFacts['data'][number]) =>
    kinds.includes(kind) && state !== 'complete';
  if (!facts.data.some(isUnread)) return undefined;
  const data = facts.data.map((one) => (isUnread(one) ? { ...one, state: 'complete' as const } : one));
  return { ...facts, data };
}

function decisionOf(rationale: Rationale): Pick<OrderEvaluation, 'decision' | 'decisionBySide'> {
  const decision = earliest(rationale.map((one) => one.decision));
  const differ = rationale.some((one) => one.decision !== decision);
  if (!differ) return { decision };
  return {
    decision,
    decisionBySide: rationale.flatMap((one) =>
      one.side ? [{ side: one.side, decision: one.decision }] : [],
    ),
  };
}

function some<K extends string, T>(name: K, items: readonly T[]): Partial<Record<K, readonly T[]>> {
  return items.length > 0 ? ({ [name]: items } as Record<K, readonly T[]>) : {};
}

/**
 * The sides to judge: those ordered; where the order names none, those that the record's own procedures name; else
 * one judgement without a side.
 */
function sidesToJudge(facts: PatientFacts, order: OrderFact, policy: Policy): readonly (Side | undefined)[] {
  const ordered = sidesOf(order.laterality);
  if (ordered.length > 0) return ordered;
  const targets = policy.criteria.flatMap((criterion) =>
    criterion.kind === 'block-relief' || criterion.kind === 'ablation-outcome'
      ? criterion.params.targets
      : [],
  );
  const recorded = standing(facts)
    .filter(({ kind }) => targets.includes(kind))
    .flatMap(({ laterality }) => sidesOf(laterality));
  const sides = (['left', 'right'] as const).filter((side) => recorded.includes(side));
  return sides.length > 0 ? sides : [undefined];
}

function answerAll(question: Question, policy: Policy): Answers {
  return new Map(policy.criteria.map((criterion) => [criterion.id, answer(question, criterion)]));
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

function redFlagsOf(question: Question, policy: Policy) {
  return policy.criteria.flatMap((criterion) =>
    criterion.kind === 'red-flags' ? redFlags(question, criterion.params) : [],
  );
}
