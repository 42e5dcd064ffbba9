import { html, nothing } from '../shared/lit.js';
import { dayOf } from '../shared/names.js';
import { resourcesIn } from '../shared/read-chart.js';
import { dateOf, titleOf } from '../shared/records.js';
import { ablationOf, removeRecord, resetChart, setRecord, withRelief } from './chart-changes.js';

/**
 * Forms that change the chart, for this browser alone.
 *
 * @typedef {import('./state.js').Store} Store
 * @typedef {import('../shared/types.js').AnyResource} AnyResource
 */

/** @param {Store} store */
export function whatIf(store) {
  const { changes } = store.state;
  return html`<details class="what-if">
    <summary>What if …</summary>
    <p class="quiet">Change the chart, and see what changes in the advice. Only you see your changes.</p>
    ${changes.length > 0 ? changed(store) : nothing} ${ablationForm(store)} ${reliefForm(store)}
    ${removeForm(store)}
  </details>`;
}

/** @param {Store} store */
function changed(store) {
  return html`<div class="changes">
    <p><strong>Your changes</strong></p>
    <ol>
      ${store.state.changes.map((one) => html`<li>${one}</li>`)}
    </ol>
    <button type="button" class="plain" id="reset" @click=${() => resetChart(store)}>Reset the chart</button>
  </div>`;
}

/** @param {Store} store */
function ablationForm(store) {
  const send = onSubmit((form) => {
    const [date = '', relief = '', side = ''] = ['date', 'relief', 'side'].map((name) =>
      String(form.get(name)),
    );
    const ablation = ablationOf({ date, relief, side }, store.state.patientId);
    return setRecord(store, ablation, `Cooled RFA ${date}, ${side}, ${relief} % relief, added`);
  });
  return html`<form id="add-rfa" @submit=${send}>
    <p><strong>Add a cooled RFA</strong></p>
    <label>Date <input type="date" name="date" required value=${dayBefore(store, 270)} /></label>
    ${reliefField('20')}
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

/** @param {string} value percent */
function reliefField(value) {
  return html`<label
    >Relief, % <input type="number" name="relief" min="0" max="100" required value=${value}
  /></label>`;
}

/** @param {Store} store */
function reliefForm(store) {
  const blocks = resourcesIn(store.state.prefetch).filter(
    ({ resourceType, note }) =>
      resourceType === 'Procedure' && /\d\s*%\s*relief/i.test(note?.[0]?.text ?? ''),
  );
  blocks.sort((one, other) => (dateOf(other) ?? '').localeCompare(dateOf(one) ?? ''));
  if (blocks.length === 0) return nothing;
  const send = onSubmit((form) => {
    const block = blocks.find(({ id }) => id === form.get('procedure'));
    const relief = String(form.get('relief'));
    return block && setRecord(store, withRelief(block, relief), `${titleOf(block)}: ${relief} % relief`);
  });
  return html`<form id="set-relief" @submit=${send}>
    <p><strong>Set the relief of a procedure</strong></p>
    <label class="wide"
      >Procedure
      <select name="procedure">
        ${blocks.map((one) => html`<option value=${one['id']}>${nameWithDay(one)}</option>`)}
      </select>
    </label>
    ${reliefField('50')}
    <button type="submit" class="plain">Set</button>
  </form>`;
}

const REMOVABLE = ['DiagnosticReport', 'Procedure', 'DocumentReference', 'Condition'];

/** Reports first: the question is mostly what the pictures change. @param {Store} store */
function removeForm(store) {
  const all = resourcesIn(store.state.prefetch);
  const found = REMOVABLE.flatMap((type) => all.filter(({ resourceType }) => resourceType === type));
  if (found.length === 0) return nothing;
  const send = onSubmit((form) => {
    const record = found.find(({ id }) => id === form.get('record'));
    return record && removeRecord(store, record);
  });
  return html`<form id="remove-record" @submit=${send}>
    <p><strong>Take a record away</strong></p>
    <label class="wide"
      >Record
      <select name="record">
        ${found.map((one) => html`<option value=${one['id']}>${nameWithDay(one)}</option>`)}
      </select>
    </label>
    <button type="submit" class="plain">Remove</button>
  </form>`;
}

/** @param {AnyResource} resource */
function nameWithDay(resource) {
  return [titleOf(resource), dayOf(dateOf(resource))].filter(Boolean).join(', ');
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
  return new Date(time - (days - 90 * (state.changes.length % 2)) * 86_400_000).toISOString().slice(0, 10);
}

/** @param {Store} store @param {AnyResource} resource */
export function removeButton(store, resource) {
  if (store.state.own.fhir) return nothing;
  return html`<button
    type="button"
    class="remove"
    aria-label="Remove ${resource['resourceType']}/${resource['id']}"
    @click=${() => removeRecord(store, resource)}
  >
    Remove
  </button>`;
}
