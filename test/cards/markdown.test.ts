import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { codeSpan, escapeMarkdown, fitSummary, shorten } from '../../src/cards/markdown.js';

const markdown = new MarkdownIt({ html: true, linkify: true });
const textOf = (html: string) =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

describe('text from the chart is text in the card (CARD-3)', () => {
  test.each([
    '<script>alert(1)</script>',
    '[click](javascript:alert(1))',
    '![x](https://evil.example/pixel.png)',
    'https://evil.example',
    'www.evil.example',
    'a | b | c',
    '`code` ``more``',
    '**bold** _it_ ~~gone~~',
    '&lt;b&gt;',
    'mail me@evil.example',
  ])('%s stands as it is', (text) => {
    const html = markdown.render(`| a |\n| --- |\n| ${escapeMarkdown(text)} |`);
    expect(html).not.toMatch(/<(?:script|a|img|strong|em|s|code|b)[\s>]/);
    expect(textOf(html).replaceAll('\u2060', '')).toContain(text);
  });

  test('any text makes one table cell without markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const html = markdown.render(`| a | b |\n| --- | --- |\n| x${escapeMarkdown(text)}x | y |`);
        expect(html.match(/<td>/g)).toHaveLength(2);
        expect(html).not.toMatch(/<(?!\/?(?:table|thead|tbody|tr|th|td)\b)/);
      }),
    );
  });

  test('characters that reorder or hide words become spaces', () => {
    expect(escapeMarkdown('a\u202eb\u200bc\u0000d')).toBe('a b c d');
  });

  test('a code span cannot be left', () => {
    expect(codeSpan('Procedure/a`b')).toBe('`Procedure/ab`');
  });
});

describe('a summary is at most 139 in UTF-16 units and code points (CARD-2)', () => {
  test.each([
    ['stays at 139', 'a'.repeat(139), 139],
    ['is cut at 140', 'a'.repeat(140), 139],
  ])('%s', (_name, text, length) => {
    expect(fitSummary(text)).toHaveLength(length);
  });

  test('any text fits, and no character is split', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const summary = fitSummary(text);
        expect(Buffer.from(summary, 'utf8').toString('utf8')).toBe(summary);
      }),
    );
  });
});

test('shorten cuts at a word', () => {
  expect(shorten('moderate bilateral stenosis', 20)).toBe('moderate bilateral…');
  expect(shorten('short', 20)).toBe('short');
});

/** remark-gfm looks for addresses in what is left after unescaping (mdast-util-gfm-autolink-literal). */
const ADDRESS =
  /(https?:\/\/|www(?=\.))([-.\w]+)([^ \t\r\n]*)|(?<=^|\s|\p{P}|\p{S})([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)/giu;

test.each(['https://evil.example/a', 'see HTTP://evil.example', 'WWW.evil.example', '(a.b+c@evil.example)'])(
  'no address is left after unescaping: %s',
  (text) => {
    expect(text).toMatch(ADDRESS);
    const unescaped = escapeMarkdown(text).replace(/\\([!-/:-@[-`{-~])/g, '$1');
    expect(unescaped).not.toMatch(ADDRESS);
    expect(unescaped.replaceAll('\u2060', '')).toBe(text);
  },
);
