import MarkdownIt from 'markdown-it';
import fc from 'fast-check';
import { withoutRawHtml } from '../../src/cds-hooks/markdown.js';

const html = new MarkdownIt({ html: true });
const text = new MarkdownIt({ html: false });

/** Raw HTML as a GFM renderer that permits it would see it. */
function rawHtmlIn(markdown: string): readonly string[] {
  const tokens = html.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  return tokens.filter(({ type }) => type.startsWith('html_')).map(({ content }) => content);
}

describe('CARD-3: no raw HTML in detail', () => {
  test.each([
    ['a tag', '<b>x</b>', '\\<b>x\\</b>'],
    ['a comment', '<!-- x -->', '\\<!-- x -->'],
    ['an instruction', '<?x?>', '\\<?x?>'],
    ['a less-than sign', '3 < 4, <5 %, a<', '3 < 4, <5 %, a<'],
    ['an escaped tag', '\\<b>', '\\<b>'],
    ['a tag behind an escaped backslash', '\\\\<b>', '\\\\\\<b>'],
    ['no sign at all', '**bold** `code`', '**bold** `code`'],
  ])('%s', (_name, markdown, expected) => {
    expect(withoutRawHtml(markdown)).toBe(expected);
  });

  test('is shown as the text it was', () => {
    expect(text.render(withoutRawHtml('say <b>no</b>'))).toBe(text.render('say &lt;b&gt;no&lt;/b&gt;'));
  });

  test('whatever the backticks, backslashes, cells and lines around it', () => {
    const pieces = fc.constantFrom(
      '<b>',
      '</b>',
      '<!--',
      '-->',
      '<a href="x">',
      '`',
      '``',
      '\\',
      '|',
      '\n',
      'a',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        expect(rawHtmlIn(withoutRawHtml(parts.join('')))).toEqual([]);
      }),
      { numRuns: 2000, seed: 64772 },
    );
  });
});
