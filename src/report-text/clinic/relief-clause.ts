import { plays, sense, type Mark } from '../marks.js';
import type { TextRelief } from '../reading.js';
import type { Percent } from './scores.js';
import type { ClinicSentence } from './sentence.js';

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
  const places = new Set(sentence.marks.filter(within).flatMap((mark) => sense(mark, 'place')?.code ?? []));
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
      (mark) => mark.first >= from && mark.last < to && !separated(sentence, mark, percent, ...partings),
    );
    const sides = new Set(own.flatMap((mark) => sense(mark, 'side')?.code ?? []));
    // "Bilateral blocks: left 90%": the block was of both, the relief is of one.
    return sides.size > 1 ? [...sides].filter((side) => side !== 'bilateral') : [...sides];
  };
  const named = sidesWithin();
  const [side, ...more] = named.length > 1 ? sidesWithin('list') : named;
  return more.length === 0 ? side : undefined;
}

type Parting = 'comma' | 'ends-scope' | 'list';

/** A comma or a "but" between a place and a percentage: the place is another's. */
function separated(
  sentence: ClinicSentence,
  mark: Mark,
  percent: Percent,
  ...more: readonly Parting[]
): boolean {
  const [from, to] = mark.first < percent.first ? [mark.last, percent.first] : [percent.last, mark.first];
  return sentence.marks.some(
    (each) => each.first > from && each.last < to && plays(each, 'comma', 'ends-scope', ...more),
  );
}
