import type { Period } from 'fhir/r4.js';
import { dayRange } from '../evaluation/dates.js';

const [HOUR, DAY] = [3_600_000, 86_400_000];
/** The day begins first at UTC+14, and ends last at UTC-12. */
const [EARLIEST, LATEST] = [-14 * HOUR, 12 * HOUR];
const WITH_ZONE = /T.*(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Whether a period holds at an instant. A day is that of the payer, of whom nobody says where: it has ended when it has
 * everywhere, and has not begun while it has nowhere.
 *
 * @param at milliseconds since 1970
 * @returns unknown where a date is none, or where it depends on the place whether the period has begun
 */
export function isInTime(period: Period | undefined, at: number): 'yes' | 'no' | 'unknown' {
  const [start, end] = [period?.start, period?.end].map((date) =>
    date === undefined ? undefined : instantsOf(date),
  );
  if ((end && end.last < at) || (start && start.first > at)) return 'no';
  const isUnreadable = (period?.start !== undefined && !start) || (period?.end !== undefined && !end);
  return isUnreadable || (start && start.from > at) ? 'unknown' : 'yes';
}

/** When it may begin, when it has begun everywhere, and when it ends last; undefined for no date. */
function instantsOf(date: unknown): { first: number; from: number; last: number } | undefined {
  const days = typeof date === 'string' ? dayRange(date) : undefined;
  if (!days || typeof date !== 'string') return undefined;
  if (!WITH_ZONE.test(date)) {
    const from = days.first * DAY;
    return { first: from + EARLIEST, from: from + LATEST, last: (days.last + 1) * DAY + LATEST - 1 };
  }
  const instant = Date.parse(date);
  return Number.isNaN(instant) ? undefined : { first: instant, from: instant, last: instant };
}
