import type { Evidence, Scores } from '../evaluation/evidence.js';
import { fill } from '../evaluation/sentences.js';
import { codeSpan, escapeMarkdown, oneLine, shorten } from './markdown.js';
import { allOf } from '../lists.js';

/**
 * What may not fall out of a quotation, for the rest would say something else: denials and ends, how sure it is, sides,
 * where relief was, and figures with what they count.
 */
const TELLING =
  /^(?:no|not|non|none|nor|never|neither|without|cannot|unable|\w+n[’']t|den(?:y|ies|ied|ial|ying)|declin\w*|refus\w*|negative|absent|fail\w*|unsuccessful\w*|abort\w*|abandon\w*|stopp\w*|terminat\w*|cancel\w*|defer\w*|incomplete\w*|contraindicat\w*|only|less|worse\w*|suspicious|concern\w*|possib\w*|probabl\w*|likely|unlikely|consistent|planned?|scheduled?|left|right|bilateral\w*|both|groin|hip|buttock|relief|lesions?|[ctls]\d.*|.*%|percent|\d+\/10)$/i;
/** A word behind which the next one belongs to it: "no lesions", "not a candidate", "80-90% relief", "3 months". */
const LEADING = /^(?:no|not|non|without|never|left|right|bilateral|both|.*%|\d[\d.-]*)$/i;
const UNIT =
  /^(?:percent|min(?:utes?)?|h(?:ours?|rs?)?|days?|w(?:eeks?|ks?)|mo(?:nths?|s)?|years?|points?)\b/i;
/** Small words with which a phrase begins: what stays begins and ends with whole phrases. */
const OPENING =
  /^(?:of|in|on|at|to|for|from|with|by|after|before|over|during|about|and|or|but|plus|which|who|while|when|because|was|were|is|are|has|had|no|none|without)$/i;
const GAP = '…';
/** Words at either end that stay in any case: what was done begins a sentence, what came of it ends it. */
const ENDS = 3;
/** Fewer words between two gaps would be a splinter, not a quotation. */
const SPLINTER = 3;
/** A gap saves at least this many characters, or it is not worth its break. */
const WORTH = 12;
const GAPS = 2;
/** However much of it carries meaning, no quotation is longer. */
const LONGEST = 200;

/** Words from one, up to another. */
interface Run {
  readonly from: number;
  readonly to: number;
  /** In code points. */
  readonly size: number;
}

/** In code points: most sentences are shorter and stand whole. */
const QUOTED = 110;

/** The words for relief that was computed, with {before}, {after} and {percent}; `quoted` where the words quoted have the scores. */
export interface ScorePhrases {
  readonly scores: string;
  readonly quotedScores: string;
}

/**
 * `2026-03-03 "80-90% relief" `Procedure/x``: when, in the words of the record, and where to find it; of relief that was
 * computed, from what.
 */
export function evidenceText({ reference, date, excerpt, scores }: Evidence, phrases: ScorePhrases): string {
  const words = [excerpt && quote(excerpt), scores && scoresText(scores, phrases)];
  return [date?.slice(0, 10), ...words, codeSpan(reference)].filter(Boolean).join(' ');
}

function scoresText({ before, after, reliefPercent }: Scores, phrases: ScorePhrases): string {
  const isQuoted = before === undefined || after === undefined;
  return isQuoted
    ? fill(phrases.quotedScores, { percent: reliefPercent })
    : fill(phrases.scores, { before, after, percent: reliefPercent });
}

/** The words of a record in quotation marks, as Markdown, abridged where they are long. */
export function quote(excerpt: string): string {
  return `"${escapeMarkdown(abridge(excerpt, QUOTED))}"`;
}

/**
 * In one line, whole where it has at most `length` code points. Else up to two runs of whole phrases that carry no
 * meaning of their own are left out of its middle, as little as is enough ("Left SIJ RFA in 2025 … gave no relief at
 * 3 months"). Where the rest takes more than `length`, it is longer, never over 200; a text without meaning is cut.
 */
export function abridge(words: string, length: number): string {
  const text = oneLine(words);
  if (text.length <= length || sizeOf(text) <= length) return text;
  const parts = text.split(' ');
  const telling = parts.map(bare).map(isTelling);
  const runs = dispensable(parts, telling);
  const gaps: Run[] = [];
  let short = text;
  while (sizeOf(short) > length && gaps.length < GAPS) {
    const gap = nextGap(runs, gaps, sizeOf(short) - length + GAP.length);
    if (!gap) break;
    gaps.push(gap);
    short = assemble(parts, gaps);
  }
  return shorten(short, telling.includes(true) ? LONGEST : length);
}

const PAIRS = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

function sizeOf(text: string): number {
  return text.length - (text.match(PAIRS)?.length ?? 0);
}

/** The shortest run that saves enough, else the longest there is. */
function nextGap(runs: readonly Run[], gaps: readonly Run[], excess: number): Run | undefined {
  const left = runs.filter((run) => gaps.every((gap) => isApart(gap, run)));
  return left.find(({ size }) => size >= excess) ?? left.at(-1);
}

/** Every run of whole phrases without a telling word, the shortest first. */
function dispensable(parts: readonly string[], telling: readonly boolean[]): readonly Run[] {
  const last = parts.length - ENDS;
  const begins: number[] = [];
  for (let index = ENDS; index <= last; index += 1) if (beginsPhrase(parts, index)) begins.push(index);
  const runs: Run[] = [];
  for (const from of begins) {
    const end = telling.indexOf(true, from);
    for (const to of begins) {
      if (to <= from || (end >= 0 && to > end)) continue;
      const size = sizeOf(parts.slice(from, to).join(' '));
      if (size >= WORTH) runs.push({ from, to, size });
    }
  }
  return runs.sort((a, b) => a.size - b.size);
}

function beginsPhrase(parts: readonly string[], index: number): boolean {
  const [before, word] = [parts[index - 1] ?? '', parts[index] ?? ''];
  return /[,;:.)]$/.test(before) || (OPENING.test(word) && !OPENING.test(before));
}

function isApart(one: Run, other: Run): boolean {
  return one.from < other.from ? other.from - one.to >= SPLINTER : one.from - other.to >= SPLINTER;
}

/** @param words without the punctuation around them */
function isTelling(word: string, index: number, words: readonly string[]): boolean {
  if (TELLING.test(word) || LEADING.test(words[index - 1] ?? '')) return true;
  return /^\d/.test(word) && UNIT.test(words[index + 1] ?? '');
}

/** Without the punctuation around it. */
function bare(part: string): string {
  return part.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}%]+$/gu, '');
}

function assemble(parts: readonly string[], gaps: readonly Run[]): string {
  return allOf(parts, (part, index) => {
    const gap = gaps.find(({ from, to }) => index >= from && index < to);
    return gap ? (gap.from === index ? [GAP] : []) : [part];
  }).join(' ');
}
