import { StartupError } from '../errors.js';
import type { Period } from '../records/report.types.js';

/** The words behind a command that are no options. */
export function named(words: readonly string[]): readonly string[] {
  return words.filter((word) => !word.startsWith('--'));
}

/** The value of `--name=value` among the words of a command. */
export function optionOf(words: readonly string[], name: string): string | undefined {
  return words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
}

const DAY_MS = 86_400_000;
const DAYS = 30;

/**
 * The period that `--days=<n>`, or `--since=<day>` and `--until=<day>`, name; the last 30 days without any. A day
 * that ends a period is part of it.
 *
 * @throws StartupError for what is no number or day
 */
export function periodOf(words: readonly string[], now: Date): Period {
  const until = dayOf(words, 'until');
  const end = until === undefined ? now : new Date(until.getTime() + DAY_MS);
  const start = dayOf(words, 'since') ?? new Date(end.getTime() - daysOf(words) * DAY_MS);
  if (start >= end) throw new StartupError('--since', 'has to lie before the end of the period');
  return { since: start.toISOString(), until: end.toISOString() };
}

function dayOf(words: readonly string[], name: string): Date | undefined {
  const text = optionOf(words, name);
  if (text === undefined) return undefined;
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (day && !Number.isNaN(day.getTime())) return day;
  throw new StartupError(`--${name}`, 'has to be a day, YYYY-MM-DD');
}

function daysOf(words: readonly string[]): number {
  const text = optionOf(words, 'days');
  if (text === undefined) return DAYS;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new StartupError('--days', 'has to be a number of days from 1');
}
