import type { PhraseBook } from './phrase-book.js';
import { longestPhrase } from './phrases.js';
import { segmentsBetween, vertebra, vertebraAfter, vertebraeBetween } from './spine.js';
import type { Token } from './tokenise.js';

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

interface Extent {
  readonly first: number;
  readonly last: number;
  /** Uppermost and lowest vertebra; the same for a single one. */
  readonly upper: string;
  readonly lower: string;
}

const VERTEBRA = /^([cltsd])(\d{1,2})$/u;
const GLUED_PAIR = /^([cltsd])(\d{1,2})([cltsd])(\d{1,2})$/u;
/** "L45" for L4-5: only where the second digit follows the first. */
const GLUED_DIGITS = /^(l)([1-5])([1-6])$/u;
const UNITS: ReadonlySet<string> = new Set('mm cm % x percent week month year day tesla'.split(' '));
const LIST_WORDS: ReadonlySet<string> = new Set(['and', 'or', '&', ',', '+', 'n', 'both']);
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
  private readonly book: PhraseBook;

  constructor(tokens: readonly Token[], book: PhraseBook) {
    this.tokens = tokens;
    this.book = book;
  }

  /** The group that begins at a token, or undefined. */
  groupAt(first: number, end: number): LevelGroup | undefined {
    const begin = this.extentAt(first, end);
    if (begin === undefined) return undefined;
    const slip = this.slip(begin, end);
    const extents = slip === undefined ? this.list(begin, end) : [slip];
    const last = extents.at(-1)?.last ?? begin.last;
    const segments = extents.flatMap(({ upper, lower }) => segmentsBetween(upper, lower));
    const ofNerves = segments.length === 0 && this.namesNerves(first, last, end);
    const vertebrae = extents.flatMap(({ upper, lower }) => vertebraeBetween(upper, lower));
    return { first, last, segments: [...new Set(segments)], vertebrae: [...new Set(vertebrae)], ofNerves };
  }

  private text(index: number): string {
    return this.tokens[index]?.text ?? '';
  }

  private phrase(role: string, index: number, end: number) {
    return longestPhrase(this.tokens, index, end, this.book.placed.get(role));
  }

  private extentAt(index: number, end: number): Extent | undefined {
    const named = this.phrase('named-level', index, end);
    const code = named?.senses[0]?.code.split('-');
    if (named !== undefined && code !== undefined) {
      return { first: index, last: named.last, upper: code[0] ?? '', lower: code[1] ?? '' };
    }
    const upper = this.glued(index) ?? this.single(index, end);
    return upper === undefined ? undefined : this.chain(upper, end);
  }

  private glued(index: number): Extent | undefined {
    const pair = GLUED_PAIR.exec(this.text(index));
    if (pair !== null) {
      const upper = vertebra(pair[1] ?? '', Number(pair[2]));
      const lower = vertebra(pair[3] ?? '', Number(pair[4]));
      return upper === undefined || lower === undefined
        ? undefined
        : { first: index, last: index, upper, lower };
    }
    const digits = GLUED_DIGITS.exec(this.text(index));
    const upper = digits === null ? undefined : vertebra('L', Number(digits[2]));
    const lower = upper === undefined ? undefined : vertebraAfter(upper, Number(digits?.[3]));
    if (upper === undefined || lower === undefined || segmentsBetween(upper, lower).length !== 1)
      return undefined;
    return { first: index, last: index, upper, lower };
  }

  private single(index: number, end: number): Extent | undefined {
    const match = VERTEBRA.exec(this.text(index));
    if (match !== null) return this.unlessSignal(vertebra(match[1] ?? '', Number(match[2])), index, end);
    if (/^[cltsd]$/u.test(this.text(index)) && this.tokens[index + 1]?.kind === 'number' && index + 1 < end) {
      const name = vertebra(this.text(index), Number(this.text(index + 1)));
      return name === undefined ? undefined : { first: index, last: index + 1, upper: name, lower: name };
    }
    return this.ordinal(index, end);
  }

  /** T1 and T2 are signal weightings unless a vertebra word follows; nobody images the first ribs for a low back. */
  private unlessSignal(name: string | undefined, index: number, end: number): Extent | undefined {
    if (name === undefined) return undefined;
    const signal =
      (name === 'T1' || name === 'T2') && this.phrase('vertebra-word', index + 1, end) === undefined;
    return signal ? undefined : { first: index, last: index, upper: name, lower: name };
  }

  private ordinal(index: number, end: number): Extent | undefined {
    const named = this.phrase('ordinal', index, end);
    const name = named?.senses[0]?.code;
    if (named !== undefined && name !== undefined)
      return { first: index, last: named.last, upper: name, lower: name };
    const second = LIST_WORDS.has(this.text(index + 1)) ? this.phrase('ordinal', index + 2, end) : undefined;
    const lower = second?.senses[0]?.code;
    if (second === undefined || lower === undefined) return undefined;
    const upper = [
      ...(this.book.placed.get('ordinal')?.next.get(this.text(index))?.next.get('lumbar')?.concepts ?? []),
    ];
    return upper[0] === undefined
      ? undefined
      : { first: index, last: second.last, upper: upper[0].code, lower };
  }

  /** Follows "-5", "/L5", "-5-S1", "through S1" behind a vertebra. */
  private chain(begin: Extent, end: number): Extent {
    let extent = begin;
    for (;;) {
      const link = this.linkAfter(extent.last, end);
      const lower = link === undefined ? undefined : this.lowerAt(extent, link, end);
      if (lower === undefined) return extent;
      extent = { ...extent, last: lower.last, lower: lower.name };
    }
  }

  private linkAfter(last: number, end: number): number | undefined {
    if (this.tokens[last + 1]?.kind === 'joint') return last + 2;
    const through = this.phrase('through', last + 1, end);
    return through === undefined ? undefined : through.last + 1;
  }

  private lowerAt(extent: Extent, index: number, end: number): { name: string; last: number } | undefined {
    const token = this.tokens[index];
    if (token === undefined || index >= end) return undefined;
    if (token.kind === 'number') {
      if (UNITS.has(this.text(index + 1))) return undefined;
      const name = vertebraAfter(extent.lower, Number(token.text));
      return name === undefined ? undefined : { name, last: index };
    }
    const next = this.glued(index) ?? this.single(index, end);
    if (next === undefined || vertebraeBetween(extent.lower, next.lower).length < 2) return undefined;
    // "L3-4/L4-5": a slash before a segment of its own lists it.
    const listed =
      this.text(index - 1) === '/' && extent.upper !== extent.lower && extent.lower === next.upper;
    return listed ? undefined : { name: next.lower, last: next.last };
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
    while (index < end && (LIST_WORDS.has(this.text(index)) || this.tokens[index]?.kind === 'joint'))
      index += 1;
    if (index === last.last + 1 || index >= end) return undefined;
    return this.extentAt(index, end) ?? this.bareSegment(last, index, end);
  }

  /** "L3-4, 4-5 and 5-1": the letter is said once. */
  private bareSegment(before: Extent, index: number, end: number): Extent | undefined {
    const [first, joint, second] = [this.tokens[index], this.tokens[index + 1], this.tokens[index + 2]];
    if (before.upper === before.lower || first?.kind !== 'number' || joint?.kind !== 'joint')
      return undefined;
    if (index + 2 >= end || first.text !== before.lower.slice(1)) return undefined;
    const lower = this.lowerAt({ ...before, upper: before.lower }, index + 2, end);
    if (second === undefined || lower === undefined) return undefined;
    return { first: index, last: lower.last, upper: before.lower, lower: lower.name };
  }

  /** "L4 on L5", "L4 vertebral body over L5": one segment. */
  private slip(upper: Extent, end: number): Extent | undefined {
    if (upper.upper !== upper.lower) return undefined;
    const reach = Math.min(end, upper.last + 1 + SLIP_REACH);
    for (let index = upper.last + 1; index < reach && this.tokens[index]?.kind === 'word'; index += 1) {
      const over = this.phrase('over', index, end);
      if (over === undefined) continue;
      const below = this.text(over.last + 1) === 'the' ? over.last + 2 : over.last + 1;
      const lower = this.lowerAt(upper, below, end);
      return lower === undefined ? undefined : { ...upper, last: lower.last, lower: lower.name };
    }
    return undefined;
  }

  private namesNerves(first: number, last: number, end: number): boolean {
    const next = NERVE_ADJECTIVES.has(this.text(last + 1)) ? last + 2 : last + 1;
    const near = this.phrase('nerve-word', next, end) !== undefined;
    const before = this.text(first - 1) === 'of' ? this.text(first - 2) : this.text(first - 1);
    return near || ROOT_ADJECTIVES.has(before);
  }
}

/** Most words can begin no level: told by their first two characters, or by a look into the words for levels. */
function mayBegin(text: string, book: PhraseBook): boolean {
  const second = text.charCodeAt(1);
  const figure = (second >= 48 && second <= 57) || text.length === 1;
  if (figure && 'cltsd'.includes(text.charAt(0))) return true;
  return (
    (book.placed.get('ordinal')?.next.has(text) ?? false) ||
    (book.placed.get('named-level')?.next.has(text) ?? false)
  );
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
    if (token?.kind !== 'word' || !mayBegin(token.text, book)) continue;
    const group = scanner.groupAt(index, range[1]);
    if (group === undefined) continue;
    groups.push(group);
    index = group.last;
  }
  return groups;
}
