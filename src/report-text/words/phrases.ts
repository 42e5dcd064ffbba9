import type { Concept } from './code-system.js';
import type { Lexicon, PhraseNode } from './phrase-book.js';
import type { Token } from './tokenise.js';

/** A phrase found: the tokens it covers (last included) and all that it may stand for. */
export interface PhraseMatch {
  readonly first: number;
  readonly last: number;
  readonly senses: readonly Concept[];
}

/** Index of the next token that can belong to a phrase: a hyphen or slash and a line break may stand between words. */
function nextOfPhrase(tokens: readonly Token[], index: number): number {
  const kind = tokens[index + 1]?.kind;
  if (kind === 'joint' && tokens[index + 2]?.text === '\n') return index + 3;
  return kind === 'joint' || kind === 'newline' ? index + 2 : index + 1;
}

/** The longest phrase that begins with the token at `first` and ends before `end`. */
export function longestPhrase(
  tokens: readonly Token[],
  first: number,
  end: number,
  root: Lexicon | undefined,
): PhraseMatch | undefined {
  if (root === undefined || first >= end || ((tokens[first]?.begins ?? 0) & root.bit) === 0) return undefined;
  let node: PhraseNode = root;
  let found: PhraseMatch | undefined;
  for (let index = first; index < end; index = nextOfPhrase(tokens, index)) {
    const token = tokens[index];
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'number')) break;
    const next = node.next.get(token.id);
    if (next === undefined) break;
    node = next;
    if (node.concepts.length > 0) found = { first, last: index, senses: node.concepts };
    if (node.next.size === 0) break;
  }
  return found;
}
