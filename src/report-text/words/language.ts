import type { Sentence } from './sentences.js';
import type { Token } from './tokenise.js';
import { WORD_BITS } from './words.js';

/**
 * The sentences in English. In another language the same words would be read without their denials ("protrusión sin
 * compromiso radicular"), so its sentences are left alone: those with more of its small words than of English ones. A
 * sentence with neither is taken for the language of the one before it in the same line.
 */
export function englishSentences<Placed extends Sentence>(
  sentences: readonly Placed[],
  tokens: readonly Token[],
): readonly Placed[] {
  if (!tokens.some(isForeign)) return sentences;
  let foreign = false;
  return sentences.filter(({ first, end, after }) => {
    const words = tokens.slice(first, end);
    const others = words.filter(isForeign).length;
    const english = words.filter(isEnglish).length;
    const goesOn = others === 0 && english === 0 && (after === 'stop' || after === 'semicolon');
    foreign = goesOn ? foreign : others > english;
    return !foreign;
  });
}

function isForeign({ begins }: Token): boolean {
  return (begins & WORD_BITS.foreign) !== 0;
}

function isEnglish({ begins }: Token): boolean {
  return (begins & WORD_BITS.functionWord) !== 0;
}
