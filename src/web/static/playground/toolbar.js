import { html, nothing } from '../shared/lit.js';
import { loadPatient, wordsOf } from './calls.js';

/**
 * @typedef {import('./state.js').Store} Store
 * @typedef {import('./state.js').PrefetchMode} PrefetchMode
 */

/** @type {readonly { value: PrefetchMode, text: string }[]} */
const MODES = [
  { value: 'all', text: 'all keys' },
  { value: 'none', text: 'none' },
  { value: 'some', text: 'some keys' },
  { value: 'error', text: 'with an error' },
];

/** The way to what is below the cards. */
const TOOLS = html`<nav class="tools" aria-label="Tools">
  <a href="#exchange">Request and response</a> <a href="#report-reader">Report reader</a>
  <a href="#own">Bring your own</a>
</nav>`;

/** Patient, prefetch and faults. @param {Store} store */
export function toolbar(store) {
  const { setup, patientId, serviceId, mode, fault, own } = store.state;
  const services = (setup?.services ?? []).map(({ id, title }) => ({ value: id, text: title }));
  const patients = (setup?.patients ?? []).map(({ id, title }) => ({ value: id, text: title }));
  const faults = (setup?.faults ?? []).map(({ name, title }) => ({ value: name, text: title }));
  return html`<div class="toolbar">
    ${
      own.fhir
        ? html`<p>Patient <code>${patientId}</code> on your FHIR server</p>`
        : select(
            { label: 'Patient', name: 'patient', value: patientId, options: patients },
            choosePatient(store),
          )
    }
    ${
      services.length > 1
        ? select(
            {
              label: 'Service',
              name: 'service',
              value: serviceId || (services[0]?.value ?? ''),
              options: services,
            },
            (value) => {
              store.set({ serviceId: value });
              return reload(store);
            },
          )
        : nothing
    }
    ${select({ label: 'Prefetch', name: 'prefetch', value: mode, options: MODES }, (value) =>
      store.set({ mode: /** @type {PrefetchMode} */ (value), keys: startingKeys(store, value) }),
    )}
    ${
      own.fhir
        ? nothing
        : select(
            {
              label: 'FHIR server',
              name: 'fault',
              value: fault,
              options: [{ value: '', text: 'healthy' }, ...faults],
            },
            (value) => store.set({ fault: value }),
          )
    }
    ${TOOLS} ${mode === 'some' || mode === 'error' ? keyList(store) : nothing}
  </div>`;
}

/** @param {Store} store */
function choosePatient(store) {
  return (/** @type {string} */ patientId) => {
    store.set({ patientId });
    return reload(store);
  };
}

/** @param {Store} store */
function reload(store) {
  return loadPatient(store).catch((error) => store.set({ phase: 'failed', problem: wordsOf(error) }));
}

/** @param {Store} store @param {string} mode */
function startingKeys({ state }, mode) {
  const all = Object.keys(state.prefetch);
  return mode === 'error'
    ? all.filter((key) => key === 'procedures')
    : all.filter((key) => key !== 'procedures');
}

/**
 * @param {{ label: string, name: string, value: string, options: readonly { value: string, text: string }[] }} what
 * @param {(value: string) => unknown} onChoice
 */
function select({ label, name, value, options }, onChoice) {
  if (options.length === 0) return nothing;
  const choose = (/** @type {globalThis.Event} */ { target }) =>
    onChoice(/** @type {globalThis.HTMLSelectElement} */ (target).value);
  return html`<label class="choice"
    ><span>${label}</span>
    <select name=${name} @change=${choose}>
      ${options.map((one) => html`<option value=${one.value} ?selected=${one.value === value}>${one.text}</option>`)}
    </select></label
  >`;
}

/** Which keys are sent, or which fail. @param {Store} store */
function keyList({ state, set }) {
  const { keys, prefetch, mode } = state;
  const flip = (/** @type {string} */ key) =>
    set({ keys: keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key] });
  return html`<fieldset class="keys">
    <legend>${mode === 'some' ? 'Keys that are sent' : 'Keys whose search failed in the EHR'}</legend>
    ${Object.keys(prefetch).map(
      (key) =>
        html`<label
          ><input type="checkbox" .checked=${keys.includes(key)} @change=${() => flip(key)} /> ${key}</label
        >`,
    )}
  </fieldset>`;
}
