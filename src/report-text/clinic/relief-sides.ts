import type { TextRelief } from '../reading.js';

type Range = Pick<TextRelief, 'low' | 'high'>;
type BySide = NonNullable<TextRelief['bySide']>;

const SIDES = ['left', 'right'] as const;

/** The figures as those of one side, where the words beside them name one. */
export function ofSide(side: string | undefined, { low, high }: Range): Pick<TextRelief, 'bySide'> {
  const named = SIDES.find((each) => each === side);
  return named === undefined ? {} : { bySide: { [named]: { low, high } } };
}

function range(reliefs: readonly [Range, ...Range[]]): Range {
  return {
    low: Math.min(...reliefs.map(({ low }) => low)),
    high: Math.max(...reliefs.map(({ high }) => high)),
  };
}

function sidesOf({ bySide }: Pick<TextRelief, 'bySide'>): readonly (keyof BySide)[] {
  return SIDES.filter((side) => bySide?.[side] !== undefined);
}

function figuresOf(side: keyof BySide, reliefs: readonly TextRelief[]): BySide {
  const [first, ...more] = reliefs.flatMap(({ bySide }) => bySide?.[side] ?? []);
  return first === undefined ? {} : { [side]: range([first, ...more]) };
}

/**
 * The reliefs that one sentence tells of one session, the first of them in front. Where one is of a side, that side
 * keeps its own beside it; of the session as a whole only the range is true then.
 */
export function acrossSides(first: TextRelief, reliefs: readonly TextRelief[]): TextRelief {
  const named = new Set(reliefs.flatMap(sidesOf));
  if (named.size === 0) return first;
  if (named.size === 2)
    return {
      ...first,
      ...range([first, ...reliefs.filter(({ bySide }) => bySide)]),
      bySide: { ...figuresOf('left', reliefs), ...figuresOf('right', reliefs) },
    };
  const sided = reliefs.find(({ bySide }) => bySide) ?? first;
  return { ...first, ...range([first, sided]), ...(sided.bySide && { bySide: sided.bySide }) };
}

/** Two tellings of one session, the later of a side that the earlier does not speak of; undefined where it is not. */
export function joinedAcrossSides(
  before: TextRelief | undefined,
  later: TextRelief | undefined,
): TextRelief | undefined {
  if (!before?.bySide || !later?.bySide) return undefined;
  if (sidesOf(later).some((side) => before.bySide?.[side] !== undefined)) return undefined;
  const { duration, ...both } = before;
  return {
    ...both,
    // "Right 90% for 3 hours, left 40% for 1 hour": of the session as a whole no time is true.
    ...(duration !== undefined && agrees(duration, later.duration) && { duration }),
    ...range([before, later]),
    bySide: { ...before.bySide, ...later.bySide },
  };
}

/** "Right 75% for 3 weeks, left 40% for a week": of both no time is true. */
export function withAgreedTime(
  relief: TextRelief,
  told: readonly { readonly relief: TextRelief }[],
): TextRelief {
  const times = new Set(told.flatMap(({ relief: { duration } }) => duration ?? []));
  if (sidesOf(relief).length < SIDES.length || times.size < 2) return relief;
  const { duration: _duration, ...rest } = relief;
  return rest;
}

function agrees(one: string, other: string | undefined): boolean {
  return other === undefined || one === other;
}

/** The sides that reliefs are told of: a procedure that names none was of these. */
export function sideToldOf(relief: TextRelief | undefined): 'left' | 'right' | 'bilateral' | undefined {
  const [only, other] = relief === undefined ? [] : sidesOf(relief);
  return other === undefined ? only : 'bilateral';
}

/** Of a procedure of one side its relief is that of the side, with nothing to set beside it. */
export function fitted(relief: TextRelief, laterality: string | undefined): TextRelief {
  const side = SIDES.find((each) => each === laterality);
  const own = side && relief.bySide?.[side];
  if (own === undefined) return relief;
  const { bySide: _bySide, ...rest } = relief;
  return { ...rest, ...own };
}

/**
 * "0% at 2 weeks. The first 4 hours were 100%.": of two tellings of one block, the later of the hours in which the
 * anaesthetic works; undefined where it is not.
 */
export function earlierOf(before: TextRelief | undefined, later: TextRelief): TextRelief | undefined {
  const isLate = before?.measuredAfter !== undefined && !before.measuredAfter.startsWith(HOURS);
  const isEarly = (later.duration ?? later.measuredAfter)?.startsWith(HOURS) === true;
  if (!isLate || !isEarly || later.bySide) return undefined;
  const [side, ...more] = sidesOf(before);
  return more.length === 0 ? { ...later, ...ofSide(side, later) } : undefined;
}

/** How an ISO 8601 duration of hours or minutes begins. */
const HOURS = 'PT';
