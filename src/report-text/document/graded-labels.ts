import { allOf } from '../../lists.js';
import { levelGroups } from '../levels/levels.js';
import { isLineEnd, partingBefore, partsByLevel } from './level-parts.js';
import { longestPhrase } from '../words/phrases.js';
import type { PhraseBook } from '../words/phrase-book.js';
import { wordToken, type Token } from '../words/tokenise.js';
import { WORD_BITS, type Words } from '../words/words.js';

/** What a form says of a place: the label of a column or a line, and the words of the cell or clause below or behind. */
export interface Labelled {
  readonly label: readonly Token[];
  readonly value: readonly Token[];
}

/** What the words of a stretch are, as far as it matters to put a label and its value together. */
interface Wording {
  readonly roles: ReadonlySet<string>;
  /** Index of the first token of a change ("stenosis", "patent"). */
  readonly change: number | undefined;
  /** What a place is said to have where only a grade stands beside it: "Facets: moderate". */
  readonly gradedAs: string | undefined;
  /** Words that none of the phrases cover, and that are no filler. */
  readonly others: number;
}

const NONE: ReadonlySet<string> = new Set(['none', 'nil', 'no', 'absent']);

/** Words of a grade without meaning of their own. */
const FILLERS: ReadonlySet<string> = new Set('at on in the to than level levels joints side'.split(' '));

const NO_LEVELS: ReadonlySet<number> = new Set();
const NOWHERE = { start: 0, end: 0 };

function levelTokens(tokens: readonly Token[], book: PhraseBook): ReadonlySet<number> {
  const groups = levelGroups(tokens, [0, tokens.length], book);
  return new Set(
    allOf(groups, ({ first, last }) => Array.from({ length: last - first + 1 }, (_, on) => first + on)),
  );
}

function wordingOf(tokens: readonly Token[], book: PhraseBook, levels = NO_LEVELS): Wording {
  const roles = new Set<string>();
  let others = 0;
  let [change, gradedAs]: [number | undefined, string | undefined] = [undefined, undefined];
  for (let index = 0; index < tokens.length; index += 1) {
    if (levels.has(index)) continue;
    const phrase = longestPhrase(tokens, index, tokens.length, book.imaging);
    const { kind, text } = tokens[index] ?? {};
    if (phrase === undefined && kind === 'word' && !FILLERS.has(text ?? '') && !NONE.has(text ?? ''))
      others += 1;
    for (const { role, properties } of phrase?.senses ?? []) {
      roles.add(role);
      if (role === 'change') change ??= index;
      if (role === 'site') gradedAs ??= properties.get('graded-as');
    }
    index = phrase?.last ?? index;
  }
  return { roles, change, gradedAs, others };
}

/** Whether a stretch names a place or a finding and so can head a column. */
export function isLabel(tokens: readonly Token[], book: PhraseBook): boolean {
  const { roles, others } = wordingOf(tokens, book);
  const denies = roles.has('negation-before');
  return others === 0 && !denies && (roles.has('site') || roles.has('finding'));
}

function isAnswer(value: readonly Token[]): boolean {
  return value.some(({ text }) => NONE.has(text));
}

/** The words of a label as if they stood in its value: their offsets are the value's. */
function moved(words: readonly Token[], value: readonly Token[]): readonly Token[] {
  const [start, end] = [value[0]?.start ?? 0, value.at(-1)?.end ?? 0];
  return words.map((token) => ({ ...token, start, end }));
}

function graded(
  { label, value }: Labelled,
  { gradedAs, roles }: Wording,
  { words }: PhraseBook,
): readonly Token[] | undefined {
  const named = roles.has('finding') || roles.has('change');
  if (!named && gradedAs === undefined) return undefined;
  const implied: readonly Token[] = named ? [] : [wordToken(gradedAs ?? '', NOWHERE, words)];
  const grades = value.map((token) => (NONE.has(token.text) ? denying(token, words) : token));
  return [...grades, ...moved([...label, ...implied], value)];
}

/** "none": an answer, and a denial of what now stands behind it. */
function denying(answer: Token, words: Words): Token {
  return wordToken('no', answer, words);
}

/**
 * A grade below or behind the name of a place, worded as a sentence has it: "Facets: moderate" is a moderate facet
 * arthropathy, "Foramina: none right, mild left" a stenosis; undefined where the value says for itself what it is of.
 */
export function gradedWords(labelled: Labelled, book: PhraseBook): readonly Token[] | undefined {
  const { value } = labelled;
  const { roles, others } = wordingOf(value, book, levelTokens(value, book));
  if (others > 0 || ['site', 'finding', 'change'].some((role) => roles.has(role))) return undefined;
  const grades = roles.has('severity') || isAnswer(value);
  return grades ? graded(labelled, wordingOf(labelled.label, book), book) : undefined;
}

/** The same for a cell of a table, which a change in it ("mild narrowing") ties to its column as well. */
export function cellWords(labelled: Labelled, book: PhraseBook): readonly Token[] {
  const { label, value } = labelled;
  const { roles, change } = wordingOf(value, book);
  const place = wordingOf(label, book);
  // "moderate central, mild foraminal" below "Stenosis"
  const ofLabel = roles.has('site') && place.roles.has('change') && !place.roles.has('site');
  if (change === undefined && ofLabel && !roles.has('finding')) return [...value, ...moved(label, value)];
  const isAnswered = value.length === 1 && isAnswer(value);
  // A "none" below what is no place denies nothing of the cell beside it.
  if (isAnswered) return gradedWords(labelled, book) ?? [];
  if (change === undefined || roles.has('site') || roles.has('finding'))
    return gradedWords(labelled, book) ?? value;
  const site = label.slice(0, place.change);
  return [...value.slice(0, change), ...moved(site, value), ...value.slice(change)];
}

/** "L2-3 normal" behind "Central canal": a place where nothing is the matter. */
function normalWords({ label, value }: Labelled, book: PhraseBook): readonly Token[] | undefined {
  const { roles, others, change } = wordingOf(value, book, levelTokens(value, book));
  const place = wordingOf(label, book);
  const isNormal = change !== undefined && value.slice(change).length === 1 && others === 0;
  const site = label.slice(0, place.change);
  if (!isNormal || !place.roles.has('site') || site.length === 0) return undefined;
  if (!NORMAL.has(value[change]?.text ?? '') || roles.has('site') || roles.has('severity')) return undefined;
  return [...value.slice(0, change), ...moved(site, value), ...value.slice(change)];
}
const NORMAL: ReadonlySet<string> = new Set('normal patent adequate unremarkable open'.split(' '));

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
    if (((this.tokens[first]?.begins ?? 0) & WORD_BITS.level) === 0) return undefined;
    let end = first;
    while (end <= first + 2 * LONGEST_VALUE && !isLineEnd(this.tokens[end])) end += 1;
    const parts = partsByLevel(this.tokens.slice(first, end), this.book);
    if (parts === undefined) return undefined;
    const words: Token[] = [];
    for (const part of parts) {
      const aside = part.findIndex(({ text }) => text === 'with');
      const [value, rest] = aside < 0 ? [part, []] : [part.slice(0, aside), part.slice(aside)];
      const worded = gradedWords({ label, value }, this.book) ?? normalWords({ label, value }, this.book);
      if (worded === undefined) return undefined;
      words.push(...(words.length > 0 ? [partingBefore(value)] : []), ...worded, ...rest);
    }
    return { words, end };
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
