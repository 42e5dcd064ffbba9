import type { PlacedSentence } from './document.js';
import type { PhraseBook } from './phrase-book.js';
import type { Token } from './tokenise.js';

/** Letters that English words do without. */
const ACCENTED = /[ß-öø-ÿ]/u;
const FIRST_ACCENTED = 'ß'.charCodeAt(0);

/**
 * The sentences in English. In another language the same words would be read without their denials ("protrusión sin
 * compromiso radicular"), so its sentences are left alone: those with more of its small words than of English ones. A
 * sentence with neither is taken for the language of the one before it in the same line.
 */
export function englishSentences(
  sentences: readonly PlacedSentence[],
  tokens: readonly Token[],
  book: PhraseBook,
): readonly PlacedSentence[] {
  if (!tokens.some(({ text }) => isForeign(text, book))) return sentences;
  let foreign = false;
  return sentences.filter(({ first, end, after }) => {
    const words = tokens.slice(first, end);
    const others = words.filter(({ text }) => isForeign(text, book)).length;
    const english = words.filter(({ text }) => book.functionWords.has(text)).length;
    const goesOn = others === 0 && english === 0 && (after === 'stop' || after === 'semicolon');
    foreign = goesOn ? foreign : others > english;
    return !foreign;
  });
}

function isForeign(text: string, book: PhraseBook): boolean {
  return book.foreignWords.has(text) || hasAccent(text);
}

/** Told without the pattern for the many words of plain letters. */
function hasAccent(text: string): boolean {
  for (let index = 0; index < text.length; index += 1)
    if (text.charCodeAt(index) >= FIRST_ACCENTED) return ACCENTED.test(text);
  return false;
}
