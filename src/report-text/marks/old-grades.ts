import { plays, type Mark } from './marks.js';
import type { Token } from '../words/tokenise.js';

const BEFORE: ReadonlySet<string> = new Set(['was', 'were', 'been', 'from']);
const NOW: ReadonlySet<string> = new Set(['now', 'currently', 'today']);
/** Words from "now" to the grade: "now at least moderate". */
const REACH = 3;

/**
 * Whether a mark is a grade that is told to have been before ("previously mild", "was mild"), where a later one is said
 * to be that of now.
 */
function isOldGrade(tokens: readonly Token[], marks: readonly Mark[], index: number): boolean {
  const mark = marks[index];
  if (mark === undefined || !plays(mark, 'severity')) return false;
  const before = marks[index - 1];
  const said = BEFORE.has(tokens[mark.first - 1]?.text ?? '');
  const past = said || (before?.last === mark.first - 1 && plays(before, 'historical-before'));
  if (!past) return false;
  const now = marks.findIndex((next, at) => at > index && isOfNow(tokens, next));
  if (now < 0) return false;
  const [between, behind] = [marks.slice(index + 1, now), marks.slice(now + 1)];
  // "was mild and the bulge is now moderate"
  return !(said && between.some(isThing)) && !isOfOther(between, behind);
}

function isThing(mark: Mark): boolean {
  return plays(mark, 'finding', 'change');
}

/** "mild at L3-4, now moderate at L4-5", "on the left, now moderate on the right": each grade has its own place. */
function isOfOther(between: readonly Mark[], behind: readonly Mark[]): boolean {
  const isIn = (is: (mark: Mark) => boolean): boolean => between.some(is) && behind.some(is);
  return isIn(isThing) || isIn((mark) => plays(mark, 'side')) || isIn(({ level }) => level !== undefined);
}

function isOfNow(tokens: readonly Token[], mark: Mark): boolean {
  if (!plays(mark, 'severity')) return false;
  return tokens.slice(Math.max(0, mark.first - REACH), mark.first).some(({ text }) => NOW.has(text));
}

/**
 * The marks of a sentence without the grade of before, where it tells that of now: "stenosis, previously mild, is now
 * moderate", "stenosis was mild, now moderate".
 */
export function withoutOldGrades(tokens: readonly Token[], marks: readonly Mark[]): readonly Mark[] {
  const old = marks.findIndex((_, index) => isOldGrade(tokens, marks, index));
  if (old < 0) return marks;
  let [from, to] = [old, old];
  while (plays(marks[from - 1], 'historical-before', 'finite-verb')) from -= 1;
  if (plays(marks[from - 1], 'comma')) from -= 1;
  while (plays(marks[to + 1], 'comma', 'list')) to += 1;
  // "previously mild at L4-5, is now moderate"
  const place = marks[to + 1]?.level !== undefined && plays(marks[to + 2], 'comma') ? to + 1 : undefined;
  if (place !== undefined)
    return [...marks.slice(0, from), ...marks.slice(place, place + 1), ...marks.slice(place + 2)];
  return [...marks.slice(0, from), ...marks.slice(to + 1)];
}
