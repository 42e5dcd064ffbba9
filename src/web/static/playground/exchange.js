import { copyButton, jsonView } from '../shared/json-view.js';
import { html, nothing } from '../shared/lit.js';
import { cdsUrl, prefetchOf, requestOf } from './calls.js';
import { evaluationOf } from './state.js';

/** @typedef {import('./state.js').Store} Store */

/** What was sent and what came back: sizes, time, JSON, curl. @param {Store} store */
export function exchangePanel({ state }) {
  const { exchange } = state;
  const request = exchange?.request ?? requestOf(state);
  if (!request) return nothing;
  return html`<h2>Request and response</h2>
    ${facts(state)}
    <div class="exchange-grid">
      ${part('Request', request)}
      ${exchange ? part('Response', exchange.response ?? exchange.responseText) : nothing}
      <details class="exchange-part">
        <summary>curl</summary>
        ${copyButton('Copy the curl command', () => curl(state))}
        <pre tabindex="0">${curl(state, 'shown')}</pre>
      </details>
    </div>
    ${feedbackSent(state)}`;
}

/** @param {import('./state.js').State} state */
function facts(state) {
  const { exchange, prefetch } = state;
  const sent = Object.keys(exchange ? (exchange.request.prefetch ?? {}) : prefetchOf(state)).length;
  return html`<ul class="facts">
    <li>prefetch <strong>${sent} of ${Object.keys(prefetch).length}</strong> keys</li>
    ${
      exchange
        ? html`<li>status <strong>${exchange.status}</strong></li>
            <li>round trip <strong id="round-trip">${exchange.milliseconds.toFixed(0)} ms</strong></li>
            <li>request <strong>${size(exchange.requestText)}</strong></li>
            <li>response <strong>${size(exchange.responseText)}</strong></li>`
        : nothing
    }
    ${dataRead(state)}
  </ul>`;
}

/** @param {import('./state.js').State} state */
function dataRead(state) {
  const data = evaluationOf(state)?.data ?? [];
  if (data.length === 0) return nothing;
  const complete = data.filter((one) => one.state === 'complete').length;
  return html`<li>read whole <strong>${complete} of ${data.length}</strong> kinds</li>`;
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
    <div class="json-box" tabindex="0" role="region" aria-label="${title} as JSON">
      ${jsonView(value, { depth: 2 })}
    </div>
  </details>`;
}

/**
 * A command that does the same; shown without the prefetch, which may be long.
 * @param {import('./state.js').State} state
 * @param {'shown' | 'whole'} [how]
 */
function curl(state, how = 'whole') {
  const request = state.exchange?.request ?? requestOf(state);
  const { prefetch, ...rest } = request ?? {};
  const body = JSON.stringify(
    how === 'whole' ? request : { ...rest, ...(prefetch && { prefetch: '…' }) },
    null,
    1,
  );
  return `curl -s '${cdsUrl(state)}' -H 'Content-Type: application/json' --data-binary @- <<'JSON'\n${body}\nJSON`;
}

/** @param {import('./state.js').State} state */
function feedbackSent({ feedback }) {
  const given = Object.values(feedback);
  if (given.length === 0) return nothing;
  return html`<h3>Feedback sent</h3>
    <ul class="feedback-sent">
      ${given.map(({ body, status }) => html`<li><code>${body}</code> <strong>${status}</strong></li>`)}
    </ul>`;
}
