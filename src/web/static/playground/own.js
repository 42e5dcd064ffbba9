import { html } from '../shared/lit.js';
import { faultOf } from './addresses.js';
import { sign } from './calls.js';

/**
 * Another's servers in place of ours, and a whole request to run. The page is loaded anew with their addresses, for
 * its Content-Security-Policy allows exactly those.
 *
 * @typedef {import('./state.js').Store} Store
 */

/** @param {Store} store */
export function bringYourOwn(store) {
  const { own, patientId } = store.state;
  return html`<details class="panel" id="own">
    <summary>Bring your own</summary>
    <form id="own-servers" @submit=${connect}>
      <label
        >CDS Hooks base URL
        <input name="cds" type="url" placeholder=${location.origin} value=${own.cds} @input=${judge}
      /></label>
      <label
        >FHIR server base URL
        <input
          name="fhir"
          type="url"
          placeholder="${location.origin}/sandbox/fhir"
          value=${own.fhir}
          @input=${askForPatient}
      /></label>
      <label
        >Patient id, on that FHIR server
        <input name="patient" value=${own.fhir ? patientId : ''} ?required=${own.fhir !== ''}
      /></label>
      <button type="submit" class="plain">Use these</button>
      <p class="quiet">
        The page calls these servers from your browser. The service itself reads a FHIR server on this machine
        or one that its setting FHIR_SERVERS names. Leave a field empty to use the sandbox.
      </p>
    </form>
    <form id="own-request" @submit=${(/** @type {globalThis.SubmitEvent} */ event) => run(store, event)}>
      <label for="whole-request">A whole order-sign request</label>
      <textarea id="whole-request" name="request" rows="6" spellcheck="false"></textarea>
      <button type="submit" class="plain">Run it</button>
    </form>
  </details>`;
}

/** Another's FHIR server has patients of its own. @param {globalThis.Event} event */
function askForPatient(event) {
  judge(event);
  const { currentTarget } = event;
  const { form, value } = /** @type {globalThis.HTMLInputElement} */ (currentTarget);
  const patient = form?.elements.namedItem('patient');
  if (patient instanceof HTMLInputElement) patient.required = value !== '';
}

/** The browser says beside the field what is wrong with it. @param {globalThis.Event} event */
function judge({ currentTarget }) {
  const field = /** @type {globalThis.HTMLInputElement} */ (currentTarget);
  field.setCustomValidity(faultOf(field.value));
}

/** @param {globalThis.SubmitEvent} event */
function connect(event) {
  event.preventDefault();
  const form = new FormData(/** @type {globalThis.HTMLFormElement} */ (event.currentTarget));
  const query = new URLSearchParams();
  for (const [name, value] of form) if (typeof value === 'string' && value) query.set(name, value);
  location.search = query.toString();
}

/** @param {Store} store @param {globalThis.SubmitEvent} event */
function run(store, event) {
  event.preventDefault();
  const form = new FormData(/** @type {globalThis.HTMLFormElement} */ (event.currentTarget));
  document.getElementById('cards-heading')?.scrollIntoView();
  store.set({ before: undefined, isPasted: true });
  const request = requestIn(String(form.get('request')));
  if (request) return sign(store, request);
  const problem = 'What was pasted is not JSON, or not an object.';
  store.set({ phase: 'failed', problem, exchange: undefined });
  return undefined;
}

/** @param {string} text */
function requestIn(text) {
  try {
    const request = JSON.parse(text.trim());
    return typeof request === 'object' && !Array.isArray(request) ? request : null;
  } catch {
    return null;
  }
}
