import { filterMapped, allOf } from '../../lists.js';
import { plays, sense, type Mark } from '../marks/marks.js';
import { SIDE_WORDS } from '../words/side-words.js';
import type { TextRelief } from '../reading.js';
import type { Percent } from './scores.js';
import { textAt, type ClinicSentence } from './sentence.js';

/** Marks between the punctuation or the neighbouring relief on either side: where the words about a relief stand. */
export function clauseAround(
  sentence: ClinicSentence,
  percent: Percent,
  all: readonly Percent[],
): readonly [number, number] {
  const previous = all.findLast(({ last }) => last < percent.first)?.last ?? sentence.placed.first - 1;
  const next = all.find(({ first }) => first > percent.last)?.first ?? sentence.placed.end;
  return [previous + 1, next];
}

/** Whether the words beside a relief place it where the pain at issue is. */
export function placeOf(
  sentence: ClinicSentence,
  percent: Percent,
  clause: readonly [number, number],
): Pick<TextRelief, 'ofIndexPain'> {
  const within = (mark: Mark): boolean =>
    mark.first >= clause[0] && mark.last < clause[1] && !separated(sentence, mark, percent);
  const places = new Set(filterMapped(sentence.marks.filter(within), (mark) => sense(mark, 'place')?.code));
  if (places.has('index-pain')) return { ofIndexPain: true };
  return places.has('elsewhere') ? { ofIndexPain: false } : {};
}

/** The one side that the words beside a relief name; of two, the one that no "and" keeps apart from it. */
export function sideOf(
  sentence: ClinicSentence,
  percent: Percent,
  [from, to]: readonly [number, number],
): string | undefined {
  const sidesWithin = (...partings: readonly Parting[]) => {
    const own = sentence.marks.filter(
      (mark, index) =>
        mark.first >= from &&
        mark.last < to &&
        !separated(sentence, mark, percent, ...partings) &&
        !isOfTest(sentence.marks, index),
    );
    const sides = new Set(filterMapped(own, (mark) => sense(mark, 'side')?.code));
    // "Bilateral blocks: left 90%": the block was of both, the relief is of one.
    return sides.size > 1 ? [...sides].filter((side) => side !== 'bilateral') : [...sides];
  };
  const named = sidesWithin();
  const [side, ...more] = named.length > 1 ? sidesWithin('list') : named;
  return more.length === 0 ? side : inOrder(sentence, percent, [from, to]);
}

/** "FABER R": a side that says where a test was positive. */
function isOfTest(marks: readonly Mark[], index: number): boolean {
  const [before, side] = [marks[index - 1], marks[index]];
  return plays(before, 'provocation', 'provocation-in-list') && before?.last === (side?.first ?? 0) - 1;
}

const SIDES: ReadonlySet<string> = new Set(['left', 'right']);

/** "85% on the left 10% on the right": sides stand before all figures, or behind all of them. */
function inOrder(
  { marks }: ClinicSentence,
  percent: Percent,
  [from, to]: readonly [number, number],
): string | undefined {
  const sides = marks.filter((mark) => SIDES.has(sense(mark, 'side')?.code ?? ''));
  const first = marks.find((mark) => plays(mark, 'percent', 'relief-in-words', 'score'));
  const leads = (sides[0]?.first ?? 0) < (first?.first ?? 0);
  const own = leads
    ? sides.findLast(({ first: at }) => at >= from && at < percent.first)
    : sides.find(({ last }) => last > percent.last && last < to);
  return sense(own, 'side')?.code;
}

/** "85% and 10% relief on the left and right": two figures and both sides named in one go belong together in order. */
export function respectiveSide(
  { marks, tokens }: ClinicSentence,
  percent: Percent,
  all: readonly Percent[],
): string | undefined {
  const sides = allOf(marks, ({ first, last }) => {
    const named = filterMapped(tokens.slice(first, last + 1), ({ text }) => SIDE_WORDS.get(text));
    return named.length === 2 && named[0] !== named[1] ? [named] : [];
  });
  return all.length === 2 && sides.length === 1 ? sides[0]?.[all.indexOf(percent)] : undefined;
}

type Parting = 'comma' | 'ends-scope' | 'list';

/** "the right only 10%", "on the right there was none": these part nothing, whatever else they end. */
const ADVERBS: ReadonlySet<string> = new Set(['only', 'still', 'there']);

/** A comma or a "but" between a place and a percentage: the place is another's. */
function separated(
  sentence: ClinicSentence,
  mark: Mark,
  percent: Percent,
  ...more: readonly Parting[]
): boolean {
  const [from, to] = mark.first < percent.first ? [mark.last, percent.first] : [percent.last, mark.first];
  return sentence.marks.some(
    (each) =>
      each.first > from &&
      each.last < to &&
      plays(each, 'comma', 'ends-scope', ...more) &&
      !ADVERBS.has(textAt(sentence, each.first)),
  );
}
