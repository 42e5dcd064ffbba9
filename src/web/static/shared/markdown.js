import { partsOf } from './names.js';

/**
 * The Markdown of cards as elements. The tokens of markdown-it become a tree of the few elements a card needs, and
 * the tree becomes DOM nodes: no text is ever read as markup. Raw HTML is never parsed, images are never loaded.
 *
 * @typedef {{ readonly tag: string, readonly attributes: Readonly<Record<string, string>>, readonly children: readonly MarkdownNode[] }} MarkdownElement
 * @typedef {MarkdownElement | string} MarkdownNode
 * @typedef {{ type: string, tag: string, nesting: number, content: string, children?: Token[] | null, attrGet(name: string): string | number | null }} Token
 */

const ELEMENTS = new Set(
  'p br hr strong em s code pre blockquote ul ol li h1 h2 h3 h4 h5 h6 table thead tbody tr th td'.split(' '),
);

/**
 * What a card may contain, from markdown-it's tokens; anything unknown is shown as its text.
 * @param {readonly Token[]} tokens
 * @returns {readonly MarkdownNode[]}
 */
export function toTree(tokens) {
  /** @type {{ tag: string, attributes: Record<string, string>, children: MarkdownNode[] }[]} */
  const open = [{ tag: '', attributes: {}, children: [] }];
  for (const token of tokens) {
    const top = open[open.length - 1];
    if (!top) break;
    if (token.nesting === 1) open.push({ ...elementOf(token), children: [] });
    else if (token.nesting === 0) top.children.push(...leavesOf(token));
    else if (open.length > 1) {
      open.pop();
      // A token of a tag that is not allowed leaves its content.
      open[open.length - 1]?.children.push(...(top.tag ? [top] : top.children));
    }
  }
  return open[0]?.children ?? [];
}

/** @param {Token} token */
function elementOf(token) {
  if (token.tag === 'a') return linkOf(token.attrGet('href'));
  return { tag: ELEMENTS.has(token.tag) ? token.tag : '', attributes: {} };
}

/**
 * A link opens elsewhere and says nothing about where it came from; one that is not http(s) is only its text.
 * @param {string | number | null} href
 */
function linkOf(href) {
  if (typeof href !== 'string' || !/^https?:\/\//i.test(href)) return { tag: '', attributes: {} };
  return { tag: 'a', attributes: { href, target: '_blank', rel: 'noopener noreferrer' } };
}

/**
 * @param {Token} token
 * @returns {readonly MarkdownNode[]}
 */
function leavesOf(token) {
  if (token.type === 'inline') return toTree(token.children ?? []);
  if (token.type === 'softbreak') return [' '];
  if (token.type === 'fence' || token.type === 'code_block') return [element('pre', [token.content])];
  if (token.type === 'code_inline') return [element('code', [token.content])];
  if (token.tag === 'br' || token.tag === 'hr') return [element(token.tag, [])];
  return token.content ? [token.content] : [];
}

/**
 * @param {string} tag
 * @param {readonly MarkdownNode[]} children
 * @returns {MarkdownElement}
 */
function element(tag, children) {
  return { tag, attributes: {}, children };
}

const REFERENCE = /^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/;
const STATEMENTS = new Set(['tr', 'li', 'p']);

/**
 * The tree with `data-evidence` on each row, list item and paragraph that names its sources as `Type/id`, with the
 * quoted words before each name.
 * @param {readonly MarkdownNode[]} nodes
 * @returns {readonly MarkdownNode[]}
 */
export function withEvidence(nodes) {
  return nodes.map((node) => {
    if (typeof node === 'string') return node;
    const children = withEvidence(node.children);
    const places = STATEMENTS.has(node.tag) ? placesIn(node) : [];
    if (places.length === 0) return { ...node, children };
    const attributes = { ...node.attributes, 'data-evidence': JSON.stringify(places), tabindex: '0' };
    return { ...node, attributes, children };
  });
}

/** @param {MarkdownElement} node */
function placesIn(node) {
  /** @type {string[][]} */
  const places = [];
  let before = '';
  for (const part of leafTexts(node)) {
    if (part.code && REFERENCE.test(part.text)) {
      const quoted = /"([^"]+)"[^"]*$/.exec(before)?.[1];
      places.push(quoted ? [part.text, quoted] : [part.text]);
      before = '';
    } else before += part.text;
  }
  return places;
}

/**
 * @param {MarkdownElement} node
 * @returns {readonly { text: string, code: boolean }[]}
 */
function leafTexts(node) {
  return node.children.flatMap((child) =>
    typeof child === 'string' ? [{ text: child, code: node.tag === 'code' }] : leafTexts(child),
  );
}

/**
 * @param {readonly MarkdownNode[]} nodes
 * @param {Document} page
 * @returns {globalThis.DocumentFragment}
 */
export function toDom(nodes, page) {
  const fragment = page.createDocumentFragment();
  for (const node of nodes) {
    if (typeof node === 'string') {
      fragment.append(...partsOf(node).map((part, index) => (index % 2 === 0 ? part : whole(part, page))));
      continue;
    }
    const made = page.createElement(node.tag);
    for (const [name, value] of Object.entries(node.attributes)) made.setAttribute(name, value);
    made.append(toDom(node.children, page));
    fragment.append(node.tag === 'table' ? scrollable(made, page) : made);
  }
  return fragment;
}

/** @param {string} text @param {Document} page */
function whole(text, page) {
  const made = page.createElement('span');
  made.className = 'unbroken';
  made.append(text);
  return made;
}

/**
 * Wide tables scroll in a box of their own, so that a narrow panel does not; each cell carries its heading, for where a
 * panel is so narrow that the cells stand below each other.
 * @param {HTMLElement} table
 * @param {Document} page
 */
function scrollable(table, page) {
  const box = page.createElement('div');
  box.className = 'table-box';
  const headings = [...table.querySelectorAll('th')].map(({ textContent }) => textContent);
  for (const row of table.querySelectorAll('tbody tr'))
    [...row.children].forEach((cell, index) => cell.setAttribute('data-heading', headings[index] ?? ''));
  box.append(table);
  return box;
}
