import { dayRange, quantityDays, type DayRange, type TimeSpan } from './dates.js';
import { allOf } from '../lists.js';

interface Dated {
  readonly date?: string;
}

/**
 * Whether two tellings are of different events for certain: their dates exclude each other, by at least `least` from
 * first day to first and from last to last. A year holds its months, and what has no date may be any of the others:
 * charts tell of one event again and again, each time less exactly.
 */
export function areApart(a: Dated, b: Dated, least: TimeSpan): boolean {
  const [one, other] = [dayRange(a.date), dayRange(b.date)];
  return one !== undefined && other !== undefined && excludeEachOther(one, other, quantityDays(least));
}

function excludeEachOther(a: DayRange, b: DayRange, days: number): boolean {
  const [one, other] = a.last <= b.last ? [a, b] : [b, a];
  return one.last < other.first && other.first - one.first >= days && other.last - one.last >= days;
}

/** How many events some tellings are of at the least: the most of them of which each is apart from every other. */
export function certainlyApart(tellings: readonly Dated[], least: TimeSpan): number {
  const ranges = allOf(tellings, ({ date }) => dayRange(date) ?? []).sort((a, b) => a.last - b.last);
  const days = quantityDays(least);
  let count = 0;
  let previous: DayRange | undefined;
  for (const range of ranges) {
    if (previous && !excludeEachOther(previous, range, days)) continue;
    previous = range;
    count += 1;
  }
  return count > 0 || tellings.length === 0 ? count : 1;
}
