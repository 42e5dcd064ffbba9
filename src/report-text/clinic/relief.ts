import { filterMapped, allOf } from '../../lists.js';
import { plays, sense, type Mark } from '../marks/marks.js';
import type { TextRelief } from '../reading.js';
import { clauseAround, placeOf, respectiveSide, sideOf } from './relief-clause.js';
import { percents } from './percents.js';
import { scorePairs, type Percent } from './scores.js';
import { acrossSides, ofSide, withAgreedTime } from './relief-sides.js';
import { isAt, spanOf, textAt, type ClinicSentence } from './sentence.js';
import { respectiveDurations, timesAround } from './times.js';
import { unchangedPain } from './unchanged-pain.js';

/** A relief and the tokens it is said in. */
export interface ReliefMention {
  readonly first: number;
  readonly last: number;
  /** Said in words that need a block right beside them ("negative"). */
  readonly ofBlockOnly: boolean;
  readonly relief: TextRelief;
}

const REMAINING: ReadonlySet<string> = new Set(['remaining', 'residual']);
/** "still 70% of what it was": what is left, not what went. */
const BEFORE: ReadonlySet<string> = new Set(['what', 'baseline', 'original', 'before']);

/** "still has 80% of her pain" */
const STILL_HAS: ReadonlySet<string> = new Set(['has', 'have', 'had', 'feels', 'about', 'still']);

function isRemaining(sentence: ClinicSentence, { first, last }: Percent): boolean {
  const [next, then, third] = [1, 2, 3].map((on) => textAt(sentence, last + on));
  if ([next, then].some((word) => REMAINING.has(word ?? ''))) return true;
  if (next === 'of' && [then, third].some((word) => BEFORE.has(word ?? ''))) return true;
  if (next === 'of' && third === 'pain' && STILL_HAS.has(textAt(sentence, first - 1))) return true;
  return textAt(sentence, first - 1) === 'but' && textAt(sentence, first - 2) === 'all';
}

/** Where the words before a percentage begin that can be about it: "PT for 8 weeks, then an injection (80% relief)". */
function ownStart(sentence: ClinicSentence, percent: Percent, [from]: readonly [number, number]): number {
  const { marks } = sentence;
  const before = (mark: Mark): boolean => mark.first >= from && mark.last < percent.first;
  // "TFESI (60% x 4 weeks) and TFESI 2/4 (10%)": the time is of the first.
  const own = marks.findLast(
    (mark) => before(mark) && from > sentence.placed.first && plays(mark, 'procedure', 'action'),
  );
  if (own) return own.last + 1;
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
  const times = respectiveDurations(sentence);
  const duration = times.length === all.length ? times[all.indexOf(percent)] : undefined;
  const [low, high] = remaining ? [100 - percent.high, 100 - percent.low] : [percent.low, percent.high];
  const lasting = {
    ...timesAround(sentence, ownStart(sentence, percent, clause), percent.first),
    ...timesAround(sentence, percent.last + 1, clause[1]),
    ...(duration !== undefined && { duration }),
  };
  // "80% for two days; then no relief": of none there is no length.
  const { duration: _duration, ...later } = lasting;
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
      ...(high === 0 ? later : lasting),
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

/** "did not help more than a few days", "neither helped beyond a week": for that long it did. */
function helpedSome(sentence: ClinicSentence, { last }: Mark): boolean {
  const [next, then] = [textAt(sentence, last + 1), textAt(sentence, last + 2)];
  const from = next === 'for' ? then : next;
  return from === 'beyond' || from === 'past' || from === 'longer' || (from === 'more' && then !== 'relief');
}

function wordMention(
  sentence: ClinicSentence,
  mark: Mark,
  all: readonly Percent[],
): ReliefMention | undefined {
  const words = sense(mark, 'relief-in-words');
  if (words === undefined || (words.code === 'gone' && !isBehindPain(sentence, mark))) return undefined;
  if (words.code === 'none' && helpedSome(sentence, mark)) return undefined;
  const percent = {
    first: mark.first,
    last: mark.last,
    low: Number(words.properties.get('low')),
    high: Number(words.properties.get('high')),
  };
  return { ...mentionOf(sentence, percent, all, false), ofBlockOnly: words.code === 'negative' };
}

/** Between a denial and the relief it denies: "no meaningful relief", "did not have any real benefit". */
const DENIED_KIND: ReadonlySet<string> = new Set(
  'any a meaningful appreciable noticeable real useful substantial significant of the kind'.split(' '),
);
const DENIAL_REACH = 4;

/** "did not have any relief from": none, however it is put. */
function deniedMention(
  sentence: ClinicSentence,
  at: number,
  all: readonly Percent[],
): ReliefMention | undefined {
  const [denial, relief] = [sentence.marks[at - 1], sentence.marks[at]];
  if (relief === undefined || denial === undefined || !plays(relief, 'relief')) return undefined;
  if (!plays(denial, 'negation-before') || relief.first - denial.last > DENIAL_REACH) return undefined;
  if (helpedSome(sentence, relief)) return undefined;
  for (let token = denial.last + 1; token < relief.first; token += 1)
    if (!DENIED_KIND.has(textAt(sentence, token))) return undefined;
  const told = all.some(({ first, last }) => relief.last < first && first - relief.last <= 2 && last > 0);
  if (told) return undefined;
  const none = { first: denial.first, last: relief.last, low: 0, high: 0 };
  return { ...mentionOf(sentence, none, all, false), ofBlockOnly: false };
}

const NONE: ReadonlySet<string> = new Set(['none', 'nothing']);

/** "90% on the left and none on the right": beside a figure of the other side. */
function nonesIn(sentence: ClinicSentence, shares: readonly Percent[]): readonly Percent[] {
  if (shares.length === 0) return [];
  const { tokens, placed } = sentence;
  return allOf(tokens.slice(placed.first, placed.end), ({ text }, on) => {
    const first = placed.first + on;
    if (!NONE.has(text) || !['on', 'for'].includes(textAt(sentence, first + 1))) return [];
    const side = textAt(sentence, first + 2) === 'the' ? first + 3 : first + 2;
    return isAt(sentence, side, 'side') ? [{ first, last: first, low: 0, high: 0 }] : [];
  });
}

/** Every relief a sentence tells of, in order: percentages, pain scores before and after, "complete", "none". */
export function reliefsOf(sentence: ClinicSentence): readonly ReliefMention[] {
  const shares = percents(sentence);
  const pairs = scorePairs(sentence).filter(
    (pair) => !shares.some(({ first, last }) => first <= pair.last && pair.first <= last),
  );
  const all = [...shares, ...pairs, ...nonesIn(sentence, shares)].sort((a, b) => a.first - b.first);
  const figures = all.map((percent) => mentionOf(sentence, percent, all, pairs.includes(percent)));
  const words = filterMapped(sentence.marks, (mark) => wordMention(sentence, mark, all));
  const denied = filterMapped(sentence.marks, (_, at) => deniedMention(sentence, at, all));
  return ofPainAtIssue(
    sentence,
    [...figures, ...words, ...denied].sort((a, b) => a.first - b.first),
  );
}

/** Relief of another pain alone is none of the pain at issue, where the words beside say that this one did not change. */
function ofPainAtIssue(
  sentence: ClinicSentence,
  reliefs: readonly ReliefMention[],
): readonly ReliefMention[] {
  if (reliefs.length === 0 || reliefs.some(({ relief }) => relief.ofIndexPain !== false)) return reliefs;
  const unchanged = unchangedPain(sentence);
  return unchanged ? reliefs.map((one) => ({ ...one, relief: { ...one.relief, unchanged } })) : reliefs;
}

/** The relief that speaks of the pain at issue; that of another place only when there is no other. */
export function bestRelief(reliefs: readonly ReliefMention[]): TextRelief | undefined {
  // "a clear negative, with 10-20% at best": the figure says more than the word.
  const measured = reliefs.filter(({ ofBlockOnly }) => !ofBlockOnly);
  const said = measured.length > 0 ? measured : reliefs;
  const figures = said.filter(({ relief }) => relief.ofIndexPain !== false);
  const [best] = figures.length > 0 ? figures : said;
  const times = reliefs.map(({ relief }) => relief).find(({ duration }) => duration !== undefined);
  if (best === undefined) return undefined;
  const told = acrossSides(
    best.relief,
    figures.map(({ relief }) => relief),
  );
  const lasting = { ...(times?.duration !== undefined && { duration: times.duration }), ...told };
  return told.bySide === undefined ? lasting : withAgreedTime(lasting, figures);
}
