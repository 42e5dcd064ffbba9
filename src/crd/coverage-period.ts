import type { Period } from 'fhir/r4.js';
import { instantsOf } from '../evaluation/dates.js';

/**
 * Whether a period holds at an instant. A day is that of the payer, of whom nobody says where: it has ended when it has
 * everywhere, and has not begun while it has nowhere.
 *
 * @param at milliseconds since 1970
 * @returns unknown where a date is none, or where it depends on the place whether the period has begun
 */
export function isInTime(period: Period | undefined, at: number): 'yes' | 'no' | 'unknown' {
  const [start, end] = [period?.start, period?.end].map((date: unknown) =>
    typeof date === 'string' ? instantsOf(date) : undefined,
  );
  if ((end && end.last < at) || (start && start.first > at)) return 'no';
  const isUnreadable = (period?.start !== undefined && !start) || (period?.end !== undefined && !end);
  return isUnreadable || (start && start.everywhere > at) ? 'unknown' : 'yes';
}
