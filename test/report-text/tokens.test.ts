import fc from 'fast-check';
import { endOfAscii } from '../../src/report-text/words/ascii.js';
import { tokenise } from '../../src/report-text/words/tokenise.js';
import { book } from './book.js';

/** What a token is, in any script. */
const TOKEN = /\d+(?:\.\d+)?(?![\p{L}\d])|[\p{L}\p{N}]+(?:['’]\p{L}+)*|\s+|[^\s\p{L}\p{N}]/uy;

function endByPattern(text: string, start: number): number {
  TOKEN.lastIndex = start;
  return start + (TOKEN.exec(text)?.[0].length ?? 0);
}

const CHARACTERS = Array.from("aL5490..''’-/ \t\n\u00a0éß²½٣#%()+☐😀");
const texts = fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 40 }).map((parts) => parts.join(''));

describe('tokens', () => {
  test('by character code end where the pattern of all scripts ends them', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (let start = 0; start < text.length; start += 1) {
          if (/[\uDC00-\uDFFF]/u.test(text.charAt(start))) continue;
          const end = endOfAscii(text, start);
          if (end !== undefined) expect([text, start, end]).toEqual([text, start, endByPattern(text, start)]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['L4-5 12.55a', "it's5 o'clock", '0.5 mg 1.2.3', 'a\n\nb'])(
    '%j is read without the pattern',
    (text) => expect(Array.from(text).every((_, start) => endOfAscii(text, start) !== undefined)).toBe(true),
  );

  test('cover all of a text but its blanks, in order', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const tokens = tokenise(text, book.words);
        const rest = tokens.reduceRight(
          (left, { start, end }) => left.slice(0, start) + left.slice(end),
          text,
        );
        expect(rest.trim()).toBe('');
        expect(tokens.every(({ start }, at) => start >= (tokens[at - 1]?.end ?? 0))).toBe(true);
      }),
    );
  });
});
