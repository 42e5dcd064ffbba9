import { plays, sense, type Mark } from '../marks/marks.js';
import type { TextCare } from '../reading.js';
import { figureAt, markAt, textAt, type ClinicSentence, type Figure } from './sentence.js';

const WEEKS_IN: ReadonlyMap<string, number> = new Map([
  ['D', 1 / 7],
  ['W', 1],
  ['M', 52 / 12],
  ['Y', 52],
]);
/** How long or how often care was given. */
export interface Amount {
  readonly first: number;
  readonly weeks?: number;
  readonly visits?: number;
  /** Weeks since it began: how long it lasted at most. */
  readonly weeksAtMost?: number;
}

/** Weeks to one decimal: three months are 13 weeks. */
function weeksOf(value: number, unit: string): number | undefined {
  const factor = WEEKS_IN.get(unit);
  return factor === undefined ? undefined : Math.round(value * factor * 10) / 10;
}

function amountAt(sentence: ClinicSentence, token: number): (Amount & { readonly last: number }) | undefined {
  const figure = figureAt(sentence, token);
  if (figure === undefined) return undefined;
  const counted = visitsOf(sentence, figure);
  if (counted !== undefined) return { first: token, last: counted, visits: figure.value };
  const joined =
    sentence.tokens[figure.last + 1]?.kind === 'joint' || textAt(sentence, figure.last + 1) === 'to';
  const upper = joined ? figureAt(sentence, figure.last + 2) : undefined;
  let unit = (upper ?? figure).last + 1;
  while (
    sentence.tokens[unit]?.kind === 'joint' ||
    textAt(sentence, unit) === 'plus' ||
    textAt(sentence, unit) === '+'
  )
    unit += 1;
  const mark = markAt(sentence, unit);
  const ofCare = plays(mark, 'care') ? (mark?.last ?? unit) + 1 : unit;
  if (ofCare > unit && plays(markAt(sentence, ofCare), 'visits'))
    return { first: token, last: ofCare, visits: figure.value };
  const weeks = weeksOf(figure.value, sense(mark, 'unit')?.code ?? '');
  if (weeks !== undefined) return { first: token, last: unit, weeks };
  if (isFrequency(sentence, unit)) return undefined;
  return plays(mark, 'visits') ? { first: token, last: unit, visits: figure.value } : undefined;
}

/** "3 visits per week", "2 sessions/wk", "3 visits weekly": how often, not how many. */
function isFrequency(sentence: ClinicSentence, unit: number): boolean {
  const next = textAt(sentence, unit + 1);
  if (OFTEN.has(next)) return true;
  return EACH.has(next) && ['W', 'M', 'D'].includes(sense(markAt(sentence, unit + 2), 'unit')?.code ?? '');
}
const OFTEN: ReadonlySet<string> = new Set(['weekly', 'monthly', 'daily']);
const EACH: ReadonlySet<string> = new Set(['per', 'a', 'each', 'every', '/']);

/** "0 of 12 visits", "3 out of 12 PT sessions": the last token of it. */
function visitsOf(sentence: ClinicSentence, { last }: Figure): number | undefined {
  const out = textAt(sentence, last + 1) === 'out' ? last + 1 : last;
  const joins = ['of', '/'].includes(textAt(sentence, out + 1));
  const planned = joins ? figureAt(sentence, out + 2) : undefined;
  if (planned === undefined) return undefined;
  const unit = markAt(sentence, planned.last + 1);
  const ofCare = plays(unit, 'care') ? markAt(sentence, (unit?.last ?? 0) + 1) : undefined;
  return [unit, ofCare].find((mark) => plays(mark, 'visits'))?.last;
}

const BEGUN: ReadonlySet<string> = new Set(
  'started began begun initiated commenced enrolled beginning'.split(' '),
);
/** Words from "started" to "3 weeks ago". */
const BEGUN_REACH = 5;

/** "PT started 3 weeks ago": of what ended or was done long ago the same words say nothing. */
function sinceBegun(sentence: ClinicSentence, { first, weeks }: Amount): Amount | undefined {
  const words = Array.from({ length: BEGUN_REACH }, (_, back) => textAt(sentence, first - 1 - back));
  return weeks !== undefined && words.some((word) => BEGUN.has(word))
    ? { first, weeksAtMost: weeks }
    : undefined;
}

function amountsIn(sentence: ClinicSentence): readonly Amount[] {
  const amounts: Amount[] = [];
  for (let token = sentence.placed.first; token < sentence.placed.end; token += 1) {
    const amount = amountAt(sentence, token);
    if (amount === undefined) continue;
    const ago = textAt(sentence, amount.last + 1) === 'ago';
    const told = ago ? sinceBegun(sentence, amount) : amount;
    if (told !== undefined) amounts.push(told);
    token = amount.last;
  }
  return amounts;
}

/** The nearest care before an amount owns it ("PT x 12 weeks"), else the one right behind ("12 weeks of PT"). */
function ownerOf(amount: Amount, care: readonly Mark[], sentence: ClinicSentence): Mark | undefined {
  const behind = care.find(({ first }) => first > amount.first);
  const ofNext =
    behind !== undefined &&
    sentence.tokens.slice(amount.first, behind.first).some(({ text }) => text === 'of') &&
    behind.first - amount.first <= 6;
  return ofNext ? behind : (care.findLast(({ last }) => last < amount.first) ?? behind);
}

/** The amounts of a sentence by the care that each is of. */
export function ownedAmounts(
  sentence: ClinicSentence,
  care: readonly Mark[],
): ReadonlyMap<Mark, readonly Amount[]> {
  const owned = new Map<Mark, Amount[]>();
  for (const amount of amountsIn(sentence)) {
    const owner = ownerOf(amount, care, sentence);
    if (owner === undefined) continue;
    const amounts = owned.get(owner);
    if (amounts === undefined) owned.set(owner, [amount]);
    else amounts.push(amount);
  }
  return owned;
}

/** What amounts say of one care: the first of each kind. */
export function figuresOf(amounts: readonly Amount[]): Pick<TextCare, 'weeks' | 'visits' | 'weeksAtMost'> {
  const weeks = amounts.find((amount) => amount.weeks !== undefined)?.weeks;
  const visits = amounts.find((amount) => amount.visits !== undefined)?.visits;
  const weeksAtMost = amounts.find((amount) => amount.weeksAtMost !== undefined)?.weeksAtMost;
  return {
    ...(weeksAtMost !== undefined && { weeksAtMost }),
    ...(weeks !== undefined && { weeks }),
    ...(visits !== undefined && { visits }),
  };
}
