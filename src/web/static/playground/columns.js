import { html, nothing } from '../shared/lit.js';
import { patientLine } from '../shared/patient.js';
import { codesOf, dateOf, records, titleOf } from '../shared/records.js';
import { resourcesIn } from '../shared/read-chart.js';
import { why } from '../shared/why.js';
import { prefetchIn, requestOf, sign } from './calls.js';
import { cardList, headline } from './cards.js';
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
    ${patient ? html`<p class="patient">${patientLine(patient, orderedOn(state))}</p>` : nothing}
    ${situation && !state.own.fhir ? html`<p class="quiet situation">${situation}</p>` : nothing}
    ${unreadKeys(state)} ${state.own.fhir || !state.draft ? nothing : whatIf(store)}
    ${state.phase === 'loading' ? skeleton('Reading the chart') : recordsOf(store, resources)}`;
}

/** @param {Store} store @param {readonly AnyResource[]} resources */
function recordsOf(store, resources) {
  if (!store.state.draft && store.state.phase === 'failed')
    return html`<p class="empty">No chart was read.</p>`;
  if (resources.length > 0 && resources.every(({ resourceType }) => resourceType === 'Patient'))
    return html`<p class="empty">Nothing else is on record.</p>`;
  return records(resources, (one) => removeButton(store, one));
}

/** @param {import('./state.js').State} state */
function orderedOn({ draft }) {
  const order = draft?.context.draftOrders.entry[0]?.resource;
  return order && dateOf(order);
}

/** One line where everything fails for one reason. @param {import('./state.js').State} state */
function unreadKeys({ failed, prefetch }) {
  const reasons = new Set(failed.map(({ reason }) => reason));
  const isAll = Object.keys(prefetch).length === 0 && reasons.size === 1;
  const lines = isAll ? [{ key: 'The chart', reason: [...reasons][0] }] : failed;
  return lines.map(
    ({ key, reason }) =>
      html`<p class="missing"><span aria-hidden="true">?</span> ${key} could not be read: ${reason}</p>`,
  );
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
  const busy = state.phase === 'loading' || state.phase === 'calling';
  const signIt = () => {
    store.set({ before: undefined, isPasted: false });
    const ready = requestOf(state);
    return ready && sign(store, ready);
  };
  return html`<div class="when-folded">${unreadKeys(state)}</div>
    <section class="orders" aria-labelledby="order-heading">
      <div class="orders-head">
        <h2 id="order-heading">Orders to sign</h2>
        <button
          id="sign"
          type="button"
          class="primary"
          ?hidden=${!state.draft}
          aria-disabled=${busy}
          @click=${busy ? nothing : signIt}
        >
          ${state.phase === 'calling' ? 'Signing …' : state.exchange ? 'Sign again' : 'Sign'}
        </button>
      </div>
      ${state.orders.length === 0 && state.phase === 'failed' ? html`<p class="empty">No order was loaded.</p>` : state.orders.map(orderRow)}
    </section>
    <p class="told" role="status">${told(state)}</p>
    <section aria-labelledby="cards-heading" aria-busy=${state.phase === 'calling'}>
      <div class="advice-head">
        <h2 id="cards-heading">Advice</h2>
        ${answered(state)}
      </div>
      ${advice(store)}
    </section>`;
}

/** What a screen reader says of an answer: how many cards, and their headlines. @param {import('./state.js').State} state */
function told({ phase, exchange }) {
  if (phase !== 'answered') return '';
  const cards = exchange?.response?.cards ?? [];
  if (cards.length === 0) return 'No card.';
  const lines = cards.map((/** @type {import('../shared/types.js').Card} */ one) => headline(one));
  return `${cards.length === 1 ? '1 card' : `${cards.length} cards`}. ${lines.join('. ')}.`;
}

/** In one line what came back; the whole of it is below. @param {import('./state.js').State} state */
function answered({ exchange, phase, draft }) {
  if (!exchange || phase === 'calling') return nothing;
  const isPasted = exchange.request?.context?.patientId !== draft?.context.patientId;
  const sent = Object.keys(prefetchIn(exchange.request)).length;
  return html`<p class="quiet">
    ${exchange.status === 200 ? 'Answered' : `Answered with ${exchange.status}`} in
    ${exchange.milliseconds.toFixed(0)} ms; ${sent} prefetch ${sent === 1 ? 'key was' : 'keys were'} sent.
    <a href="#exchange">Request and response</a>
    ${isPasted ? html`<br />The answer is to the request that was pasted; the chart beside it is another patient’s.` : nothing}
  </p>`;
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
  const { phase, problem, exchange, before, isPasted } = store.state;
  if (phase === 'calling') return skeleton('The service reads the record');
  if (phase === 'failed')
    return html`<div class="problem" role="alert">
      <p><strong>No advice.</strong> ${problem?.replace(/[^.]$/, '$&.')}</p>
      ${isPasted ? nothing : html`<p>An EHR would let the order be signed without it.</p>`} ${wayOn(store)}
    </div>`;
  if (phase === 'loading') return nothing;
  if (phase !== 'answered' || !exchange)
    return html`<p class="empty">
      Sign the order: the service is called as an EHR would call it, and its cards appear here.
    </p>`;
  return html`${before ? difference(before, exchange.response) : nothing}
  ${cardList(store, exchange.response.cards)}`;
}

/** What to do about a failure. @param {Store} store */
function wayOn(store) {
  const { state } = store;
  if (state.isPasted) return html`<p><a href="#own">Back to the request</a></p>`;
  if (!state.draft)
    return html`<p class="choices">
      <button type="button" class="plain" @click=${() => location.reload()}>Load the page again</button>
      <a href="/">Back to the sandbox</a>
    </p>`;
  const again = () => {
    const request = requestOf(state);
    return request && sign(store, request);
  };
  const heal = () => {
    store.set({ fault: '' });
    return again();
  };
  return html`<p class="choices">
    <button type="button" class="plain" @click=${again}>Try again</button>
    ${
      state.fault
        ? html`<button type="button" class="plain" @click=${heal}>Try with a healthy FHIR server</button>`
        : nothing
    }
  </p>`;
}

/** @param {Store} store */
export function whyColumn({ state, set }) {
  const evaluation = evaluationOf(state);
  const empty = {
    answered: 'Nothing was reviewed.',
    failed: 'Without an answer there is nothing to explain.',
  }[/** @type {string} */ (state.phase)];
  return html`<h2>Why</h2>
    ${
      evaluation
        ? why(evaluation, state.view, (view) => set({ view }))
        : html`<p class="empty">
            ${empty ?? 'After signing: the steps of the pathway, the spine and the timeline, each tied to its source in the chart.'}
          </p>`
    }`;
}
