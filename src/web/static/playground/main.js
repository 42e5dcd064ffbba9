import { linkEvidence, showWords } from '../shared/evidence-link.js';
import { html, render } from '../shared/lit.js';
import { getSetup, loadPatient, wordsOf } from './calls.js';
import { walkCards } from './cards.js';
import { chartColumn, orderColumn, whyColumn } from './columns.js';
import { exchangePanel } from './exchange.js';
import { bringYourOwn } from './own.js';
import { reportReader } from './report-reader.js';
import { createStore, initialState } from './state.js';
import { toolbar } from './toolbar.js';

const root = /** @type {HTMLElement} */ (document.getElementById('playground'));
const store = createStore(initialState(), draw);

function draw() {
  render(
    html`${toolbar(store)}
      <main>
        <div class="columns">
          <details class="column chart" id="chart" ?open=${wide()} data-scrolls>
            <summary>Chart and what if</summary>
            ${chartColumn(store)}
          </details>
          <div class="column middle">${orderColumn(store)}</div>
          <section class="column why" data-scrolls tabindex="0" aria-label="Why">${whyColumn(store)}</section>
        </div>
        ${exchangePanel(store)} ${reportReader(store)} ${bringYourOwn(store)}
      </main>`,
    root,
  );
}

/** A narrow panel begins with the order; the chart is behind a button. */
function wide() {
  return window.matchMedia('(min-width: 600px)').matches;
}

async function start() {
  root.replaceChildren();
  draw();
  store.set({ setup: await getSetup(store.state) });
  await loadPatient(store);
}

if (store.state.own.fhir) {
  const label = document.querySelector('.synthetic');
  if (label) label.textContent = 'Your own FHIR server: test data only';
}
linkEvidence(document, showWords);
document.addEventListener('keydown', walkCards);
window.addEventListener('hashchange', openTarget);

/** A fold that a link leads to is opened. */
function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.matches('details')) target.setAttribute('open', '');
  target?.scrollIntoView();
}
start().catch((error) => store.set({ phase: 'failed', problem: wordsOf(error) }));
