import type { Concept } from '../words/code-system.js';
import type { LevelGroup } from '../levels/levels.js';
import { longestPhrase } from '../words/phrases.js';
import type { Lexicon } from '../words/phrase-book.js';
import type { Token } from '../words/tokenise.js';

/** A stretch of a sentence that means something: a phrase, a group of levels, or a mark that parts. */
export interface Mark {
  /** Token indexes, last included. */
  readonly first: number;
  readonly last: number;
  readonly senses: readonly Concept[];
  readonly level?: LevelGroup;
}

function punctuation(role: string, code = role): Concept {
  return { role, code, properties: new Map() };
}

const PUNCTUATION: readonly (readonly [string, readonly Concept[]])[] = [
  [',', [punctuation('comma')]],
  [';', [punctuation('comma')]],
  [':', [punctuation('colon')]],
  ['=', [punctuation('colon')]],
  ['(', [punctuation('bracket')]],
  [')', [punctuation('bracket')]],
  ['&', [punctuation('list')]],
  ['+', [punctuation('list'), punctuation('plus')]],
  ['%', [punctuation('percent')]],
  ['>', [punctuation('at-least')]],
  ['≥', [punctuation('at-least')]],
  ['<', [punctuation('at-most', 'below')]],
  ['≤', [punctuation('at-most')]],
  ['?', [punctuation('uncertain-before'), punctuation('uncertain-after')]],
];
/** By character code: found without hashing a text. */
const PUNCTUATION_BY_CODE: ReadonlyMap<number, readonly Concept[]> = new Map(
  PUNCTUATION.map(([mark, senses]) => [mark.charCodeAt(0), senses]),
);
const LEVEL: readonly Concept[] = [punctuation('level')];

/** The concept a mark stands for in a part, or undefined when it does not play that part. */
export function sense(mark: Mark | undefined, role: string): Concept | undefined {
  if (mark === undefined) return undefined;
  for (const concept of mark.senses) if (concept.role === role) return concept;
  return undefined;
}

export function plays(mark: Mark | undefined, ...roles: readonly string[]): boolean {
  if (mark === undefined) return false;
  for (const concept of mark.senses) if (roles.includes(concept.role)) return true;
  return false;
}

/** {@link plays} for a fixed list of parts. */
export function playsAny(mark: Mark | undefined, roles: ReadonlySet<string>): boolean {
  if (mark === undefined) return false;
  for (const concept of mark.senses) if (roles.has(concept.role)) return true;
  return false;
}

/** Every part that any of the marks plays. */
export function rolesIn(marks: readonly Mark[]): ReadonlySet<string> {
  const roles = new Set<string>();
  for (const { senses } of marks) for (const concept of senses) roles.add(concept.role);
  return roles;
}

/** The tokens to mark, end excluded, and the levels among them. */
export interface MarkedRange {
  readonly first: number;
  readonly end: number;
  readonly groups: readonly LevelGroup[];
}

/**
 * The marks of the tokens in a range, left to right, longest phrase first, none overlapping.
 * @param passesNerves levels of nerves ("S1 and S2 roots") name no place and get no mark
 */
export function marksOf(
  tokens: readonly Token[],
  { first, end, groups }: MarkedRange,
  lexicon: Lexicon,
  passesNerves = false,
): readonly Mark[] {
  const marks: Mark[] = [];
  let next = 0;
  for (let index = first; index < end; index += 1) {
    while ((groups[next]?.first ?? end) < index) next += 1;
    const level = groups[next];
    if (level?.first === index && level.ofNerves && passesNerves) {
      index = level.last;
      continue;
    }
    const mark =
      level?.first === index ? levelMark(level) : markAt(tokens, index, level?.first ?? end, lexicon);
    if (mark === undefined) continue;
    marks.push(mark);
    index = mark.last;
  }
  return marks;
}

function levelMark(level: LevelGroup): Mark {
  return { first: level.first, last: level.last, senses: LEVEL, level };
}

function markAt(tokens: readonly Token[], index: number, end: number, lexicon: Lexicon): Mark | undefined {
  const token = tokens[index];
  if (token?.kind === 'word' || token?.kind === 'number') return longestPhrase(tokens, index, end, lexicon);
  const senses = token?.kind === 'mark' ? PUNCTUATION_BY_CODE.get(token.text.charCodeAt(0)) : undefined;
  return senses === undefined ? undefined : { first: index, last: index, senses };
}

const ADVERBS: ReadonlySet<string> = new Set(['otherwise', 'still', 'only']);

/** "the foramina are otherwise patent": an adverb between a verb, or a place, and what is said of it ends nothing. */
export function withoutAdverbs(tokens: readonly Token[], marks: readonly Mark[]): readonly Mark[] {
  if (!marks.some((mark) => ADVERBS.has(tokens[mark.first]?.text ?? ''))) return marks;
  return marks.filter((mark, index) => {
    if (!ADVERBS.has(tokens[mark.first]?.text ?? '') || mark.first !== mark.last) return true;
    const [before, next] = [marks[index - 1], marks[index + 1]];
    const touches = before?.last === mark.first - 1 && next?.first === mark.last + 1;
    return !touches || !plays(before, 'finite-verb', 'site') || !plays(next, 'change', 'severity');
  });
}

/** Words between two marks that neither covers: the distance that matters in a sentence. */
export function wordsBetween(tokens: readonly Token[], left: Mark, right: Mark): number {
  let words = 0;
  for (let index = left.last + 1; index < right.first; index += 1) {
    if (tokens[index]?.kind === 'word' || tokens[index]?.kind === 'number') words += 1;
  }
  return words;
}
