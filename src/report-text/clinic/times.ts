import { sense } from '../marks/marks.js';
import type { TextRelief } from '../reading.js';
import { isoDuration, partAt } from './time-parts.js';
import { figureAt, markAt, textAt, type ClinicSentence, type Figure } from './sentence.js';

const UNIT = /^(\d{1,3})(h|hr|d|w|wk|mo|y|yr)$/u;
const UNIT_CODES: ReadonlyMap<string, string> = new Map([
  ['h', 'H'],
  ['hr', 'H'],
  ['d', 'D'],
  ['w', 'W'],
  ['wk', 'W'],
  ['mo', 'M'],
  ['y', 'Y'],
  ['yr', 'Y'],
]);
/** Between what says that something lasted and its time. */
const PASSED: ReadonlySet<string> = new Set(['.', 'the', 'first']);
const PASSED_REACH = 3;
const ARTICLES: ReadonlySet<string> = new Set(['a', 'an']);

/** A length of time that begins at a token: "6 hours", "three months", "2-3 weeks" (the shorter), "6wk". */
function timeAt(sentence: ClinicSentence, token: number): { iso: string; last: number } | undefined {
  const glued = UNIT.exec(textAt(sentence, token));
  if (glued !== null)
    return { iso: isoDuration(Number(glued[1]), UNIT_CODES.get(glued[2] ?? '') ?? 'D'), last: token };
  if (textAt(sentence, token) === 'fortnight') return { iso: 'P2W', last: token };
  const figure = figureAt(sentence, token) ?? one(sentence, token);
  if (figure === undefined) return undefined;
  const part = partAt(sentence, token, figure);
  if (part !== undefined) return part;
  const joined =
    sentence.tokens[figure.last + 1]?.kind === 'joint' ||
    textAt(sentence, figure.last + 1) === 'to' ||
    textAt(sentence, figure.last + 1) === 'or';
  const upper = joined ? figureAt(sentence, figure.last + 2) : undefined;
  let unit = (upper ?? figure).last + 1;
  if (sentence.tokens[unit]?.kind === 'joint') unit += 1;
  const code = sense(markAt(sentence, unit), 'unit')?.code;
  return code === undefined ? undefined : { iso: isoDuration(figure.value, code), last: unit };
}

/** "a year", but not "half a year". */
function one(sentence: ClinicSentence, token: number): Figure | undefined {
  const isOne = ARTICLES.has(textAt(sentence, token)) && textAt(sentence, token - 1) !== 'half';
  return isOne ? { value: 1, last: token } : undefined;
}

const LASTING: ReadonlySet<string> = new Set([
  'for',
  'lasting',
  'lasted',
  'x',
  'times',
  'over',
  'about',
  'approximately',
  'least',
  'than',
  'last',
  '~',
  '×',
  'nearly',
  'almost',
  'around',
  'roughly',
  'during',
  'duration',
  'effect',
  'approx',
  'aprox',
  'approximatly',
]);
const SURELY_LASTING: ReadonlySet<string> = new Set(['for', 'lasting', 'lasted']);
const AFTERWARDS: ReadonlySet<string> = new Set([
  'after',
  'post',
  'later',
  'following',
  'follow',
  'followup',
  'postprocedure',
  'out',
  'since',
  'mark',
  'visit',
]);
/** "20% relief immediately after": in the procedure's own hour. */
const AT_ONCE: ReadonlySet<string> = new Set(['immediately', 'immediate']);
const AT: ReadonlySet<string> = new Set(['at', 'after', 'by', 'within']);

const PARTING: ReadonlySet<string> = new Set([
  ',',
  '|',
  '(',
  '/',
  ';',
  '-',
  '–',
  ':',
  'relief',
  'improvement',
  'duration',
]);

/** "80% relief, 6 hours", "60% | 6 weeks": nothing but marks between a relief and a time. */
function standsAlone(sentence: ClinicSentence, from: number, token: number): boolean {
  if (token === from) return false;
  return sentence.tokens.slice(from, token).every(({ text }) => PARTING.has(text));
}

/** "80%  3 mo" at the end of a line, or of an item. */
function endsCell({ tokens, placed }: ClinicSentence, last: number): boolean {
  const next = last + 1 < placed.end ? tokens[last + 1] : undefined;
  return next === undefined || next.kind === 'newline' || ENDS_CELL.has(next.text);
}
const ENDS_CELL: ReadonlySet<string> = new Set([';', '.', ',', ')', '|']);

const HELPED: ReadonlySet<string> = new Set(
  'held helped help worked lasted lasting relief improvement improved better benefit effective relieved good'.split(
    ' ',
  ),
);
/** "wore off after 6 months", "pain came back after 3 weeks": then it ended. */
const ENDED: ReadonlySet<string> = new Set('wore worn wearing returned recurred recurrence'.split(' '));
const CAME: ReadonlySet<string> = new Set(['came', 'come', 'comes', 'coming', 'now']);
const DENIED: ReadonlySet<string> = new Set(
  'not no never without if until expected expect anticipated typical typically should might usually used'.split(
    ' ',
  ),
);

/** "wore off in three days", "the pain came back after 3 weeks": the words before a time say that it ended then. */
function endsBefore(sentence: ClinicSentence, from: number, token: number): boolean {
  for (let at = token - 1; at >= Math.max(from, token - END_REACH); at -= 1) {
    const text = textAt(sentence, at);
    if (ENDED.has(text) || (text === 'back' && CAME.has(textAt(sentence, at - 1)))) return true;
  }
  return false;
}
const END_REACH = 4;
const AGO: ReadonlySet<string> = new Set(['ago', 'earlier', 'previously', 'back']);
/** "4 months' benefit" */
const POSSESSIVE: ReadonlySet<string> = new Set(["'", '’']);
/** "9 months of relief", "9 mo relief" */
const OF_RELIEF: ReadonlySet<string> = new Set(['of', 'relief', 'benefit', 'improvement']);

/** How long something helped, between two tokens, where the words say that it did, how much or not. */
export function helpedFor(sentence: ClinicSentence, from: number, to: number): string | undefined {
  const words = sentence.tokens.slice(from, to).map(({ text }) => text);
  if (words.some((word) => DENIED.has(word))) return undefined;
  const ended = words.some(
    (word, at) => ENDED.has(word) || (word === 'back' && CAME.has(words[at - 1] ?? '')),
  );
  if (!ended && !words.some((word) => HELPED.has(word))) return undefined;
  const { duration, measuredAfter } = timesAround(sentence, from, to);
  return duration ?? (ended ? measuredAfter : undefined);
}

/** The two words before a time, and before an article or an "approx.": "for approx. 2 months", "for the first four hours". */
function wordsBefore(sentence: ClinicSentence, token: number): readonly string[] {
  let last = token - 1;
  while (last > token - PASSED_REACH && PASSED.has(textAt(sentence, last))) last -= 1;
  return [token - 1, token - 2, last, last - 1].map((at) => textAt(sentence, at));
}

/** "... for 6 hours and 8 hours respectively", "for 6 and 8 hours, respectively": the times of several reliefs, in order. */
export function respectiveDurations(sentence: ClinicSentence): readonly string[] {
  const { tokens, placed } = sentence;
  if (!tokens.slice(placed.first, placed.end).some(({ text }) => text === 'respectively')) return [];
  const times: string[] = [];
  for (let token = placed.first; token < placed.end; token += 1) {
    const time = timeAt(sentence, token);
    if (time === undefined) continue;
    const joined = textAt(sentence, token - 1) === 'and' ? figureAt(sentence, token - 2) : undefined;
    const unit = sense(markAt(sentence, time.last), 'unit')?.code;
    if (joined !== undefined && joined.last === token - 2 && unit !== undefined)
      times.push(isoDuration(joined.value, unit));
    times.push(time.iso);
    token = time.last;
  }
  return times;
}

type Times = Pick<TextRelief, 'duration' | 'measuredAfter'>;
interface Time {
  readonly iso: string;
  readonly first: number;
  readonly last: number;
}

/** The words before say that something lasted ("for", "lasting"), or that it ended then. */
function isSaidToLast(
  sentence: ClinicSentence,
  from: number,
  { first }: Time,
  before: readonly string[],
): boolean {
  return before.some((word) => SURELY_LASTING.has(word)) || endsBefore(sentence, from, first);
}

/** "6 hours of relief", "4 months' benefit" */
function isOfRelief([next, then]: readonly string[]): boolean {
  return OF_RELIEF.has(next ?? '') || (POSSESSIVE.has(next ?? '') && OF_RELIEF.has(then ?? ''));
}

/** "relief 6 hours", "first 6 hours", "80%, 6 hours": what stands before a time, or that nothing else does. */
function mayLast(
  sentence: ClinicSentence,
  from: number,
  { first, last }: Time,
  before: readonly string[],
): boolean {
  return (
    before.some((word) => LASTING.has(word)) ||
    before[0] === 'first' ||
    before.slice(0, 2).some((word) => word !== 'of' && OF_RELIEF.has(word)) ||
    standsAlone(sentence, from, first) ||
    (first === from && endsCell(sentence, last))
  );
}

/** What a time tells of a relief: how long it lasted, when it was asked for, or nothing. */
function meaningOf(sentence: ClinicSentence, from: number, time: Time): Times {
  const before = wordsBefore(sentence, time.first);
  const after = [1, 2].map((on) => textAt(sentence, time.last + on));
  // "the one 5 months ago": when it was, not how long it helped.
  if (AGO.has(after[0] ?? '')) return {};
  if (isSaidToLast(sentence, from, time, before)) return { duration: time.iso };
  if (after.some((word) => AFTERWARDS.has(word)) || AT.has(before[0] ?? ''))
    return { measuredAfter: time.iso };
  return isOfRelief(after) || mayLast(sentence, from, time, before) ? { duration: time.iso } : {};
}

/** How long a relief lasted and when it was asked for, from the words around it: of each what is said first. */
export function timesAround(sentence: ClinicSentence, from: number, to: number): Times {
  let times: Times = {};
  for (let token = from; token < to; token += 1) {
    const time = timeAt(sentence, token);
    if (time !== undefined) {
      times = { ...meaningOf(sentence, from, { ...time, first: token }), ...times };
      token = time.last;
    } else if (AT_ONCE.has(textAt(sentence, token))) times = { measuredAfter: 'PT0H', ...times };
  }
  return times;
}
