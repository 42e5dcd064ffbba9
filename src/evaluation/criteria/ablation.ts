import { areApart } from '../apart.js';
import { byDate, dayRange, durationDays, formatDay, isLater, shiftDay, type TimeSpan } from '../dates.js';
import { nothingFound, unreadKinds, type CriterionResult, type Question } from '../criterion.js';
import type { AblationOutcomeParams } from '../criterion-params.js';
import type { Evidence } from '../evidence.js';
import type { NotCountedReason } from '../evaluation.js';
import type { InterventionFact, StatementFact } from '../facts.js';
import type { CriterionOfKind } from '../policy.js';
import {
  contested,
  countFailed,
  countTold,
  lastWorked,
  sortAttempts,
  type Attempts,
} from './ablation-attempts.js';
import { chief, setAsideFor, toldElsewhere } from './admission.js';
import { allOf } from '../../lists.js';

/**
 * Ablation of the ordered side's own target, and what came of it. because: failed-enough, wore-off, still-working,
 * too-early-to-repeat, fewer-failed, may-be-one, conflicting, side-unknown, too-recent, outcome-unknown,
 * preliminary, called-failed, outcome-unread, status-unknown, target-not-told, too-old, notes-unread, none-found,
 * unread.
 * also: worked-once, not-carried-through (none carried out since).
 * `attempts` counts those that failed, of which it is certain that they are different ones.
 */
export function ablation(
  question: Question,
  criterion: CriterionOfKind<'ablation-outcome'>,
): CriterionResult {
  const { params } = criterion;
  const attempts = sortAttempts(question, params);
  const answer = judge(question, criterion, attempts);
  const { cited, beside } =
    answer.because === 'target-not-told'
      ? { cited: withoutTarget(question, params), beside: [] }
      : shown(attempts, answer, params);
  const counted = countFailed(attempts, params);
  return {
    evidence: allOf<InterventionFact | StatementFact, Evidence>(
      cited.toSorted(byDate),
      (fact) => fact.evidence,
    ),
    notCounted: [...beside, ...attempts.notCounted, ...setAsideFor(question.facts, params)],
    ...alsoTrue(attempts, answer),
    attempts: { counted, required: params.failedAttempts },
    state: answer.state,
    because: answer.because,
    values: {
      counted,
      told: countTold(attempts),
      required: params.failedAttempts,
      successfulRelief: params.successfulRelief.value,
      successfulDuration: params.successfulDuration.value,
      judgedAfter: params.judgedAfter.value,
      outcomeExpectedWithin: params.outcomeExpectedWithin.value,
      ...answer.values,
    },
  };
}

/** Once the step is met, one that was not carried through changes nothing. */
function alsoTrue(
  { worked, broken }: Attempts,
  { state }: Answer,
): Pick<CriterionResult, 'also' | 'shownBy'> {
  const isBroken = broken.length > 0 && state !== 'met';
  const also = [...(worked.length > 0 ? ['worked-once'] : []), ...(isBroken ? ['not-carried-through'] : [])];
  return {
    ...(also.length > 0 && { also }),
    ...(isBroken && { shownBy: { 'not-carried-through': allOf(broken, ({ evidence }) => evidence) } }),
  };
}

type Answer = Pick<CriterionResult, 'state' | 'because'> & { readonly values?: CriterionResult['values'] };

const AFTER_SUCCESS: ReadonlySet<string> = new Set(['wore-off', 'still-working', 'too-early-to-repeat']);
const AFTER_FAILURE: ReadonlySet<string> = new Set(['failed-enough', 'fewer-failed', 'may-be-one']);

/** What the answer rests on, and what stands beside it: a success is never cited for failures, nor they for it. */
function shown(attempts: Attempts, { because }: Answer, params: AblationOutcomeParams) {
  const { failed, worked } = attempts;
  const besides = (why: NotCountedReason, facts: readonly InterventionFact[]) =>
    facts.map((fact) => ({ why, evidence: chief(fact) }));
  if (because === 'conflicting') return { cited: contested(attempts, params), beside: [] };
  if (AFTER_SUCCESS.has(because)) return { cited: worked, beside: besides('failed-too', failed) };
  if (AFTER_FAILURE.has(because)) return { cited: failed, beside: besides('worked-before', worked) };
  return { cited: [...failed, ...worked], beside: [] };
}

/** What notes tell of an ablation without its target, where no ablation of the record may be meant. */
function withoutTarget({ facts }: Question, params: AblationOutcomeParams): readonly StatementFact[] {
  const known = facts.interventions.filter(
    ({ kind, status }) =>
      status === 'completed' && [...params.targets, ...params.otherTargets].includes(kind),
  );
  return facts.statements.filter(
    ({ id, date, eventDate }) =>
      params.withoutTarget.includes(id) &&
      !known.some((fact) =>
        mayBeMeant(fact, { ...(date && { date }), ...(eventDate && { eventDate }) }, params.attemptsApart),
      ),
  );
}

/** By the dates that are given: of no other day, and not done only after it was told of. */
function mayBeMeant(
  done: InterventionFact,
  { date, eventDate }: Pick<StatementFact, 'date' | 'eventDate'>,
  least: TimeSpan,
): boolean {
  return !isLater(done.date, date) && !areApart({ ...(eventDate && { date: eventDate }) }, done, least);
}

function judge(
  question: Question,
  criterion: CriterionOfKind<'ablation-outcome'>,
  attempts: Attempts,
): Answer {
  const { params } = criterion;
  if (attempts.unjudged.includes('too-recent')) return { state: 'unknown', because: 'too-recent' };
  const doubted = contested(attempts, params);
  const failed = attempts.failed.filter((fact) => !doubted.includes(fact));
  const isEnough = countFailed({ failed }, params) >= params.failedAttempts;
  if (doubted.length > 0 && !isEnough) return { state: 'unknown', because: 'conflicting' };
  const success = lastWorked(attempts);
  if (success) {
    const isLast = !attempts.unsettled.some(({ date }) => isNotBefore(date, success.date));
    return isLast
      ? afterSuccess(success, params, question.asOf)
      : { state: 'unknown', because: 'outcome-unknown' };
  }
  if (isEnough) return { state: 'met', because: 'failed-enough' };
  return shortfall(question, criterion, attempts);
}

/** Fewer failed than are asked for, as far as was read. */
function shortfall(
  question: Question,
  criterion: CriterionOfKind<'ablation-outcome'>,
  attempts: Attempts,
): Answer {
  const { params } = criterion;
  const { failed, unjudged, unsettled } = attempts;
  if (unreadKinds(question.facts, criterion.reads).length > 0) return { state: 'unknown', because: 'unread' };
  if (unjudged.length > 0) return { state: 'unknown', because: whyUnjudged(question, attempts, params) };
  if (toldElsewhere(question.facts, params)) return { state: 'unknown', because: 'notes-unread' };
  if (unsettled.length > 0)
    return { state: 'unknown', because: failed.length > 0 ? 'outcome-unknown' : 'status-unknown' };
  if (countTold(attempts) >= params.failedAttempts) return { state: 'unknown', because: 'may-be-one' };
  if (failed.length > 0) return { state: 'not-met', because: 'fewer-failed' };
  if (withoutTarget(question, params).length > 0) return { state: 'unknown', because: 'target-not-told' };
  // It was done, and cannot be relied on (`outcomeExpectedWithin`): another may be proposed, none as the first.
  if (attempts.notCounted.some(({ why }) => why === 'too-old'))
    return { state: 'not-met', because: 'too-old' };
  const { state, because } = nothingFound(question, criterion);
  return { state, because };
}

/** What the record says in doubt, before what it does not say: that is first to be settled. */
const DOUBTS: readonly (readonly [NotCountedReason, string])[] = [
  ['side-not-recorded', 'side-unknown'],
  ['side-contradicted', 'side-unknown'],
  ['preliminary', 'preliminary'],
  ['outcome-contradicted', 'conflicting'],
];

function whyUnjudged(
  { facts }: Question,
  { unjudged }: Attempts,
  { outcomeIn }: AblationOutcomeParams,
): string {
  const doubt = DOUBTS.find(([why]) => unjudged.includes(why));
  if (doubt) return doubt[1];
  if (unreadKinds(facts, outcomeIn).length > 0) return 'outcome-unread';
  return unjudged.every((why) => why === 'relief-not-recorded') ? 'called-failed' : 'outcome-unknown';
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
