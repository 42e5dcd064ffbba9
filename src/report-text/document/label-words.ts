import { allOf } from '../../lists.js';
import { levelGroups } from '../levels/levels.js';
import { longestPhrase } from '../words/phrases.js';
import type { PhraseBook } from '../words/phrase-book.js';
import { wordToken, type Token } from '../words/tokenise.js';
import type { Words } from '../words/words.js';

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
  return withPlace({ label: label.slice(0, place.change), value }, change);
}

/** A value whose change, at an index, is one of the place before it. */
function withPlace({ label, value }: Labelled, change: number): readonly Token[] {
  return [...value.slice(0, change), ...moved(label, value), ...value.slice(change)];
}

const NORMAL: ReadonlySet<string> = new Set('normal patent adequate unremarkable open'.split(' '));

/**
 * "L2-3 normal", "L4-5 severe stenosis" behind "Canal": the change is one of the place; what names its own place or
 * finding stays.
 */
function changedWords({ label, value }: Labelled, book: PhraseBook): readonly Token[] | undefined {
  const { roles, others, change } = wordingOf(value, book, levelTokens(value, book));
  const place = wordingOf(label, book);
  const site = label.slice(0, place.change);
  const isOfPlace =
    change !== undefined && others === 0 && !roles.has('site') && place.roles.has('site') && site.length > 0;
  const isNormal = change !== undefined && NORMAL.has(value[change]?.text ?? '');
  const isPlain = change === value.length - 1 && !roles.has('severity');
  if (isOfPlace && isNormal && isPlain) return withPlace({ label: site, value }, change);
  if (roles.has('site') || roles.has('finding')) return value;
  return isOfPlace && !isNormal ? withPlace({ label: site, value }, change) : undefined;
}

/** What one of several levels behind a label is said to have, worded; undefined where that is not told by it. */
export function wordsOfLevel(labelled: Labelled, book: PhraseBook): readonly Token[] | undefined {
  return gradedWords(labelled, book) ?? changedWords(labelled, book);
}
