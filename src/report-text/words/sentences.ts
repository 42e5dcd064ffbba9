import { SIDE_WORDS } from './side-words.js';
import { isMonth } from './dates.js';
import { isGradeAtEnd, MAY_END } from './abbreviated-ends.js';
import { opensWithLevel, VERTEBRA } from './level-lines.js';
import { longestPhrase } from './phrases.js';
import type { PhraseBook } from './phrase-book.js';
import type { Token } from './tokenise.js';

/** A sentence: its tokens (end excluded) and how it hangs together with the one before. */
export interface Sentence {
  readonly first: number;
  readonly end: number;
  /** What parts it from the sentence before: an empty line, a line break, a full stop, or only a semicolon. */
  readonly after: 'empty-line' | 'line' | 'stop' | 'semicolon';
}

/** A text without full stops is cut here, so that reading a sentence stays cheap whatever the text. */
const LONGEST_SENTENCE = 150;
/** Tokens from a semicolon to the bracket around it. */
const LONGEST_BRACKET = 40;
const BULLETS = '-*•·‣▪●○>–—#';

/** Words that leave a statement open. */
const UNENDING: ReadonlySet<string> = new Set(
  'of the a an at and or with to in on by from for as is are was were no both , & than'.split(' '),
);
const BILATERAL: ReadonlySet<string> = new Set(['bilat', 'bil', 'b', 'bilateral']);
const RESULTS: ReadonlySet<string> = new Set(
  'neg pos negative positive intact normal absent equal'.split(' '),
);
const BEFORE_SIDE: ReadonlySet<string> = new Set(['on', 'the', 'to']);
/** Characters of the widest line of a text whose lines are broken by width, and how full such lines are. */
const NARROWEST = 40;
const FULL = 0.75;

/** Lines from which on a text shows how wide it was set, whatever single line sticks out, and how wide that is. */
const MANY_LINES = 8;
const SET_WIDTH = 60;
const UPPER_QUARTER = 0.75;

/** Characters of a full line: those of the widest, or what a quarter of many lines reach. */
function fullWidth(text: string): number {
  const widths = text
    .split('\n')
    .map(({ length }) => length)
    .filter((width) => width > 0)
    .sort((a, b) => a - b);
  const usual = widths.length < MANY_LINES ? 0 : (widths[Math.floor(widths.length * UPPER_QUARTER)] ?? 0);
  return usual >= SET_WIDTH ? usual : (widths.at(-1) ?? 0);
}

class Splitter {
  private width: number | undefined;
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly book: PhraseBook;

  constructor(text: string, tokens: readonly Token[], book: PhraseBook) {
    this.text = text;
    this.tokens = tokens;
    this.book = book;
  }

  split(): readonly Sentence[] {
    const sentences: Sentence[] = [];
    let first = 0;
    let after: Sentence['after'] = 'empty-line';
    for (let index = 0; index < this.tokens.length; index += 1) {
      const boundary = index - first >= LONGEST_SENTENCE ? 'semicolon' : this.boundaryAt(index);
      if (boundary === undefined) continue;
      if (index >= first) sentences.push({ first, end: index + 1, after });
      [first, after] = [index + 1, boundary];
    }
    if (first < this.tokens.length) sentences.push({ first, end: this.tokens.length, after });
    return merged(sentences, (sentence) => this.saysSomething(sentence));
  }

  private saysSomething({ first, end }: Sentence): boolean {
    for (let index = first; index < end; index += 1) {
      const kind = this.tokens[index]?.kind;
      if (kind === 'word' || kind === 'number') return true;
    }
    return false;
  }

  private boundaryAt(index: number): Sentence['after'] | undefined {
    const token = this.tokens[index];
    if (token === undefined) return undefined;
    if (token.kind === 'newline') return this.lineBreak(index, token);
    if (token.text === ';')
      return this.isBracketed(index) || this.isOtherSide(index + 1) ? undefined : 'semicolon';
    if (token.text === '/' && this.tokens[index - 1]?.text === '/') return 'line';
    if (token.text === '.') return this.endsAtStop(index) ? 'stop' : undefined;
    return (token.text === '?' || token.text === '!') && this.followedByCapital(index) ? 'stop' : undefined;
  }

  /** "RFA in stages: left 1/12/2025; right 1/26/2025": a side and its date, and nothing else. */
  private isOtherSide(index: number): boolean {
    const [side, date, joint, next] = this.tokens.slice(index, index + 4);
    // "1/12/2025 R; L March 3": the sides stand otherwise than before their dates.
    if (this.tokens[index - 2]?.kind !== 'number') return false;
    if (!SIDE_WORDS.has(side?.text ?? '') || date === undefined) return false;
    const isFigure = date.kind === 'number' && joint?.kind === 'joint' && next?.kind === 'number';
    if (!isFigure && !(isMonth(date.text) && joint?.kind === 'number')) return false;
    for (let at = index + 1; at < index + LONGEST_BRACKET; at += 1) {
      const token = this.tokens[at];
      if (token === undefined || token.kind === 'newline' || '.;'.includes(token.text)) return true;
      // "right 1/26/2025 cancelled", "right 1/26/2025 MRI": what is said of that day is of that side alone.
      if (token.kind === 'word' && !isMonth(token.text)) return false;
    }
    return false;
  }

  /** "(1/6/2025, 70 %; 3/10/2025, 60 %)": parts of one bracket in one line. */
  private isBracketed(index: number): boolean {
    const isOpen = (step: 1 | -1, bracket: string, other: string): boolean => {
      for (let at = index + step; Math.abs(at - index) <= LONGEST_BRACKET; at += step) {
        const token = this.tokens[at];
        if (token === undefined || token.kind === 'newline' || token.text === other) return false;
        if (token.text === bracket) return true;
      }
      return false;
    };
    return isOpen(-1, '(', ')') && isOpen(1, ')', '(');
  }

  private lineBreak(index: number, token: Token): Sentence['after'] | undefined {
    if (token.text === '\n\n') return 'empty-line';
    return this.continuesLine(index) ? undefined : 'line';
  }

  /** A wrapped line goes on in lower case, or with a word that cannot begin a statement. */
  private continuesLine(index: number): boolean {
    const [before, next] = [this.tokens[index - 1], this.tokens[index + 1]];
    if (before === undefined) return false;
    if (next?.kind === 'number' && isMonth(before.text)) return true;
    if (next?.kind !== 'word' || ':.!;?'.includes(before.text)) return false;
    if (this.goesOn(next.text.endsWith('ly') ? index + 2 : index + 1)) return true;
    if (UNENDING.has(before.text) || (this.goesOn(index - 1) && !opensWithLevel(this.tokens, index + 1)))
      return true;
    const letter = this.text.charAt(next.start);
    return letter === letter.toLowerCase() && letter !== letter.toUpperCase() && this.isFull(before.end);
  }

  /** "Compressing the sac", "mildly abutting the root". */
  private goesOn(index: number): boolean {
    return longestPhrase(this.tokens, index, index + 1, this.book.placed.get('continues-line')) !== undefined;
  }

  /** A line is broken where it is full; short lines were ended on purpose. */
  private isFull(end: number): boolean {
    const length = end - (this.text.lastIndexOf('\n', end - 1) + 1);
    this.width ??= fullWidth(this.text);
    return this.width >= NARROWEST && length >= FULL * this.width;
  }

  private endsAtStop(index: number): boolean {
    const [before, stop, next] = [this.tokens[index - 1], this.tokens[index], this.tokens[index + 1]];
    if (stop === undefined || next === undefined) return true;
    const apart = next.start > stop.end || next.kind === 'newline';
    if (!apart) return this.gluedSentence(index);
    if (before === undefined || before.end < stop.start || next.kind === 'newline') return true;
    if (this.isSideAtEnd(index) || this.isNounAtEnd(index)) return true;
    const atStart = this.startsLine(index - 1);
    if (before.kind === 'number') return !(atStart && this.isListNumber(index - 1));
    return (
      !this.book.abbreviations.has(this.text.slice(before.start, before.end).toLowerCase()) &&
      !(atStart && before.end - before.start === 1)
    );
  }

  /** "moderate on Rt. Facet arthropathy": an abbreviation that ends its sentence. */
  private isSideAtEnd(index: number): boolean {
    const [before, word] = [this.tokens[index - 2]?.text ?? '', this.tokens[index - 1]?.text ?? ''];
    // "Thigh thrust neg bilat. Compression neg."
    if (BILATERAL.has(word) && RESULTS.has(before)) return this.followedByCapital(index);
    const side = SIDE_WORDS.has(word);
    return side && BEFORE_SIDE.has(this.tokens[index - 2]?.text ?? '') && this.followedByCapital(index);
  }

  /** "No sacral fx. Mild hip OA", "No fx. L4-5 bulge": where all is in capitals, a capital says nothing. */
  private isNounAtEnd(index: number): boolean {
    const [before, next] = [this.tokens[index - 1], this.tokens[index + 1]];
    if (before === undefined || next?.kind !== 'word') return false;
    if (!MAY_END.has(before.text) && !isGradeAtEnd(this.tokens, index)) return false;
    const [letter, then] = [this.text.charAt(next.start), this.text.charAt(next.start + 1)];
    const second = this.tokens[index + 2];
    const segment = VERTEBRA.test(next.text) && second?.kind === 'joint';
    const sided =
      SIDE_WORDS.has(next.text) && this.isCapital(next.start) && VERTEBRA.test(second?.text ?? '');
    const opens = segment || sided || (letter !== letter.toLowerCase() && then !== then.toUpperCase());
    return opens && !this.startsLine(index - 1) && !this.isCapital(before.end - 1);
  }

  /** "IMPRESSION: 1. Mild bulge", where "Pain score: 8." and "L4-5." end a sentence. */
  private isListNumber(index: number): boolean {
    const before = this.tokens[index - 1];
    return before?.kind !== 'joint' && (before?.text !== ':' || this.tokens[index]?.text === '1');
  }

  /** "noted.The": a stop without its blank. */
  private gluedSentence(index: number): boolean {
    const [before, next] = [this.tokens[index - 1], this.tokens[index + 1]];
    if (before === undefined || next?.kind !== 'word' || before.end - before.start < 2) return false;
    return this.isCapital(next.start);
  }

  private startsLine(index: number): boolean {
    const before = this.tokens[index - 1];
    // "on 4.2.2026.": what is glued to a stop goes on from what stands before it.
    if (before?.text === '.' && before.end === this.tokens[index]?.start) return false;
    if (before === undefined || before.kind === 'newline' || '.:'.includes(before.text)) return true;
    // "7 -> 2": an arrow, no bullet.
    return BULLETS.includes(before.text) && this.tokens[index - 2]?.end !== before.start;
  }

  private followedByCapital(index: number): boolean {
    const next = this.tokens[index + 1];
    return next === undefined || next.kind === 'newline' || this.isCapital(next.start);
  }

  private isCapital(offset: number): boolean {
    const letter = this.text.charAt(offset);
    return letter !== letter.toLowerCase();
  }
}

const STRENGTH = { semicolon: 0, stop: 1, line: 2, 'empty-line': 3 } as const;

/** Drops empty stretches, keeping the strongest break on either side of them. */
function merged(all: readonly Sentence[], keeps: (sentence: Sentence) => boolean): readonly Sentence[] {
  const kept: Sentence[] = [];
  let pending: Sentence['after'] = 'semicolon';
  for (const sentence of all) {
    const { first, end, after } = sentence;
    if (STRENGTH[after] > STRENGTH[pending]) pending = after;
    if (!keeps(sentence)) continue;
    kept.push({ first, end, after: pending });
    pending = 'semicolon';
  }
  return kept;
}

/** Cuts a text into sentences: at stops that are no abbreviation's, at semicolons, at lines that were not wrapped. */
export function sentencesOf(text: string, tokens: readonly Token[], book: PhraseBook): readonly Sentence[] {
  return new Splitter(text, tokens, book).split();
}
