import { levelGroups, type LevelGroup } from './levels.js';
import { longestPhrase } from '../words/phrases.js';
import type { PhraseBook } from '../words/phrase-book.js';
import type { Sentence } from '../words/sentences.js';
import type { Token } from '../words/tokenise.js';

/** Before a level these make it a part of the sentence, whatever stands behind it. */
const PREPOSITIONS: ReadonlySet<string> = new Set(['at', 'of', 'in', 'from', 'involving', 'the', 'to', 'on']);
const OPENING: ReadonlySet<string> = new Set(['at', 'level']);

/** Whether a word such as "level", "disc space" begins at a token. */
export function isLevelWord(tokens: readonly Token[], index: number, book: PhraseBook): boolean {
  return longestPhrase(tokens, index, index + 1, book.placed.get('level-word')) !== undefined;
}

/** The token behind a level and the words that belong to it: "L5-S1 segment" */
function behind(group: LevelGroup, tokens: readonly Token[], end: number, book: PhraseBook): number {
  let index = group.last + 1;
  while (index < end && (isLevelWord(tokens, index, book) || tokens[index]?.text === ')')) index += 1;
  return index;
}

/** A level, or several, at the beginning of a sentence with a colon, a dash or a line of their own. */
export function levelHeading(
  tokens: readonly Token[],
  [begin, end]: readonly [number, number],
  group: LevelGroup | undefined,
  book: PhraseBook,
): LevelGroup | undefined {
  if (group === undefined || group.segments.length === 0) return undefined;
  const opens =
    group.first === begin || (group.first === begin + 1 && OPENING.has(tokens[begin]?.text ?? ''));
  if (!opens) return undefined;
  const index = behind(group, tokens, end, book);
  const next = tokens[index];
  if (index >= end || next === undefined) return group;
  const parts = next.kind === 'joint' || next.kind === 'newline' || [':', '.', '='].includes(next.text);
  return parts ? group : undefined;
}

/** "RFA L5-S3: 70%", "TFESI L5-S1: no help": where something was done. */
function isOfProcedure(tokens: readonly Token[], at: number, book: PhraseBook): boolean {
  const phrase = longestPhrase(tokens, at - 1, at, book.clinic);
  return phrase?.senses.some(({ role }) => role === 'action' || role === 'procedure') ?? false;
}

function holdsColon(tokens: readonly Token[], { first, end }: Sentence): boolean {
  for (let index = first; index < end; index += 1) if (tokens[index]?.text === ':') return true;
  return false;
}

/** "... are unremarkable L4-5 segment: mild bulge": a heading begins a line even where the line break was lost. */
export function partedAtHeadings(
  sentence: Sentence,
  tokens: readonly Token[],
  book: PhraseBook,
): readonly Sentence[] {
  const { first, end } = sentence;
  if (!holdsColon(tokens, sentence)) return [sentence];
  const cuts = levelGroups(tokens, [first, end], book)
    .filter((group) => group.segments.length > 0 && group.first > first)
    .filter((group) => tokens[behind(group, tokens, end, book)]?.text === ':')
    .filter(
      ({ first: at }) => !PREPOSITIONS.has(tokens[at - 1]?.text ?? '') && !isOfProcedure(tokens, at, book),
    )
    .map((group) => group.first);
  const begins = [first, ...cuts];
  return begins.map((begin, index) => ({
    first: begin,
    end: begins[index + 1] ?? end,
    after: index === 0 ? sentence.after : 'line',
  }));
}
