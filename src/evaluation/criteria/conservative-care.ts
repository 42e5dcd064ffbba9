import {
  calendarDay,
  dayRange,
  formatDay,
  isAfter,
  isWithin,
  quantityDays,
  shiftDay,
  type DayRange,
} from '../dates.js';
import { unreadKinds, type CriterionResult, type Question } from '../criterion.js';
import type { ConservativeCareFact } from '../facts.js';
import type { NotCounted, NotCountedReason } from '../evaluation.js';
import type { ConservativeCareParams } from '../criterion-params.js';
import type { CriterionOfKind } from '../policy.js';
import { chief } from './admission.js';
import { allOf } from '../../lists.js';

const NOT_DONE: Partial<Record<ConservativeCareFact['status'], NotCountedReason>> = {
  planned: 'planned',
  'not-done': 'not-done',
  stopped: 'stopped',
  'entered-in-error': 'entered-in-error',
  unknown: 'status-unknown',
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
  const stated = allOf(facts, ({ weeks, start, end }) => [
    ...(weeks === undefined ? [] : [weeks * 7]),
    ...allOf(periodDays(start, end), ({ least, most }) => (least === most && most > 1 ? [most] : [])),
  ]);
  return stated.length > 0 ? Math.max(...stated) : undefined;
}

/** Days from a beginning to an end, as few and as many as dates without a day or a month allow; none where one is missing. */
function periodDays(
  start: string | undefined,
  end: string | undefined,
): readonly { readonly least: number; readonly most: number }[] {
  const [first, last] = [dayRange(start), dayRange(end)];
  if (!first || !last) return [];
  return [{ least: last.first - first.last + 1, most: last.last - first.first + 1 }];
}

/** Days of care by course: after a break longer than the policy's another course begins. */
function courses(
  days: readonly DayRange[],
  { courseBreak }: ConservativeCareParams,
): readonly (readonly DayRange[])[] {
  const found: DayRange[][] = [];
  for (const day of days.toSorted((a, b) => a.first - b.first)) {
    const course = found.at(-1);
    const before = course?.at(-1);
    if (course && before && day.last <= shiftDay(before.first, courseBreak, 1)) course.push(day);
    else found.push([day]);
  }
  return found;
}

/**
 * Longest course in days that dated records surely make together, or one of them by itself. Of dates without a day or a
 * month the shortest course counts that they allow.
 */
function courseDays(facts: readonly ConservativeCareFact[], params: ConservativeCareParams): number {
  const days = allOf(facts, ({ start, end }) => [dayRange(start) ?? [], dayRange(end) ?? []].flat())
    // A bare year joins nothing: it leaves open a longer break on either side.
    .filter(({ first, last }) => last <= shiftDay(first, params.courseBreak, 1));
  return Math.max(
    0,
    ...allOf(facts, ({ start, end }) => periodDays(start, end)).map(({ least }) => least),
    ...courses(days, params).map(
      (course) =>
        Math.max(...course.map(({ first }) => first)) - Math.min(...course.map(({ last }) => last)) + 1,
    ),
  );
}

/**
 * Most visits of one course: as many as one record states, or the days of dated ones. They are not added up, for two
 * notes may tell of the same visits.
 */
function visitsOf(facts: readonly ConservativeCareFact[], params: ConservativeCareParams): number {
  const stated = allOf(facts, ({ visits }) => visits ?? []);
  const single = facts.filter(({ visits, end }) => visits === undefined && end === undefined);
  const days = new Set(allOf(single, ({ start }) => calendarDay(start) ?? []));
  const dated = courses(
    allOf([...days], (day) => dayRange(day) ?? []),
    params,
  );
  return Math.max(0, ...stated, ...dated.map(({ length }) => length));
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
  const evidence = allOf([...others, ...tried.active], (fact) => fact.evidence);
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
  // Where one states as many visits as are asked for, the answer was given before.
  const isFew = ({ visits, ended }: ConservativeCareFact) => ended === true && visits !== undefined;
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
  const { weeksAtMost = Number.POSITIVE_INFINITY, ended } = fact;
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
    visits: most(allOf(active, ({ visits }) => visits ?? [])),
    weeksAtMost: most(allOf(active, ({ weeksAtMost }) => weeksAtMost ?? [])),
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
