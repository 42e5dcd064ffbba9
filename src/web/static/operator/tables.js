import { html, nothing } from '../shared/lit.js';

/** @typedef {import('../../../records/report.types.js').Report} Report */
/** @typedef {import('../../../records/report.types.js').PolicyVersion} PolicyVersion */

/** @param {Report['cards']} cards */
export function cardsTable(cards) {
  return table(
    ['Card', '#Shown', '#Accepted', '#Overridden', 'Share', '#Muted', 'Policy', 'Client'],
    cards.map((card) => [
      ...[topicOf(card), card.shown, part(card.accepted, card.shown), part(card.overridden, card.shown)],
      ...[bar(card), card.muted, policyOf(card), clientOf(card.client)],
    ]),
    cards.length > 0 ? legend : nothing,
  );
}

/** @param {Report['overrideReasons']} reasons */
export function reasonsTable(reasons) {
  return table(
    ['Reason', '#Times', 'Card', 'Policy', 'Client'],
    reasons.map((one) => [
      ...[one.code ? code(one.code) : 'none given', one.count],
      ...[topicOf(one), policyOf(one), clientOf(one.client)],
    ]),
  );
}

/** @param {Report['shadow']} cards */
export function shadowTable(cards) {
  return table(
    ['Card', '#In shadow', '#Live', 'Policy'],
    cards.map((one) => [topicOf(one), rate(one.inShadow), rate(one.live), policyOf(one)]),
  );
}

/** @param {Report['decisions']} decisions */
export function decisionsTable(decisions) {
  return table(
    ['Decision', '#Orders', 'Policy'],
    decisions.map((one) => [code(one.decision), one.count, policyOf(one)]),
  );
}

/** @param {Report['missingData']} missing @param {number} calls */
export function missingTable(missing, calls) {
  return table(
    ['Kind', 'State', '#Calls'],
    missing.map((one) => [code(one.kind), one.state, part(one.count, calls)]),
  );
}

/** @param {Report['activity']} activity */
export function clientsTable(activity) {
  return table(
    ['Client', '#Calls', 'Mode', 'Policy'],
    activity.map((one) => [clientOf(one.client), one.calls, one.shadow ? 'shadow' : 'live', policyOf(one)]),
  );
}

/**
 * A heading with # stands over numbers.
 * @param {readonly string[]} head
 * @param {readonly (readonly unknown[])[]} rows
 * @param {unknown} [note]
 */
function table(head, rows, note = nothing) {
  if (rows.length === 0) return nothing;
  const isNumber = head.map((name) => name.startsWith('#'));
  const classOf = (/** @type {number} */ column) => (isNumber[column] ? 'number' : nothing);
  return html`${note}
    <div class="table-box" tabindex="0" role="region" aria-label="Table, scrolls sideways">
      <table>
        <thead>
          <tr>
            ${head.map((name, column) => html`<th scope="col" class=${classOf(column)}>${name.replace('#', '')}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${row.map((cell, column) => html`<td class=${classOf(column)}>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** @param {string} text */
function code(text) {
  return html`<code>${text}</code>`;
}

/** The name of a card within its policy, which stands beside it. @param {PolicyVersion & { topic: string }} card */
function topicOf({ topic, policy }) {
  return code(topic.startsWith(`${policy}.`) ? topic.slice(policy.length + 1) : topic);
}

/** @param {PolicyVersion} version */
function policyOf({ policy, version, digest }) {
  return html`<span class="unbroken">${policy} ${version}</span>
    <code title="SHA-256 of the policy in force, its beginning">${digest}</code>`;
}

/** @param {string} client */
function clientOf(client) {
  return client === '' ? html`<span class="quiet">no trusted clients</span>` : client;
}

/** @param {number} some @param {number} all */
function part(some, all) {
  return all === 0 ? String(some) : `${some} (${Math.round((some / all) * 100)} %)`;
}

/** @param {import('../../../records/report.types.js').Fired} fired */
function rate({ cards, calls }) {
  return calls === 0 ? '–' : `${((cards / calls) * 100).toFixed(1)} (${cards} of ${calls})`;
}

/** The numbers stand beside it: it is for the eye alone. @param {Report['cards'][number]} card */
function bar({ shown, accepted, overridden }) {
  const share = (/** @type {number} */ count) => (shown === 0 ? 0 : (count / shown) * 100);
  const [yes, no] = [share(accepted), share(overridden)];
  return html`<svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
    <rect class="silent" width="100" height="12" />
    <rect class="accepted" width=${yes} height="12" />
    <rect class="overridden" x=${yes} width=${no} height="12" />
  </svg>`;
}

const legend = html`<p class="legend">
  ${['accepted', 'overridden', 'silent'].map(
    (name) =>
      html`<span
        ><svg class="bar" viewBox="0 0 12 12" aria-hidden="true">
          <rect class=${name} width="12" height="12" /></svg
        >${name}</span
      >`,
  )}
</p>`;
