import { plays, sense, type Mark } from '../marks.js';
import type { TextRelief } from '../reading.js';
import { clauseAround, placeOf, respectiveSide, sideOf } from './relief-clause.js';
import { scorePairs, type Percent } from './scores.js';
import { acrossSides, ofSide } from './relief-sides.js';
import { figureAt, isAt, markAt, spanOf, textAt, type ClinicSentence, type Figure } from './sentence.js';
import { timesAround } from './times.js';

/** A relief and the tokens it is said in. */
export interface ReliefMention {
  readonly first: number;
  readonly last: number;
  /** Said in words that need a block right beside them ("negative"). */
  readonly ofBlockOnly: boolean;
  readonly relief: TextRelief;
}

/** Words beside a percentage that is no relief. */
const NOT_RELIEF: ReadonlySet<string> = new Set([
  'disability',
  'disabled',
  'odi',
  'height',
  'slip',
  'saturation',
  'spo2',
  'oxygen',
  'anterolisthesis',
  'impairment',
  'solution',
  'concentration',
  'oswestry',
  'room',
  'loss',
  'time',
  'remaining',
  'specificity',
  'sensitivity',
  'confidence',
  'adherence',
  'compliance',
]);
/** "80% of patients": tells of others. */
const OTHERS: ReadonlySet<string> = new Set(['patients', 'people', 'cases', 'subjects', 'individuals']);
/** Words before a relief that only ask for it: "if relief exceeds 50%", "requires 80% relief". */
const ASKED: ReadonlySet<string> = new Set(
  'if unless once assuming require required need needed must goal target expect expected threshold criteria hope'.split(
    ' ',
  ),
);
const REMAINING: ReadonlySet<string> = new Set(['remaining', 'residual']);
/** "still 70% of what it was": what is left, not what went. */
const BEFORE: ReadonlySet<string> = new Set(['what', 'baseline', 'original', 'before']);

function percentSign(sentence: ClinicSentence, token: number): number | undefined {
  if (isAt(sentence, token, 'percent')) return markAt(sentence, token)?.last;
  return isAt(sentence, token, 'plus') && isAt(sentence, token + 1, 'percent') ? token + 1 : undefined;
}

/** The upper bound behind "80-", "80 to", "80% to", "between 80 and". */
function upperBound(
  sentence: ClinicSentence,
  first: number,
  low: Figure,
): { figure: Figure; sign: number } | undefined {
  const behind = (percentSign(sentence, low.last + 1) ?? low.last) + 1;
  const joins =
    sentence.tokens[behind]?.kind === 'joint' ||
    textAt(sentence, behind) === 'to' ||
    (textAt(sentence, behind) === 'and' && textAt(sentence, first - 1) === 'between') ||
    textAt(sentence, behind) === 'or';
  const figure = joins ? figureAt(sentence, behind + 1) : undefined;
  const sign = figure === undefined ? undefined : percentSign(sentence, figure.last + 1);
  return figure === undefined || sign === undefined ? undefined : { figure, sign };
}

/** "--> 50%", "=> 50%": an arrow, no bound. */
function isArrow(sentence: ClinicSentence, mark: Mark | undefined): boolean {
  const before = mark === undefined ? undefined : sentence.tokens[mark.first - 1];
  const sign = mark === undefined ? undefined : sentence.tokens[mark.first];
  const glued = before !== undefined && before.end === sign?.start;
  return sign?.text === '>' && glued && (before.kind === 'joint' || before.text === '=');
}

function bounded(sentence: ClinicSentence, first: number, last: number, value: number): Percent {
  const before = [first - 1, first - 2].map((token) => markAt(sentence, token));
  const least =
    before.some((mark) => plays(mark, 'at-least') && !isArrow(sentence, mark)) ||
    isAt(sentence, last + 1, 'at-least', 'plus') ||
    isAt(sentence, last - 1, 'plus');
  const most = before.map((mark) => sense(mark, 'at-most')?.code).find((code) => code !== undefined);
  // Percentages are whole: less than 50 is 49 at most.
  if (most !== undefined)
    return { first, last, low: 0, high: most === 'below' ? Math.max(0, value - 1) : value };
  return { first, last, low: value, high: least ? 100 : value };
}

function percentAt(sentence: ClinicSentence, first: number): Percent | undefined {
  const low = figureAt(sentence, first);
  if (low === undefined || low.value > 100) return undefined;
  const upper = upperBound(sentence, first, low);
  if (upper !== undefined && upper.figure.value > low.value && upper.figure.value <= 100) {
    return { first, last: upper.sign, low: low.value, high: upper.figure.value };
  }
  const sign = percentSign(sentence, low.last + 1);
  return sign === undefined ? undefined : bounded(sentence, first, sign, low.value);
}

function isOfDrug(sentence: ClinicSentence, { first, last, high }: Percent): boolean {
  const near = [first - 1, first - 2, last + 1, last + 2].some((token) => isAt(sentence, token, 'drug'));
  return (
    (near && high <= 10) ||
    [first - 2, first - 1, last + 1, last + 2, last + 3].some((token) =>
      NOT_RELIEF.has(textAt(sentence, token)),
    )
  );
}

const WOULD: ReadonlySet<string> = new Set(['would', 'will', 'required', 'needed']);

/** "if relief is greater than 50%": a condition, up to the comma; "more than 75% would lead to a second test". */
function isAsked(sentence: ClinicSentence, { first, last }: Percent): boolean {
  if ([1, 2, 3].some((on) => WOULD.has(textAt(sentence, last + on)))) return true;
  for (let token = first - 1; token >= sentence.placed.first; token -= 1) {
    if (isAt(sentence, token, 'comma', 'ends-scope', 'done')) return false;
    if (ASKED.has(textAt(sentence, token))) return true;
  }
  return false;
}

/** "80% of patients improve": the sentence tells of no procedure of this patient. */
export function tellsOfOthers(sentence: ClinicSentence): boolean {
  const { marks, tokens, document } = sentence;
  return marks.some((mark) => {
    const [of, who] = [tokens[mark.last + 1], tokens[mark.last + 2]];
    if (!plays(mark, 'percent') || of?.text !== 'of' || who === undefined) return false;
    return OTHERS.has(document.text.slice(who.start, who.end).toLowerCase());
  });
}

function percents(sentence: ClinicSentence): readonly Percent[] {
  const found: Percent[] = [];
  const { placed } = sentence;
  for (let token = placed.first; token < placed.end; token += 1) {
    const percent = percentAt(sentence, token);
    if (percent === undefined) continue;
    if (!isOfDrug(sentence, percent) && !isAsked(sentence, percent)) found.push(percent);
    token = percent.last;
  }
  return found;
}

function isRemaining(sentence: ClinicSentence, { first, last }: Percent): boolean {
  const [next, then, third] = [1, 2, 3].map((on) => textAt(sentence, last + on));
  if ([next, then].some((word) => REMAINING.has(word ?? ''))) return true;
  if (next === 'of' && [then, third].some((word) => BEFORE.has(word ?? ''))) return true;
  return textAt(sentence, first - 1) === 'but' && textAt(sentence, first - 2) === 'all';
}

/** Where the words before a percentage begin that can be about it: "PT for 8 weeks, then an injection (80% relief)". */
function ownStart(sentence: ClinicSentence, percent: Percent, [from]: readonly [number, number]): number {
  const { marks } = sentence;
  const other = marks.findLast((mark) => mark.last < percent.first && plays(mark, 'care', 'medication'));
  if (!other) return from;
  const end = marks.find((mark) => mark.first > other.last && plays(mark, 'comma', 'list', 'ends-scope'));
  return Math.max(from, (end ?? other).last + 1);
}

function mentionOf(
  sentence: ClinicSentence,
  percent: Percent,
  all: readonly Percent[],
  computed: boolean,
): ReliefMention {
  const clause = clauseAround(sentence, percent, all);
  const remaining = isRemaining(sentence, percent);
  const side = respectiveSide(sentence, percent, all) ?? sideOf(sentence, percent, clause);
  const [low, high] = remaining ? [100 - percent.high, 100 - percent.low] : [percent.low, percent.high];
  return {
    first: percent.first,
    last: percent.last,
    ofBlockOnly: false,
    relief: {
      ...spanOf(sentence, percent.first, percent.last),
      low,
      high,
      ...(computed && { computed }),
      ...ofSide(side, { low, high }),
      ...placeOf(sentence, percent, clause),
      ...timesAround(sentence, ownStart(sentence, percent, clause), percent.first),
      ...timesAround(sentence, percent.last + 1, clause[1]),
    },
  };
}

const BETWEEN_PAIN_AND_GONE: ReadonlySet<string> = new Set(
  'is was has had went completely fully totally entirely all now'.split(' '),
);

/** "groin pain gone", not "the pain relief is gone" or "has gone to therapy". */
function isBehindPain(sentence: ClinicSentence, { first }: Mark): boolean {
  let token = first - 1;
  while (BETWEEN_PAIN_AND_GONE.has(textAt(sentence, token))) token -= 1;
  return ['pain', 'symptom', 'ache'].includes(textAt(sentence, token));
}

function wordMention(
  sentence: ClinicSentence,
  mark: Mark,
  all: readonly Percent[],
): ReliefMention | undefined {
  const words = sense(mark, 'relief-in-words');
  if (words === undefined || (words.code === 'gone' && !isBehindPain(sentence, mark))) return undefined;
  const percent = {
    first: mark.first,
    last: mark.last,
    low: Number(words.properties.get('low')),
    high: Number(words.properties.get('high')),
  };
  return { ...mentionOf(sentence, percent, all, false), ofBlockOnly: words.code === 'negative' };
}

/** Every relief a sentence tells of, in order: percentages, pain scores before and after, "complete", "none". */
export function reliefsOf(sentence: ClinicSentence): readonly ReliefMention[] {
  const shares = percents(sentence);
  const pairs = scorePairs(sentence).filter(
    (pair) => !shares.some(({ first, last }) => first <= pair.last && pair.first <= last),
  );
  const all = [...shares, ...pairs].sort((a, b) => a.first - b.first);
  const figures = all.map((percent) => mentionOf(sentence, percent, all, pairs.includes(percent)));
  const words = sentence.marks.flatMap((mark) => wordMention(sentence, mark, all) ?? []);
  return [...figures, ...words].sort((a, b) => a.first - b.first);
}

/** The relief that speaks of the pain at issue; that of another place only when there is no other. */
export function bestRelief(reliefs: readonly ReliefMention[]): TextRelief | undefined {
  const figures = reliefs.filter(({ relief }) => relief.ofIndexPain !== false);
  const [best] = figures.length > 0 ? figures : reliefs;
  const times = reliefs.map(({ relief }) => relief).find(({ duration }) => duration !== undefined);
  if (best === undefined) return undefined;
  const told = acrossSides(
    best.relief,
    figures.map(({ relief }) => relief),
  );
  return { ...(times?.duration !== undefined && { duration: times.duration }), ...told };
}
