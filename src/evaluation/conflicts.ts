import type { CriterionResult, Question, Values } from './criterion.js';
import type { Draft } from './draft.js';
import type { Evidence, Laterality } from './evidence.js';
import type { Conflict } from './evaluation.js';
import type { InterventionFact, ProvocationFact } from './facts.js';
import type { ConflictDefinition, Names, Policy } from './policy.js';
import { areApart } from './apart.js';
import { compare, isWithin } from './dates.js';
import { standing } from './interventions.js';
import { fill } from './sentences.js';
import { covers, shareSide, sidesOf } from './sides.js';
import { allOf } from '../lists.js';

interface Found {
  readonly evidence: readonly Evidence[];
  readonly values: Values;
}

type Of<K extends ConflictDefinition['id']> = Extract<ConflictDefinition, { id: K }>;

/** What does not line up. None of it changes a step; each is said with its evidence. */
export function conflicts(
  question: Question,
  { conflicts: definitions, names }: Policy,
  results: ReadonlyMap<string, readonly CriterionResult[]>,
): readonly Conflict[] {
  const named = { ...question, names };
  const stated: Conflict[] = [];
  for (const definition of definitions) {
    const found = look(named, definition, results);
    if (!found) continue;
    const conflict: Draft<Conflict> = { id: definition.id, reason: fill(definition.reason, found.values) };
    const [first, ...more] = found.evidence;
    if (first) conflict.evidence = [first, ...more];
    stated.push(conflict);
  }
  return stated;
}

type NamedQuestion = Question & { readonly names: Names };

function look(
  question: NamedQuestion,
  definition: ConflictDefinition,
  results: ReadonlyMap<string, readonly CriterionResult[]>,
): Found | undefined {
  switch (definition.id) {
    case 'diagnosis-mismatch':
      return diagnosisMismatch(question, definition);
    case 'discordant-block-response':
      return discordantResponse(question, definition);
    case 'limited-provocation-specificity':
      return limitedSpecificity(question, definition);
    case 'laterality-mismatch':
      return lateralityMismatch(question, definition);
    case 'conflicting-block-relief':
      return conflictingRelief(results.get(definition.params.criterion) ?? []);
    case 'status-contradicted-by-text':
      return contradicted(question, definition, 'contradictedByText');
    case 'side-contradicted':
      return contradicted(question, definition, 'sideContradicted');
  }
}

function diagnosisMismatch({ order }: Question, { params }: Of<'diagnosis-mismatch'>): Found | undefined {
  const fits = order.reasonConcepts.some((id) => params.fitting.includes(id));
  const misfits = order.reasonConcepts.some((id) => params.notFitting.includes(id));
  return misfits && !fits ? { evidence: order.reasonEvidence, values: {} } : undefined;
}

/** Whether something on `laterality` says anything of the ordered side or sides. */
function isOnOrderedSide({ order }: Question, laterality: Laterality | undefined): boolean {
  const sides = sidesOf(order.laterality);
  return sides.length === 0 || sides.some((side) => covers(laterality, side));
}

function carriedOut(question: Question): readonly InterventionFact[] {
  return question.facts.interventions.filter(
    (fact) => fact.status === 'completed' && !fact.contradictedByText,
  );
}

/** An injection that was carried out, with what it relieved of the pain the order is for. */
type Relieved = InterventionFact & { readonly relief: NonNullable<InterventionFact['relief']> };

function isRelieved(fact: InterventionFact): fact is Relieved {
  return fact.relief !== undefined && fact.relief.ofIndexPain !== false;
}

function discordantResponse(
  question: NamedQuestion,
  { params }: Of<'discordant-block-response'>,
): Found | undefined {
  const done = carriedOut(question)
    .filter(isRelieved)
    .filter(({ laterality }) => isOnOrderedSide(question, laterality));
  const positive = done.filter(
    ({ kind, relief }) => params.targets.includes(kind) && relief.low >= params.minimumRelief.value,
  );
  const differs = (yes: Relieved, no: Relieved) =>
    yes.kind !== no.kind &&
    shareSide(yes.laterality, no.laterality) &&
    yes.relief.low - no.relief.high >= params.difference.value;
  const weaker = done.filter(
    (no) => params.comparedWith.includes(no.kind) && positive.some((yes) => differs(yes, no)),
  );
  const no = weaker.at(-1);
  const yes = no && positive.findLast((one) => differs(one, no));
  if (!yes) return undefined;
  return {
    evidence: allOf([...positive, ...weaker], ({ evidence }) => evidence),
    values: {
      relief: reliefText(yes),
      otherRelief: reliefText(no),
      targetName: question.names.interventions[yes.kind],
      otherTargetName: question.names.interventions[no.kind],
      levels: no.levels.join(', '),
    },
  };
}

/** "80-90 %", "30 %". */
function reliefText({ relief }: Relieved): string {
  return relief.low === relief.high ? `${relief.low} %` : `${relief.low}-${relief.high} %`;
}

/** The last result of each test on the ordered side; a hip test is not one of them. */
function lastResults(
  question: Question,
  { notCounted, lookback }: Of<'limited-provocation-specificity'>['params'],
): readonly ProvocationFact[] {
  const tests = question.facts.provocation.filter(
    ({ test, date, laterality }) =>
      !notCounted.includes(test) &&
      isWithin(date, lookback, question.asOf) &&
      isOnOrderedSide(question, laterality),
  );
  const byTest = new Map<string, ProvocationFact>();
  for (const fact of tests) {
    const known = byTest.get(fact.test);
    const samePositive = known?.date === fact.date && known?.result === 'positive';
    if (!samePositive) byTest.set(fact.test, fact);
  }
  return [...byTest.values()].sort((a, b) => compare(a.test, b.test));
}

function limitedSpecificity(
  question: NamedQuestion,
  { params }: Of<'limited-provocation-specificity'>,
): Found | undefined {
  const results = lastResults(question, params);
  const count = question.facts.provocationCounts.findLast(({ date }) =>
    isWithin(date, params.lookback, question.asOf),
  );
  if (results.length === 0 && !count) return undefined;
  const named = results.filter(({ result }) => result === 'positive');
  const positive = Math.max(named.length, count?.positive ?? 0);
  if (positive > params.atMostPositive) return undefined;
  return {
    evidence: [...allOf(results, ({ evidence }) => evidence), ...(count?.evidence ?? [])],
    values: {
      positive,
      of: Math.max(count?.of ?? 0, results.length),
      specificity: params.specificityPercent,
      tests: named.map(({ test }) => question.names.tests[test]).join(', '),
    },
  };
}

/** The order names a side for which the record has nothing, while it has something for the other. */
function lateralityMismatch(question: Question, { params }: Of<'laterality-mismatch'>): Found | undefined {
  const ordered = sidesOf(question.order.laterality);
  const done = carriedOut(question).filter(
    ({ kind, laterality }) => params.targets.includes(kind) && laterality !== undefined,
  );
  const bare = ordered.filter((side) => !done.some(({ laterality }) => covers(laterality, side)));
  const recorded = done[0]?.laterality;
  if (bare.length === 0 || recorded === undefined) return undefined;
  return {
    evidence: allOf(done, ({ evidence }) => evidence),
    values: { ordered: question.order.laterality ?? '', recorded },
  };
}

function conflictingRelief(results: readonly CriterionResult[]): Found | undefined {
  const conflicting = results.filter(({ also }) => also?.includes('contradicted'));
  if (conflicting.length === 0) return undefined;
  const against = allOf(
    allOf(conflicting, ({ notCounted }) => notCounted),
    ({ why, evidence }) => (why === 'negative-relief' ? [evidence] : []),
  );
  const evidence = new Map(
    [...allOf(conflicting, (result) => result.evidence), ...against].map((one) => [one.reference, one]),
  );
  return { evidence: [...evidence.values()], values: {} };
}

function contradicted(
  { facts }: Question,
  { params }: Of<'status-contradicted-by-text' | 'side-contradicted'>,
  by: 'contradictedByText' | 'sideContradicted',
): Found | undefined {
  const evidence = allOf(
    standing(facts)
      .filter(({ kind }) => params.targets.includes(kind))
      .filter((fact) => fact[by] && isSaidDone(fact, facts.interventions)),
    (fact) => fact.evidence,
  );
  return evidence.length > 0 ? { evidence, values: {} } : undefined;
}

/** A note that tells of an ablation as ended contradicts nothing, unless a record says that one of that time was done. */
function isSaidDone(fact: InterventionFact, all: readonly InterventionFact[]): boolean {
  return all.some(
    (one) => one.kind === fact.kind && one.status === 'completed' && !areApart(one, fact, AT_ALL),
  );
}

const AT_ALL = { value: 0, unit: 'd' } as const;
