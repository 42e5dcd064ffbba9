import { dayRange, durationDays, isAfter, quantityDays, shiftDay } from '../dates.js';
import { nothingFound, unreadKinds, type CriterionResult, type Question } from '../criterion.js';
import type { InterventionFact } from '../facts.js';
import type { NotCounted, NotCountedReason } from '../evaluation.js';
import type { BlockReliefParams } from '../criterion-params.js';
import type { CriterionOfKind } from '../policy.js';
import { certainlyApart } from '../apart.js';
import { groupBy } from '../grouping.js';
import { allOf } from '../../lists.js';
import { isAlone } from './not-alone.js';
import { barred, chief, isSideless, isUnsettled, lookedAt, setAsideFor, toldElsewhere } from './admission.js';

type Outcome = 'positive' | NotCountedReason;

/** How one block is read, before sides and sessions: by the low end of its relief. */
export function blockOutcome(fact: InterventionFact, params: BlockReliefParams): Outcome {
  if (fact.relief === undefined) return 'relief-not-recorded';
  if (fact.relief.ofIndexPain === false) return 'relief-at-other-site';
  if (isTherapeutic(fact, params)) return 'therapeutic-not-diagnostic';
  const { low, high, isBound } = fact.relief;
  const [outcome, atBest] = [ofPercent(low, params), ofPercent(high, params)];
  if (isBound && outcome !== atBest) return 'relief-not-recorded';
  // Told as enough and as next to nothing: no range of one answer, but two answers, and neither is known to hold.
  return outcome === 'negative-relief' && atBest === 'positive' ? 'outcome-contradicted' : outcome;
}

function ofPercent(percent: number, { minimumRelief, equivocalRelief }: BlockReliefParams): Outcome {
  if (percent >= minimumRelief.value) return 'positive';
  return percent >= equivocalRelief.value ? 'equivocal-relief' : 'negative-relief';
}

/** A steroid was given, or may have been, and the relief was not seen in the anaesthetic's own time. */
function isTherapeutic(fact: InterventionFact, params: BlockReliefParams): boolean {
  const measured = durationDays(fact.reliefMeasuredAfter);
  const maybe = fact.drug === undefined && params.mostlySteroid.includes(fact.kind) && measured !== undefined;
  if (fact.drug !== 'steroid' && !maybe) return false;
  const seen = [durationDays(fact.reliefDuration), measured];
  return !seen.some((days) => days !== undefined && days <= quantityDays(params.anaestheticPhase));
}

function tooOld(fact: InterventionFact, params: BlockReliefParams, asOf: number): boolean {
  const days = dayRange(fact.date);
  return days !== undefined && days.last < shiftDay(asOf, params.lookback, -1);
}

/** The first day of each operation on the nerves of this side that the blocks test. */
function cutsOf({ facts, side }: Question, { outdatedBy }: BlockReliefParams): readonly number[] {
  const kinds = { targets: outdatedBy, otherTargets: [] };
  return allOf(
    facts.interventions.filter(
      (fact) => outdatedBy.includes(fact.kind) && barred(fact, kinds, side) === undefined,
    ),
    ({ date }) => dayRange(date)?.first ?? [],
  );
}

interface Sorted {
  readonly positive: readonly InterventionFact[];
  readonly notCounted: readonly (NotCounted & { readonly fact: InterventionFact })[];
}

function sort(question: Question, params: BlockReliefParams): Sorted {
  const positive: InterventionFact[] = [];
  const notCounted: (NotCounted & { fact: InterventionFact })[] = [];
  const lastCut = Math.max(...cutsOf(question, params));
  // One of its very day was given for the operation, or before it.
  const isOutdated = ({ date }: InterventionFact) => (dayRange(date)?.last ?? Infinity) <= lastCut;
  for (const fact of lookedAt(question.facts.interventions, params)) {
    const why =
      barred(fact, params, question.side) ??
      (isAfter(fact.date, question.calledOn) ? 'too-recent' : undefined) ??
      (tooOld(fact, params, question.asOf) ? 'too-old' : undefined) ??
      (isOutdated(fact) ? 'before-neurectomy' : blockOutcome(fact, params));
    if (why !== 'positive') notCounted.push({ why, evidence: chief(fact), fact });
    else if (isAlone(fact, question, params)) positive.push(fact);
    else notCounted.push({ why: 'not-alone', evidence: chief(fact), fact });
  }
  return { positive, notCounted };
}

/** Days with a positive block of one kind and days with a negative one: the same question answered both ways. */
export function contradicting(
  positive: readonly InterventionFact[],
  negative: readonly InterventionFact[],
): readonly InterventionFact[] {
  const against = negative.filter((no) => positive.some((yes) => yes.kind === no.kind));
  return [...positive.filter((yes) => against.some((no) => no.kind === yes.kind)), ...against];
}

/** Sessions of which it is certain that they are different ones. Undated ones are one together. */
function sessions(blocks: readonly InterventionFact[], params: BlockReliefParams): number {
  return certainlyApart(blocks, params.sessionsApart);
}

function sessionOf({ date }: InterventionFact): string {
  return date?.slice(0, 10) ?? '';
}

/** Nothing disagrees, or a further block has settled it: of each kind most sessions and the last were positive. */
function isSettled(
  contradictions: readonly InterventionFact[],
  positive: readonly InterventionFact[],
  params: BlockReliefParams,
): boolean {
  const byKind = groupBy(contradictions, ({ kind }) => kind);
  return [...byKind.values()].every((blocks) => {
    const [yes, no] = [
      blocks.filter((block) => positive.includes(block)),
      blocks.filter((block) => !positive.includes(block)),
    ];
    const last = (of: readonly InterventionFact[]) => of.map(sessionOf).sort().at(-1) ?? '';
    return sessions(yes, params) > sessions(no, params) && last(yes) > last(no);
  });
}

/**
 * Relief after a block of the ordered side's own target. because: positive, conflicting, insufficient-relief,
 * preliminary, relief-not-recorded, relief-unread, relief-elsewhere, not-alone, status-unknown, notes-unread,
 * other-side-only, none-found, unread. also: contradicted, negative; brief and side-not-told (all positive ones).
 * `attempts` counts sessions with positive relief.
 */
export function blockRelief(question: Question, criterion: CriterionOfKind<'block-relief'>): CriterionResult {
  const { params } = criterion;
  const { positive, notCounted } = sort(question, params);
  const named = (why: NotCountedReason) =>
    notCounted.filter((entry) => entry.why === why).map(({ fact }) => fact);
  const negative = named('negative-relief');
  const counted = sessions(positive, params);
  const common = {
    notCounted: [
      ...notCounted.map(({ why, evidence }) => ({ why, evidence })),
      ...setAsideFor(question.facts, params),
    ],
    ...countOf(counted, params),
  };
  const contradictions = contradicting(positive, negative);
  const also = alsoTrue(contradictions, negative, ofAll(positive, question, params));
  if (!isSettled(contradictions, positive, params)) {
    return {
      ...common,
      ...also,
      state: 'unknown',
      because: 'conflicting',
      evidence: allOf(contradictions, evidenceOf),
    };
  }
  const evidence = allOf(positive, evidenceOf);
  if (counted >= params.minimumPositive) {
    return { ...common, ...also, state: 'met', because: 'positive', evidence };
  }
  return { ...common, ...also, ...shortfall(question, criterion, named), evidence };
}

/** Whether its relief is recorded as ending before an anaesthetic does; one whose duration is not recorded is not. */
function isBriefBy({ briefRelief }: BlockReliefParams) {
  return ({ reliefDuration }: InterventionFact) => {
    const days = durationDays(reliefDuration);
    return days !== undefined && Math.round(days * MINUTES_PER_DAY) < briefRelief.value;
  };
}
const MINUTES_PER_DAY = 1440;

/** What is true of every positive block. An order without a side asks for none. */
function ofAll(
  positive: readonly InterventionFact[],
  { order, side }: Question,
  params: BlockReliefParams,
): readonly string[] {
  if (positive.length === 0) return [];
  const isSideUntold = order.laterality !== undefined && positive.every((fact) => isSideless(fact, side));
  return [
    ...(positive.every(isBriefBy(params)) ? ['brief'] : []),
    ...(isSideUntold ? ['side-not-told'] : []),
  ];
}

function alsoTrue(
  contradictions: readonly InterventionFact[],
  negative: readonly InterventionFact[],
  positive: readonly string[],
): Pick<CriterionResult, 'also'> {
  const also = [
    ...positive,
    ...(contradictions.length > 0 ? ['contradicted'] : []),
    ...(negative.length > 0 ? ['negative'] : []),
  ];
  return also.length > 0 ? { also } : {};
}

function countOf(counted: number, params: BlockReliefParams): Pick<CriterionResult, 'attempts' | 'values'> {
  return {
    attempts: { counted, required: params.minimumPositive },
    values: {
      counted,
      required: params.minimumPositive,
      recommended: params.recommendedPositive,
      minimumRelief: params.minimumRelief.value,
    },
  };
}

function shortfall(
  question: Question,
  criterion: CriterionOfKind<'block-relief'>,
  named: (why: NotCountedReason) => readonly InterventionFact[],
): Pick<CriterionResult, 'state' | 'because'> {
  const { params, reads } = criterion;
  const insufficient = { state: 'not-met', because: 'insufficient-relief' } as const;
  const isEquivocal = named('equivocal-relief').length > 0;
  if (unreadKinds(question.facts, reads).length > 0) return { state: 'unknown', because: 'unread' };
  // A positive one elsewhere would only contradict it.
  if (named('negative-relief').length > 0) return insufficient;
  if (named('outcome-contradicted').length > 0) return { state: 'unknown', because: 'conflicting' };
  if (named('preliminary').length > 0) return { state: 'unknown', because: 'preliminary' };
  if (!isEquivocal && named('relief-not-recorded').length > 0) {
    const elsewhere = unreadKinds(question.facts, params.outcomeIn);
    return { state: 'unknown', because: elsewhere.length > 0 ? 'relief-unread' : 'relief-not-recorded' };
  }
  if (toldElsewhere(question.facts, params)) return { state: 'unknown', because: 'notes-unread' };
  if (named('not-alone').length > 0) return { state: 'unknown', because: 'not-alone' };
  if (isEquivocal) return insufficient;
  if (named('relief-at-other-site').length > 0) return { state: 'unknown', because: 'relief-elsewhere' };
  const unsettled = named('status-unknown').filter((fact) => isUnsettled(fact, question.side));
  if (unsettled.length > 0) return { state: 'unknown', because: 'status-unknown' };
  const { state, because } = nothingFound(question, criterion);
  return { state, because: isOfOtherSideOnly(named) ? 'other-side-only' : because };
}

/** Reasons that a block which was given, or may have been, on the side in question does not count. */
const OF_OWN_SIDE: readonly NotCountedReason[] = [
  'too-old',
  'too-recent',
  'before-neurectomy',
  'therapeutic-not-diagnostic',
  'side-contradicted',
  'status-contradicted-by-text',
];

function isOfOtherSideOnly(named: (why: NotCountedReason) => readonly InterventionFact[]): boolean {
  return named('wrong-side').length > 0 && OF_OWN_SIDE.every((why) => named(why).length === 0);
}

function evidenceOf(fact: InterventionFact) {
  return fact.evidence;
}
