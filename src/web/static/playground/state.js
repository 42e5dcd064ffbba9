import { baseIn } from './addresses.js';

/**
 * What the playground knows. There is one state; every change draws the page anew.
 *
 * @typedef {import('../shared/types.js').OrderSignRequest} OrderSignRequest
 * @typedef {import('../shared/types.js').CdsResponse} CdsResponse
 * @typedef {import('../shared/types.js').Evaluation} Evaluation
 * @typedef {import('../shared/types.js').AnyResource} AnyResource
 * @typedef {import('../shared/types.js').ReportReading} ReportReading
 * @typedef {{ patients: readonly { id: string, title: string, situation: string }[], faults: readonly { name: string, title: string }[], services: readonly import('../shared/types.js').Service[] }} Setup
 * @typedef {{ url: string, request: OrderSignRequest, requestText: string, status: number, response: any, responseText: string, milliseconds: number }} Exchange
 * @typedef {{ outcome: string, text: string, status: number, body: string, phase: 'sending' | 'received' | 'refused' | 'lost' }} GivenFeedback
 * @typedef {'all' | 'none' | 'some' | 'error'} PrefetchMode
 *
 * @typedef {object} State
 * @property {Setup | undefined} [setup]
 * @property {string} patientId
 * @property {string} serviceId the first service when there is none of that id
 * @property {string} session name of this browser's what-if changes
 * @property {readonly string[]} changes this browser's what-if changes, in words
 * @property {Record<string, unknown>} prefetch the whole chart, by key
 * @property {readonly { key: string, reason: string }[]} failed searches of the chart
 * @property {OrderSignRequest | undefined} [draft] the request without prefetch
 * @property {readonly { resource: AnyResource, fate: 'draft' | 'removed' | 'new' }[]} orders
 * @property {PrefetchMode} mode
 * @property {readonly string[]} keys sent when mode is some; in error when mode is error
 * @property {string} fault
 * @property {{ cds: string, fhir: string }} own bases of another's servers; empty for ours
 * @property {'loading' | 'ready' | 'calling' | 'answered' | 'failed'} phase
 * @property {string | undefined} [problem] what failed, in words
 * @property {boolean} [isPasted] what was sent last, or was to be sent, is a pasted request
 * @property {Exchange | undefined} [exchange]
 * @property {CdsResponse | undefined} [before] the answer for the chart without what-if changes
 * @property {Readonly<Record<string, GivenFeedback>>} feedback by card uuid
 * @property {import('../shared/why.js').View} view
 * @property {string | undefined} [report] text to be read
 * @property {ReportReading | undefined} [reading]
 */

/** @returns {State} */
export function initialState() {
  const query = new URLSearchParams(location.search);
  return {
    patientId:
      query
        .get('patient')
        ?.trim()
        .replace(/^Patient\//, '') || 'article',
    serviceId: '',
    session: sessionName(),
    changes: knownChanges(),
    prefetch: {},
    failed: [],
    orders: [],
    mode: 'all',
    keys: [],
    fault: '',
    own: { cds: baseIn(query.get('cds') ?? ''), fhir: baseIn(query.get('fhir') ?? '') },
    phase: 'loading',
    feedback: {},
    view: 'pathway',
  };
}

/** One name for this browser tab, so that nobody else sees its changes. */
function sessionName() {
  const known = sessionStorage.getItem('sandbox-session');
  const name = known ?? crypto.randomUUID();
  sessionStorage.setItem('sandbox-session', name);
  return name;
}

const CHANGES = 'sandbox-changes';

/** The changes outlive the page, as they do in the sandbox. @returns {readonly string[]} */
function knownChanges() {
  return JSON.parse(sessionStorage.getItem(CHANGES) ?? '[]');
}

/** @param {readonly string[]} changes */
export function keepChanges(changes) {
  sessionStorage.setItem(CHANGES, JSON.stringify(changes));
}

/**
 * A state that tells when it changed.
 * @param {State} state
 * @param {() => void} onChange
 */
export function createStore(state, onChange) {
  let waiting = false;
  return {
    state,
    /** @param {Partial<State>} change */
    set(change) {
      Object.assign(state, change);
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        onChange();
      });
    },
  };
}

/** @typedef {ReturnType<typeof createStore>} Store */

/** @param {State} state */
export function evaluationOf({ exchange }) {
  return evaluationIn(exchange?.response);
}

/**
 * @param {any} response
 * @returns {Evaluation | undefined}
 */
export function evaluationIn(response) {
  return response?.extension?.['stepwise-cds.evaluation'];
}

/** The FHIR server the service is told: with this browser's changes and with the fault. @param {State} state */
export function fhirServerOf({ own, session, changes, fault }) {
  if (own.fhir) return own.fhir;
  const overlay = changes.length > 0 ? `/s/${session}` : '';
  return `${location.origin}/sandbox/fhir${overlay}${fault ? `/faults/${fault}` : ''}`;
}

/** The FHIR server the page itself reads: an EHR knows its chart whatever ails its FHIR server. @param {State} state */
export function chartServerOf(state) {
  return fhirServerOf({ ...state, fault: '' });
}
