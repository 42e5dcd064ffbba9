import { html, nothing } from '../shared/lit.js';
import { stateOf } from '../shared/ladder.js';
import { nameOf } from '../shared/names.js';
import { evaluationIn } from './state.js';

/** @typedef {{ what: string, from: string, to: string }} Change */

/**
 * What a change of the chart changed in the answer.
 * @param {any} before CDS Hooks response
 * @param {any} after CDS Hooks response
 */
export function difference(before, after) {
  const changes = changesBetween(before, after);
  return html`<section class="difference" role="status">
    <h3>What your changes did</h3>
    ${changes.length === 0 ? html`<p>Nothing: the same decision and the same cards.</p>` : nothing}
    ${
      changes.length === 0
        ? nothing
        : html`<dl>
            ${changes.map(
              ({ what, from, to }) =>
                html`<dt>${what}</dt>
                  <dd><del>${from || 'nothing'}</del> <ins>${to || 'nothing'}</ins></dd>`,
            )}
          </dl>`
    }
  </section>`;
}

/**
 * Decision, steps and cards that differ.
 * @param {any} before
 * @param {any} after
 * @returns {readonly Change[]}
 */
export function changesBetween(before, after) {
  const [old, now] = [facts(before), facts(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((what) => {
    const [from, to] = [old.get(what) ?? '', now.get(what) ?? ''];
    return from === to ? [] : [{ what, from, to }];
  });
}

/** @param {any} response @returns {Map<string, string>} */
function facts(response) {
  const orders = evaluationIn(response)?.orders ?? [];
  return new Map([
    ...orders.flatMap(({ decision, steps }) => [
      /** @type {[string, string]} */ (['Decision', nameOf(decision)]),
      ...steps.map((step) => /** @type {[string, string]} */ ([stepName(step), stepState(step)])),
    ]),
    ...(response?.cards ?? []).map(
      (/** @type {{ summary: string }} */ { summary }, /** @type {number} */ index) =>
        /** @type {[string, string]} */ ([`Card ${index + 1}`, summary]),
    ),
  ]);
}

/** @param {import('../shared/types.js').Step} step */
function stepName({ id, side }) {
  return `${nameOf(id)}${side ? `, ${side}` : ''}`;
}

/** @param {import('../shared/types.js').Step} step */
function stepState({ attempts, ...step }) {
  return stateOf(step) + (attempts ? ` (${attempts.counted} of ${attempts.required})` : '');
}
