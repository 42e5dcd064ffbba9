import type { CriterionResult, Question, Values } from './criterion.js';
import { calendarDay, dayRange, isLater, isWithin, shiftDay } from './dates.js';
import { distinctEvidence, type Evidence, type Laterality } from './evidence.js';
import type { Consideration } from './evaluation.js';
import type { ConditionFact, InterventionFact, PatientFacts, StatementFact } from './facts.js';
import { shareOne } from './grouping.js';
import { allOf } from '../lists.js';
import { isTrueOf } from './decide.js';
import { standing } from './interventions.js';
import type { ConsiderationDefinition } from './policy.js';
import { fill } from './sentences.js';
import { coversAll, joinAll, shareSide } from './sides.js';

interface WithEvidence {
  readonly evidence: readonly Evidence[];
}

/**
 * What has to be weighed before anything is proposed, and changes no step: a refusal, a device, pain of a few weeks.
 * @param results each criterion's answers, side by side
 */
export function considerations(
  question: Question,
  definitions: readonly ConsiderationDefinition[],
  results: ReadonlyMap<string, readonly CriterionResult[]>,
): readonly Consideration[] {
  const stated: Consideration[] = [];
  for (const definition of definitions) {
    const { sources, values } = found(question, definition);
    const answers = answersOf(definition, results);
    const shown = answered(question, definition, answers);
    if (sources.length + shown.length === 0) continue;
    const [first, ...more] = distinctEvidence([...allOf(sources, ({ evidence }) => evidence), ...shown]);
    const { id, sentence } = definition;
    if (first)
      stated.push({
        id,
        reason: fill(sentence, { ...values, ...answers[0]?.values }),
        evidence: [first, ...more],
      });
  }
  return stated;
}

/** The answers, side by side, of which what is asked about is true. */
function answersOf(
  { answer }: ConsiderationDefinition,
  results: ReadonlyMap<string, readonly CriterionResult[]>,
): readonly CriterionResult[] {
  if (!answer) return [];
  return (results.get(answer.criterion) ?? []).filter((one) => isTrueOf(one, answer.is));
}

/** What shows that it is true of them, on any side. */
function answered(
  { asOf }: Question,
  { answer, lookback }: ConsiderationDefinition,
  answers: readonly CriterionResult[],
): readonly Evidence[] {
  return allOf(answers, ({ shownBy, evidence }) => shownBy?.[answer?.is ?? ''] ?? evidence).filter(
    ({ date }) => lookback === undefined || isWithin(date, lookback, asOf),
  );
}

function found(
  question: Question,
  definition: ConsiderationDefinition,
): { readonly sources: readonly WithEvidence[]; readonly values: Values } {
  const { facts, asOf, order } = question;
  const { conditions: wanted } = definition;
  const conditions = wanted ? facts.conditions.filter(({ concepts }) => shareOne(concepts, wanted)) : [];
  const { possible: open = [], lookback } = definition;
  const possible = (facts.possible ?? []).filter(
    ({ concepts, visit, date }) =>
      shareOne(concepts, open) && (lookback === undefined || isWithin(visit ?? date, lookback, asOf)),
  );
  const recent = recentOnset(question, definition);
  return {
    sources: [
      ...conditions,
      ...possible,
      ...notTakenBack(question, definition),
      ...relieved(question, definition),
      ...(recent ? [recent] : []),
      ...(definition.orderSidesDiffer && order.otherSideReason
        ? [{ evidence: [order.otherSideReason] }]
        : []),
    ],
    values: { onset: recent?.onset?.slice(0, 10) ?? '' },
  };
}

/** Injections that relieved enough to make what they reached a source of the pain, alone or together with another. */
function relieved(
  question: Question,
  { relieved: wanted, lookback }: ConsiderationDefinition,
): readonly InterventionFact[] {
  if (!wanted) return [];
  const { facts, asOf, order } = question;
  const given = facts.interventions.filter(
    ({ status, contradictedByText, sideContradicted, laterality, date }) =>
      status === 'completed' &&
      !contradictedByText &&
      !sideContradicted &&
      shareSide(laterality, order.laterality) &&
      (lookback === undefined || isWithin(date, lookback, asOf)),
  );
  const isEnough = ({ relief }: InterventionFact): boolean =>
    relief !== undefined && relief.ofIndexPain !== false && relief.low >= wanted.atLeast.value;
  return allOf(
    given.filter(({ kind }) => wanted.by.includes(kind)),
    (fact) => {
      if (fact.relief) return isEnough(fact) ? [fact] : [];
      const together = given.filter((other) => isEnough(other) && isGivenTogether(fact, other));
      return together.length > 0 ? [fact, ...together] : [];
    },
  );
}

/** On one day and side: what the one is recorded to have relieved, the other may have. */
function isGivenTogether(one: InterventionFact, other: InterventionFact): boolean {
  const day = calendarDay(one.date);
  return day !== undefined && day === calendarDay(other.date) && shareSide(one.laterality, other.laterality);
}

/** Statements that still stand: nothing recorded later takes them back. */
function notTakenBack(
  { facts, asOf, order }: Question,
  { statements, lookback, takenBackBy }: ConsiderationDefinition,
): readonly StatementFact[] {
  const said = statements ? facts.statements.filter(({ id }) => statements.includes(id)) : [];
  if (said.length === 0) return said;
  const others = takenBackBy ? thatTakeBack(takenBackBy, facts) : [];
  return said.filter(
    (one) =>
      shareSide(one.laterality, order.laterality) &&
      (one.stands === true || lookback === undefined || isWithin(one.date, lookback, asOf)) &&
      !isTakenBack(one, others, order.laterality),
  );
}

/** Whether later records take it back on every side that it and the order have in common; its own record does not. */
function isTakenBack(
  { date, laterality, evidence: [{ reference }] }: StatementFact,
  others: readonly Later[],
  ordered: Laterality | undefined,
): boolean {
  const later = others.filter((one) => one.reference !== reference && isLater(one.date, date));
  const common =
    laterality === undefined || laterality === 'bilateral' ? (ordered ?? laterality) : laterality;
  const sides = later.map((one) => one.laterality);
  return sides.includes(undefined) || (sides.length > 0 && coversAll(joinAll(sides), common));
}

interface Later {
  readonly reference: string;
  readonly date?: string | undefined;
  readonly laterality?: Laterality | undefined;
}

/** What takes a statement back, and when it was said, done or planned. */
function thatTakeBack(
  { statements, procedures, care: kinds }: NonNullable<ConsiderationDefinition['takenBackBy']>,
  facts: PatientFacts,
): readonly Later[] {
  const [said, done] = [
    facts.statements.filter(({ id }) => statements.includes(id)),
    facts.interventions.filter(
      ({ kind, status }) => procedures.includes(kind) && (status === 'completed' || status === 'planned'),
    ),
  ];
  const care = facts.conservativeCare.filter((one) => kinds.includes(one.care) && one.status === 'done');
  return [
    ...[...said, ...done].map(({ date, laterality, evidence: [{ reference }] }) => ({
      reference,
      date,
      laterality,
    })),
    ...care.map(({ start, end, evidence: [{ reference, date }] }) => ({
      reference,
      date: end ?? start ?? date,
    })),
  ];
}

/** The condition whose onset is recorded within the span, where nothing dated earlier tells of the same pain. */
function recentOnset(
  { facts, asOf }: Question,
  { onset: wanted }: ConsiderationDefinition,
): ConditionFact | undefined {
  if (!wanted) return undefined;
  const pains = facts.conditions.filter(({ concepts }) => shareOne(concepts, wanted.of));
  if (pains.length === 0) return undefined;
  const limit = shiftDay(asOf, wanted.within, -1);
  const isEarlier = (date: string | undefined) => (dayRange(date)?.first ?? asOf) <= limit;
  const earlier = [
    ...pains.map(({ date }) => date),
    ...facts.conditions
      .filter(({ concepts }) => shareOne(concepts, wanted.alsoOf))
      .map(({ date }) => date ?? ''),
    ...standing(facts).map(({ date }) => date),
    ...facts.conservativeCare
      .filter(({ status }) => status !== 'entered-in-error')
      .map(({ start, evidence: [{ date }] }) => start ?? date),
    ...facts.provocation.map(({ date }) => date),
  ].some((date) => date === '' || isEarlier(date));
  const isCalledChronic = facts.statements.some(({ id }) => wanted.unless.includes(id));
  const isLong = facts.conditions.some(({ concepts }) => shareOne(concepts, wanted.unlessConditions));
  if (earlier || isCalledChronic || isLong) return undefined;
  return pains.find(({ onset }) => onset !== undefined && (dayRange(onset)?.last ?? limit) <= asOf);
}
