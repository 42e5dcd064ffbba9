import { html, nothing, render } from '../shared/lit.js';
import {
  cardsTable,
  clientsTable,
  decisionsTable,
  missingTable,
  reasonsTable,
  shadowTable,
} from './tables.js';

/** @typedef {import('../../../records/report.types.js').Report} Report */

const root = /** @type {HTMLElement} */ (document.getElementById('operator'));

/** Days that can be chosen. */
const PERIODS = [1, 7, 30, 90, 365];

const days = Number(new URLSearchParams(location.search).get('days') ?? 30);

async function start() {
  const answer = await fetch(`operator/report.json?days=${days}`);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.issue?.[0]?.details?.text ?? `the service answered ${answer.status}`);
  show(reportView(body));
}

/** @param {unknown} content */
function show(content) {
  root.replaceChildren();
  render(html`${periods()} ${content}`, root);
}

function periods() {
  return html`<nav class="period" aria-label="Period">
    <span>The last</span>
    ${PERIODS.map(
      (count) =>
        html`<a href="operator?days=${count}" aria-current=${count === days ? 'true' : nothing}
          >${count === 1 ? 'day' : `${count} days`}</a
        >`,
    )}
  </nav>`;
}

/** @param {Report} report */
function reportView(report) {
  return html`${figures(report)}
  ${
    report.latency.calls === 0
      ? html`<p class="empty">No order was reviewed in this time.</p>`
      : html`${part('Cards', 'What clinicians did with each card that was shown. Silent: nobody reported on it.', cardsTable(report.cards))}
        ${part('Why cards were overridden', undefined, reasonsTable(report.overrideReasons))}
        ${part('Shadow against live', 'Cards of 100 reviewed calls under the same policy. In shadow a clinician sees none of them.', shadowTable(report.shadow))}
        ${part('Decisions', undefined, decisionsTable(report.decisions))}
        ${part('Data that was not complete', 'A kind that is often missing makes the advice unknown: look at scopes, prefetch and the FHIR server.', missingTable(report.missingData, report.latency.calls))}
        ${part('Clients', undefined, clientsTable(report.activity))}`
  }`;
}

/** @param {Report} report */
function figures({ cards, latency, lostRecords, unknownCards }) {
  const sum = (/** @type {'shown' | 'accepted' | 'overridden'} */ name) =>
    cards.reduce((total, card) => total + card[name], 0);
  const shown = sum('shown');
  return html`<dl class="figures">
    ${figure('Orders reviewed', String(latency.calls))} ${figure('Cards shown', String(shown))}
    ${figure('Accepted', percent(sum('accepted'), shown))}
    ${figure('Overridden', percent(sum('overridden'), shown))}
    ${figure('Half answered within', milliseconds(latency.p50, latency.calls))}
    ${figure('99 % answered within', milliseconds(latency.p99, latency.calls))}
    ${figure('Records lost', String(lostRecords), lostRecords > 0)}
    ${figure('Feedback on unknown cards', String(unknownCards))}
  </dl>`;
}

/** @param {string} name @param {string} value @param {boolean} [alarm] */
function figure(name, value, alarm = false) {
  return html`<div class="figure" ?data-alarm=${alarm}>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** @param {number} time @param {number} calls */
function milliseconds(time, calls) {
  return calls === 0 ? '–' : `${Math.round(time)} ms`;
}

/** @param {number} some @param {number} all */
function percent(some, all) {
  return all === 0 ? '–' : `${Math.round((some / all) * 100)} %`;
}

/** Left out where there is nothing to tell. @param {string} title @param {string | undefined} about @param {unknown} table */
function part(title, about, table) {
  if (table === nothing) return nothing;
  return html`<section class="part">
    <h2>${title}</h2>
    ${about ? html`<p class="quiet">${about}</p>` : nothing} ${table}
  </section>`;
}

/** @param {unknown} error */
function fail(error) {
  const reason = error instanceof Error ? error.message : String(error);
  show(
    html`<p class="problem" role="alert">
      <strong>No report:</strong> ${reason}. <a href="operator?days=${days}">Try again</a>
    </p>`,
  );
}

start().catch(fail);
