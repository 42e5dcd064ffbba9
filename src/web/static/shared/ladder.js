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

const STATES = {
  'conservative-care': { met: 'Done', 'not-met': 'Not enough', unknown: 'Not known' },
  'diagnostic-blocks': { met: 'Positive', 'not-met': 'Not positive', unknown: 'Not known' },
  'radiofrequency-ablation': { met: 'Failed', 'not-met': 'Open', unknown: 'Not known' },
  neurectomy: { met: 'Done before', 'not-met': 'Ordered now', unknown: 'Ordered now' },
};

/**
 * By the answer, where the word for the state would mislead: an ablation that worked is not "open".
 * @type {Partial<Record<Step['id'], Readonly<Record<string, string>>>>}
 */
const ANSWERS = {
  'conservative-care': { declined: 'Declined or not done' },
  'diagnostic-blocks': { conflicting: 'Conflicting' },
  'radiofrequency-ablation': {
    'wore-off': 'Worked before',
    'too-early-to-repeat': 'Worked before',
    'still-working': 'Still working',
    'fewer-failed': 'Too few failed',
    'too-old': 'Too long ago',
    'too-recent': 'Too recent',
    'outcome-unknown': 'Outcome not known',
    'called-failed': 'Outcome not known',
    'outcome-unread': 'Outcome not known',
    'side-unknown': 'Side not known',
    'target-not-told': 'Target not known',
    conflicting: 'Conflicting',
  },
  neurectomy: { 'side-unknown': 'Done before, side not known' },
};

/** The state of a step, in words. @param {Pick<Step, 'id' | 'state' | 'because'>} step */
export function stateOf({ id, state, because }) {
  return ANSWERS[id]?.[because] ?? STATES[id][state];
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
  const { reference, date, excerpt } = evidence;
  return html`<span class="source" tabindex="0" data-evidence=${evidenceAttribute([evidence])}>
    ${date ? html`<time datetime=${date}>${dayOf(date)}</time>` : nothing}
    ${excerpt ? html`<q>${excerpt}</q>` : nothing} <span class="reference">${reference}</span>
  </span>`;
}

/** @param {Step} step */
function notCounted({ notCounted: list }) {
  if (!list?.length) return nothing;
  return html`<details class="not-counted">
    <summary>${list.length} not counted</summary>
    <ul class="sources">
      ${list.map(({ why, evidence }) => html`<li>${source(evidence)} <em>${nameOf(why)}</em></li>`)}
    </ul>
  </details>`;
}
