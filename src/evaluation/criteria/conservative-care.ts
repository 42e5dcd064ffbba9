import { dayRange, quantityDays, shiftDay } from '../dates.js';
import { nothingFound, unreadKinds, type CriterionResult, type Question } from '../criterion.js';
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

/** Longest stretch in days that the facts document: a stated duration, or first to last day. */
function documentedDays(facts: readonly ConservativeCareFact[]): number | undefined {
  const stated = facts.flatMap(({ weeks }) => (weeks === undefined ? [] : [weeks * 7]));
  const days = facts
    .flatMap(({ start, end }) => [dayRange(start), dayRange(end)])
    .filter((day) => day !== undefined);
  const first = Math.min(...days.map((day) => day.first));
  const last = Math.max(...days.map((day) => day.last));
  if (days.length > 1 && last > first) stated.push(last - first + 1);
  return stated.length > 0 ? Math.max(...stated) : undefined;
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
  if (tried.all.length === 0 && tried.notCounted.length === 0) {
    const { state, because } = nothingFound(question, criterion);
    return { state, because };
  }
  const declined = tried.active.length === 0 && tried.notCounted.some(({ why }) => why === 'not-done');
  if (declined) return { state: 'not-met', because: 'declined' };
  if (unreadKinds(question.facts, criterion.reads).length > 0) return { state: 'unknown', because: 'unread' };
  if (tried.all.length === 0) return { state: criterion.whenAbsent, because: 'none-found' };
  if (tried.active.length === 0) return { state: 'unknown', because: 'no-active-rehabilitation' };
  return documentedDays(tried.active) === undefined
    ? { state: 'unknown', because: 'duration-not-recorded' }
    : { state: 'not-met', because: 'too-short' };
}

/** Active care for long enough, or often enough; or active care of unstated length within a long enough course. */
function isEnough({ all, active }: Tried, params: ConservativeCareParams): boolean {
  const needed = quantityDays(params.minimumDuration);
  const visits = active.reduce((sum, fact) => sum + (fact.visits ?? 0), 0);
  const days = documentedDays(active);
  if (visits >= params.minimumVisits || (days ?? 0) >= needed) return true;
  return days === undefined && (documentedDays(all) ?? 0) >= needed;
}
