import { dayRange, formatDay, shiftDay } from '../../evaluation/dates.js';

/** A FHIR date or dateTime: the calendar days it may mean as written, and the instant where it has a time and a zone. */
export interface When {
  /** Days since 1970-01-01, both included. */
  readonly first: number;
  readonly last: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly instant?: number;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:\d{2})$/i;

/** Undefined for what is no date. */
export function toWhen(date: unknown): When | undefined {
  if (typeof date !== 'string') return undefined;
  const range = dayRange(date);
  if (!range) return undefined;
  const instant = INSTANT.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(instant) ? range : { ...range, instant };
}

/**
 * Whether `one` was not after `moment`. Two instants are compared as such; where either has only a day, the days as
 * they are written decide, and the same day counts as not after. `perhaps`: a partial date that began, and may have
 * been later.
 */
export function notAfter(one: When, moment: When): 'yes' | 'no' | 'perhaps' {
  if (one.instant !== undefined && moment.instant !== undefined)
    return one.instant <= moment.instant ? 'yes' : 'no';
  if (one.last <= moment.first) return 'yes';
  return one.first > moment.first ? 'no' : 'perhaps';
}

/** The end of the day that lies twelve months after a moment. */
export function twelveMonthsAfter({ first }: When): When {
  const day = shiftDay(first, { value: 12, unit: 'mo' }, 1);
  return { first: day, last: day };
}

/** YYYY-MM. */
export function monthOf({ first }: When): string {
  return formatDay(first).slice(0, 7);
}
