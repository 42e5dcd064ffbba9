import { html, nothing } from '../shared/lit.js';
import { readChart } from '../shared/read-chart.js';
import { resourcesIn } from '../shared/read-chart.js';
import { requestOf, serviceOf, sign } from './calls.js';
import { chartServerOf } from './state.js';

/**
 * Changes of the chart that only this browser sees: the sandbox keeps them under the browser's session.
 *
 * @typedef {import('./state.js').Store} Store
 * @typedef {import('../shared/types.js').AnyResource} AnyResource
 */

/** @param {Store} store */
export function whatIf(store) {
  const { state } = store;
  return html`<details class="what-if">
    <summary>What if …</summary>
    ${ablationForm(store)} ${reliefForm(store)}
    <p class="quiet">Or remove a record below. Only you see your changes.</p>
    ${
      state.changes > 0
        ? html`<p>
            ${state.changes === 1 ? 'One change' : `${state.changes} changes`}.
            <button type="button" class="plain" id="reset" @click=${() => reset(store)}>
              Reset the chart
            </button>
          </p>`
        : nothing
    }
  </details>`;
}

/** @param {Store} store */
function ablationForm(store) {
  const send = onSubmit((form) => put(store, ablation(store, form)));
  return html`<form id="add-rfa" @submit=${send}>
    <p><strong>Add a cooled RFA</strong></p>
    <label>Date <input type="date" name="date" required value=${dayBefore(store, 270)} /></label>
    <label>Relief, % <input type="number" name="relief" min="0" max="100" required value="20" /></label>
    <label
      >Side
      <select name="side">
        <option value="bilateral">both sides</option>
        <option>left</option>
        <option>right</option>
      </select>
    </label>
    <button type="submit" class="plain">Add</button>
  </form>`;
}

/** @param {Store} store */
function reliefForm(store) {
  const blocks = resourcesIn(store.state.prefetch).filter(
    ({ resourceType, note }) =>
      resourceType === 'Procedure' && /\d\s*%\s*relief/i.test(note?.[0]?.text ?? ''),
  );
  if (blocks.length === 0) return nothing;
  const send = onSubmit((form) => {
    const block = blocks.find(({ id }) => id === form.get('procedure'));
    return block && put(store, withRelief(block, String(form.get('relief'))));
  });
  return html`<form id="set-relief" @submit=${send}>
    <p><strong>Set the relief of a procedure</strong></p>
    <label
      >Procedure
      <select name="procedure">
        ${blocks.map((one) => html`<option value=${one['id']}>${one['code']?.text ?? one['id']}</option>`)}
      </select>
    </label>
    <label>Relief, % <input type="number" name="relief" min="0" max="100" required value="50" /></label>
    <button type="submit" class="plain">Set</button>
  </form>`;
}

/** @param {(form: globalThis.FormData) => unknown} act */
function onSubmit(act) {
  return (/** @type {globalThis.SubmitEvent} */ event) => {
    event.preventDefault();
    act(new FormData(/** @type {globalThis.HTMLFormElement} */ (event.currentTarget)));
  };
}

/** The day of the order, less some days; each further ablation a quarter later. @param {Store} store @param {number} days */
function dayBefore({ state }, days) {
  const order =
    state.orders[0]?.resource['authoredOn'] ??
    state.draft?.context.draftOrders.entry[0]?.resource['authoredOn'];
  const time = Date.parse(order ?? '');
  if (Number.isNaN(time)) return '';
  return new Date(time - (days - 90 * (state.changes % 2)) * 86_400_000).toISOString().slice(0, 10);
}

const SIDES = { bilateral: 'bilateral', left: 'left', right: 'right' };

/** @param {Store} store @param {globalThis.FormData} form @returns {AnyResource} */
function ablation({ state }, form) {
  const side = SIDES[/** @type {keyof SIDES} */ (form.get('side'))];
  const relief = `${String(form.get('relief'))}%`;
  return {
    resourceType: 'Procedure',
    id: `what-if-rfa-${crypto.randomUUID().slice(0, 8)}`,
    status: 'completed',
    code: {
      coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }],
      text: `Cooled radiofrequency ablation, ${side} S1-S3 lateral branches`,
    },
    subject: { reference: `Patient/${state.patientId}` },
    performedDateTime: String(form.get('date')),
    bodySite: [{ text: `S1, S2 and S3 lateral branches, ${side}` }],
    note: [
      {
        text: `Cooled radiofrequency ablation, all lesions completed. At the 3-month visit ${relief} relief of the usual pain.`,
      },
    ],
  };
}

/** @param {AnyResource} procedure @param {string} relief percent */
export function withRelief(procedure, relief) {
  const note = procedure['note'].map((/** @type {{ text?: string }} */ one) => ({
    ...one,
    text: one.text?.replace(/\d+(\s*[-–]\s*\d+)?\s*%(?=\s*relief)/gi, `${relief}%`),
  }));
  return { ...procedure, note };
}

/** @param {Store} store @param {AnyResource} resource */
export function removeButton(store, resource) {
  if (store.state.own.fhir) return nothing;
  const remove = () => change(store, 'DELETE', `${resource['resourceType']}/${resource['id']}`);
  return html`<button
    type="button"
    class="remove"
    aria-label="Remove ${resource['resourceType']}/${resource['id']}"
    @click=${remove}
  >
    Remove
  </button>`;
}

/** @param {Store} store @param {AnyResource} resource */
function put(store, resource) {
  return change(store, 'PUT', `${resource['resourceType']}/${resource['id']}`, resource);
}

/**
 * Changes the chart for this browser, reads it anew and signs again, so that the difference can be seen.
 * @param {Store} store
 * @param {string} method
 * @param {string} path
 * @param {AnyResource} [resource]
 */
async function change(store, method, path, resource) {
  const { state } = store;
  const base = `/sandbox/fhir/s/${state.session}`;
  const body = resource && {
    body: JSON.stringify(resource),
    headers: { 'content-type': 'application/fhir+json' },
  };
  const response = await fetch(`${base}/${path}`, { method, ...body });
  if (!response.ok) {
    store.set({ phase: 'failed', problem: `The sandbox refused the change (${response.status})` });
    return;
  }
  await review(store, state.changes + 1);
}

/** @param {Store} store */
async function reset(store) {
  await fetch(`/sandbox/fhir/s/${store.state.session}`, { method: 'DELETE' });
  await review(store, 0);
}

/** @param {Store} store @param {number} changes */
async function review(store, changes) {
  const { state } = store;
  const before = state.exchange?.status === 200 ? state.exchange.response : undefined;
  store.set({ changes, before, ...(before && { phase: 'calling' }) });
  const { patientId, encounterId, userId } = state.draft?.context ?? { patientId: state.patientId };
  const address = {
    base: chartServerOf(state),
    patientId,
    ...(userId && { userId }),
    ...(encounterId && { encounterId }),
  };
  store.set(await readChart(serviceOf(state).prefetch, address));
  const request = before && requestOf(state);
  if (request) await sign(store, request);
}
