/**
 * FHIR dates of any precision (2024, 2024-05, 2024-05-17, with or without a time) as ranges of whole days, so that a
 * bare year is neither too old nor too recent before it must be. Days count from 1970-01-01; time zones are dropped.
 */

export interface DayRange {
  readonly first: number;
  readonly last: number;
}

const PATTERN = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/;
const DAY_MS = 86_400_000;

/** Of the dates read last: each is asked for dozens of times in a call, in sorting and in comparing. */
const ranges = new Map<string, DayRange | undefined>();
const MOST_RANGES = 2_000;
const LONGEST_DATE = 40;

/** The days a FHIR date may mean; undefined for no date, or one that is none (2021-13-45). */
export function dayRange(date: string | undefined): DayRange | undefined {
  if (date === undefined || date.length > LONGEST_DATE) return readRange(date);
  const known = ranges.get(date);
  if (known !== undefined) return known;
  if (ranges.size >= MOST_RANGES) ranges.clear();
  const range = readRange(date);
  ranges.set(date, range);
  return range;
}

function readRange(date: string | undefined): DayRange | undefined {
  const parts = date === undefined ? null : PATTERN.exec(date);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  const first = toDay(year, month, day);
  if (first === undefined) return undefined;
  if (parts[3] !== undefined) return { first, last: first };
  const next = parts[2] !== undefined ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1);
  return { first, last: next / DAY_MS - 1 };
}

function toDay(year: number, month: number, day: number): number | undefined {
  const time = Date.UTC(year, month - 1, day);
  const back = new Date(time);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? time / DAY_MS : undefined;
}

/** Instants in milliseconds since 1970: the first and the last that a date may mean, and when its day is there everywhere. */
export interface Instants {
  readonly first: number;
  readonly everywhere: number;
  readonly last: number;
}

const HOUR_MS = 3_600_000;
/** A day begins first at UTC+14, and comes last to UTC-12. */
const [EARLIEST_MS, LATEST_MS] = [-14 * HOUR_MS, 12 * HOUR_MS];
const WITH_ZONE = /T.*(?:Z|[+-]\d{2}:\d{2})$/i;

/** What a FHIR date or dateTime may mean; without a zone it may be of any. Undefined for none, or one that is none. */
export function instantsOf(date: string | undefined): Instants | undefined {
  const days = dayRange(date);
  if (!days || date === undefined) return undefined;
  if (WITH_ZONE.test(date)) {
    const instant = Date.parse(date);
    return Number.isNaN(instant) ? undefined : { first: instant, everywhere: instant, last: instant };
  }
  const from = days.first * DAY_MS;
  const end = (days.last + 1) * DAY_MS;
  return { first: from + EARLIEST_MS, everywhere: from + LATEST_MS, last: end + LATEST_MS - 1 };
}

/** The calendar day of a FHIR date or dateTime, YYYY-MM-DD; undefined when it is partial or none. */
export function calendarDay(date: string | undefined): string | undefined {
  const range = dayRange(date);
  return range && range.first === range.last && date ? date.slice(0, 10) : undefined;
}

export interface Quantity {
  readonly value: number;
  /** UCUM. */
  readonly unit: '%' | 'min' | 'd' | 'wk' | 'mo' | 'a' | '{points}';
}

/** A quantity of time by which a day can be shifted: whole days or more. */
export interface TimeSpan extends Quantity {
  readonly unit: 'd' | 'wk' | 'mo' | 'a';
}

/** The day that lies `span` before (negative) or after a day; months and years by the calendar, clipped to its end. */
export function shiftDay(day: number, span: TimeSpan, direction: 1 | -1): number {
  if (span.unit === 'd') return day + direction * span.value;
  if (span.unit === 'wk') return day + direction * span.value * 7;
  const months = direction * (span.unit === 'a' ? span.value * 12 : span.value);
  return shifted.day === day && shifted.months === months ? shifted.to : shiftMonths(day, months);
}

/** The last shift: one span is asked for from one day for every fact of a chart in turn. */
let shifted = { day: Number.NaN, months: 0, to: 0 };

function shiftMonths(day: number, months: number): number {
  const from = new Date(day * DAY_MS);
  const target = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const lastOfMonth = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(from.getUTCDate(), lastOfMonth));
  shifted = { day, months, to: target.getTime() / DAY_MS };
  return shifted.to;
}

/** Whether a date may lie no longer than `span` before a day; one that is not known may. */
export function isWithin(date: string | undefined, span: TimeSpan, asOf: number): boolean {
  const days = dayRange(date);
  return days === undefined || days.last >= shiftDay(asOf, span, -1);
}

/** Whether a date lies after a day, whatever day of it is meant; one that is not known does not. */
export function isAfter(date: string | undefined, day: number): boolean {
  const days = dayRange(date);
  return days !== undefined && days.first > day;
}

/** Whether a date lies after another one, whatever day of each is meant; not where one of them is not known. */
export function isLater(date: string | undefined, than: string | undefined): boolean {
  const last = dayRange(than)?.last;
  return last !== undefined && isAfter(date, last);
}

/** YYYY-MM-DD of a day number. */
export function formatDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

const DURATION =
  /^P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const DAYS_PER = [365.25, 30.4375, 7, 1, 1 / 24, 1 / 1440, 1 / 86_400] as const;

/** Days of an ISO 8601 duration (P3M is 91.3); undefined when absent or not one. */
export function durationDays(duration: string | undefined): number | undefined {
  const parts = duration === undefined ? null : DURATION.exec(duration);
  if (!parts) return undefined;
  return DAYS_PER.reduce((sum, days, index) => sum + days * Number(parts[index + 1] ?? 0), 0);
}

/** Days of a quantity of time, as durationDays counts them. */
export function quantityDays(span: TimeSpan): number {
  const perUnit: Readonly<Record<TimeSpan['unit'], number>> = { d: 1, wk: 7, mo: 30.4375, a: 365.25 };
  return span.value * perUnit[span.unit];
}

/** Oldest first; undated ones before all others; ties by reference, so that the order of reading never shows. */
export function byDate<
  T extends { readonly date?: string; readonly evidence: readonly { reference: string }[] },
>(a: T, b: T): number {
  return (
    compare(a.date ?? '', b.date ?? '') ||
    compare(a.evidence[0]?.reference ?? '', b.evidence[0]?.reference ?? '')
  );
}

/** The same, of what has a beginning. */
export function byStart<
  T extends { readonly start?: string; readonly evidence: readonly { reference: string }[] },
>(a: T, b: T): number {
  return (
    compare(a.start ?? '', b.start ?? '') ||
    compare(a.evidence[0]?.reference ?? '', b.evidence[0]?.reference ?? '')
  );
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
