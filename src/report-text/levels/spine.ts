/** The vertebrae from above, in canonical writing (T12, L5, S1), and the segments between them (L5-S1). */

const REGIONS = [
  { letter: 'C', count: 7 },
  { letter: 'T', count: 12 },
  { letter: 'L', count: 5 },
  { letter: 'S', count: 5 },
] as const;

const COLUMN: readonly string[] = REGIONS.flatMap(({ letter, count }) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
);
/** A sixth lumbar vertebra is a variant: it is in the column only when the text names it. */
const COLUMN_WITH_L6: readonly string[] = COLUMN.toSpliced(COLUMN.indexOf('S1'), 0, 'L6');

/** Canonical name, or undefined when there is no such vertebra. D (dorsal) is T. */
export function vertebra(letter: string, number: number): string | undefined {
  const name = `${letter.toUpperCase().replace('D', 'T')}${number}`;
  return COLUMN_WITH_L6.includes(name) ? name : undefined;
}

/** The vertebra that a bare number after another stands for: 5 after L4 is L5, 1 after L5 is S1. */
export function vertebraAfter(upper: string, number: number): string | undefined {
  const letter = upper.charAt(0);
  const own = Number(upper.slice(1));
  if (number > own) return vertebra(letter, number);
  const region = REGIONS.findIndex((each) => each.letter === letter);
  const below = REGIONS[region + 1];
  const last = REGIONS[region]?.count ?? 0;
  return below !== undefined && number === 1 && own >= last ? vertebra(below.letter, 1) : undefined;
}

function columnFor(upper: string, lower: string): readonly string[] {
  return upper === 'L6' || lower === 'L6' ? COLUMN_WITH_L6 : COLUMN;
}

/** All vertebrae from the upper to the lower one; empty when they stand in the wrong order. */
export function vertebraeBetween(upper: string, lower: string): readonly string[] {
  const column = columnFor(upper, lower);
  const [from, to] = [column.indexOf(upper), column.indexOf(lower)];
  return from < 0 || to < from ? [] : column.slice(from, to + 1);
}

/** The segments from the upper to the lower vertebra: L3 to S1 is L3-L4, L4-L5, L5-S1. */
export function segmentsBetween(upper: string, lower: string): readonly string[] {
  const vertebrae = vertebraeBetween(upper, lower);
  return vertebrae.slice(1).map((below, index) => `${vertebrae[index] ?? ''}-${below}`);
}

/** The segment below a vertebra (its own disc): that of L5 is L5-S1; undefined below the last. */
export function segmentBelow(upper: string): string | undefined {
  const lower = COLUMN_WITH_L6[COLUMN_WITH_L6.indexOf(upper) + 1];
  if (upper === 'L5') return 'L5-S1';
  return lower === undefined ? undefined : `${upper}-${lower}`;
}

/** The segment above a vertebra: that of L5 is L4-L5. */
export function segmentAbove(lower: string): string | undefined {
  const index = COLUMN.indexOf(lower);
  return index < 1 ? undefined : `${COLUMN[index - 1] ?? ''}-${lower}`;
}
