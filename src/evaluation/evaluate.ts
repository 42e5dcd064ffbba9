import { answerSides } from './answers.js';
import { conflicts } from './conflicts.js';
import { considerations } from './considerations.js';
import type { Question } from './criterion.js';
import { byDate, byStart, calendarDay, dayRange, shiftDay } from './dates.js';
import { decide, earliest, wouldChange, type Answers } from './decide.js';
import type { Side } from './evidence.js';
import type { Decision, Evaluation, OrderEvaluation } from './evaluation.js';
import type { ConditionFact, DataKind, OrderFact, PatientFacts } from './facts.js';
import { standing, toIntervention } from './interventions.js';
import { notes } from './notes.js';
import { painGenerators } from './pain-generators/pain-generators.js';
import type { Policy } from './policy.js';
import { redFlags } from './red-flags.js';
import { sidesOf } from './sides.js';
import { toSteps } from './steps.js';
import { allOf } from '../lists.js';

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
  const asOf = dayOfOrder(orders[0], today);
  const day = dayRange(asOf)?.first ?? 0;
  const sorted = withoutEnded(inOrder(facts), day);
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
    ...(facts.possible && { possible: facts.possible.toSorted(byDate) }),
    interventions: facts.interventions.toSorted(byDate),
    conservativeCare: facts.conservativeCare.toSorted(byStart),
    findings: facts.findings.toSorted(byDate),
    medications: facts.medications.toSorted(byStart),
    provocation: facts.provocation.toSorted(byDate),
    provocationCounts: facts.provocationCounts.toSorted(byDate),
    statements: facts.statements.toSorted(byDate),
  };
}

/** What has ended by the day that the record is judged at is set aside; an end that is to come ends nothing yet. */
function withoutEnded(facts: PatientFacts, day: number): PatientFacts {
  const hasEnded = ({ ends }: ConditionFact) => ends !== undefined && (dayRange(ends)?.first ?? day) <= day;
  const { conditions, possible = [] } = facts;
  const ended = [...conditions, ...possible].filter(hasEnded);
  if (ended.length === 0) return facts;
  const why = 'resolved' as const;
  return {
    ...facts,
    conditions: conditions.filter((condition) => !hasEnded(condition)),
    possible: possible.filter((condition) => !hasEnded(condition)),
    excluded: [
      ...facts.excluded,
      ...ended.map(({ evidence: [{ reference }] }) => ({ why, evidence: { reference } })),
    ],
  };
}

interface AssessedOrder {
  readonly order: OrderEvaluation;
  readonly rationale: Rationale;
}

/** @param whole the question without a side; the sides are judged one by one */
function evaluateOrder(whole: Question, policy: Policy): AssessedOrder {
  const sides = sidesToJudge(whole.facts, whole.order, policy);
  const rationale = answerSides(whole, sides, policy).map((answers, index) => ({
    side: sides[index],
    answers,
    decision: decide(answers, policy.decisions),
  }));
  return { rationale, order: toOrderEvaluation(whole, rationale, policy) };
}

function toOrderEvaluation(question: Question, rationale: Rationale, policy: Policy): OrderEvaluation {
  const { facts, order } = question;
  const byCriterion = new Map(
    policy.criteria.map(({ id }) => [id, allOf(rationale, ({ answers }) => answers.get(id) ?? [])] as const),
  );
  const sides = rationale.map(({ side }) => side);
  const answers = rationale.map((one) => one.answers);
  const answersIfRead = (kinds: readonly DataKind[]): readonly Answers[] | undefined => {
    const read = asIfRead(facts, kinds);
    return read && answerSides({ ...question, facts: read }, sides, policy);
  };
  return {
    ...ofOrder(order),
    ...decisionOf(rationale),
    steps: toSteps(policy.criteria, byCriterion, sides),
    ...withoutEmpty({
      painGenerators: painGenerators(question, policy.painGenerators),
      conflicts: conflicts(question, policy, byCriterion),
      redFlags: redFlagsOf(question, policy),
      interventions: standing(facts).map((fact) => toIntervention(fact, policy, question)),
      notes: notes(question, policy.notes),
      considerations: considerations(question, policy.considerations, byCriterion),
      wouldChange: wouldChange(answers, policy, answersIfRead),
    }),
  };
}

/** What the evaluation of an order repeats of it. */
function ofOrder(order: OrderFact): Omit<OrderEvaluation, 'decision' | 'steps'> {
  const { reference, code, recognisedBy, coveredOrders, laterality } = order;
  return {
    reference,
    ...(code && { code }),
    recognisedBy,
    ...(coveredOrders.length > 0 && { coveredOrders }),
    ...(laterality && { laterality }),
  };
}

/** Of what is not there nothing is said. */
function withoutEmpty<T extends Readonly<Record<string, readonly unknown[]>>>(lists: T): Partial<T> {
  return Object.fromEntries(Object.entries(lists).filter(([, items]) => items.length > 0)) as Partial<T>;
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
    decisionBySide: allOf(rationale, (one) => (one.side ? [{ side: one.side, decision: one.decision }] : [])),
  };
}

/**
 * The sides to judge: those ordered; where the order names none, those that the record's own procedures name; else
 * one judgement without a side.
 */
function sidesToJudge(facts: PatientFacts, order: OrderFact, policy: Policy): readonly (Side | undefined)[] {
  const ordered = sidesOf(order.laterality);
  if (ordered.length > 0) return ordered;
  const targets = allOf(policy.criteria, (criterion) =>
    criterion.kind === 'block-relief' || criterion.kind === 'ablation-outcome'
      ? criterion.params.targets
      : [],
  );
  const recorded = allOf(
    standing(facts).filter(({ kind }) => targets.includes(kind)),
    ({ laterality }) => sidesOf(laterality),
  );
  const sides = (['left', 'right'] as const).filter((side) => recorded.includes(side));
  return sides.length > 0 ? sides : [undefined];
}

function redFlagsOf(question: Question, policy: Policy) {
  return allOf(policy.criteria, (criterion) =>
    criterion.kind === 'red-flags' ? redFlags(question, criterion.params) : [],
  );
}
