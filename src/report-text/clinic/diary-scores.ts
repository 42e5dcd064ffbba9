import type { TextRelief } from '../reading.js';
import { linesOf } from '../document/tables.js';
import type { InterventionEvent } from './merge.js';
import { shareRelieved } from './scores.js';

const LONGEST_LINE = 60;
/** "1 hr: 2/10", "Before  9": what a line of a diary says, and its score. */
const LINE = /^[\s•*-]*([^:=|\t\d]*\d*[^:=|\t\d]*)[\s:=|–-]+(\d{1,2}(?:\.\d)?)(?:\s?\/\s?10)?\s*$/u;
/** The share of relief in a column of its own, which its heading names. */
const SHARE_COLUMN = /(?:\s*\||\s{2,}|\t)\s*(?:\d{1,3}\s?%?|[-–—]|n\/?a)\s*\|?\s*$/iu;
const SHARE_HEADING = /%|relief/iu;
const BEFORE = /^(?:pre|before|baseline|initial)\b/iu;
/** Minutes and hours: what is felt days later is no answer of a local anaesthetic. */
const AFTER =
  /^(?:(?:at|after|post)\s+)?(?:\d{1,2}\s?(?:m|mins?|minutes?|h|hrs?|hours?)\b|immediate|post|after|discharge)/iu;
const DAYS = /\b(?:days?|weeks?|months?|wks?|mos?)\b/iu;

/** A pain diary of one score a line: the pain before, and the least within the hours after. */
interface Diary {
  readonly start: number;
  readonly end: number;
  readonly relief: TextRelief;
}

interface Line {
  readonly is: 'before' | 'after';
  readonly score: number;
  readonly start: number;
  readonly end: number;
}

function lineOf(line: string, start: number, hasShares: boolean): Line | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  const match = LINE.exec(line) ?? (hasShares ? LINE.exec(line.replace(SHARE_COLUMN, '')) : null);
  const [label, score] = [match?.[1]?.trim() ?? '', Number(match?.[2] ?? NaN)];
  if (!(score <= 10) || DAYS.test(label)) return undefined;
  const span = { score, start, end: start + line.trimEnd().length };
  if (BEFORE.test(label)) return { is: 'before', ...span };
  return AFTER.test(label) ? { is: 'after', ...span } : undefined;
}

function diaryOf(before: Line, after: readonly Line[]): Diary | undefined {
  const last = after.at(-1);
  const least = Math.min(...after.map(({ score }) => score));
  const share = shareRelieved(before.score, least);
  if (last === undefined || share === undefined) return undefined;
  const [start, end] = [before.start, last.end];
  return { start, end, relief: { low: share, high: share, computed: true, start, end } };
}

/** The diaries of a text: a line of before, and below it those of after. */
function diariesIn(text: string): readonly Diary[] {
  const diaries: Diary[] = [];
  let [before, after]: [Line | undefined, Line[]] = [undefined, []];
  const close = (): void => {
    const diary = before && diaryOf(before, after);
    if (diary !== undefined) diaries.push(diary);
    [before, after] = [undefined, []];
  };
  let hasShares = false;
  for (const { line, start } of linesOf(text)) {
    const read = lineOf(line, start, hasShares);
    if (read === undefined && line.trim() !== '') hasShares = SHARE_HEADING.test(line);
    if (read?.is === 'after' && before !== undefined) after.push(read);
    else if (read?.is === 'before') {
      close();
      before = read;
    } else if (line.trim() !== '') close();
  }
  close();
  return diaries;
}

function isOpen({ kind, status, relief }: InterventionEvent, { start, end }: Diary): boolean {
  if (kind === 'other' || (status !== 'completed' && status !== 'unknown')) return false;
  return relief === undefined || (relief.computed === true && relief.start >= start && relief.end <= end);
}

/** Procedures told of, each with the best relief of the pain diary below it. */
export function withDiaries(
  text: string,
  events: readonly InterventionEvent[],
): readonly InterventionEvent[] {
  if (events.length === 0) return events;
  const relieved = new Map<InterventionEvent, InterventionEvent>();
  const inOrder = events.toSorted((a, b) => a.start - b.start);
  let next = 0;
  for (const diary of diariesIn(text)) {
    while ((inOrder[next]?.start ?? Infinity) < diary.start) next += 1;
    const told = inOrder[next - 1];
    const event = told && (relieved.get(told) ?? told);
    if (told !== undefined && event !== undefined && isOpen(event, diary))
      relieved.set(told, { ...event, relief: diary.relief, status: 'completed' });
  }
  return events.map((event) => relieved.get(event) ?? event);
}
