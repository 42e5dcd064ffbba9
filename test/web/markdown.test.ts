/** The Markdown of cards as a tree of allowed elements (CARD-5: detail is GitHub Flavored Markdown, without raw HTML). */
import MarkdownIt from 'markdown-it';
import { toTree, withEvidence, type MarkdownNode } from '../../src/web/static/shared/markdown.js';

const markdown = new MarkdownIt({ html: false, linkify: false });
const treeOf = (text: string): readonly MarkdownNode[] => withEvidence(toTree(markdown.parse(text, {})));

function elementsOf(
  nodes: readonly MarkdownNode[],
): readonly { tag: string; attributes: Record<string, string> }[] {
  return nodes.flatMap((node) =>
    typeof node === 'string'
      ? []
      : [{ tag: node.tag, attributes: { ...node.attributes } }, ...elementsOf(node.children)],
  );
}

function textOf(nodes: readonly MarkdownNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('');
}

const ALLOWED = new Set(
  'p br hr strong em s code pre blockquote ul ol li h1 h2 h3 h4 h5 h6 table thead tbody tr th td a'.split(
    ' ',
  ),
);

describe('hostile Markdown', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<iframe src="https://evil.example"></iframe>',
    '| a |\n| --- |\n| <b onclick=alert(1)>x</b> |',
    '<!-- --><style>*{display:none}</style>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
  ])('%s stays text', (text) => {
    const elements = elementsOf(treeOf(text));
    expect(elements.filter(({ tag }) => !ALLOWED.has(tag))).toEqual([]);
    expect(elements.flatMap(({ attributes }) => Object.keys(attributes))).toEqual([]);
  });

  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:x)',
    '[x](//evil.example)',
    '[x](/cds-services)',
    '<javascript:alert(1)>',
  ])('%s is no link', (text) => {
    expect(elementsOf(treeOf(text)).filter(({ tag }) => tag === 'a')).toEqual([]);
  });

  test('an image is never loaded; its words stay', () => {
    expect(elementsOf(treeOf('![words](https://evil.example/pixel.png)')).map(({ tag }) => tag)).toEqual([
      'p',
    ]);
    expect(textOf(treeOf('![words](https://evil.example/pixel.png)'))).toBe('words');
  });

  test('a deep nesting keeps its words, and an absurd one ends', () => {
    expect(textOf(treeOf(`${'> '.repeat(40)}x`))).toBe('x');
    expect(treeOf(`${'> '.repeat(20_000)}x`)).toHaveLength(1);
  });
});

describe('what a card needs', () => {
  test('a link opens elsewhere and says nothing about where it came from', () => {
    expect(elementsOf(treeOf('[guideline](https://example.org/a)'))[1]).toEqual({
      tag: 'a',
      attributes: { href: 'https://example.org/a', target: '_blank', rel: 'noopener noreferrer' },
    });
  });

  test('a table, emphasis and code', () => {
    const tags = elementsOf(treeOf('| a | b |\n| --- | --- |\n| **x** | `y` |')).map(({ tag }) => tag);
    expect(tags).toEqual(
      expect.arrayContaining(['table', 'thead', 'tbody', 'tr', 'th', 'td', 'strong', 'code']),
    );
  });

  test('each row carries the sources it names, with the words quoted before each', () => {
    const tree = treeOf('- Done. 2026-03-03 "80-90% relief" `Procedure/a-1`; and `DocumentReference/b`');
    const item = elementsOf(tree).find(({ tag }) => tag === 'li');
    expect(JSON.parse(item?.attributes['data-evidence'] ?? '')).toEqual([
      ['Procedure/a-1', '80-90% relief'],
      ['DocumentReference/b'],
    ]);
  });

  test('code that is no reference is no source', () => {
    expect(
      elementsOf(treeOf('- `64772` and `a/b`')).every(({ attributes }) => !('data-evidence' in attributes)),
    ).toBe(true);
  });
});
