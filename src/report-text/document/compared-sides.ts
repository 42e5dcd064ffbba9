import { allOf } from '../../lists.js';
import { SIDE_WORDS } from '../words/side-words.js';
import { wordToken, type Token } from '../words/tokenise.js';
import type { Words } from '../words/words.js';

const SIGNS: ReadonlySet<string> = new Set(['>', '<']);

function worded(sign: Token, words: Words): readonly Token[] {
  return [wordToken('greater', sign, words), wordToken('than', sign, words)];
}

/** "R > L", "left >> right": the sign between two sides in words, for both sides are meant. */
export function withComparedSides(tokens: readonly Token[], words: Words): readonly Token[] {
  const compares = (index: number): boolean => {
    const doubled = tokens[index + 1]?.text === tokens[index]?.text;
    const beside = [index - 1, index + (doubled ? 2 : 1)];
    return beside.every((side) => SIDE_WORDS.has(tokens[side]?.text ?? ''));
  };
  if (!tokens.some(({ text }) => SIGNS.has(text))) return tokens;
  return allOf(tokens, (token, index) => {
    if (!SIGNS.has(token.text)) return [token];
    if (compares(index)) return worded(token, words);
    return tokens[index - 1]?.text === token.text && compares(index - 1) ? [] : [token];
  });
}
