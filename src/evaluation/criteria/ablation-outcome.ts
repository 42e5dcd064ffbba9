import { byDate, dayRange, durationDays, formatDay, quantityDays, shiftDay } from '../dates.js';
import { nothingFound, unreadKinds, type CriterionResult, type Question } from '../criterion.js';
import type { InterventionFact } from '../facts.js';
import type { NotCounted, NotCountedReason } from '../evaluation.js';
import type { AblationOutcomeParams } from '../criterion-params.js';
import type { CriterionOfKind } from '../policy.js';
import { barred, chief, isUnsettled, lookedAt, setAsideFor, toldElsewhere } from './admission.js';

type Outcome = 'worked' | 'failed' | NotCountedReason;

/**
 * How one ablation is read: failed below the policy's relief (or relief that did not last), worked at or above it
 * for its duration; too recent to judge, or without a usable outcome, it is neither.
 */
export function ablationOutcome(
  fact: InterventionFact,
  params: AblationOutcomeParams,
  asOf: number,
): Outcome {
  if (fact.technique === 'pulsed') return 'not-ablation';
  const days = dayRange(fact.date);
  if (days !== undefined && asOf < shiftDay(days.first, params.judgedAfter, 1)) return 'too-recent';
  if (fact.relief === undefined) return isAncient(days, params, asOf) ? 'too-old' : 'outcome-unknown';
  if (fact.relief.ofIndexPain === false) return 'relief-at-other-site';
  if (fact.relief.low >= params.successfulRelief.value) return lasted(fact, params);
  const seen = durationDays(fact.reliefMeasuredAfter ?? fact.reliefToldAfter);
  return seen !== undefined && seen < quantityDays(params.judgedAfter) ? 'outcome-unknown' : 'failed';
}

function isAncient(days: ReturnType<typeof dayRange>, params: AblationOutcomeParams, asOf: number): boolean {
  return days !== undefined && days.last < shiftDay(asOf, params.outcomeExpectedWithin, -1);
}

/** Calendar months are 28 to 31 days: a relief of "three months" must not fail for a rounding. */
const ROUNDING_DAYS = 2;

function lasted(fact: InterventionFact, params: AblationOutcomeParams): Outcome {
  const needed = quantityDays(params.successfulDuration) - ROUNDING_DAYS;
  const duration = durationDays(fact.reliefDuration);
  if (duration !== undefined) return duration >= needed ? 'worked' : 'failed';
  const measured = durationDays(fact.reliefMeasuredAfter);
  return measured !== undefined && measured >= needed ? 'worked' : 'outcome-unknown';
}

interface Attempts {
  readonly failed: readonly InterventionFact[];
  readonly worked: readonly InterventionFact[];
  /** Carried out, but what came of it is not known, or not yet. */
  readonly unjudged: readonly NotCountedReason[];
  /** On the ordered side, and the record does not say whether they were carried out. */
  readonly unsettled: readonly InterventionFact[];
  readonly notCounted: readonly NotCounted[];
}

function sort(question: Question, params: AblationOutcomeParams): Attempts {
  const failed: InterventionFact[] = [];
  const worked: InterventionFact[] = [];
  const unjudged: NotCountedReason[] = [];
  const notCounted: NotCounted[] = [];
  const lookedAtAll = lookedAt(question.facts.interventions, params);
  for (const fact of lookedAtAll) {
    const bar = barred(fact, params, question.side);
    const outcome = bar ?? ablationOutcome(fact, params, question.asOf);
    if (outcome === 'failed') failed.push(fact);
    else if (outcome === 'worked') worked.push(fact);
    else {
      notCounted.push({ why: outcome, evidence: chief(fact) });
      if (bar === 'preliminary' || (bar === undefined && UNJUDGED.has(outcome))) unjudged.push(outcome);
    }
  }
  const unsettled = lookedAtAll.filter((fact) => isUnsettled(fact, question.side));
  return { failed, worked, unjudged, unsettled, notCounted };
}

const UNJUDGED: ReadonlySet<Outcome> = new Set(['too-recent', 'outcome-unknown', 'relief-at-other-site']);

/** What was done on one day is one attempt, also where each level is a record of its own; undated ones are apart. */
function sessions(ablations: readonly InterventionFact[]): number {
  const dated = ablations.flatMap(({ date }) => date?.slice(0, 10) ?? []);
  return new Set(dated).size + ablations.length - dated.length;
}

/** The last ablation that was judged worked. Facts come oldest first. */
function lastWorked({ failed, worked }: Attempts): InterventionFact | undefined {
  const last = worked.at(-1);
  const lastFailure = failed.at(-1);
  if (!last || !lastFailure) return last;
  return (last.date ?? '') >= (lastFailure.date ?? '') ? last : undefined;
}

/**
 * Ablation of the ordered side's own target, and what came of it. because: failed-enough, wore-off, still-working,
 * too-early-to-repeat, fewer-failed, too-recent, outcome-unknown, outcome-unread, status-unknown, notes-unread,
 * none-found, unread.
 * `attempts` counts those that failed.
 */
export function ablation(
  question: Question,
  criterion: CriterionOfKind<'ablation-outcome'>,
): CriterionResult {
  const { params } = criterion;
  const attempts = sort(question, params);
  const answer = judge(question, criterion, attempts);
  return {
    evidence: [...attempts.failed, ...attempts.worked].toSorted(byDate).flatMap((fact) => fact.evidence),
    notCounted: [...attempts.notCounted, ...setAsideFor(question.facts, params)],
    ...(attempts.worked.length > 0 && { also: ['worked-once'] }),
    attempts: { counted: sessions(attempts.failed), required: params.failedAttempts },
    ...answer,
    values: {
      counted: sessions(attempts.failed),
      required: params.failedAttempts,
      successfulRelief: params.successfulRelief.value,
      successfulDuration: params.successfulDuration.value,
      judgedAfter: params.judgedAfter.value,
      ...answer.values,
    },
  };
}

type Answer = Pick<CriterionResult, 'state' | 'because'> & { readonly values?: CriterionResult['values'] };

function judge(
  question: Question,
  criterion: CriterionOfKind<'ablation-outcome'>,
  attempts: Attempts,
): Answer {
  const { params } = criterion;
  if (attempts.unjudged.includes('too-recent')) return { state: 'unknown', because: 'too-recent' };
  const success = lastWorked(attempts);
  if (success) {
    const isLast = !attempts.unsettled.some(({ date }) => isNotBefore(date, success.date));
    return isLast
      ? afterSuccess(success, params, question.asOf)
      : { state: 'unknown', because: 'outcome-unknown' };
  }
  if (sessions(attempts.failed) >= params.failedAttempts) return { state: 'met', because: 'failed-enough' };
  return shortfall(question, criterion, attempts);
}

/** Fewer failed than are asked for, as far as was read. */
function shortfall(
  question: Question,
  criterion: CriterionOfKind<'ablation-outcome'>,
  { failed, unjudged, unsettled }: Attempts,
): Answer {
  const { params } = criterion;
  if (unreadKinds(question.facts, criterion.reads).length > 0) return { state: 'unknown', because: 'unread' };
  if (unjudged.length > 0) {
    const elsewhere = unreadKinds(question.facts, params.outcomeIn);
    return { state: 'unknown', because: elsewhere.length > 0 ? 'outcome-unread' : 'outcome-unknown' };
  }
  if (toldElsewhere(question.facts, params)) return { state: 'unknown', because: 'notes-unread' };
  if (unsettled.length > 0)
    return { state: 'unknown', because: failed.length > 0 ? 'outcome-unknown' : 'status-unknown' };
  if (failed.length > 0) return { state: 'not-met', because: 'fewer-failed' };
  const { state, because } = nothingFound(question, criterion);
  return { state, because };
}

/** An undated one may be of any day. */
function isNotBefore(date: string | undefined, other: string | undefined): boolean {
  const [one, two] = [dayRange(date), dayRange(other)];
  return one === undefined || two === undefined || one.last >= two.first;
}

function afterSuccess(success: InterventionFact, params: AblationOutcomeParams, asOf: number): Answer {
  const days = dayRange(success.date);
  const duration = durationDays(success.reliefDuration);
  if (days && duration !== undefined && days.last + duration > asOf)
    return { state: 'not-met', because: 'still-working' };
  const earliest = days && shiftDay(days.first, params.repeatAfter, 1);
  if (earliest !== undefined && asOf < earliest) {
    return { state: 'not-met', because: 'too-early-to-repeat', values: { earliest: formatDay(earliest) } };
  }
  return { state: 'not-met', because: 'wore-off' };
}
