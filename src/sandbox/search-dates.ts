import { FhirRefusal } from './outcome.js';
import { isObject } from './resource.js';

/** The instants a date may mean, epoch milliseconds, both ends inclusive. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

const DATE_TIME =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

/** The span of a FHIR date, dateTime or instant of any precision (no zone: UTC); undefined when it is none. */
export function spanOfDate(text: string): Span | undefined {
  const parts = DATE_TIME.exec(text);
  if (!parts) return undefined;
  const [, year = '', month, day, hour, minute, second, fraction, zone = 'Z'] = parts;
  const start = `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}`;
  const low = Date.parse(`${start}.${(fraction ?? '0').slice(0, 3).padEnd(3, '0')}${zone}`);
  if (Number.isNaN(low) || (day !== undefined && !isCalendarDay(Number(year), Number(month), Number(day))))
    return undefined;
  return { low, high: endOf(low, { month, day, hour, second, fraction }) };
}

/** Date.parse rolls 2021-02-31 over into March. */
function isCalendarDay(year: number, month: number, day: number): boolean {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}

type Precision = Readonly<Record<'month' | 'day' | 'hour' | 'second' | 'fraction', string | undefined>>;

function endOf(low: number, precision: Precision): number {
  const start = new Date(low);
  if (precision.month === undefined) return Date.UTC(start.getUTCFullYear() + 1, 0, 1) - 1;
  if (precision.day === undefined) return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1) - 1;
  if (precision.hour === undefined) return low + 86_400_000 - 1;
  if (precision.second === undefined) return low + 60_000 - 1;
  return precision.fraction === undefined ? low + 999 : low;
}

/** The span of a value in a resource: a date of any precision, or a Period (open ends reach to infinity). */
export function spanOfValue(value: unknown): Span | undefined {
  if (typeof value === 'string') return spanOfDate(value);
  if (!isObject(value)) return undefined;
  const { start, end } = value;
  const from = typeof start === 'string' ? spanOfDate(start) : undefined;
  const until = typeof end === 'string' ? spanOfDate(end) : undefined;
  if (!from && !until) return undefined;
  return { low: from?.low ?? -Infinity, high: until?.high ?? Infinity };
}

type Comparison = (found: Span, asked: Span) => boolean;

const within: Comparison = (found, asked) => asked.low <= found.low && found.high <= asked.high;
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  eq: within,
  ne: (found, asked) => !within(found, asked),
  gt: (found, asked) => found.high > asked.high,
  lt: (found, asked) => found.low < asked.low,
  ge: (found, asked) => found.high >= asked.low,
  le: (found, asked) => found.low <= asked.high,
  sa: (found, asked) => found.low > asked.high,
  eb: (found, asked) => found.high < asked.low,
};

/**
 * A test for one value of a date parameter, prefix included (`ge2025-01-01`).
 * @throws FhirRefusal 400 for a prefix or a date that is none
 */
export function dateTest(parameter: string, asked: string): (value: unknown) => boolean {
  const prefix = /^[a-z]{2}/.exec(asked)?.[0];
  const compare = COMPARISONS[prefix ?? 'eq'];
  const span = spanOfDate(prefix === undefined ? asked : asked.slice(2));
  if (!compare || !span)
    throw new FhirRefusal(400, 'invalid', `Invalid date in search parameter "${parameter}"`);
  return (value) => {
    const found = spanOfValue(value);
    return found !== undefined && compare(found, span);
  };
}
