/** A date in a text: where it stands, and as ISO date, partial where the text gives only month or year. */
export interface TextDate {
  readonly start: number;
  readonly end: number;
  readonly iso: string;
  /** Set where day and month cannot be told apart, and `iso` gives the year alone: the date as written. */
  readonly inDoubt?: string;
}

/** Which of day and month a text writes first; undefined where none of its dates shows it, or where they disagree. */
export type DateOrder = 'day-first' | 'month-first' | undefined;

/** A text, the order of its dates (see {@link dateOrderOf}) and those of its columns of months. */
export interface DatedText {
  readonly text: string;
  readonly dateOrder: () => DateOrder;
  readonly columnDates: () => readonly TextDate[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:[ru]+ary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const YEAR = '((?:19|20)\\d{2})';

/** A blank, or the break of a wrapped line. */
const GAP = '\\s{1,2}';

const ISO = new RegExp(`\\b${YEAR}-(\\d{2})(?:-(\\d{2}))?\\b`, 'gu');
const SLASHED = /\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b/gu;
const MONTH_SLASH_YEAR = new RegExp(`\\b(\\d{1,2})/${YEAR}\\b`, 'gu');
const MONTH_DAY_YEAR = new RegExp(`\\b${MONTH}\\.?${GAP}(\\d{1,2})(?:st|nd|rd|th)?,?${GAP}${YEAR}\\b`, 'giu');
const DAY_MONTH_YEAR = new RegExp(
  `\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)?(?:-|${GAP})${MONTH}\\.?,?(?:-|${GAP})${YEAR}\\b`,
  'giu',
);
const MONTH_YEAR = new RegExp(`\\b${MONTH}\\.?,?(?: of)?${GAP}${YEAR}\\b`, 'giu');
/** A year by itself, but no amount: "2000 mg". */
const BARE_YEAR =
  /(?<![\d.$/,-])(199\d|20[0-3]\d)(?![\d/-]|[.,]\d| ?(?:mg|ml|mcg|units?|iu|cc|steps|calories)\b)/giu;

/** "January twelfth, 2025", as it is dictated. */
const DAYS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first'.split(
    ' ',
  );
const MONTH_WORD_YEAR = new RegExp(
  `\\b${MONTH} (?:the )?(${DAYS.toReversed().join('|').replaceAll('-', '[ -]')}),? ${YEAR}\\b`,
  'giu',
);

function dayNumber(word: string | undefined): number {
  return DAYS.indexOf((word ?? '').toLowerCase().replace(' ', '-')) + 1;
}

const WHOLE_MONTH = new RegExp(`^${MONTH}$`, 'u');

/** A word in lower case that is the name of a month; "may" and "march" are words of other uses as well. */
export function isMonth(word: string): boolean {
  return word.length > 2 && WHOLE_MONTH.test(word);
}

function two(number: string | number): string {
  return String(number).padStart(2, '0');
}

function monthNumber(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
}

const DAY_FIRST = /(?<![\d/.-])(?:1[3-9]|2\d|3[01])([/.-])\d{1,2}\1(?:\d{4}|\d{2})\b/u;
const MONTH_FIRST = /(?<![\d/.-])\d{1,2}([/.-])(?:1[3-9]|2\d|3[01])\1(?:\d{4}|\d{2})\b/u;

/** The order in which a text writes its dates, shown by those of them that can be read in no other way. */
export function dateOrderOf(text: string): DateOrder {
  const [dayFirst, monthFirst] = [DAY_FIRST.test(text), MONTH_FIRST.test(text)];
  if (dayFirst === monthFirst) return undefined;
  return dayFirst ? 'day-first' : 'month-first';
}

/**
 * American order, unless the text writes the day first; where that gives no month, the other one. Stops are written on
 * either side of the ocean: where nothing tells day and month apart, the year alone.
 */
function fromSlashes(match: RegExpExecArray, dateOrder: () => DateOrder): string | undefined {
  const order = dateOrder();
  const [first, second, digits] = [Number(match[1]), Number(match[2]), match[3] ?? ''];
  const year = digits.length === 2 ? `20${digits}` : digits;
  if (isInDoubt(match, order)) return year;
  const reversed = first > 12 || (order === 'day-first' && second <= 12);
  const [month, day] = reversed ? [second, first] : [first, second];
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return `${year}-${two(month)}-${two(day)}`;
}

/** "3.4.2026", in a text that shows no order. */
function isInDoubt([written, first, second]: RegExpExecArray, order: DateOrder): boolean {
  const mayBeEither =
    first !== second && [first, second].every((part) => Number(part) >= 1 && Number(part) <= 12);
  return mayBeEither && order === undefined && /^\d+\.\d+\.\d+$/u.test(written);
}

type Reader = (match: RegExpExecArray, dateOrder: () => DateOrder) => string | undefined;

const READERS: readonly (readonly [RegExp, Reader])[] = [
  [ISO, ([, year, month, day]) => [year, month, day].filter((part) => part !== undefined).join('-')],
  [SLASHED, fromSlashes],
  [MONTH_DAY_YEAR, ([, month, day, year]) => `${year ?? ''}-${two(monthNumber(month))}-${two(day ?? '')}`],
  [
    MONTH_WORD_YEAR,
    ([, month, day, year]) => `${year ?? ''}-${two(monthNumber(month))}-${two(dayNumber(day))}`,
  ],
  [DAY_MONTH_YEAR, ([, day, month, year]) => `${year ?? ''}-${two(monthNumber(month))}-${two(day ?? '')}`],
  [
    MONTH_SLASH_YEAR,
    ([, month, year]) => (Number(month) > 12 ? undefined : `${year ?? ''}-${two(month ?? '')}`),
  ],
  [MONTH_YEAR, ([, month, year]) => `${year ?? ''}-${two(monthNumber(month))}`],
  [BARE_YEAR, ([, year]) => year],
];

const YEAR_LENGTH = 4;

/** The dates of a stretch of a text in order, none overlapping; the fuller reading wins. Offsets are into the whole text. */
export function datesIn(
  { text, dateOrder, columnDates }: DatedText,
  start: number,
  end: number,
): readonly TextDate[] {
  const stretch = text.slice(start, end);
  if (!/\d{2}/u.test(stretch)) return [];
  const dates = columnDates().filter((date) => date.start >= start && date.end <= end);
  for (const [pattern, read] of READERS) {
    for (const match of stretch.matchAll(pattern)) {
      const [from, to] = [start + match.index, start + match.index + match[0].length];
      const iso = dates.some((date) => from < date.end && date.start < to)
        ? undefined
        : read(match, dateOrder);
      const inDoubt = pattern === SLASHED && iso?.length === YEAR_LENGTH ? { inDoubt: match[0] } : {};
      if (iso !== undefined) dates.push({ start: from, end: to, iso, ...inDoubt });
    }
  }
  return dates.sort((a, b) => a.start - b.start);
}
