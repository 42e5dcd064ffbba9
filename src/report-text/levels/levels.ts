import { allOf } from '../../lists.js';
import { ExtentReader, LIST_WORDS, type Extent } from './extents.js';
import type { PhraseBook } from '../words/phrase-book.js';
import { segmentsBetween, vertebraeBetween } from './spine.js';
import type { Token } from '../words/tokenise.js';
import { WORD_BITS } from '../words/words.js';

/** One or several levels named together: "L3-4, L4-5 and L5-S1", "L4 on L5", "L1 and L2". */
export interface LevelGroup {
  /** Token indexes, last included. */
  readonly first: number;
  readonly last: number;
  /** Motion segments, ranges expanded; empty when only single vertebrae are named. */
  readonly segments: readonly string[];
  /** Every vertebra named or spanned. */
  readonly vertebrae: readonly string[];
  /** Names nerves ("S1 nerve root", "S1 to S3 lateral branches"), no place in the spine. */
  readonly ofNerves: boolean;
}

const ROOT_ADJECTIVES: ReadonlySet<string> = new Set(
  'exiting traversing descending transiting nerve root'.split(' '),
);
const NERVE_ADJECTIVES: ReadonlySet<string> = new Set([
  ...ROOT_ADJECTIVES,
  ...'sided spinal left right exit'.split(' '),
]);
/** How far the lower vertebra of a slip may stand behind the upper one ("L4 vertebral body anteriorly over L5"). */
const SLIP_REACH = 4;

class LevelScanner {
  private readonly tokens: readonly Token[];
  private readonly extents: ExtentReader;

  constructor(tokens: readonly Token[], book: PhraseBook) {
    this.tokens = tokens;
    this.extents = new ExtentReader(tokens, book);
  }

  /** The group that begins at a token, or undefined. */
  groupAt(first: number, end: number): LevelGroup | undefined {
    const begin = this.extents.extentAt(first, end);
    if (begin === undefined) return undefined;
    const slip = this.slip(begin, end);
    const extents = slip === undefined ? this.list(begin, end) : this.slips(slip, end);
    const last = extents.at(-1)?.last ?? begin.last;
    const segments = allOf(extents, ({ upper, lower }) => segmentsBetween(upper, lower));
    const ofNerves = segments.length === 0 && this.namesNerves(first, last, end);
    const vertebrae = allOf(extents, ({ upper, lower }) => vertebraeBetween(upper, lower));
    return { first, last, segments: [...new Set(segments)], vertebrae: [...new Set(vertebrae)], ofNerves };
  }

  private list(begin: Extent, end: number): readonly Extent[] {
    const extents = [begin];
    for (;;) {
      const last = extents.at(-1) ?? begin;
      const next = this.itemAfter(last, end);
      if (next === undefined) return extents;
      extents.push(next);
    }
  }

  private itemAfter(last: Extent, end: number): Extent | undefined {
    let index = last.last + 1;
    while (index < end && (LIST_WORDS.has(this.extents.text(index)) || this.tokens[index]?.kind === 'joint'))
      index += 1;
    if (
      this.extents.text(index) === 'at' &&
      this.extents.text(index - 1) === 'and' &&
      this.opensAt(last.first)
    )
      index += 1;
    const apart = index > last.last + 1 || /^[ls]\d$/u.test(this.extents.text(index));
    if (!apart || index >= end) return undefined;
    return this.extents.extentAt(index, end) ?? this.bareSegment(last, index, end);
  }

  /** "At L4-5 and at L5-S1 there is ...": places said first, where "a bulge at L4-5 and at L5-S1 a protrusion" is of two. */
  private opensAt(level: number): boolean {
    const [before, at] = [this.tokens[level - 2], this.extents.text(level - 1)];
    return at === 'at' && (before === undefined || before.kind === 'newline' || '.;:'.includes(before.text));
  }

  /** "L3-4, 4-5 and 5-1": the letter is said once. */
  private bareSegment(before: Extent, index: number, end: number): Extent | undefined {
    const [first, joint, second] = [this.tokens[index], this.tokens[index + 1], this.tokens[index + 2]];
    if (before.upper === before.lower || first?.kind !== 'number' || joint?.kind !== 'joint')
      return undefined;
    if (index + 2 >= end || first.text !== before.lower.slice(1)) return undefined;
    const lower = this.extents.lowerAt({ ...before, upper: before.lower }, index + 2, end);
    if (second === undefined || lower === undefined) return undefined;
    return { first: index, last: lower.last, upper: before.lower, lower: lower.name };
  }

  /** "L4 on L5", "L4 vertebral body over L5": one segment, unless the finding itself stands between. */
  private slip(upper: Extent, end: number): Extent | undefined {
    if (upper.upper !== upper.lower) return undefined;
    const reach = Math.min(end, upper.last + 1 + SLIP_REACH);
    for (let index = upper.last + 1; index < reach && this.tokens[index]?.kind === 'word'; index += 1) {
      const over = this.extents.phrase('over', index, end);
      if (over === undefined && this.extents.isFinding(index, end)) return undefined;
      if (over === undefined) continue;
      const below = this.extents.text(over.last + 1) === 'the' ? over.last + 2 : over.last + 1;
      const lower = this.isDate(below) ? undefined : this.extents.lowerAt(upper, below, end);
      return lower === undefined ? undefined : { ...upper, last: lower.last, lower: lower.name };
    }
    return undefined;
  }

  /** "at S1 on 4/15": a figure before a slash is no vertebra below. */
  private isDate(index: number): boolean {
    const [figure, joint, next] = [this.tokens[index], this.tokens[index + 1], this.tokens[index + 2]];
    return figure?.kind === 'number' && joint?.kind === 'joint' && next?.kind === 'number';
  }

  /** "L2 over L3, L3 over L4": slips in a list. */
  private slips(begin: Extent, end: number): readonly Extent[] {
    const slips = [begin];
    for (let last = begin; ;) {
      const upper = this.itemAfter(last, end);
      const next = upper === undefined ? undefined : this.slip(upper, end);
      if (next === undefined) return slips;
      slips.push((last = next));
    }
  }

  private namesNerves(first: number, last: number, end: number): boolean {
    const next = NERVE_ADJECTIVES.has(this.extents.text(last + 1)) ? last + 2 : last + 1;
    const near = [next, last + 1].some((at) => this.extents.phrase('nerve-word', at, end) !== undefined);
    const before =
      this.extents.text(first - 1) === 'of' ? this.extents.text(first - 2) : this.extents.text(first - 1);
    return near || ROOT_ADJECTIVES.has(before);
  }
}

/** The level of an earlier sentence after one that names `groups`: a vertebra of it alone does not end it. */
export function levelAfter(
  before: LevelGroup | undefined,
  groups: readonly LevelGroup[],
): LevelGroup | undefined {
  const named = groups.findLast(({ segments }) => segments.length > 0);
  const within = groups.every(({ vertebrae }) => vertebrae.every((each) => before?.vertebrae.includes(each)));
  return named ?? (within ? before : groups.at(-1));
}

/** Most words can begin no level. */
function mayBeginAt(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (token?.kind === 'word') return (token.begins & WORD_BITS.level) !== 0;
  return token?.kind === 'number' && tokens[index + 1]?.kind === 'joint' && token.text.length === 1;
}

/** The levels named between two tokens (end excluded), in order. Signal weightings (T1, T2) are none. */
export function levelGroups(
  tokens: readonly Token[],
  range: readonly [number, number],
  book: PhraseBook,
): readonly LevelGroup[] {
  const scanner = new LevelScanner(tokens, book);
  const groups: LevelGroup[] = [];
  for (let index = range[0]; index < range[1]; index += 1) {
    const token = tokens[index];
    if (token === undefined || !mayBeginAt(tokens, index)) continue;
    const group = scanner.groupAt(index, range[1]);
    if (group === undefined) continue;
    groups.push(group);
    index = group.last;
  }
  return groups;
}
