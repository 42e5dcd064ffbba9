import { html, nothing } from '../shared/lit.js';
import { nameOf } from '../shared/names.js';

/**
 * The policy explained: each criterion with its sentence, thresholds, source and certainty, from hooks/.
 *
 * @typedef {{ id: string, kind: string, step?: string, sentence: string, source: { citation: string, certainty: string, url?: string }, params: Record<string, unknown>, whenAbsent: string, whyAbsent: string }} Criterion
 * @typedef {{ title: string, version: string, effectiveDate: string, criteria: readonly Criterion[], decisions: readonly Decision[] }} Policy
 * @typedef {{ decision: string, sentence: string, any?: readonly Condition[], all?: readonly Condition[], none?: readonly Condition[] }} Decision
 * @typedef {{ criterion: string, is: string }} Condition
 * @typedef {{ sha256: string, policy: Policy, words: { decisions?: Record<string, DecisionWords> } }} Explained
 * @typedef {{ summary: string, variants?: Record<string, { summary?: string }> }} DecisionWords its variants by criterion:answer, consideration:id or note:id, joined by + where all have to hold
 */

/** @param {Explained} explained */
export function policyView({ sha256, policy, words }) {
  const { title, version, effectiveDate, criteria } = policy;
  return html`<section class="policy">
    <h2>${title}</h2>
    <p>
      Version ${version}, last changed <time datetime=${effectiveDate}>${effectiveDate}</time>.
      <span class="quiet">Digest ${sha256.slice(0, 12)}, as in every evaluation.</span>
    </p>
    <h3>What is asked of the record</h3>
    <div class="table-box" tabindex="0" role="region" aria-label="Criteria">
      <table class="policy-table">
        <thead>
          <tr>
            <th>Criterion</th>
            <th>Sentence</th>
            <th>Thresholds</th>
            <th>Source and certainty</th>
            <th>When the record is silent</th>
          </tr>
        </thead>
        <tbody>
          ${criteria.map(criterionRow)}
        </tbody>
      </table>
    </div>
    <h3>What follows</h3>
    <p class="quiet">From top to bottom: the first that holds is the decision.</p>
    <div class="table-box" tabindex="0" role="region" aria-label="Decisions">
      <table>
        <thead>
          <tr>
            <th>Decision</th>
            <th>Sentence</th>
            <th>Holds when</th>
            <th>What the card says</th>
          </tr>
        </thead>
        <tbody>
          ${policy.decisions.map((one) => decisionRow(one, summariesOf(one, policy.decisions, words)))}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** @param {Criterion} criterion */
function criterionRow({ id, sentence, source, params, whenAbsent, whyAbsent }) {
  const rows = thresholdRows(params);
  return html`<tr id="criterion-${id}">
    <th scope="row">${nameOf(id)}</th>
    <td>${sentence}</td>
    <td data-heading=${rows.length > 0 ? 'Thresholds' : nothing}>${thresholds(rows)}</td>
    <td data-heading="Source">
      ${source.url ? html`<a href=${source.url} target="_blank" rel="noopener noreferrer">${source.citation}</a>` : source.citation}
      <span class="badge">${source.certainty.replaceAll('-', ' ')}</span>
    </td>
    <td data-heading="When the record is silent"><strong>${nameOf(whenAbsent)}</strong>: ${whyAbsent}</td>
  </tr>`;
}

/** One of each unit of UCUM that the policies use. */
const UNITS = { wk: 'week', mo: 'month', d: 'day', a: 'year', h: 'hour' };

/** Named quantities and counts; value sets and lists are left to the file. @param {Record<string, unknown>} params */
function thresholdRows(params) {
  return Object.entries(params).flatMap(([name, value]) => {
    if (typeof value === 'number') return [[nameOf(name), String(value)]];
    return isQuantity(value) ? [[nameOf(name), quantityText(value)]] : [];
  });
}

/** @param {{ value: unknown, unit: unknown }} quantity */
function quantityText({ value, unit }) {
  const known = UNITS[/** @type {keyof UNITS} */ (unit)];
  if (!known) return `${value} ${unit}`;
  return `${value} ${known}${value === 1 ? '' : 's'}`;
}

/** @param {readonly (readonly string[])[]} rows */
function thresholds(rows) {
  if (rows.length === 0) return nothing;
  return html`<ul>
    ${rows.map(([name, value]) => html`<li>${name}: <strong>${value}</strong></li>`)}
  </ul>`;
}

/** @param {unknown} value @returns {value is { value: number, unit: string }} */
function isQuantity(value) {
  return typeof value === 'object' && value !== null && 'value' in value && 'unit' in value;
}

/**
 * @param {Decision} decision
 * @param {readonly string[]} summaries
 */
function decisionRow({ decision, sentence, any = [], all = [], none = [] }, summaries) {
  const conditions = [
    any.length > 0 ? conditionList(any, ' or ') : nothing,
    all.length > 0 ? conditionList(all, ' and ') : nothing,
    none.length > 0 ? html`, and not ${conditionList(none, ' or ')}` : nothing,
  ];
  const otherwise = conditions.every((one) => one === nothing);
  return html`<tr>
    <th scope="row">${nameOf(decision)}</th>
    <td>${sentence}</td>
    <td data-heading="Holds when">${otherwise ? 'Otherwise' : conditions}</td>
    <td data-heading="What the card says">${cardSays(summaries)}</td>
  </tr>`;
}

/** @param {readonly Condition[]} conditions @param {string} joint */
function conditionList(conditions, joint) {
  return conditions.map(
    ({ criterion, is }, index) =>
      html`${index > 0 ? joint : nothing}<strong>${nameOf(criterion)}</strong> ${nameOf(is).toLowerCase()}`,
  );
}

/** @param {Decision} decision */
function criteriaOf({ any = [], all = [] }) {
  return [...any, ...all].map(({ criterion }) => criterion);
}

/**
 * What the card can say where a row decides: its own words, then those for particular answers of the row's criteria,
 * then those for what is true of the whole order (unread red flags, a consideration, a note). A decision of two rows
 * keeps its own words for the one that holds otherwise, for the other is told by its answers.
 * @param {Decision} row
 * @param {readonly Decision[]} rows
 * @param {Explained['words']} words
 */
function summariesOf(row, rows, words) {
  const { summary = '', variants = {} } = words.decisions?.[row.decision] ?? {};
  const ofDecision = rows.filter((one) => one.decision === row.decision);
  const others = ofDecision.filter((one) => one !== row).flatMap(criteriaOf);
  const own = criteriaOf(row);
  const found = Object.entries(variants).flatMap(([key, variant]) => {
    const asked = criteriaIn(key).filter(
      (one) => own.includes(one) || others.includes(one) || own.length === 0,
    );
    const isHere = asked.every((one) => (own.length > 0 ? own.includes(one) : !others.includes(one)));
    return isHere && variant.summary ? [{ ofRow: asked.length > 0, summary: variant.summary }] : [];
  });
  const [particular, general] = [found.filter(({ ofRow }) => ofRow), found.filter(({ ofRow }) => !ofRow)];
  const isToldByAnswers =
    own.length > 0 && particular.length > 0 && ofDecision.some((one) => criteriaOf(one).length === 0);
  const all = [...particular, ...general].map((one) => one.summary);
  return (isToldByAnswers ? all : [summary, ...all]).map(cardWords);
}

/** The criteria whose answers a variant is for; considerations and notes are of the whole order. @param {string} key */
function criteriaIn(key) {
  const asked = key.split('+').map((one) => one.slice(0, one.indexOf(':')));
  return asked.filter((one) => one !== 'consideration' && one !== 'note');
}

/** @param {readonly string[]} summaries */
function cardSays([first = '', ...more]) {
  if (more.length === 0) return first;
  return html`${first}
    <details>
      <summary>
        or, by what is on record, ${more.length === 1 ? 'another' : `one of ${more.length} others`}
      </summary>
      <ul>
        ${more.map((one) => html`<li>${one}</li>`)}
      </ul>
    </details>`;
}

/** The words of the card, with an ellipsis for what comes from the order or the record. @param {string} summary */
function cardWords(summary) {
  return summary
    .replace(/\{side\}/g, '')
    .replace(/\{\w+\}/g, '…')
    .replace('….', '…');
}
