import type { TextDate } from './dates.js';

/** "03/25  L SIJ injection": what opens a line, and is no part of a longer date. */
const OPENING = /^[ \t|>•*-]{0,8}(\d{1,2})\/(\d{2})(?![\d/.])/gmu;
/** "Date (MM/YY)": the heading says it. */
const SAID = /\bmm ?\/ ?yy(?!y)\b/iu;
/** Fewer lines show no order. */
const FEWEST = 3;
/** Two-digit years of a century that a chart may speak of. */
const YEARS: readonly [number, number] = [5, 60];

interface Row {
  readonly month: number;
  readonly year: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The dates of the lines of a text that open with month and year in two digits each. "03/25" may be a day as well: they
 * are dates only where a heading says so, or where the lines stand in the order of months and years, not in that of
 * months and days, and one year comes twice.
 */
export function monthColumnOf(text: string): readonly TextDate[] {
  const rows = rowsOf(text);
  if (rows.length === 0 || rows.some(({ month, year }) => !mayBe(month, year))) return [];
  if (!SAID.test(text) && !isOfYears(rows)) return [];
  return rows.map(({ month, year, start, end }) => ({
    start,
    end,
    iso: `20${String(year).padStart(2, '0')}-${String(month).padStart(2, '0')}`,
  }));
}

function rowsOf(text: string): readonly Row[] {
  return [...text.matchAll(OPENING)].map((match) => {
    const end = match.index + match[0].length;
    const [month, year] = [match[1] ?? '', match[2] ?? ''];
    return { month: Number(month), year: Number(year), start: end - month.length - year.length - 1, end };
  });
}

function mayBe(month: number, year: number): boolean {
  return month >= 1 && month <= 12 && year >= YEARS[0] && year <= YEARS[1];
}

function isOfYears(rows: readonly Row[]): boolean {
  if (rows.length < FEWEST || new Set(rows.map(({ year }) => year)).size === rows.length) return false;
  const byYear = rows.map(({ month, year }) => 100 * year + month);
  const byDay = rows.map(({ month, year }) => 100 * month + year);
  return isInOrder(byYear) && !isInOrder(byDay);
}

/** Growing throughout, or falling throughout. */
function isInOrder(values: readonly number[]): boolean {
  const steps = values.slice(1).map((value, at) => value - (values[at] ?? 0));
  return steps.every((step) => step >= 0) || steps.every((step) => step <= 0);
}
