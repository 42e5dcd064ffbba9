import MarkdownIt from '../vendor/markdown-it.js';
import { toDom, toTree, withEvidence } from './markdown.js';

const markdown = new MarkdownIt({ html: false, linkify: false });

/**
 * The detail of a card as nodes, made once for each text.
 * @param {string} detail GitHub Flavored Markdown
 */
export function cardDetail(detail) {
  return toDom(withEvidence(toTree(markdown.parse(detail, {}))), document);
}
