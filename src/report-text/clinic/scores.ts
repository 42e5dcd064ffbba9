import { plays } from '../marks/marks.js';
import { seriesOf, type Score } from './score-series.js';
import { SIDE_WORDS } from '../words/side-words.js';
import { figureAt, isAt, textAt, type ClinicSentence, type Figure } from './sentence.js';

/** A share of pain relieved, percent, and the tokens it is said in. */
export interface Percent {
  readonly first: number;
  readonly last: number;
  readonly low: number;
  readonly high: number;
}

/** The share of pain relieved, percent, by the scores before and after; undefined where there was no pain, or it grew. */
export function shareRelieved(before: number, after: number): number | undefined {
  return before === 0 || after > before ? undefined : Math.round((100 * (before - after)) / before);
}

/** Words that say when a score was asked. */
export const BEFORE: ReadonlySet<string> = new Set([
  'pre',
  'before',
  'baseline',
  'initial',
  'preprocedure',
  'prior',
]);
export const AFTER: ReadonlySet<string> = new Set(['post', 'after', 'postprocedure', 'following', 'now']);
/** Between such a word and its figure. */
export const BEFORE_FIGURE: ReadonlySet<string> = new Set([
  ':',
  '=',
  'was',
  'is',
  'procedure',
  'injection',
  'block',
]);

/** A pain score out of ten that begins at a token: "8/10", "eight out of ten", or a bare figure where one is due. */
export function scoreAt(sentence: ClinicSentence, token: number, bare: boolean): Figure | undefined {
  const figure = figureAt(sentence, token);
  if (figure === undefined) return undefined;
  if (figure.value > 10) return bare && isInMillimetres(sentence, figure) ? figure : undefined;
  const next = figure.last + 1;
  const ofTen =
    sentence.tokens[next]?.text === '/' ? next + 1 : textAt(sentence, next) === 'out' ? next + 2 : undefined;
  const ten = ofTen === undefined ? undefined : figureAt(sentence, ofTen);
  if (ten?.value === 10) return { value: figure.value, last: ten.last };
  // "pre 7 / post 1": no fraction.
  const isFraction = sentence.tokens[next]?.text === '/' && figureAt(sentence, next + 1) !== undefined;
  return bare && !isAt(sentence, next, 'percent', 'unit') && !isFraction ? figure : undefined;
}

/** "VAS 68 -> 9 mm": a scale of a hundred millimetres. */
function isInMillimetres({ tokens, placed }: ClinicSentence, { value }: Figure): boolean {
  const words = tokens.slice(placed.first, placed.end).map(({ text }) => text);
  return value <= 100 && words.includes('vas') && words.includes('mm');
}

const ENDS_LABEL: ReadonlySet<string> = new Set([',', ';', '.', ')', 'and', 'but']);
const SCORE_WORDS: ReadonlySet<string> = new Set(['10', 'ten', 'pain']);

function mayScore({ marks, placed, tokens }: ClinicSentence): boolean {
  return (
    marks.some((mark) => plays(mark, 'score')) ||
    tokens.slice(placed.first, placed.end).some(({ text }) => SCORE_WORDS.has(text) || BEFORE.has(text))
  );
}

/** Whether a figure is labelled as of before or of after: "pre: 7", "post-procedure 2". */
function labelAt(sentence: ClinicSentence, token: number): 'before' | 'after' | undefined {
  let at = token - 1;
  while (at >= sentence.placed.first && passedLabel(sentence, at)) at -= 1;
  const text = textAt(sentence, at);
  if (BEFORE.has(text)) return 'before';
  return AFTER.has(text) ? 'after' : labelBehind(sentence, token);
}

/** "9 before, 8 after": the label ends what is said of its figure. */
function labelBehind(sentence: ClinicSentence, token: number): 'before' | 'after' | undefined {
  let last = figureAt(sentence, token)?.last ?? token;
  // "VAS 70 mm before, 20 mm after 30 min"
  if (textAt(sentence, last + 1) === 'mm') last += 1;
  const [text, next] = [textAt(sentence, last + 1), textAt(sentence, last + 2)];
  if (next !== '' && !ENDS_LABEL.has(next) && !isTimeAt(sentence, last + 2)) return undefined;
  if (BEFORE.has(text)) return 'before';
  return AFTER.has(text) ? 'after' : undefined;
}

function isTimeAt(sentence: ClinicSentence, token: number): boolean {
  const figure = figureAt(sentence, token);
  return figure !== undefined && isAt(sentence, figure.last + 1, 'unit');
}

/** "before: 8/10", "8/10 before" */
function isBefore(sentence: ClinicSentence, { first, last }: Score): boolean {
  return labelAt(sentence, first) === 'before' || BEFORE.has(textAt(sentence, last + 1));
}

function passedLabel(sentence: ClinicSentence, token: number): boolean {
  const ofTime = isAt(sentence, token, 'unit') || isAt(sentence, token + 1, 'unit');
  return ofTime || BEFORE_FIGURE.has(textAt(sentence, token)) || sentence.tokens[token]?.kind === 'joint';
}

/** "pre 7, post 2": a sentence that gives a score for before and one for after needs no word for pain. */
function givesBoth(sentence: ClinicSentence): boolean {
  const { placed, tokens } = sentence;
  const labels = new Set<string>();
  for (let token = placed.first; token < placed.end; token += 1) {
    if (tokens[token]?.kind !== 'number' || scoreAt(sentence, token, true) === undefined) continue;
    labels.add(labelAt(sentence, token) ?? '');
  }
  return labels.has('before') && labels.has('after');
}

/** "Pre 7/10, post 0/10": figures labelled as scores of two times. */
export function labelsTimes(sentence: ClinicSentence): boolean {
  return mayScore(sentence) && givesBoth(sentence);
}

const ARTICLES: ReadonlySet<string> = new Set(['a', 'an']);
export const ARROWS: ReadonlySet<string> = new Set(['>', '→', '➔', '⇒']);
const FROM_TO: ReadonlySet<string> = new Set(['from', 'to']);

/** Pain before and after, as the share it fell by: "NRS 8/10 to 2/10", "from 8 to 2". */
export function scorePairs(sentence: ClinicSentence): readonly Percent[] {
  const { marks, placed, tokens } = sentence;
  if (!mayScore(sentence)) return [];
  const scores: Score[] = [];
  const both = givesBoth(sentence);
  const pain =
    both ||
    marks.some((mark) => plays(mark, 'score')) ||
    tokens.slice(placed.first, placed.end).some(({ text }) => text === 'pain');
  for (let token = placed.first; token < placed.end; token += 1) {
    // "from an 8 to a 2"
    const lead = ARTICLES.has(textAt(sentence, token - 1)) ? token - 2 : token - 1;
    const [before, joins] = [textAt(sentence, token - 1), FROM_TO.has(textAt(sentence, lead))];
    const due =
      pain &&
      (isAt(sentence, token - 1, 'score', 'side') ||
        (before === ':' && isAt(sentence, token - 2, 'score', 'side')) ||
        (isAt(sentence, token - 2, 'score') && (BEFORE.has(before) || AFTER.has(before))) ||
        (both && labelAt(sentence, token) !== undefined) ||
        joins ||
        (before === 'a' && scores.length > 0) ||
        ARROWS.has(before));
    const score = scoreAt(sentence, token, due);
    if (score === undefined) continue;
    scores.push({ ...score, first: token });
    token = score.last;
  }
  return pairsOf(sentence, scores);
}

/** "post-procedure pain 1/10": the score behind is the later one. */
function saysPost(sentence: ClinicSentence, score: number): boolean {
  for (let token = score - 1; token >= sentence.placed.first && token >= score - 5; token -= 1) {
    const text = textAt(sentence, token);
    if (text === 'post' || text === 'postprocedure' || text === 'postinjection') return true;
    if (text === ',' || isAt(sentence, token, 'number')) return false;
  }
  return false;
}

/** Whether the later score is named first: "2/10 compared with 8/10 beforehand", "0/10 from 7/10". */
function isReversed(sentence: ClinicSentence, first: Score, second: Score): boolean {
  const before = textAt(sentence, second.first - 1);
  return (
    (saysPost(sentence, first.first) && !saysPost(sentence, second.first)) ||
    EARLIER.has(before) ||
    (before === 'from' && textAt(sentence, first.first - 1) !== 'from') ||
    textAt(sentence, second.first - 2) === 'compared' ||
    (EARLIER_BEHIND.has(textAt(sentence, second.last + 1)) &&
      !EARLIER_BEHIND.has(textAt(sentence, first.last + 1)) &&
      !BEFORE.has(textAt(sentence, first.first - 1)))
  );
}

/** "right 7, left 6": two scores of one time. */
function areOfSides(sentence: ClinicSentence, one: Score, other: Score): boolean {
  const [a, b] = [one, other].map(({ first }) => {
    const named = textAt(sentence, first - 1);
    return SIDE_WORDS.get([':', '='].includes(named) ? textAt(sentence, first - 2) : named);
  });
  return a !== undefined && b !== undefined && a !== b;
}

function pairsOf(sentence: ClinicSentence, scores: readonly Score[]): readonly Percent[] {
  const series = seriesOf(sentence, scores, (score) => isBefore(sentence, score));
  const most = series && shareRelieved(series.before.value, series.least.value);
  if (series !== undefined)
    return most === undefined
      ? []
      : [{ first: series.before.first, last: series.last, low: most, high: most }];
  const pairs: Percent[] = [];
  for (let at = 0; at + 1 < scores.length; at += 2) {
    const [before, after] = [scores[at], scores[at + 1]];
    if (before === undefined || after === undefined) continue;
    const reversed = isReversed(sentence, before, after);
    const [was, is] = reversed ? [after.value, before.value] : [before.value, after.value];
    const share = shareRelieved(was, is);
    if (share === undefined || areOfSides(sentence, before, after)) continue;
    const words = sentence.tokens.slice(before.first - 4, after.first).map(({ text }) => text);
    const labelled =
      labelAt(sentence, before.first) === 'before' && labelAt(sentence, after.first) === 'after';
    if (
      (!labelled && words.some((word) => RANGE_WORDS.has(word))) ||
      (after.first === before.last + 2 && words.at(-1) === '-')
    )
      continue;
    pairs.push({ first: before.first, last: after.last, low: share, high: share });
  }
  return pairs;
}

/** Right before the second score: that one is the earlier ("3/10, was 9/10"). */
const EARLIER: ReadonlySet<string> = new Set(['was', 'previously', 'formerly', 'baseline', 'before']);
/** Right behind the second score: "2/10 from 8/10 before". */
const EARLIER_BEHIND: ReadonlySet<string> = new Set([
  'beforehand',
  'previously',
  'preprocedure',
  'before',
  'pre',
  'prior',
]);
const RANGE_WORDS: ReadonlySet<string> = new Set([
  'range',
  'ranging',
  'between',
  'ranged',
  'average',
  'worst',
  'best',
]);
