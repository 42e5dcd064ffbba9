import type { Coding, Condition } from 'fhir/r4.js';
import { dayRange, isLater } from '../evaluation/dates.js';
import { allOf } from '../lists.js';
import { clinicalStatusOf, endWithoutStatus, isOver, verificationOf } from './condition-status.js';
import { validDate } from './references.js';

const NOT_MEANT: ReadonlySet<string | undefined> = new Set(['refuted', 'entered-in-error']);
/** An encounter diagnosis keeps the status it was made with; nobody goes back to close it. */
const LEFT_OPEN: ReadonlySet<string | undefined> = new Set([undefined, 'active']);

/** Encounter diagnoses, by `Condition/<id>`, of a disease that another entry ends. */
export interface EndedElsewhere {
  /** It is over by its status. */
  readonly over: ReadonlySet<string>;
  /** No status says so: FHIR date of its end, which is for the day it is judged at. */
  readonly ends: ReadonlyMap<string, string>;
}

/**
 * Encounter diagnoses of a disease of which another entry of the same code says that it ended on their day or later:
 * what the visit was for is that illness, and no new one.
 */
export function endedElsewhere(conditions: readonly Condition[]): EndedElsewhere {
  const [over, ends] = [new Set<string>(), new Map<string, string>()];
  const [bySure, byDated] = [lastEnds(conditions, sureEnd), lastEnds(conditions, endWithoutStatus)];
  if (bySure.size + byDated.size === 0) return { over, ends };
  for (const { keys, told: day, id } of allOf(conditions, (one) => entryOf(one, dayLeftOpen))) {
    const isFrom = (end: string | undefined) => day <= (dayRange(end)?.first ?? -Infinity);
    if (keys.some((key) => isFrom(bySure.get(key)))) over.add(`Condition/${id}`);
    const end = keys.map((key) => byDated.get(key)).find(isFrom);
    if (end !== undefined) ends.set(`Condition/${id}`, end);
  }
  return { over, ends };
}

/** By code: the last of the ends that the entries of it tell. */
function lastEnds(conditions: readonly Condition[], endOf: (condition: Condition) => string | undefined) {
  const ends = new Map<string, string>();
  const meant = (condition: Condition) =>
    NOT_MEANT.has(verificationOf(condition)) ? undefined : endOf(condition);
  for (const { keys, told } of allOf(conditions, (one) => entryOf(one, meant)))
    for (const key of keys) {
      const known = dayRange(ends.get(key))?.first ?? -Infinity;
      if ((dayRange(told)?.first ?? -Infinity) > known) ends.set(key, told);
    }
  return ends;
}

interface Entry<T> {
  readonly id: string;
  /** Its codes, each with its system. */
  readonly keys: readonly string[];
  readonly told: T;
}

/** None of a resource that breaks FHIR: it is looked at again, guarded, when it is mapped. */
function entryOf<T>(
  condition: Condition,
  tell: (condition: Condition) => T | undefined,
): readonly Entry<T>[] {
  try {
    const told = tell(condition);
    if (told === undefined) return [];
    const codings = (condition.code?.coding ?? []).filter(({ system, code }) => system && code);
    const keys = codings.map(({ system = '', code = '' }) => `${system}|${code}`);
    return [{ id: condition.id ?? '', keys, told }];
  } catch {
    return [];
  }
}

/** The end of a disease that is over by its status. */
function sureEnd(condition: Condition): string | undefined {
  if (!isOver(condition)) return undefined;
  return validDate(condition.abatementDateTime ?? condition.abatementPeriod?.end);
}

/** The last day that an encounter diagnosis without an end of its own may be of. */
function dayLeftOpen(condition: Condition): number | undefined {
  return NOT_MEANT.has(verificationOf(condition)) ? undefined : dayRange(lastDayTold(condition))?.last;
}

/** A category beside that of a visit under which a disease is followed from visit to visit. */
const FOLLOWED = /\b(?:problem|health)[ -](?:list|concern)/i;

/**
 * FHIR date of the visit that an encounter diagnosis was made at and is left with. Undefined for any other entry, and
 * where it is not certain: its onset alone is known, or it is followed as a problem.
 */
export function dayOfVisit(condition: Condition): string | undefined {
  const { category = [], recordedDate } = condition;
  const isOfVisit = category.some(({ coding = [] }) =>
    coding.some((one) => one.code === 'encounter-diagnosis'),
  );
  if (!isOfVisit || !LEFT_OPEN.has(clinicalStatusOf(condition))) return undefined;
  const categories = category.map(({ text, coding = [] }) => [text, ...allOf(coding, namesOf)].join('; '));
  return categories.some((words) => FOLLOWED.test(words)) ? undefined : validDate(recordedDate);
}

const namesOf = ({ code, display }: Coding) => [code, display];

/** The last day that such an entry tells of: its visit's, or a later one on which it began, lasted or was written of. */
export function lastDayTold(condition: Condition): string | undefined {
  const visit = dayOfVisit(condition);
  if (visit === undefined) return undefined;
  const { onsetDateTime, onsetPeriod, note = [], extension = [] } = condition;
  const others = [onsetDateTime, onsetPeriod?.start, onsetPeriod?.end, ...note.map(({ time }) => time)];
  const asserted = extension.map(({ valueDateTime }) => valueDateTime);
  return [...others, ...asserted]
    .map(validDate)
    .reduce((last, one) => (one !== undefined && isLater(one, last) ? one : last), visit);
}
