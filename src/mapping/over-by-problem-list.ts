import type { Coding, Condition } from 'fhir/r4.js';
import { dayRange, isLater } from '../evaluation/dates.js';
import { allOf } from '../lists.js';
import { clinicalStatusOf, isOver, verificationOf } from './condition-status.js';
import { validDate } from './references.js';

const NOT_MEANT: ReadonlySet<string | undefined> = new Set(['refuted', 'entered-in-error']);
/** An encounter diagnosis keeps the status it was made with; nobody goes back to close it. */
const LEFT_OPEN: ReadonlySet<string | undefined> = new Set([undefined, 'active']);

/**
 * Encounter diagnoses, by `Condition/<id>`, of a disease of which another entry of the same code says that it ended on
 * their day or later: what the visit was for is that illness, and no new one.
 */
export function endedElsewhere(conditions: readonly Condition[]): ReadonlySet<string> {
  const ended = new Set<string>();
  const ends = new Map<string, number>();
  for (const { keys, end } of allOf(conditions, (one) => entryOf(one, endOf)))
    for (const key of keys) ends.set(key, Math.max(end, ends.get(key) ?? end));
  if (ends.size === 0) return ended;
  for (const { keys, end: day, id } of allOf(conditions, (one) => entryOf(one, dayLeftOpen)))
    if (keys.some((key) => day <= (ends.get(key) ?? -Infinity))) ended.add(`Condition/${id}`);
  return ended;
}

interface Entry {
  readonly id: string;
  /** Its codes, each with its system. */
  readonly keys: readonly string[];
  readonly end: number;
}

/** None of a resource that breaks FHIR: it is looked at again, guarded, when it is mapped. */
function entryOf(
  condition: Condition,
  dayOf: (condition: Condition) => number | undefined,
): readonly Entry[] {
  try {
    const end = dayOf(condition);
    if (end === undefined) return [];
    const codings = (condition.code?.coding ?? []).filter(({ system, code }) => system && code);
    const keys = codings.map(({ system = '', code = '' }) => `${system}|${code}`);
    return [{ id: condition.id ?? '', keys, end }];
  } catch {
    return [];
  }
}

/** The first day on which a disease that is over may have ended. */
function endOf(condition: Condition): number | undefined {
  const end = validDate(condition.abatementDateTime ?? condition.abatementPeriod?.end);
  if (end === undefined || !isOver(condition) || NOT_MEANT.has(verificationOf(condition))) return undefined;
  return dayRange(end)?.first;
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
