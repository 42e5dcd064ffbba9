import { calendarDay, dayRange, quantityDays, shiftDay } from '../dates.js';
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
};

function whyNot(
  fact: ConservativeCareFact,
  params: ConservativeCareParams,
  asOf: number,
): NotCountedReason | undefined {
  const notDone = NOT_DONE[fact.status];
  if (notDone) return notDone;
  const days = dayRange(fact.end ?? fact.start ?? chief(fact).date);
  return days !== undefined && days.last < shiftDay(asOf, params.lookback, -1) ? 'too-old' : undefined;
}

/** Longest duration in days that one record states: in weeks, or by a first and a last day of its own. */
function statedDays(facts: readonly ConservativeCareFact[]): number | undefined {
  const stated = facts.flatMap(({ weeks, start, end }) => {
    const [first, last] = [dayRange(start)?.first, dayRange(end)?.last];
    const period = first !== undefined && last !== undefined && last > first ? [last - first + 1] : [];
    return weeks === undefined ? period : [...period, weeks * 7];
  });
  return stated.length > 0 ? Math.max(...stated) : undefined;
}

/** Longest course in days that dated records make together; after a longer break another course begins. */
function courseDays(facts: readonly ConservativeCareFact[], { courseBreak }: ConservativeCareParams): number {
  const days = facts
    .flatMap(({ start, end }) => [dayRange(start), dayRange(end)])
    .filter((day) => day !== undefined)
    .toSorted((a, b) => a.first - b.first);
  let [longest, began, last] = [0, days[0]?.first ?? 0, days[0]?.last ?? 0];
  for (const day of days) {
    if (day.first - last > quantityDays(courseBreak)) began = day.first;
    last = Math.max(last, day.last);
    longest = Math.max(longest, last - began + 1);
  }
  return longest;
}

/** Visits that are stated, and each day of a dated one. */
function visitsOf(facts: readonly ConservativeCareFact[]): number {
  const stated = facts.reduce((sum, fact) => sum + (fact.visits ?? 0), 0);
  const days = facts.filter(({ visits, end }) => visits === undefined && end === undefined);
  return stated + new Set(days.flatMap(({ start }) => calendarDay(start) ?? [])).size;
}

interface Tried {
  readonly all: readonly ConservativeCareFact[];
  readonly active: readonly ConservativeCareFact[];
  readonly notCounted: readonly NotCounted[];
}

function sort({ facts, asOf }: Question, params: ConservativeCareParams): Tried {
  const all: ConservativeCareFact[] = [];
  const notCounted: NotCounted[] = [];
  for (const fact of facts.conservativeCare) {
    const why = whyNot(fact, params, asOf);
    if (why) notCounted.push({ why, evidence: chief(fact) });
    else all.push(fact);
  }
  return { all, active: all.filter(({ care }) => params.active.includes(care)), notCounted };
}

/**
 * Conservative care tried before anything invasive. because: long-enough, duration-not-recorded, too-short,
 * no-active-rehabilitation, declined, none-found, unread.
 */
export function conservativeCare(
  question: Question,
  criterion: CriterionOfKind<'conservative-care'>,
): CriterionResult {
  const { params } = criterion;
  const tried = sort(question, params);
  const others = tried.all.filter((fact) => !tried.active.includes(fact));
  const evidence = [...others, ...tried.active].flatMap((fact) => fact.evidence);
  const values = {
    classes: new Set(tried.all.map(({ care }) => care)).size,
    minimumDuration: params.minimumDuration.value,
    minimumVisits: params.minimumVisits,
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
  const declined = tried.active.length === 0 && tried.notCounted.some(({ why }) => why === 'not-done');
  if (declined) return { state: 'not-met', because: 'declined' };
  if (unreadKinds(question.facts, criterion.reads).length > 0) return { state: 'unknown', because: 'unread' };
  if (tried.all.length === 0) return { state: criterion.whenAbsent, because: 'none-found' };
  if (tried.active.length === 0) return { state: 'unknown', because: 'no-active-rehabilitation' };
  return statedDays(tried.active) === undefined
    ? { state: 'unknown', because: 'duration-not-recorded' }
    : { state: 'not-met', because: 'too-short' };
}

/** Active care for long enough, or often enough; or active care of unstated length within a long enough course. */
function isEnough({ all, active }: Tried, params: ConservativeCareParams): boolean {
  const needed = quantityDays(params.minimumDuration);
  const stated = statedDays(active);
  if (visitsOf(active) >= params.minimumVisits) return true;
  if (Math.max(stated ?? 0, courseDays(active, params)) >= needed) return true;
  return stated === undefined && (statedDays(all) ?? 0) >= needed;
}
