import { linkEvidence, showWords } from '../shared/evidence-link.js';
import { html, render } from '../shared/lit.js';
import { patientView } from './patient-view.js';
import { policyView } from './policy.js';
import { review } from './review.js';

const root = /** @type {HTMLElement} */ (document.getElementById('evidence'));

/** @param {unknown} content */
function show(content) {
  render(html`<main>${content}</main>`, root);
}

async function start() {
  root.replaceChildren();
  const query = new URLSearchParams(location.search);
  const { policies, sandbox } = await (await fetch('evidence/policies.json')).json();
  const iss = query.get('iss');
  showWhen('to-playground', sandbox !== undefined);
  if (query.has('code') || query.has('error')) {
    show(html`<p role="status">Reading the chart with your permission …</p>`);
    const { endLaunch } = await import('./smart.js');
    const context = await endLaunch(query);
    showWhen('synthetic', sandbox !== undefined && context.base.startsWith(sandbox));
    const read = await review(context);
    show(html`${patientView(read)} ${folded(policies)}`);
  } else if (iss) {
    show(html`<p role="status">Asking the EHR for permission to read this chart …</p>`);
    await launchFrom(iss, query.get('launch'));
  } else {
    showWhen('synthetic', sandbox !== undefined);
    show(html`${introduction(sandbox)} ${policies.map(policyView)}`);
  }
}

/** The policy behind a patient's evidence, for who asks. @param {readonly import('./policy.js').Explained[]} policies */
function folded(policies) {
  return html`<details class="policies">
    <summary>The policy behind it</summary>
    ${policies.map(policyView)}
  </details>`;
}

/**
 * Begins a SMART launch, if this page may read that FHIR server.
 * @param {string} iss
 * @param {string | null} [launch] absent: standing alone
 */
async function launchFrom(iss, launch = null) {
  const allowed = await fetch(`evidence/launch.json?${new URLSearchParams({ iss })}`);
  if (!allowed.ok) throw new Error('this page may not read that FHIR server; the site has to list it');
  const { clientId } = await allowed.json();
  const { beginLaunch } = await import('./smart.js');
  await beginLaunch({ iss, launch, clientId });
}

/**
 * The sandbox's patients are nobody, and beside them there is a playground; an EHR's are somebody.
 * @param {string} id
 * @param {boolean} shown
 */
function showWhen(id, shown) {
  const element = document.getElementById(id);
  if (element) element.hidden = !shown;
}

/** Without a launch: what this page is, and how to stand alone. @param {string | undefined} sandbox */
function introduction(sandbox) {
  const launch = (/** @type {globalThis.SubmitEvent} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {globalThis.HTMLFormElement} */ (event.currentTarget));
    launchFrom(String(form.get('iss'))).catch(fail);
  };
  return html`<section class="introduction">
    <h2>What the advice rests on</h2>
    <p>
      This page explains the policy. Opened from a card in the EHR it also shows one patient: the steps of the
      pathway, the spine, the timeline and every record they rest on, read in your browser with your own
      permission.
    </p>
    <form @submit=${launch}>
      <label>FHIR server <input name="iss" type="url" required value=${sandbox ?? ''} /></label>
      <button type="submit" class="plain">Open a patient</button>
    </form>
  </section>`;
}

/** @param {unknown} error */
function fail(error) {
  const reason = error instanceof Error ? error.message : String(error);
  show(
    html`<div class="problem" role="alert">
      <p><strong>The chart could not be opened:</strong> ${reason}.</p>
      <p><a href="evidence">Back to the policy</a>, or open the page from the EHR again.</p>
    </div>`,
  );
}

linkEvidence(document, showWords);
start().catch(fail);
