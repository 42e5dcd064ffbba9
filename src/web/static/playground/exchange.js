import { copyButton, jsonNode } from '../shared/json-view.js';
import { html, nothing } from '../shared/lit.js';
import { prefetchIn, requestOf, serviceOf } from './calls.js';
import { evaluationOf } from './state.js';

/**
 * @typedef {import('./state.js').Store} Store
 * @typedef {import('../shared/types.js').OrderSignRequest} OrderSignRequest
 */

/** What was sent and what came back: sizes, time, JSON, curl. @param {Store} store */
export function exchangePanel({ state }) {
  const { exchange } = state;
  const request = exchange?.request ?? requestOf(state);
  if (!request) return nothing;
  return html`<section class="exchange" id="exchange" tabindex="-1" aria-labelledby="exchange-heading">
    <h2 id="exchange-heading">Request and response</h2>
    ${facts(state)}
    <div class="table-box">${keyTable(state, request)}</div>
    ${exchange ? inFull(exchange) : nothing} ${feedbackSent(state)}
  </section>`;
}

/** @param {import('./state.js').Exchange} exchange */
function inFull(exchange) {
  return html`<div class="exchange-grid">
    ${part('Request', exchange.request)} ${part('Response', exchange.response ?? exchange.responseText)}
    <details class="exchange-part">
      <summary>curl</summary>
      ${copyButton('Copy the curl command', () => curl(exchange))}
      <pre tabindex="0">${curl(exchange, 'shown')}</pre>
    </details>
  </div>`;
}

/** @param {import('./state.js').State} state */
function facts(state) {
  const { exchange } = state;
  if (!exchange) return html`<p class="quiet">What will be sent with the next signature.</p>`;
  return html`<ul class="facts">
    <li><strong>POST</strong> ${new URL(exchange.url, location.href).pathname}</li>
    <li>status <strong>${exchange.status}</strong></li>
    <li>round trip <strong id="round-trip">${exchange.milliseconds.toFixed(0)} ms</strong></li>
    <li>request <strong>${size(exchange.requestText)}</strong></li>
    <li>response <strong>${size(exchange.responseText)}</strong></li>
    <li>cards <strong>${exchange.response?.cards?.length ?? 0}</strong></li>
  </ul>`;
}

/**
 * Each prefetch key: whether it was sent, and what the service had of it in the end.
 * @param {import('./state.js').State} state
 * @param {OrderSignRequest} request
 */
function keyTable(state, request) {
  const prefetch = prefetchIn(request);
  const data = evaluationOf(state)?.data ?? [];
  const keys = [...new Set([...Object.keys(serviceOf(state).prefetch), ...Object.keys(prefetch)])];
  return html`<table class="keys-sent">
    <thead>
      <tr>
        <th>Prefetch key</th>
        <th>In the request</th>
        <th>What the service read</th>
      </tr>
    </thead>
    <tbody>
      ${keys.map((key) => {
        const read = data.find(({ kind }) => kind === (KIND_OF[/** @type {keyof KIND_OF} */ (key)] ?? key));
        return html`<tr>
          <th scope="row"><code>${key}</code></th>
          <td data-heading="In the request">${sentText(key, prefetch)}</td>
          <td data-heading="What the service read" data-state=${read?.state ?? nothing}>${readText(read)}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

/** Kinds of the evaluation that go by another name than their prefetch key. */
const KIND_OF = { medicationRequests: 'medications' };

/** @param {string} key @param {Record<string, any>} prefetch */
function sentText(key, prefetch) {
  if (!(key in prefetch)) return 'not sent';
  const value = prefetch[key];
  if (value === null) return 'null: there is none';
  if (value.resourceType === 'OperationOutcome') return 'OperationOutcome: the search failed in the EHR';
  if (value.resourceType !== 'Bundle') return value.resourceType ?? 'no FHIR resource';
  const count = (value.entry ?? []).length;
  return count === 1 ? 'Bundle of 1' : `Bundle of ${count}`;
}

/** @param {import('../shared/types.js').Evaluation['data'][number] | undefined} read */
function readText(read) {
  if (!read) return '–';
  const { state, count, reason } = read;
  return [state, count === undefined ? '' : `${count}`, reason].filter(Boolean).join(', ');
}

/** @param {string} text */
function size(text) {
  return `${(new TextEncoder().encode(text).length / 1024).toFixed(1)} kB`;
}

/** @param {string} title @param {unknown} value */
function part(title, value) {
  return html`<details class="exchange-part">
    <summary>${title}</summary>
    ${copyButton(`Copy the ${title.toLowerCase()}`, () => JSON.stringify(value, null, 2))}
    <div class="json-box" tabindex="0" role="region" aria-label="${title} as JSON">${jsonNode(value)}</div>
  </details>`;
}

/**
 * A command that does the same; shown without the prefetch, which may be long.
 * @param {import('./state.js').Exchange} exchange
 * @param {'shown' | 'whole'} [how]
 */
function curl({ url, request }, how = 'whole') {
  const { prefetch, ...rest } = request;
  const body = JSON.stringify(
    how === 'whole' ? request : { ...rest, ...(prefetch && { prefetch: '…' }) },
    null,
    1,
  );
  return `curl -s '${url}' -H 'Content-Type: application/json' --data-binary @- <<'JSON'\n${body}\nJSON`;
}

/** @param {import('./state.js').State} state */
function feedbackSent({ feedback }) {
  const given = Object.values(feedback);
  if (given.length === 0) return nothing;
  return html`<h3>Feedback sent</h3>
    <ul class="feedback-sent">
      ${given.map(({ body, status }) => html`<li><code>${body}</code> <strong>${status || '…'}</strong></li>`)}
    </ul>`;
}
