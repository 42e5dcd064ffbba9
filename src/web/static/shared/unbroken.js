import { html } from './lit.js';
import { partsOf } from './names.js';

/** A sentence whose dates and percentages stay whole. @param {string} text */
export function unbroken(text) {
  return partsOf(text).map((part, index) =>
    index % 2 === 0 ? part : html`<span class="unbroken">${part}</span>`,
  );
}
