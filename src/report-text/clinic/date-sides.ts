import { plays, sense } from '../marks/marks.js';
import type { TextLaterality } from '../reading.js';
import type { TextDate } from '../words/dates.js';
import type { ClinicSentence } from './sentence.js';

type Side = Exclude<TextLaterality, 'bilateral'>;

/** The one side named between two offsets; undefined where none is, or both are. */
function sideBetween({ marks, tokens }: ClinicSentence, from: number, to: number): Side | undefined {
  const codes = marks.flatMap((mark) => {
    const [start, end] = [tokens[mark.first]?.start ?? 0, tokens[mark.last]?.end ?? 0];
    return start >= from && end <= to && plays(mark, 'side') ? (sense(mark, 'side')?.code ?? []) : [];
  });
  const [side, ...others] = new Set(codes);
  return others.length === 0 && (side === 'left' || side === 'right') ? side : undefined;
}

/**
 * "RFA right 2022 and left 2023", "RFA 2022 on the right, 2023 on the left": the side of each of several dates of one
 * procedure, where the words give each its own; undefined elsewhere.
 * @param limits marks of the procedure and of the next one
 */
export function sidesOfDates(
  sentence: ClinicSentence,
  dates: readonly TextDate[],
  [own, next]: readonly [number, number],
): readonly (Side | undefined)[] {
  if (dates.length < 2) return [];
  const { marks, tokens, placed } = sentence;
  const from = tokens[marks[own]?.last ?? 0]?.end ?? 0;
  const to = tokens[marks[next]?.first ?? placed.end - 1]?.end ?? 0;
  const bounds = [from, ...dates.flatMap(({ start, end }) => [start, end]), to];
  const between = (index: number) => sideBetween(sentence, bounds[index] ?? 0, bounds[index + 1] ?? 0);
  const [before, after] = [0, 2].map((on) => dates.map((_, index) => between(2 * index + on)));
  const last = after?.at(-1);
  const told = last === undefined ? before : after;
  return told?.slice(last === undefined ? 1 : 0).every(Boolean) === true ? told : [];
}
