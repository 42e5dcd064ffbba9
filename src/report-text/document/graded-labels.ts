import { levelGroups } from '../levels/levels.js';
import { gradedWords, isLabel, wordsOfLevel } from './label-words.js';
import { isLineEnd, partingBefore, partsByLevel, partsWithLevel } from './level-parts.js';
import type { PhraseBook } from '../words/phrase-book.js';
import type { Token } from '../words/tokenise.js';
import { WORD_BITS } from '../words/words.js';

/** Words of a label, and tokens of a clause behind it. */
const LONGEST_LABEL = 4;
const LONGEST_VALUE = 24;
const OPENS_CLAUSE: ReadonlySet<string> = new Set(['.', ',', ';', ':', '•', '*', '|']);
const ENDS_CLAUSE: ReadonlySet<string> = new Set(['.', ';']);

class LabelledLines {
  private readonly tokens: readonly Token[];
  private readonly book: PhraseBook;

  constructor(tokens: readonly Token[], book: PhraseBook) {
    this.tokens = tokens;
    this.book = book;
  }

  read(): readonly Token[] {
    const read: Token[] = [];
    let from = 0;
    for (let colon = 0; colon < this.tokens.length; colon += 1) {
      if (this.tokens[colon]?.text !== ':' && !this.isDash(colon)) continue;
      const begin = this.labelBefore(colon);
      const grades = begin === undefined ? undefined : this.gradesBehind(begin, colon);
      if (begin === undefined || grades === undefined) continue;
      read.push(...this.tokens.slice(from, begin), ...grades.words);
      from = grades.end;
      colon = grades.end - 1;
    }
    return from === 0 ? this.tokens : [...read, ...this.tokens.slice(from)];
  }

  /** "canal - mild": a dash between blanks. */
  private isDash(index: number): boolean {
    const token = this.tokens[index];
    if (token?.kind !== 'joint') return false;
    const [before, next] = [this.tokens[index - 1], this.tokens[index + 1]];
    if (before?.kind !== 'word' || next === undefined) return false;
    return before.end < token.start && token.end < next.start;
  }

  private labelBefore(colon: number): number | undefined {
    let begin = colon;
    while (begin > 0 && !this.opensClause(begin - 1)) begin -= 1;
    begin = this.behindLevel(begin, colon);
    const isShort = begin < colon && colon - begin <= LONGEST_LABEL;
    return isShort && isLabel(this.tokens.slice(begin, colon), this.book) ? begin : undefined;
  }

  /** "L4-5 facets: severe": the level stands before what is graded, and stays there. */
  private behindLevel(begin: number, colon: number): number {
    if (((this.tokens[begin]?.begins ?? 0) & WORD_BITS.level) === 0) return begin;
    const [group] = levelGroups(this.tokens, [begin, colon], this.book);
    return group?.first === begin && group.last < colon - 1 ? group.last + 1 : begin;
  }

  private opensClause(index: number): boolean {
    const token = this.tokens[index];
    if (token?.kind === 'joint')
      return this.tokens[index - 1]?.end !== token.start || this.tokens[index + 1]?.start !== token.end;
    return token?.kind === 'newline' || OPENS_CLAUSE.has(token?.text ?? '');
  }

  private endOfClause(first: number): number {
    let end = first;
    const ends = (token: Token | undefined): boolean =>
      token === undefined || token.kind === 'newline' || ENDS_CLAUSE.has(token.text);
    while (end <= first + LONGEST_VALUE && !ends(this.tokens[end])) end += 1;
    return end;
  }

  /** "Central canal: L2-3 normal, L3-4 mild": each level with its own grade, up to the end of the line or a stop. */
  private levelsBehind(
    label: readonly Token[],
    first: number,
  ): { words: readonly Token[]; end: number } | undefined {
    let end = first;
    while (end <= first + 2 * LONGEST_VALUE && !isLineEnd(this.tokens[end])) end += 1;
    const line = this.tokens.slice(first, end);
    const leads = ((line[0]?.begins ?? 0) & WORD_BITS.level) !== 0;
    const parts = (leads ? partsByLevel : partsWithLevel)(line, this.book);
    const words = parts && this.wordedByLevel(label, parts);
    return words && { words, end };
  }

  /** Parts that say nothing of the label stay as they are; undefined where none says anything. */
  private wordedByLevel(
    label: readonly Token[],
    parts: readonly (readonly Token[])[],
  ): readonly Token[] | undefined {
    const words: Token[] = [];
    let told = 0;
    for (const part of parts) {
      const aside = part.findIndex(({ text }) => text === 'with');
      const [value, rest] = aside < 0 ? [part, []] : [part.slice(0, aside), part.slice(aside)];
      const worded = wordsOfLevel({ label, value }, this.book);
      if (worded !== undefined) told += 1;
      words.push(...(words.length > 0 ? [partingBefore(value)] : []), ...(worded ?? value), ...rest);
    }
    return told > 0 ? words : undefined;
  }

  /** The clauses behind a label in its line that are grades alone, worded; undefined where the first is none. */
  private gradesBehind(begin: number, colon: number): { words: readonly Token[]; end: number } | undefined {
    const label = this.tokens.slice(begin, colon);
    const byLevel = this.levelsBehind(label, colon + 1);
    if (byLevel !== undefined) return byLevel;
    const words: Token[] = [];
    let from = colon + 1;
    for (;;) {
      const end = this.endOfClause(from);
      const value = this.tokens.slice(from, end);
      const isShort = end > from && end - from <= LONGEST_VALUE;
      const graded = isShort ? gradedWords({ label, value }, this.book) : undefined;
      if (graded === undefined) return from === colon + 1 ? undefined : { words, end: from };
      const parting = this.tokens[end];
      words.push(...graded, ...(parting === undefined ? [] : [parting]));
      from = end + 1;
      if (parting === undefined || parting.kind === 'newline') return { words, end: from };
    }
  }
}

/** The tokens of a text in which grades behind the name of a place ("Facets: moderate.") are worded as findings. */
export function withGradedLabels(tokens: readonly Token[], book: PhraseBook): readonly Token[] {
  return new LabelledLines(tokens, book).read();
}
