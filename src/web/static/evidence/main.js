import { linkEvidence, showWords } from '../shared/evidence-link.js';
import { html, nothing, render } from '../shared/lit.js';
import { nameOf } from '../shared/names.js';
import { records } from '../shared/records.js';
import { orderView, unread } from '../shared/why.js';
import { policyView } from './policy.js';
import { review } from './review.js';
import { beginLaunch, endLaunch } from './smart.js';

const root = /** @type {HTMLElement} */ (document.getElementById('evidence'));

/** @typedef {import('./review.js').Review} Review */

/** @param {unknown} content */
function show(content) {
  render(html`<main>${content}</main>`, root);
}

async function start() {
  root.replaceChildren();
  const query = new URLSearchParams(location.search);
  const { policies, smart } = await (await fetch('evidence/policies.json')).json();
  const iss = query.get('iss');
  showWhen('to-playground', smart.sandbox !== undefined);
  if (query.has('code') || query.has('error')) {
    show(html`<p role="status">Reading the chart with your permission …</p>`);
    const context = await endLaunch(query);
    showWhen('synthetic', smart.sandbox !== undefined && context.base.startsWith(smart.sandbox));
    show(html`${patientView(await review(context))} ${policies.map(policyView)}`);
  } else if (iss) {
    show(html`<p role="status">Asking the EHR for permission to read this chart …</p>`);
    await beginLaunch({ iss, launch: query.get('launch'), clientId: smart.clientId });
  } else {
    showWhen('synthetic', smart.sandbox !== undefined);
    show(html`${introduction(smart)} ${policies.map(policyView)}`);
  }
}

/**
 * The sandbox's patients are nobody, and beside them there is a playground; an EHR's are somebody.
 * @param {string} id
 * @param {boolean} shown
 */
function showWhen(id, shown) {
  const element = document.getElementById(id);
  if (element) element.hidden = !shown;
}

/** Without a launch: what this page is, and how to stand alone. @param {{ clientId: string, sandbox?: string }} smart */
function introduction(smart) {
  const launch = (/** @type {globalThis.SubmitEvent} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {globalThis.HTMLFormElement} */ (event.currentTarget));
    beginLaunch({ iss: String(form.get('iss')), clientId: smart.clientId }).catch(fail);
  };
  return html`<section class="introduction">
    <h2>What the advice rests on</h2>
    <p>
      This page explains the policy. Opened from a card in the EHR it also shows one patient: the steps of the
      pathway, the spine, the timeline and every record they rest on, read in your browser with your own
      permission.
    </p>
    <form @submit=${launch}>
      <label>FHIR server <input name="iss" type="url" required value=${smart.sandbox ?? ''} /></label>
      <button type="submit" class="plain">Open a patient</button>
    </form>
  </section>`;
}

/** @param {Review} read */
function patientView({ evaluation, resources, failed, assumed, refused }) {
  const order = evaluation?.orders[0];
  return html`<section class="patient-view" aria-labelledby="patient-heading">
    <h2 id="patient-heading">This patient</h2>
    ${
      assumed
        ? html`<p class="quiet">
            The EHR shows no draft of the order: the record is held against a neurectomy of the sacral lateral
            branches on both sides.
          </p>`
        : nothing
    }
    ${failed.map(({ key, reason }) => html`<p class="missing">? ${nameOf(key)} could not be read: ${reason}</p>`)}
    ${refused ? html`<p class="problem" role="alert">The service did not evaluate the record (${refused}). What was read is below.</p>` : nothing}
    ${
      order && evaluation
        ? html`<div class="evidence-views">
              ${VIEWS.map(
                ({ view, title }) =>
                  html`<section class="view" data-view=${view}>
                    <h3>${title}</h3>
                    ${orderView(evaluation, order, view)}
                  </section>`,
              )}
            </div>
            ${unread(evaluation)}`
        : nothing
    }
    <h3>Records ${evaluation ? 'cited' : 'read'}</h3>
    <div class="cited">${records(evaluation ? resources.filter(citedIn(evaluation)) : resources)}</div>
  </section>`;
}

/** @type {readonly { view: import('../shared/why.js').View, title: string }[]} */
const VIEWS = [
  { view: 'pathway', title: 'Pathway' },
  { view: 'spine', title: 'Spine' },
  { view: 'timeline', title: 'Timeline' },
];

/** @param {object} evaluation */
function citedIn(evaluation) {
  const references = new Set(
    [...JSON.stringify(evaluation).matchAll(/"reference":"([^"]+)"/g)].map(([, one]) => one),
  );
  return (/** @type {import('../shared/types.js').AnyResource} */ { resourceType, id }) =>
    references.has(`${resourceType}/${id}`);
}

/** @param {unknown} error */
function fail(error) {
  const reason = error instanceof Error ? error.message : String(error);
  show(
    html`<div class="problem" role="alert">
      <p><strong>The chart could not be opened:</strong> ${reason}.</p>
      <p><a href="evidence">Back to the policy</a>, or open the page from the EHR again.</p>
    </div>`,
  );
}

linkEvidence(document, showWords);
start().catch(fail);
