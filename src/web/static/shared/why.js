import { evidenceAttribute } from './evidence-link.js';
import { ladder, source, sources } from './ladder.js';
import { html, nothing } from './lit.js';
import { nameOf } from './names.js';
import { spine } from './spine.js';
import { timeline } from './timeline.js';
import { unbroken } from './unbroken.js';

/**
 * @typedef {import('./types.js').Evaluation} Evaluation
 * @typedef {import('./types.js').OrderEvaluation} OrderEvaluation
 * @typedef {import('./types.js').Evidence} Evidence
 * @typedef {'pathway' | 'spine' | 'timeline'} View
 */

/** @type {readonly View[]} */
export const VIEWS = ['pathway', 'spine', 'timeline'];

/**
 * The evaluation to look at, one view at a time.
 * @param {Evaluation} evaluation
 * @param {View} view
 * @param {(view: View) => void} onView
 */
export function why(evaluation, view, onView) {
  return html`<div class="tabs" role="tablist" aria-label="Why" @keydown=${walk(onView)}>
      ${VIEWS.map((one) => tab(one, { view, onView, evaluation }))}
    </div>
    <div id="why-panel" role="tabpanel" aria-labelledby="tab-${view}" tabindex="-1">
      ${evaluation.orders.map((order) => orderView(evaluation, order, view))} ${unread(evaluation)}
    </div>`;
}

/**
 * @param {View} one
 * @param {{ view: View, onView: (view: View) => void, evaluation: Evaluation }} how
 */
function tab(one, { view, onView, evaluation }) {
  const rests = one === view ? [] : evaluation.orders.flatMap((order) => evidenceOf(order, one));
  return html`<button
    id="tab-${one}"
    role="tab"
    type="button"
    aria-selected=${one === view}
    aria-controls="why-panel"
    tabindex=${one === view ? 0 : -1}
    data-evidence-tab=${evidenceAttribute(rests)}
    @click=${() => onView(one)}
  >
    ${nameOf(one)}
  </button>`;
}

/**
 * From the tab that has the focus, not from the one last drawn: keys may come faster than drawings.
 *
 * @param {(view: View) => void} onView
 */
function walk(onView) {
  return (/** @type {KeyboardEvent} */ event) => {
    const at = VIEWS.findIndex((view) => document.activeElement?.id === `tab-${view}`);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = VIEWS[(to + VIEWS.length) % VIEWS.length];
    if (at < 0 || next === undefined) return;
    onView(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
}

/**
 * @param {OrderEvaluation} order
 * @param {View} view
 * @returns {readonly Evidence[]}
 */
function evidenceOf({ steps, painGenerators = [], interventions = [] }, view) {
  const found = view === 'pathway' ? steps : [...painGenerators, ...interventions];
  return found.flatMap(({ evidence }) => evidence ?? []);
}

/**
 * @param {Evaluation} evaluation
 * @param {OrderEvaluation} order
 * @param {View} view
 */
export function orderView(evaluation, order, view) {
  if (view === 'spine') return spine(order);
  if (view === 'timeline') return timeline(order, evaluation.asOf);
  return html`${decision(order)} ${ladder(order)} ${wouldChange(order)} ${asides(order)}
  ${setAside(evaluation)}`;
}

/** @param {OrderEvaluation} order */
export function decision(order) {
  const sides = order.decisionBySide ?? [];
  return html`<p class="decision" data-decision=${order.decision}>
    ${
      sides.length > 0
        ? sides.map(
            (one) => html`<span>${nameOf(one.side)}: <strong>${nameOf(one.decision)}</strong></span> `,
          )
        : html`<strong>${nameOf(order.decision)}</strong>`
    }
  </p>`;
}

/** @param {OrderEvaluation} order */
function wouldChange({ wouldChange: list }) {
  if (!list?.length) return nothing;
  return html`<section class="would-change">
    <h3>What would change this</h3>
    <ul>
      ${list.map((one) => html`<li>${unbroken(one)}</li>`)}
    </ul>
  </section>`;
}

/** Red flags, what to weigh first, contradictions and notes. @param {OrderEvaluation} order */
function asides({ redFlags = [], redFlagsOfDraft = [], considerations = [], conflicts = [], notes = [] }) {
  const flags = [...redFlags, ...redFlagsOfDraft.map((id) => ({ id, evidence: undefined }))];
  const items = [
    ...flags.map(({ id, evidence }) => ({
      title: `Red flag: ${nameOf(id).toLowerCase()}`,
      evidence,
      flag: true,
    })),
    ...considerations.map(({ reason, evidence }) => ({ title: reason, evidence, flag: false })),
    ...conflicts.map(({ reason, evidence }) => ({ title: reason, evidence, flag: false })),
    ...notes.map(({ id, evidence }) => ({ title: nameOf(id), evidence, flag: false })),
  ];
  if (items.length === 0) return nothing;
  return html`<section class="asides">
    <h3>Keep in mind</h3>
    ${items.map(
      ({ title, evidence, flag }) =>
        html`<details ?open=${flag} data-evidence=${evidenceAttribute(evidence)}>
          <summary>${unbroken(title)}</summary>
          ${sources(evidence)}
        </details>`,
    )}
  </section>`;
}

/** What was read and is no evidence for anything here, and why. @param {Evaluation} evaluation */
function setAside({ excluded = [] }) {
  if (excluded.length === 0) return nothing;
  return html`<details class="set-aside">
    <summary>${excluded.length === 1 ? '1 record' : `${excluded.length} records`} set aside</summary>
    <ul class="sources">
      ${excluded.map(({ why, evidence }) => html`<li>${source(evidence)} <em>${nameOf(why).toLowerCase()}</em></li>`)}
    </ul>
  </details>`;
}

/** What could not be read whole: nothing is claimed about it. @param {Evaluation} evaluation */
export function unread({ data }) {
  const missing = data.filter(({ state }) => state !== 'complete');
  if (missing.length === 0) return nothing;
  return html`<section class="unread">
    <h3><span aria-hidden="true">?</span> Not read whole</h3>
    <ul>
      ${missing.map(({ kind, state, reason }) => html`<li>${nameOf(kind)}: ${state}${reason ? `, ${reason}` : ''}</li>`)}
    </ul>
  </section>`;
}
