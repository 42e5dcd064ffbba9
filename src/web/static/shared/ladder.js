import { evidenceAttribute } from './evidence-link.js';
import { html, nothing } from './lit.js';
import { dayOf, nameOf } from './names.js';
import { unbroken } from './unbroken.js';

/**
 * @typedef {import('./types.js').OrderEvaluation} OrderEvaluation
 * @typedef {import('./types.js').Step} Step
 * @typedef {import('./types.js').Evidence} Evidence
 */

const ICONS = { met: '✓', 'not-met': '○', unknown: '?' };

/** For an evaluation that was made without the words of cards. */
const STATES = { met: 'met', 'not-met': 'not met', unknown: 'unknown' };

/** The state of a step in the words of the cards, a site's own among them. @param {Pick<Step, 'state' | 'label'>} step */
export function stateOf({ state, label = STATES[state] }) {
  return label.charAt(0).toUpperCase() + label.slice(1);
}

/**
 * The steps of the pathway, lowest first: state, what counted, what did not and why, what is missing.
 * @param {OrderEvaluation} order
 */
export function ladder(order) {
  return html`<ol class="ladder">
    ${order.steps.map((step) => rung(step, stepNumber(order, step)))}
  </ol>`;
}

/**
 * Steps that are judged by side have one number.
 * @param {OrderEvaluation} order
 * @param {Step} step
 */
function stepNumber({ steps }, { id }) {
  return [...new Set(steps.map((step) => step.id))].indexOf(id) + 1;
}

/**
 * @param {Step} step
 * @param {number} number
 */
function rung(step, number) {
  const { id, state, side, reason, missing, attempts } = step;
  return html`<li class="rung" data-state=${state} data-step=${id}>
    <span class="rung-number" aria-hidden="true">${number}</span>
    <div>
      <h3>
        ${nameOf(id)}${side ? html`, ${side}` : nothing}
        <span class="state"><span aria-hidden="true">${ICONS[state]}</span> ${stateOf(step)}</span>
      </h3>
      ${reason ? html`<p>${unbroken(reason)}</p>` : nothing}
      ${attempts && id === 'radiofrequency-ablation' ? failures(state, attempts) : nothing}
      ${sources(step.evidence)} ${notCounted(step)}
      ${missing ? html`<p class="missing"><span aria-hidden="true">?</span> Missing: ${missing}</p>` : nothing}
    </div>
  </li>`;
}

/**
 * How many ablations failed, and how many have to for the step to have failed; where it is not known, only those that are certain.
 * @param {Step['state']} state
 * @param {NonNullable<Step['attempts']>} attempts
 */
function failures(state, { counted, required }) {
  if (state === 'unknown' && counted === 0) return nothing;
  const found = state === 'unknown' ? 'Failed ablations that are certain' : 'Failed ablations';
  return html`<p class="quiet">${found}: ${counted}; the step fails with ${required}</p>`;
}

/** Each once, also where several findings rest on the same words. @param {readonly Evidence[] | undefined} evidence */
export function sources(evidence) {
  if (!evidence?.length) return nothing;
  const once = new Map(evidence.map((one) => [JSON.stringify([one.reference, one.date, one.excerpt]), one]));
  return html`<ul class="sources">
    ${[...once.values()].map((one) => html`<li>${source(one)}</li>`)}
  </ul>`;
}

/**
 * One source, focusable: its day, its words, its name.
 * @param {Evidence} evidence
 */
export function source(evidence) {
  const { reference, date, excerpt, scores } = evidence;
  return html`<span class="source" tabindex="0" data-evidence=${evidenceAttribute([evidence])}>
    ${date ? html`<time datetime=${date}>${dayOf(date)}</time>` : nothing}
    ${excerpt ? html`<q>${excerpt}</q>` : nothing}
    ${scores ? html`<span>${scoresText(scores)}</span>` : nothing}
    <span class="reference">${reference}</span>
  </span>`;
}

/** @param {NonNullable<Evidence['scores']>} scores */
function scoresText({ before, after, reliefPercent }) {
  const pair = before === undefined ? 'by these scores' : `pain score ${before} before, ${after} after:`;
  return `${pair} ${reliefPercent} % relief`;
}

/** @param {Step} step */
function notCounted({ notCounted: list }) {
  if (!list?.length) return nothing;
  return html`<details class="not-counted">
    <summary>${list.length} not counted</summary>
    <ul class="sources">
      ${list.map(
        ({ why, because = why, evidence }) => html`<li>${source(evidence)} <em>${nameOf(because)}</em></li>`,
      )}
    </ul>
  </details>`;
}
