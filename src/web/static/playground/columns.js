import { html, nothing } from '../shared/lit.js';
import { codesOf, dateOf, records, titleOf } from '../shared/records.js';
import { resourcesIn } from '../shared/read-chart.js';
import { why } from '../shared/why.js';
import { requestOf, sign } from './calls.js';
import { cardList } from './cards.js';
import { difference } from './difference.js';
import { evaluationOf } from './state.js';
import { removeButton, whatIf } from './what-if.js';

/**
 * @typedef {import('./state.js').Store} Store
 * @typedef {import('../shared/types.js').AnyResource} AnyResource
 */

/** Who it is and what is on record. @param {Store} store */
export function chartColumn(store) {
  const { state } = store;
  const resources = resourcesIn(state.prefetch);
  const patient = resources.find(({ resourceType }) => resourceType === 'Patient');
  const situation = state.setup?.patients.find(({ id }) => id === state.patientId)?.situation;
  return html`<h2>Chart</h2>
    ${patient ? html`<p class="patient">${patientLine(patient, state.draft?.context.draftOrders.entry[0]?.resource)}</p>` : nothing}
    ${situation && !state.own.fhir ? html`<p class="quiet situation">${situation}</p>` : nothing}
    ${state.failed.map(({ key, reason }) => html`<p class="missing">? ${key} could not be read: ${reason}</p>`)}
    ${state.own.fhir ? nothing : whatIf(store)}
    ${state.phase === 'loading' ? skeleton('Reading the chart') : records(resources, (one) => removeButton(store, one))}`;
}

/** @param {AnyResource} patient @param {AnyResource | undefined} order */
function patientLine(patient, order) {
  const name = patient['name']?.[0];
  const asOf = (order && dateOf(order)) ?? '';
  const age = Number(asOf.slice(0, 4)) - Number(patient['birthDate']?.slice(0, 4));
  const before = asOf.slice(5, 10) < (patient['birthDate']?.slice(5, 10) ?? '');
  const parts = [
    name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(' '),
    patient['gender'],
    Number.isNaN(age) ? undefined : `${before ? age - 1 : age} years`,
  ];
  return html`<strong>${parts[0]}</strong> ${parts.slice(1).filter(Boolean).join(', ')}`;
}

/** @param {string} words */
export function skeleton(words) {
  return html`<div class="skeleton" role="status">
    <p>${words} …</p>
    <span></span><span></span><span></span>
  </div>`;
}

/** What is about to be signed, and what the service says to it. @param {Store} store */
export function orderColumn(store) {
  const { state } = store;
  const request = () => requestOf(state);
  const signIt = () => {
    const ready = request();
    return ready && sign(store, ready);
  };
  return html`<section class="orders" aria-labelledby="order-heading">
      <div class="orders-head">
        <h2 id="order-heading">Orders to sign</h2>
        <button
          id="sign"
          type="button"
          class="primary"
          ?disabled=${state.phase === 'loading' || state.phase === 'calling'}
          @click=${signIt}
        >
          ${state.phase === 'calling' ? 'Signing …' : state.exchange ? 'Sign again' : 'Sign'}
        </button>
      </div>
      ${state.orders.map(orderRow)}
    </section>
    <section aria-labelledby="cards-heading" aria-live="polite" aria-busy=${state.phase === 'calling'}>
      <h2 id="cards-heading">Advice</h2>
      ${advice(store)}
    </section>`;
}

/** @param {{ resource: AnyResource, fate: string }} order */
function orderRow({ resource, fate }) {
  const reason = resource['reasonCode']?.[0];
  const sites = (resource['bodySite'] ?? []).map(
    (/** @type {any} */ one) => one?.text ?? one?.coding?.[0]?.display,
  );
  const evidence = JSON.stringify([[`${resource['resourceType']}/${resource['id']}`]]);
  return html`<div class="order" data-fate=${fate} data-record data-evidence=${evidence}>
    <p>
      <strong>${titleOf(resource)}</strong>
      ${codesOf(resource).map((/** @type {string} */ code) => html`<code>${code}</code> `)}
      <span class="badge"
        >${{ draft: 'draft', removed: 'removed by the suggestion', new: 'new draft' }[fate]}</span
      >
    </p>
    <p class="quiet">
      ${reason ? html`Reason: ${reason.coding?.[0]?.code ?? ''} ${reason.text ?? reason.coding?.[0]?.display ?? ''}. ` : nothing}
      ${sites.length > 0 ? `Site: ${sites.filter(Boolean).join(', ')}.` : nothing}
    </p>
  </div>`;
}

/** @param {Store} store */
function advice(store) {
  const { phase, problem, exchange, before } = store.state;
  if (phase === 'calling') return skeleton('The service reads the record');
  if (phase === 'failed')
    return html`<div class="problem" role="alert">
      <p><strong>No advice.</strong> ${problem}</p>
      <p>
        An EHR would let the order be signed. Sign again to retry, or switch the FHIR server back to healthy.
      </p>
    </div>`;
  if (phase !== 'answered' || !exchange)
    return html`<p class="empty">
      Sign the order: the service is called as an EHR would call it, and its cards appear here.
    </p>`;
  return html`${before ? difference(before, exchange.response) : nothing}
  ${cardList(store, exchange.response.cards)}`;
}

/** @param {Store} store */
export function whyColumn({ state, set }) {
  const evaluation = evaluationOf(state);
  return html`<h2>Why</h2>
    ${
      evaluation
        ? why(evaluation, state.view, (view) => set({ view }))
        : html`<p class="empty">
            ${state.phase === 'answered' ? 'Nothing was reviewed.' : 'After signing: the steps of the pathway, the spine and the timeline, each tied to its source in the chart.'}
          </p>`
    }`;
}
