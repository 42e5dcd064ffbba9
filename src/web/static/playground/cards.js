import { cardDetail } from '../shared/card-detail.js';
import { html, nothing } from '../shared/lit.js';
import { unbroken } from '../shared/unbroken.js';
import { sendFeedback } from './calls.js';
import { chartServerOf } from './state.js';

/**
 * @typedef {import('./state.js').Store} Store
 * @typedef {import('../shared/types.js').Card} Card
 * @typedef {import('../shared/types.js').Suggestion} Suggestion
 */

const INDICATORS = {
  info: { icon: 'i', word: 'Information' },
  warning: { icon: '!', word: 'Warning' },
  critical: { icon: '!!', word: 'Critical' },
};

/** A card in one line of words. @param {import('../shared/types.js').Card} card */
export function headline({ indicator, summary }) {
  return `${INDICATORS[indicator]?.word ?? indicator}: ${summary}`;
}

/**
 * The cards, as an EHR renders them.
 * @param {Store} store
 * @param {readonly Card[]} cards
 */
export function cardList(store, cards) {
  if (cards.length === 0)
    return html`<p class="empty">
      No card: this order is not one the service reviews. It can be signed as it is.
    </p>`;
  return html`<div class="cards">${cards.map((card) => cardView(store, card))}</div>`;
}

/** @type {WeakMap<Card, globalThis.Node[]>} */
const details = new WeakMap();

/** Nodes are kept with their card, so that drawing the page anew does not make them anew. @param {Card} card */
function detailOf(card) {
  const known = details.get(card) ?? [...cardDetail(card.detail ?? '').childNodes];
  details.set(card, known);
  return known;
}

/**
 * @param {Store} store
 * @param {Card} card
 */
function cardView(store, card) {
  const { icon, word } = INDICATORS[card.indicator];
  const { source, links = [] } = card;
  return html`<article
    class="card"
    data-indicator=${card.indicator}
    tabindex="-1"
    aria-label="${word}: ${card.summary}"
  >
    <header>
      <span class="indicator"><span class="icon" aria-hidden="true">${icon}</span> ${word}</span>
      <h3>${unbroken(card.summary)}</h3>
    </header>
    <div class="detail">${detailOf(card)}</div>
    ${links.length > 0 ? html`<p class="links">${links.map((one) => link(store.state, one))}</p>` : nothing}
    ${choices(store, card)}
    <footer class="quiet">
      Source:
      ${source.url ? html`<a href=${source.url} target="_blank" rel="noopener noreferrer">${source.label}</a>` : source.label}
    </footer>
  </article>`;
}

/**
 * A link of a card; one to a SMART app is launched, as an EHR would.
 * @param {import('./state.js').State} state
 * @param {import('../shared/types.js').CardLink} link
 */
function link(state, { label, url, type, appContext }) {
  const address = type === 'smart' ? launchAddress(state, url, appContext) : url;
  if (!address || !/^https?:/i.test(address)) return html`<span>${label} (opens in an EHR)</span>`;
  return html`<a href=${address} target="_blank" rel="noopener noreferrer">${label}</a> `;
}

/** Characters of an app context that still fit an address. */
const LONGEST_CONTEXT = 6000;

/**
 * The address an EHR opens for a SMART app; undefined where the FHIR server is not the sandbox, which alone is the
 * page's to launch from. The launch names the patient and, behind a dot, what the card told the app.
 * @param {import('./state.js').State} state
 * @param {string} url
 * @param {string} [appContext]
 */
function launchAddress(state, url, appContext = '') {
  if (state.own.fhir || !URL.canParse(url)) return undefined;
  const bytes = new TextEncoder().encode(appContext.length > LONGEST_CONTEXT ? '' : appContext);
  const told = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
  const address = new URL(url);
  address.searchParams.set('iss', chartServerOf(state));
  const patientId = state.exchange?.request.context?.patientId ?? state.patientId;
  address.searchParams.set('launch', told ? `${patientId}.${told}` : patientId);
  return address.href;
}

/** @param {import('./state.js').GivenFeedback} given */
function storedText({ phase, status }) {
  return {
    sending: 'Sending the feedback …',
    received: `Feedback received by the service (${status}).`,
    refused: `The service refused the feedback (${status}).`,
    lost: 'The service could not be reached with the feedback.',
  }[phase];
}

/** What can be done with a card, until it was done. @param {Store} store @param {Card} card */
function choices(store, card) {
  const given = store.state.feedback[card.uuid ?? ''];
  if (given)
    return html`<p class="given" role="status" tabindex="-1">
      <strong>${given.outcome === 'accepted' ? 'Accepted' : 'Overridden'}</strong>: ${given.text}
      <span class="quiet">${storedText(given)}</span>
    </p>`;
  const { suggestions = [], overrideReasons = [] } = card;
  return html`<div class="choices">
    ${suggestions.map((one) => suggestion(store, card, one))}
    ${overrideReasons.length > 0 || suggestions.length > 0 ? override(store, card) : nothing}
  </div>`;
}

/**
 * @param {Store} store
 * @param {Card} card
 * @param {Suggestion} suggestion
 */
function suggestion(store, card, { label, uuid, isRecommended, actions = [] }) {
  const accept = (/** @type {globalThis.Event} */ event) => {
    store.set({ orders: applied(store.state.orders, actions) });
    const accepted = { card: card.uuid ?? '', outcome: /** @type {const} */ ('accepted'), text: label };
    return give(store, event, { ...accepted, acceptedSuggestions: [{ id: uuid }] });
  };
  return html`<button type="button" class=${isRecommended ? 'primary' : 'plain'} @click=${accept}>
    ${label}${isRecommended ? html` <span class="badge">recommended</span>` : nothing}
  </button>`;
}

/**
 * The orders after the actions of a suggestion.
 * @param {import('./state.js').State['orders']} orders
 * @param {NonNullable<Suggestion['actions']>} actions
 */
function applied(orders, actions) {
  const deleted = actions.flatMap((one) => (one.type === 'delete' ? [one.resourceId] : []));
  const kept = orders.map((one) => {
    const gone = deleted.includes(`${one.resource.resourceType}/${one.resource.id}`);
    return { ...one, fate: gone ? /** @type {const} */ ('removed') : one.fate };
  });
  const made = actions.flatMap((one) =>
    one.type === 'create' ? [{ resource: one.resource, fate: /** @type {const} */ ('new') }] : [],
  );
  return [...kept, ...made];
}

/**
 * Sends feedback, and moves the focus from the choices, which go, to what is said in their place.
 * @param {Store} store
 * @param {globalThis.Event} event
 * @param {Parameters<typeof sendFeedback>[1]} feedback
 */
function give(store, { currentTarget }, feedback) {
  const card = currentTarget instanceof Element ? currentTarget.closest('article') : null;
  const sent = sendFeedback(store, feedback);
  requestAnimationFrame(() => {
    const given = card?.querySelector('.given');
    if (given instanceof HTMLElement) given.focus();
  });
  return sent;
}

/** @param {Store} store @param {Card} card */
function override(store, card) {
  const send = (/** @type {globalThis.SubmitEvent} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {globalThis.HTMLFormElement} */ (event.currentTarget));
    const reason = card.overrideReasons?.find(({ code }) => code === form.get('reason'));
    const userComment = String(form.get('comment') ?? '').trim();
    const overrideReason = {
      ...(reason && { reason: { code: reason.code, system: reason.system } }),
      ...(userComment && { userComment }),
    };
    const text = reason?.display ?? 'no reason given';
    const about = { card: card.uuid ?? '', outcome: /** @type {const} */ ('overridden'), text };
    return give(store, event, {
      ...about,
      ...(Object.keys(overrideReason).length > 0 && { overrideReason }),
    });
  };
  return html`<details class="override" @keydown=${closeOnEscape}>
    <summary>Override</summary>
    <form @submit=${send}>
      ${reasonChoice(card)}
      <label>Comment <input name="comment" maxlength="500" autocomplete="off" /></label>
      <button type="submit" class="plain">Override this card</button>
    </form>
  </details>`;
}

/** The card's own reasons; none is chosen beforehand, for it would be sent by mistake. @param {Card} card */
function reasonChoice({ overrideReasons = [] }) {
  if (overrideReasons.length === 0) return nothing;
  return html`<fieldset>
    <legend>Reason</legend>
    ${overrideReasons.map(
      ({ code, display }) =>
        html`<label><input type="radio" name="reason" value=${code} required /> ${display}</label>`,
    )}
  </fieldset>`;
}

/** @param {KeyboardEvent} event */
function closeOnEscape({ key, currentTarget }) {
  if (key !== 'Escape' || !(currentTarget instanceof HTMLElement)) return;
  currentTarget.removeAttribute('open');
  currentTarget.querySelector('summary')?.focus();
}

/** j and k walk through the cards. @param {KeyboardEvent} event */
export function walkCards(event) {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if ((key !== 'j' && key !== 'k') || ctrlKey || metaKey || altKey) return;
  if (target instanceof HTMLElement && target.matches('input, textarea, select')) return;
  const cards = [...document.querySelectorAll('article.card')];
  const current = cards.findIndex((card) => card.contains(document.activeElement));
  const next =
    cards[current < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, current + (key === 'j' ? 1 : -1)))];
  if (next instanceof HTMLElement) next.focus();
}
