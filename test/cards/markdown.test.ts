import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { abridge } from '../../src/cards/abridge.js';
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

test('abridge leaves out the middle, at words, and keeps within its length', () => {
  const words = 'Left SI joint cooled radiofrequency ablation 02/10/2025 with no lasting benefit';
  expect(abridge(words, 60)).toBe('Left SI joint cooled … 02/10/2025 with no lasting benefit');
  expect(abridge(words, 79)).toBe(words);
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 30 }),
      fc.integer({ min: 10, max: 90 }),
      (parts, most) => {
        const text = parts.join(' ').replace(/[%\p{N}]/gu, '');
        expect(Array.from(abridge(text, most)).length).toBeLessThanOrEqual(most);
      },
    ),
  );
});

describe('abridge leaves out nothing without which the rest says something else', () => {
  test.each([
    [
      'Sensory testing reproduced the usual pain in the leg and so no lesions were made. Procedure terminated.',
      ['no lesions'],
    ],
    [
      'The patient kept a pain diary and reported 80-90% relief of the usual pain in the days after, with return to baseline the same evening',
      ['80-90% relief'],
    ],
    [
      'Prior authorization for left SI joint RFA was denied by the plan on 8/2/2026 as experimental',
      ['denied', 'left'],
    ],
    [
      'Marrow-replacing lesions in the right sacral ala are unchanged and negative for osseous metastatic disease',
      ['right', 'negative'],
    ],
    [
      'At 3 months 60% relief of the groin pain as told by telephone and none of the buttock pain',
      ['60% relief', 'groin', 'none'],
    ],
    [
      'Left SIJ RFA on 2025-05-06 with the new generator was aborted because of equipment failure',
      ['aborted'],
    ],
    [
      'She is otherwise healthy and in the view of this clinic not a candidate for that kind of procedure',
      ['not a'],
    ],
  ])('%s', (text, kept) => {
    const short = abridge(text, 60);
    expect(short.length).toBeLessThan(text.length);
    expect(short).toContain('…');
    for (const words of kept) expect(short).toContain(words);
  });

  test('a text of denials alone is bounded too', () => {
    expect(Array.from(abridge('no relief '.repeat(200), 60)).length).toBeLessThanOrEqual(200);
  });
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
