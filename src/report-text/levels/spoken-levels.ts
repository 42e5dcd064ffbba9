import { wordToken, type Token } from '../words/tokenise.js';
import type { Words } from '../words/words.js';

const FIGURES: ReadonlyMap<string, string> = new Map(
  'one two three four five six'.split(' ').map((word, index) => [word, String(index + 1)]),
);
const LETTERS: ReadonlySet<string> = new Set(['l', 's']);
const VERTEBRA = /^[lst]\d{1,2}$/u;
/** Said for the mark between two figures. */
const JOINTS: ReadonlySet<string> = new Set(['dash', 'hyphen', 'slash']);
/** Most texts write their levels in figures, or name none: looking for a few plain strings tells that sooner. */
const HINTS = 'one two three four five six dash hyphen slash'
  .split(' ')
  .flatMap((word) => [word, word.toUpperCase()]);
const MAY_SPEAK =
  /\b[LS][- ](?:one|two|three|four|five|six)\b|\b[LST]\d{1,2} (?:dash|hyphen|slash) [LST]?\d/i;

class Spoken {
  private readonly tokens: readonly Token[];
  private readonly words: Words;

  constructor(tokens: readonly Token[], words: Words) {
    this.tokens = tokens;
    this.words = words;
  }

  read(): readonly Token[] {
    const read: Token[] = [];
    for (let index = 0; index < this.tokens.length; index += 1) {
      const token = this.tokens[index];
      if (token === undefined) continue;
      const last = this.lastOfLevel(index);
      if (last > index) read.push(this.merged(index, last));
      else if (!this.joins(index, read.at(-1))) read.push(token);
      index = last;
    }
    return read;
  }

  private figure(index: number): string | undefined {
    return FIGURES.get(this.tokens[index]?.text ?? '');
  }

  /** Index of the last word of "L four", "L four five", "L four dash five"; the same where none begins. */
  private lastOfLevel(index: number): number {
    if (!LETTERS.has(this.tokens[index]?.text ?? '')) return index;
    const at = this.tokens[index + 1]?.kind === 'joint' ? index + 2 : index + 1;
    if (this.figure(at) === undefined) return index;
    const second = JOINTS.has(this.tokens[at + 1]?.text ?? '') ? at + 2 : at + 1;
    return this.figure(second) === undefined ? at : second;
  }

  private merged(first: number, last: number): Token {
    const [begin, end] = [this.tokens[first], this.tokens[last]];
    const figures = this.tokens.slice(first + 1, last + 1).map(({ text }) => FIGURES.get(text) ?? '');
    const span = { start: begin?.start ?? 0, end: end?.end ?? 0 };
    return wordToken(`${begin?.text ?? ''}${figures.join('')}`, span, this.words);
  }

  /** "L4 dash L5": the word for the mark is passed over. */
  private joins(index: number, before: Token | undefined): boolean {
    if (!JOINTS.has(this.tokens[index]?.text ?? '') || !VERTEBRA.test(before?.text ?? '')) return false;
    const next = this.tokens[index + 1];
    return VERTEBRA.test(next?.text ?? '') || this.lastOfLevel(index + 1) > index + 1;
  }
}

/** The tokens of a text with levels as they were spoken ("L four L five") in letters and figures. */
export function withSpokenLevels(text: string, tokens: readonly Token[], words: Words): readonly Token[] {
  return HINTS.some((word) => text.includes(word)) && MAY_SPEAK.test(text)
    ? new Spoken(tokens, words).read()
    : tokens;
}
