import { PATIENCE_MS, readChart } from '../shared/read-chart.js';
import { faultOf } from './addresses.js';
import { chartServerOf, fhirServerOf } from './state.js';

/**
 * What the page asks of servers. Every call is one an EHR makes, but for setup.json and the sandbox's ready requests.
 *
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Store} Store
 * @typedef {import('./state.js').Exchange} Exchange
 * @typedef {import('../shared/types.js').OrderSignRequest} OrderSignRequest
 */

/** @param {State} state */
export function serviceOf({ setup, serviceId }) {
  const service = setup?.services.find(({ id }) => id === serviceId) ?? setup?.services[0];
  if (!service) throw new Error('There is no CDS service for order-sign');
  return service;
}

/**
 * @param {string} url
 * @returns {Promise<any>}
 */
export async function getJson(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const answer = parsed(await response.text());
  if (answer === undefined) throw new Error(`${url} answered with something that is not JSON`);
  return answer;
}

/**
 * What can be chosen. Another's CDS Hooks base is asked for its own services and prefetch templates.
 * @param {State} state
 * @returns {Promise<import('./state.js').Setup>}
 */
export async function getSetup({ own }) {
  const setup = await getJson('/playground/setup.json');
  for (const address of [own.cds, own.fhir])
    if (faultOf(address)) throw new Error(`${address} cannot be called. ${faultOf(address)}`);
  if (!own.cds) return setup;
  const { services } = await servicesOf(own.cds);
  const found = services.filter(isOrderSign).map(withTemplates);
  if (found.length === 0) throw new Error(`${own.cds} offers no service for order-sign`);
  return { ...setup, services: found };
}

/**
 * Discovery of another's services. What a browser says of a server that it may not read is of no help to anybody.
 * @param {string} base
 * @returns {Promise<{ services: { hook: string, id: string, title?: string, prefetch?: Record<string, string> }[] }>}
 */
async function servicesOf(base) {
  const answer = await getJson(`${base}/cds-services`).catch((error) => {
    if (!(error instanceof TypeError || error.name === 'TimeoutError')) throw error;
    throw new Error(`${base} does not answer, or does not let this page read it (CORS)`);
  });
  if (!Array.isArray(answer?.services)) throw new Error(`${base}/cds-services is no discovery answer`);
  return answer;
}

/** @param {{ hook: string }} service */
function isOrderSign({ hook }) {
  return hook === 'order-sign';
}

/** @param {{ id: string, title?: string, prefetch?: Record<string, string> }} service as discovery tells it */
function withTemplates({ id, title, prefetch = {} }) {
  const templates = Object.entries(prefetch).map(([key, template]) => [key, { template }]);
  return { id, title: title ?? id, prefetch: Object.fromEntries(templates) };
}

/** Loads the patient that is chosen: the order about to be signed, and the chart. @param {Store} store */
export async function loadPatient({ state, set }) {
  set({ phase: 'loading', exchange: undefined, feedback: {}, problem: undefined });
  set({ before: undefined, isPasted: false });
  const draft = await draftOf(state);
  const { patientId, encounterId, userId } = draft.context;
  const address = { base: chartServerOf(state), patientId, userId, ...(encounterId && { encounterId }) };
  const { prefetch, failed } = await readChart(serviceOf(state).prefetch, address);
  set({ phase: 'ready', draft, prefetch, failed, orders: draftedOrders(draft) });
}

/** The orders before anything was done about them. @param {OrderSignRequest} draft */
export function draftedOrders({ context }) {
  return context.draftOrders.entry.map(({ resource }) => ({
    resource,
    fate: /** @type {const} */ ('draft'),
  }));
}

/**
 * The request of a synthetic patient; for a patient of another server, the article's order in that patient's name.
 * @param {State} state
 * @returns {Promise<OrderSignRequest>}
 */
async function draftOf({ patientId, own }) {
  if (!own.fhir) return getJson(`/sandbox/order-sign/${encodeURIComponent(patientId)}`);
  const text = await (await fetch('/sandbox/order-sign/article')).text();
  const named = JSON.stringify(`Patient/${patientId}`).slice(1, -1);
  const request = JSON.parse(text.replaceAll('Patient/article', () => named));
  return { ...request, context: { ...request.context, encounterId: undefined, patientId } };
}

/** The request as it will be sent. @param {State} state @returns {OrderSignRequest | undefined} */
export function requestOf(state) {
  const { draft } = state;
  if (!draft) return undefined;
  const prefetch = prefetchOf(state);
  return {
    ...draft,
    context: { ...draft.context, draftOrders: ordersLeft(state, draft.context.draftOrders) },
    hookInstance: crypto.randomUUID(),
    fhirServer: fhirServerOf(state),
    ...(Object.keys(prefetch).length > 0 && { prefetch }),
  };
}

/**
 * What is still to be signed: an accepted suggestion takes orders away and adds some.
 * @template {{ entry: readonly { resource: import('../shared/types.js').AnyResource }[] }} Bundle
 * @param {State} state
 * @param {Bundle} bundle
 */
function ordersLeft({ orders }, bundle) {
  const removed = orders.flatMap(({ resource, fate }) => (fate === 'removed' ? [resource] : []));
  const kept = bundle.entry.filter(({ resource }) => !removed.includes(resource));
  const added = orders.flatMap(({ resource, fate }) => (fate === 'new' ? [{ resource }] : []));
  return { ...bundle, entry: [...kept, ...added] };
}

const SEARCH_FAILED = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'exception', diagnostics: 'The search failed in the EHR' }],
};

/** @param {State} state @returns {Record<string, unknown>} */
export function prefetchOf({ mode, keys, prefetch }) {
  if (mode === 'none') return {};
  if (mode === 'some')
    return Object.fromEntries(Object.entries(prefetch).filter(([key]) => keys.includes(key)));
  if (mode === 'error')
    return { ...prefetch, ...Object.fromEntries(keys.map((key) => [key, SEARCH_FAILED])) };
  return prefetch;
}

/** Posts one request to the service, and tells the time it took. @param {Store} store @param {OrderSignRequest} request */
export async function sign({ state, set }, request) {
  set({ phase: 'calling', problem: undefined, feedback: {} });
  try {
    const exchange = await post(cdsUrl(state), request);
    const isAnswer = exchange.status === 200 && Array.isArray(exchange.response?.cards);
    const failure = isAnswer ? undefined : problemOf(exchange);
    set({ exchange, phase: failure ? 'failed' : 'answered', problem: failure });
  } catch (error) {
    set({
      phase: 'failed',
      problem: `The service could not be reached: ${wordsOf(error)}`,
      exchange: undefined,
    });
  }
}

/** @param {unknown} error */
export function wordsOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @param {State} state */
export function cdsUrl(state) {
  return `${state.own.cds || location.origin}/cds-services/${serviceOf(state).id}`;
}

/**
 * @param {string} url
 * @param {OrderSignRequest} request
 * @returns {Promise<Exchange>}
 */
async function post(url, request) {
  const requestText = JSON.stringify(request);
  const started = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: requestText,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const responseText = await response.text();
  const milliseconds = performance.now() - started;
  return {
    url,
    request,
    requestText,
    status: response.status,
    response: parsed(responseText),
    responseText,
    milliseconds,
  };
}

/** The keys of a request and their values; a pasted one may have anything there. @param {any} request @returns {Record<string, any>} */
export function prefetchIn(request) {
  const prefetch = request?.prefetch;
  return typeof prefetch === 'object' && prefetch !== null ? prefetch : {};
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {Exchange} exchange */
function problemOf({ status, response }) {
  if (status === 200)
    return 'The service answered 200, but with no list of cards: that is no CDS Hooks answer';
  const issue = response?.issue?.[0];
  return `The service answered ${status}${issue ? `: ${issue.diagnostics ?? issue.details?.text ?? issue.code}` : ''}`;
}

/**
 * Sends what the clinician did with one card.
 * @param {Store} store
 * @param {{ card: string, outcome: 'accepted' | 'overridden', text: string, [more: string]: unknown }} feedback
 */
export async function sendFeedback({ state, set }, { text, ...about }) {
  const url = state.exchange ? `${state.exchange.url}/feedback` : '';
  const body = JSON.stringify({ feedback: [{ ...about, outcomeTimestamp: new Date().toISOString() }] });
  const keep = (/** @type {Pick<import('./state.js').GivenFeedback, 'phase' | 'status'>} */ how) =>
    set({ feedback: { ...state.feedback, [about.card]: { outcome: about.outcome, text, body, ...how } } });
  keep({ phase: 'sending', status: 0 });
  const headers = { 'content-type': 'application/json' };
  const { status } = await fetch(url, { method: 'POST', headers, body }).catch(() => ({ status: 0 }));
  keep({ phase: status === 200 ? 'received' : status === 0 ? 'lost' : 'refused', status });
}
