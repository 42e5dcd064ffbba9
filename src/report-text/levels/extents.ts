import type { PhraseBook } from '../words/phrase-book.js';
import { longestPhrase, type PhraseMatch } from '../words/phrases.js';
import { segmentsBetween, vertebra, vertebraAfter, vertebraeBetween } from './spine.js';
import type { Token } from '../words/tokenise.js';

/** Vertebrae named in one go: "L5", "L4-5", "L3 through S1". Token indexes, last included. */
export interface Extent {
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
/** What a figure behind "at" may count instead of naming a level: "at 3-4 weeks". */
const COUNTED: ReadonlySet<string> = new Set([
  ...UNITS,
  ...'hour hr minute min wk mo yr am pm out of to time'.split(' '),
]);
/** Between the items of a list of levels. */
export const LIST_WORDS: ReadonlySet<string> = new Set(['and', 'or', '&', ',', '+', '>', '<', 'n', 'both']);
/** Tokens of a list of vertebrae that is looked through for what it lists. */
const LONGEST_LIST = 16;
/** What stands behind names of vertebrae that are no segment together. */
const LISTED_SINGLY = ['nerve-word', 'vertebra-word'] as const;

/** Reads the levels that begin at a token. */
export class ExtentReader {
  private readonly tokens: readonly Token[];
  private readonly book: PhraseBook;

  constructor(tokens: readonly Token[], book: PhraseBook) {
    this.tokens = tokens;
    this.book = book;
  }

  /** The word, figure or mark at a token; '' behind the last. */
  text(index: number): string {
    return this.tokens[index]?.text ?? '';
  }

  /** The longest phrase of a role that begins at a token. */
  phrase(role: string, index: number, end: number): PhraseMatch | undefined {
    return longestPhrase(this.tokens, index, end, this.book.placed.get(role));
  }

  /** Whether a finding, or a change said of a place, begins at a token. */
  isFinding(index: number, end: number): boolean {
    const phrase = longestPhrase(this.tokens, index, end, this.book.imaging);
    return phrase?.senses.some(({ role }) => role === 'finding' || role === 'change') ?? false;
  }

  /** The extent that begins at a token, or undefined. */
  extentAt(index: number, end: number): Extent | undefined {
    const named = this.phrase('named-level', index, end);
    const code = named?.senses[0]?.code.split('-');
    if (named !== undefined && code !== undefined) {
      return { first: index, last: named.last, upper: code[0] ?? '', lower: code[1] ?? '' };
    }
    if (this.tokens[index]?.kind === 'number') return this.unlettered(index, end);
    const upper = this.glued(index) ?? this.single(index, end);
    return upper === undefined ? undefined : this.chain(upper, end);
  }

  /** "at 3-4", "the 4-5 disc": the letter goes without saying where the words leave no doubt. */
  private unlettered(index: number, end: number): Extent | undefined {
    const [digit, joint, second] = [this.text(index), this.tokens[index + 1], this.tokens[index + 2]];
    if (!/^[1-5]$/u.test(digit) || joint?.text !== '-' || second?.kind !== 'number' || index + 2 >= end)
      return undefined;
    const [upper, lower] = [`L${digit}`, vertebraAfter(`L${digit}`, Number(second.text))];
    if (lower === undefined || segmentsBetween(upper, lower).length !== 1) return undefined;
    const next = this.text(index + 3);
    const levelWord = this.phrase('level-word', index + 3, end) !== undefined;
    const placed = this.text(index - 1) === 'at' && !COUNTED.has(next) && !/^[\d/%]/u.test(next);
    return levelWord || placed ? { first: index, last: index + 2, upper, lower } : undefined;
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
    return this.parted(index, end) ?? this.ordinal(index, end);
  }

  /** "L 5", "L-5": the letter apart from its number. */
  private parted(index: number, end: number): Extent | undefined {
    if (!/^[cltsd]$/u.test(this.text(index))) return undefined;
    const at = this.text(index + 1) === '-' ? index + 2 : index + 1;
    if (this.tokens[at]?.kind !== 'number' || at >= end || UNITS.has(this.text(at + 1))) return undefined;
    const name = vertebra(this.text(index), Number(this.text(at)));
    if (name === undefined || this.isDate(name, at)) return undefined;
    return { first: index, last: at, upper: name, lower: name };
  }

  /** "LBB L 1/14/26", "SIJ L 2/24": the side before a date, where "L 4/5" is a segment. */
  private isDate(upper: string, figure: number): boolean {
    const [joint, second, more] = [1, 2, 3].map((on) => this.tokens[figure + on]);
    if (joint?.text !== '/' || second?.kind !== 'number') return false;
    if (more?.text === '/') return true;
    const lower = vertebraAfter(upper, Number(second.text));
    return lower === undefined || segmentsBetween(upper, lower).length !== 1;
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
    const first = this.book.placed.get('ordinal')?.next.get(this.tokens[index]?.id ?? 0);
    const [upper] = first?.next.get(this.book.words.plain('lumbar').id)?.concepts ?? [];
    return upper === undefined ? undefined : { first: index, last: second.last, upper: upper.code, lower };
  }

  /** Follows "-5", "/L5", "-5-S1", "through S1" behind a vertebra. */
  private chain(begin: Extent, end: number): Extent {
    let extent = begin;
    for (;;) {
      const link = this.linkAfter(extent.last, end);
      const lower =
        link === undefined ? undefined : (this.lowerAt(extent, link, end) ?? this.sameAt(extent, link, end));
      if (lower === undefined) return extent;
      extent = { ...extent, last: lower.last, lower: lower.name };
    }
  }

  /** "L3-L4 through L4-L5": the second segment begins where the first one ends. */
  private sameAt(
    { upper, lower }: Extent,
    index: number,
    end: number,
  ): { name: string; last: number } | undefined {
    if (upper === lower || this.tokens[index - 1]?.kind !== 'word') return undefined;
    const next = this.single(index, end);
    return next?.lower === lower && this.tokens[next.last + 1]?.kind === 'joint'
      ? { name: lower, last: next.last }
      : undefined;
  }

  private linkAfter(last: number, end: number): number | undefined {
    if (this.tokens[last + 1]?.kind === 'joint' || this.isGluedSign(last + 1)) return last + 2;
    if (this.isNextBelow(last, end)) return last + 1;
    const through = this.phrase('through', last + 1, end);
    return through === undefined ? undefined : through.last + 1;
  }

  /** "L5=S1": the key beside the hyphen. */
  private isGluedSign(index: number): boolean {
    const [before, sign, next] = [-1, 0, 1].map((on) => this.tokens[index + on]);
    return sign?.text === '=' && sign.start === before?.end && sign.end === next?.start;
  }

  /** "L4 L5 disc": the next vertebra without a word between, unless nerves or bodies are listed. */
  private isNextBelow(last: number, end: number): boolean {
    const [upper, lower] = [VERTEBRA.exec(this.text(last)), VERTEBRA.exec(this.text(last + 1))];
    if (upper === null || lower === null || last + 1 >= end) return false;
    const names = [upper, lower].map((match) => vertebra(match[1] ?? '', Number(match[2])) ?? '');
    if (segmentsBetween(names[0] ?? '', names[1] ?? '').length !== 1) return false;
    let behind = last + 2;
    const limit = Math.min(end, last + LONGEST_LIST);
    while (behind < limit && (LIST_WORDS.has(this.text(behind)) || VERTEBRA.test(this.text(behind))))
      behind += 1;
    return !LISTED_SINGLY.some((role) => this.phrase(role, behind, end) !== undefined);
  }

  /** "L5-SI", "L5-Sl": a letter typed or read for the figure. */
  private misread({ lower }: Extent, index: number): Extent | undefined {
    const [before, text] = [this.tokens[index - 1], this.text(index)];
    if (lower !== 'L5' || before?.kind !== 'joint' || (text !== 'si' && text !== 'sl')) return undefined;
    return { first: index, last: index, upper: 'S1', lower: 'S1' };
  }

  /** The vertebra at a token, where it stands below an extent and goes on from it. */
  lowerAt(extent: Extent, index: number, end: number): { name: string; last: number } | undefined {
    const token = this.tokens[index];
    if (token === undefined || index >= end) return undefined;
    if (token.kind === 'number') {
      if (UNITS.has(this.text(index + 1)) || token.text.startsWith('0')) return undefined;
      const name = vertebraAfter(extent.lower, Number(token.text));
      return name === undefined ? undefined : { name, last: index };
    }
    const next = this.misread(extent, index) ?? this.glued(index) ?? this.single(index, end);
    if (next === undefined || vertebraeBetween(extent.lower, next.lower).length < 2) return undefined;
    // "L3-4/L4-5": a slash before a segment of its own lists it.
    const listed =
      this.text(index - 1) === '/' && extent.upper !== extent.lower && extent.lower === next.upper;
    return listed ? undefined : { name: next.lower, last: next.last };
  }
}
