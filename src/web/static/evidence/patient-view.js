import { html, nothing } from '../shared/lit.js';
import { nameOf } from '../shared/names.js';
import { patientLine } from '../shared/patient.js';
import { records, titleOf } from '../shared/records.js';
import { orderView, unread } from '../shared/why.js';

/**
 * @typedef {import('./review.js').Review} Review
 * @typedef {import('../shared/types.js').AnyResource} AnyResource
 * @typedef {import('../shared/types.js').Evaluation} Evaluation
 */

/** One patient: who it is, what was ordered, what the pathway makes of it, and every record cited. @param {Review} read */
export function patientView(read) {
  const { evaluation, resources, assumed } = read;
  const patient = resources.find(({ resourceType }) => resourceType === 'Patient');
  const shown = evaluation ? resources.filter(citedIn(evaluation)) : resources;
  return html`<section class="patient-view" aria-labelledby="patient-heading">
    <h2 id="patient-heading">${patient ? patientLine(patient, evaluation?.asOf) : 'This patient'}</h2>
    ${
      assumed && evaluation
        ? html`<p class="quiet">
            The EHR shows no draft of the order: the record is held against a neurectomy of the sacral lateral
            branches on both sides.
          </p>`
        : nothing
    }
    ${problems(read)}
    ${evaluation ? html`${evaluation.orders.map((order) => views(read, evaluation, order))} ${unread(evaluation)}` : nothing}
    ${shown.length > 0 ? html`<h3>Records ${evaluation ? 'cited' : 'read'}</h3>` : nothing}
    ${shown.length > 0 ? html`<div class="cited">${records(shown)}</div>` : nothing}
  </section>`;
}

/** What could not be read, and why. @param {Review} read */
function problems({ failed, refused }) {
  const ended = failed.some(({ status }) => status === 401);
  const other = failed.filter(({ status }) => status !== 401);
  return html`${
    ended
      ? html`<p class="problem" role="alert">
          The permission to read this chart has ended (401), so not all of it could be read. Open the page
          from the EHR again.
        </p>`
      : nothing
  }
  ${other.map(
    ({ key, reason }) =>
      html`<p class="missing">
        <span aria-hidden="true">?</span> ${nameOf(key)} could not be read: ${reason}
      </p>`,
  )}
  ${
    refused && !ended
      ? html`<p class="problem" role="alert">
          The service did not evaluate the record (${refused}). What was read is below.
        </p>`
      : nothing
  }`;
}

/** @type {readonly { view: import('../shared/why.js').View, title: string }[]} */
const VIEWS = [
  { view: 'pathway', title: 'Pathway' },
  { view: 'spine', title: 'Spine' },
  { view: 'timeline', title: 'Timeline' },
];

/**
 * @param {Review} read
 * @param {Evaluation} evaluation
 * @param {import('../shared/types.js').OrderEvaluation} order
 */
function views({ resources, assumed }, evaluation, order) {
  const ordered = resources.find(({ resourceType, id }) => `${resourceType}/${id}` === order.reference);
  return html`${ordered && !assumed ? html`<p>Ordered: <strong>${titleOf(ordered)}</strong></p>` : nothing}
    <div class="evidence-views">
      ${VIEWS.map(
        ({ view, title }) =>
          html`<section class="view" data-view=${view}>
            <h3>${title}</h3>
            ${orderView(evaluation, order, view)}
          </section>`,
      )}
    </div>`;
}

/** @param {object} evaluation */
function citedIn(evaluation) {
  const references = new Set(
    [...JSON.stringify(evaluation).matchAll(/"reference":"([^"]+)"/g)].map(([, one]) => one),
  );
  return (/** @type {AnyResource} */ { resourceType, id }) => references.has(`${resourceType}/${id}`);
}
