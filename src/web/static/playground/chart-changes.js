import { readChart } from '../shared/read-chart.js';
import { titleOf } from '../shared/records.js';
import { draftedOrders, requestOf, serviceOf, sign } from './calls.js';
import { chartServerOf, keepChanges } from './state.js';

/**
 * Changes of the chart that only this browser sees: the sandbox keeps them under the browser's session.
 *
 * @typedef {import('./state.js').Store} Store
 * @typedef {import('../shared/types.js').AnyResource} AnyResource
 */

/**
 * A cooled ablation of the sacral lateral branches, as a pain clinic records one.
 * @param {Record<'date' | 'relief' | 'side', string>} told relief in percent
 * @param {string} patientId
 * @returns {AnyResource}
 */
export function ablationOf({ date, relief, side }, patientId) {
  return {
    resourceType: 'Procedure',
    id: `what-if-rfa-${crypto.randomUUID().slice(0, 8)}`,
    status: 'completed',
    code: {
      coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }],
      text: `Cooled radiofrequency ablation, ${side} S1-S3 lateral branches`,
    },
    subject: { reference: `Patient/${patientId}` },
    performedDateTime: date,
    bodySite: [{ text: `S1, S2 and S3 lateral branches, ${side}` }],
    note: [
      {
        text: `Cooled radiofrequency ablation, all lesions completed. At the 3-month visit ${relief}% relief of the usual pain.`,
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

/**
 * @param {Store} store
 * @param {AnyResource} resource
 * @param {string} words
 */
export function setRecord(store, resource, words) {
  const body = JSON.stringify(resource);
  const headers = { 'content-type': 'application/fhir+json' };
  return change(store, resource, { method: 'PUT', body, headers }, words);
}

/** @param {Store} store @param {AnyResource} resource */
export function removeRecord(store, resource) {
  return change(store, resource, { method: 'DELETE' }, `${titleOf(resource)}: removed`);
}

/**
 * Changes the chart, reads it anew and signs again. Where nothing was signed yet, the chart as it is goes first, so
 * that there is something to differ from.
 * @param {Store} store
 * @param {AnyResource} resource
 * @param {globalThis.RequestInit} how
 * @param {string} words
 */
async function change(store, resource, how, words) {
  const { state } = store;
  const isDecided = state.orders.some(({ fate }) => fate !== 'draft');
  askAgain(store);
  const asItWas = state.exchange?.status === 200 && !isDecided ? undefined : requestOf(state);
  if (asItWas) await sign(store, asItWas);
  const path = `${resource['resourceType']}/${resource['id']}`;
  const response = await fetch(`/sandbox/fhir/s/${state.session}/${path}`, how);
  if (!response.ok) {
    store.set({ phase: 'failed', problem: `The sandbox refused the change (${response.status})` });
    return;
  }
  await review(store, [...state.changes, words]);
  document.querySelector('.difference')?.scrollIntoView({ block: 'nearest' });
}

/** What if is asked of the order as it was, whatever was decided since. @param {Store} store */
function askAgain({ state, set }) {
  if (state.draft) set({ orders: draftedOrders(state.draft), isPasted: false });
}

/** @param {Store} store */
export async function resetChart(store) {
  askAgain(store);
  await fetch(`/sandbox/fhir/s/${store.state.session}`, { method: 'DELETE' });
  await review(store, []);
}

/** @param {Store} store @param {readonly string[]} changes */
async function review(store, changes) {
  const { state } = store;
  const answer = state.exchange?.status === 200 ? state.exchange.response : undefined;
  const before = changes.length > 0 ? (state.before ?? answer) : undefined;
  keepChanges(changes);
  store.set({ changes, before, ...(answer && { phase: 'calling' }) });
  const { patientId, encounterId, userId } = state.draft?.context ?? { patientId: state.patientId };
  const address = {
    base: chartServerOf(state),
    patientId,
    ...(userId && { userId }),
    ...(encounterId && { encounterId }),
  };
  store.set(await readChart(serviceOf(state).prefetch, address));
  const request = answer && requestOf(state);
  if (request) await sign(store, request);
}
