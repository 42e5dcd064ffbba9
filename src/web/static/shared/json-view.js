import { html, nothing, render } from './lit.js';

/** @type {WeakMap<object, HTMLElement>} */
const nodes = new WeakMap();

/**
 * JSON to be folded open and shut; what is shut is not in the page. The same value is the same node, so that drawing
 * the page anew keeps what was opened, and another value never shows the old one's members.
 * @param {unknown} value
 * @returns {unknown}
 */
export function jsonNode(value) {
  if (typeof value !== 'object' || value === null) return jsonView(value);
  const node = nodes.get(value) ?? document.createElement('div');
  if (!nodes.has(value)) render(jsonView(value, { depth: 2 }), node);
  nodes.set(value, node);
  return node;
}

/**
 * @param {unknown} value
 * @param {{ name?: string, depth?: number }} [place] levels that start open
 * @returns {unknown}
 */
function jsonView(value, { name, depth = 1 } = {}) {
  const label = name === undefined ? nothing : html`<span class="json-key">${name}</span>: `;
  if (typeof value !== 'object' || value === null)
    return html`<div class="json-leaf">
      ${label}<span class="json-${typeof value}">${JSON.stringify(value)}</span>
    </div>`;
  const entries = Object.entries(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const kind = Array.isArray(value) || !('resourceType' in value) ? '' : `${String(value.resourceType)} `;
  const children = () => entries.map(([key, child]) => jsonView(child, { name: key, depth: depth - 1 }));
  return html`<details class="json" ?open=${depth > 0} @toggle=${unfold(children)}>
    <summary>${label}${kind}${open}<span class="quiet">${entries.length}</span>${close}</summary>
    <div class="json-children"></div>
  </details>`;
}

/** @param {() => unknown} children */
function unfold(children) {
  return (/** @type {globalThis.Event} */ event) => {
    const details = /** @type {globalThis.HTMLDetailsElement} */ (event.currentTarget);
    const box = details.querySelector('.json-children');
    if (box instanceof HTMLElement) render(details.open ? children() : nothing, box);
    event.stopPropagation();
  };
}

/**
 * A button that copies a text and says so.
 * @param {string} label
 * @param {() => string} text
 */
export function copyButton(label, text) {
  const copy = async (/** @type {globalThis.Event} */ { currentTarget }) => {
    const button = /** @type {HTMLElement} */ (currentTarget);
    await navigator.clipboard.writeText(text());
    button.dataset['copied'] = '';
    setTimeout(() => delete button.dataset['copied'], 1500);
  };
  return html`<button type="button" class="plain" @click=${copy}>${label}</button>`;
}
