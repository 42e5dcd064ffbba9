import { calendarDay, dayRange, formatDay, isAfter, isWithin, quantityDays } from '../dates.js';
import { unreadKinds, type CriterionResult, type Question } from '../criterion.js';
import type { ConservativeCareFact } from '../facts.js';
import type { NotCounted, NotCountedReason } from '../evaluation.js';
import type { ConservativeCareParams } from '../criterion-params.js';
import type { CriterionOfKind } from '../policy.js';
import { chief } from './admission.js';

const NOT_DONE: Partial<Record<ConservativeCareFact['status'], NotCountedReason>> = {
  planned: 'planned',
  'not-done': 'not-done',
  stopped: 'stopped',
  'entered-in-error': 'entered-in-error',
  unknown: 'outcome-unknown',
};

function whyNot(
  fact: ConservativeCareFact,
  params: ConservativeCareParams,
  { asOf, calledOn }: Question,
): NotCountedReason | undefined {
  const notDone = NOT_DONE[fact.status];
  if (notDone) return notDone;
  if (isAfter(fact.start ?? chief(fact).date, calledOn)) return 'too-recent';
  return isRecent(fact, params, asOf) ? undefined : 'too-old';
}

function isRecent(fact: ConservativeCareFact, { lookback }: ConservativeCareParams, asOf: number): boolean {
  return isWithin(fact.end ?? fact.start ?? chief(fact).date, lookback, asOf);
}

/** Longest duration in days that one record states: in weeks, or by a first and a last day of its own. */
function statedDays(facts: readonly ConservativeCareFact[]): number | undefined {
  const stated = facts.flatMap(({ weeks, start, end }) => {
    const { least, most } = periodDays(start, end);
    const period = least === most && most > 1 ? [most] : [];
    return weeks === undefined ? period : [...period, weeks * 7];
  });
  return stated.length > 0 ? Math.max(...stated) : undefined;
}

/** Days from a beginning to an end, as few and as many as dates without a day or a month allow; 0 where one is missing. */
function periodDays(
  start: string | undefined,
  end: string | undefined,
): { readonly least: number; readonly most: number } {
  const [first, last] = [dayRange(start), dayRange(end)];
  if (!first || !last) return { least: 0, most: 0 };
  return { least: last.first - first.last + 1, most: last.last - first.first + 1 };
}

/**
 * Longest course in days that dated records surely make together, or one of them by itself; after a longer break another
 * course begins. Of dates without a day or a month the shortest course counts that they allow.
 */
function courseDays(facts: readonly ConservativeCareFact[], { courseBreak }: ConservativeCareParams): number {
  const allowed = quantityDays(courseBreak);
  const days = facts
    .flatMap(({ start, end }) => [dayRange(start) ?? [], dayRange(end) ?? []].flat())
    // A bare year joins nothing: it leaves open a longer break on either side.
    .filter(({ first, last }) => last - first <= allowed)
    .toSorted((a, b) => a.first - b.first);
  let longest = Math.max(0, ...facts.map(({ start, end }) => periodDays(start, end).least));
  let [beganBy, before] = [Number.POSITIVE_INFINITY, days[0]?.first ?? 0];
  for (const day of days) {
    beganBy = day.last - before > allowed ? day.last : Math.min(beganBy, day.last);
    before = day.first;
    longest = Math.max(longest, day.first - beganBy + 1);
  }
  return longest;
}

/**
 * Most visits of one course: as many as one record states, or the days of dated ones. They are not added up, for two
 * notes may tell of the same visits.
 */
function visitsOf(facts: readonly ConservativeCareFact[], { courseBreak }: ConservativeCareParams): number {
  const stated = facts.flatMap(({ visits }) => visits ?? []);
  const single = facts.filter(({ visits, end }) => visits === undefined && end === undefined);
  const days = [...new Set(single.flatMap(({ start }) => calendarDay(start) ?? []))].toSorted();
  let [most, inCourse, last] = [0, 0, Number.NEGATIVE_INFINITY];
  for (const day of days.flatMap((one) => dayRange(one)?.first ?? [])) {
    inCourse = day - last > quantityDays(courseBreak) ? 1 : inCourse + 1;
    last = day;
    most = Math.max(most, inCourse);
  }
  return Math.max(most, ...stated);
}

/** What a record says is still to come was not tried yet. */
function untilCall(fact: ConservativeCareFact, { calledOn }: Question): ConservativeCareFact {
  return isAfter(fact.end, calledOn) ? { ...fact, end: formatDay(calledOn) } : fact;
}

interface Tried {
  readonly all: readonly ConservativeCareFact[];
  readonly active: readonly ConservativeCareFact[];
  /** Rehabilitation that the record says was not done. */
  readonly refused: readonly ConservativeCareFact[];
  /** Rehabilitation of which the record does not say whether it was carried out. */
  readonly unsettled: readonly ConservativeCareFact[];
  readonly notCounted: readonly NotCounted[];
}

function sort(question: Question, params: ConservativeCareParams): Tried {
  const { facts, asOf } = question;
  const all: ConservativeCareFact[] = [];
  const notCounted: NotCounted[] = [];
  const recent = facts.conservativeCare.filter((fact) => isRecent(fact, params, asOf));
  const isActive = ({ care }: ConservativeCareFact) => params.active.includes(care);
  const refused = recent.filter(
    ({ status, care }) => status === 'not-done' && params.refusalOf.includes(care),
  );
  const unsettled = recent.filter((fact) => fact.status === 'unknown' && isActive(fact));
  for (const fact of facts.conservativeCare) {
    const why = whyNot(fact, params, question);
    if (why) notCounted.push({ why, evidence: chief(fact) });
    else all.push(untilCall(fact, question));
  }
  return { all, active: all.filter(isActive), refused, unsettled, notCounted };
}

/**
 * Conservative care tried before anything invasive. because: long-enough, duration-not-recorded, too-short,
 * too-few-visits, begun-recently, may-have-gone-on, visits-only,
 * no-active-rehabilitation, declined, status-unknown, none-found, unread.
 */
export function conservativeCare(
  question: Question,
  criterion: CriterionOfKind<'conservative-care'>,
): CriterionResult {
  const { params } = criterion;
  const tried = sort(question, params);
  const others = tried.all.filter(({ care }) => !params.active.includes(care));
  const evidence = [...others, ...tried.active].flatMap((fact) => fact.evidence);
  const values = {
    classes: new Set(tried.all.map(({ care }) => care)).size,
    minimumDuration: params.minimumDuration.value,
    minimumVisits: params.minimumVisits,
    ...amounts(tried.active),
  };
  return { evidence, notCounted: tried.notCounted, values, ...judge(question, criterion, tried) };
}

function judge(
  question: Question,
  criterion: CriterionOfKind<'conservative-care'>,
  tried: Tried,
): Pick<CriterionResult, 'state' | 'because'> {
  if (tried.active.length > 0 && isEnough(tried, criterion.params))
    return { state: 'met', because: 'long-enough' };
  if (tried.unsettled.length > 0) return { state: 'unknown', because: 'status-unknown' };
  if (tried.active.length === 0 && tried.refused.length > 0) return { state: 'not-met', because: 'declined' };
  if (unreadKinds(question.facts, criterion.reads).length > 0) return { state: 'unknown', because: 'unread' };
  if (tried.all.length === 0) return { state: criterion.whenAbsent, because: 'none-found' };
  if (tried.active.length === 0) return { state: 'unknown', because: 'no-active-rehabilitation' };
  if (statedDays(tried.active) !== undefined) return { state: 'not-met', because: 'too-short' };
  return withoutDuration(tried.active, criterion.params, question.asOf);
}

/**
 * What is said of care without a duration. Too little, where each record says that it was stopped after fewer visits
 * than needed, or dates its beginning to fewer weeks ago; what says neither may have gone on.
 */
function withoutDuration(
  active: readonly ConservativeCareFact[],
  params: ConservativeCareParams,
  asOf: number,
): Pick<CriterionResult, 'state' | 'because'> {
  const isFew = ({ visits, ended }: ConservativeCareFact) =>
    ended === true && visits !== undefined && visits < params.minimumVisits;
  if (active.every(isFew)) return { state: 'not-met', because: 'too-few-visits' };
  if (active.every((fact) => isFew(fact) || hasBegunWithin(fact, params, asOf)))
    return { state: 'not-met', because: 'begun-recently' };
  if (active.every(({ weeksAtMost }) => weeksAtMost !== undefined))
    return { state: 'unknown', because: 'may-have-gone-on' };
  const isCounted = active.every(({ visits }) => visits !== undefined);
  return { state: 'unknown', because: isCounted ? 'visits-only' : 'duration-not-recorded' };
}

/** "started 3 weeks ago": it may have gone on since the record, unless that says that it was stopped. */
function hasBegunWithin(
  fact: ConservativeCareFact,
  { minimumDuration }: ConservativeCareParams,
  asOf: number,
): boolean {
  const { weeksAtMost, ended } = fact;
  if (weeksAtMost === undefined) return false;
  const since = ended ? 0 : asOf - (dayRange(chief(fact).date)?.last ?? asOf);
  return weeksAtMost * 7 + Math.max(0, since) < quantityDays(minimumDuration);
}

/** What the records say of it, for the sentences: the most visits, and the weeks since its earliest beginning. */
function amounts(active: readonly ConservativeCareFact[]): {
  readonly visits: number;
  readonly weeksAtMost: number;
} {
  const most = (values: readonly number[]) => Math.max(0, ...values);
  return {
    visits: most(active.flatMap(({ visits }) => visits ?? [])),
    weeksAtMost: most(active.flatMap(({ weeksAtMost }) => weeksAtMost ?? [])),
  };
}

/** Active care for long enough, or often enough; or active care of unstated length within a long enough course. */
function isEnough({ all, active }: Tried, params: ConservativeCareParams): boolean {
  const needed = quantityDays(params.minimumDuration);
  const stated = statedDays(active);
  if (visitsOf(active, params) >= params.minimumVisits) return true;
  if (Math.max(stated ?? 0, courseDays(active, params)) >= needed) return true;
  return stated === undefined && (statedDays(all) ?? 0) >= needed;
}
