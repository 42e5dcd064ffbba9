import type { ClinicSentence, Figure } from './sentence.js';

/** An ISO 8601 duration of minutes (MIN), hours (H), days (D), weeks (W), months (M) or years (Y). */
export function isoDuration(value: number, unit: string): string {
  if (unit === 'MIN') return `PT${value}M`;
  return unit === 'H' ? `PT${value}H` : `P${value}${unit}`;
}

/** "for 3/12", "6/52", "lasted 5/7": months, weeks and days, as they are written in Britain. */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['12', 'M'],
  ['52', 'W'],
  ['7', 'D'],
]);
const BEFORE_PART: ReadonlySet<string> = new Set([
  'for',
  'lasted',
  'lasting',
  'only',
  'about',
  'approx',
  '~',
]);

/** A share of a year or of a week that begins at a token, where the words before it say that something lasted. */
export function partAt(
  { tokens, placed }: ClinicSentence,
  token: number,
  { value, last }: Figure,
): { iso: string; last: number } | undefined {
  const [slash, whole, behind] = [1, 2, 3].map((on) => tokens[last + on]);
  const unit = slash?.text === '/' && last + 2 < placed.end ? PARTS.get(whole?.text ?? '') : undefined;
  const isDate = behind?.text === '/' || !BEFORE_PART.has(tokens[token - 1]?.text ?? '');
  return unit === undefined || isDate ? undefined : { iso: isoDuration(value, unit), last: last + 2 };
}
