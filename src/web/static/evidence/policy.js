import { html, nothing } from '../shared/lit.js';
import { nameOf } from '../shared/names.js';

/**
 * The policy explained: each criterion with its sentence, thresholds, source and certainty, from hooks/.
 *
 * @typedef {{ id: string, kind: string, step?: string, sentence: string, source: { citation: string, certainty: string, url?: string }, params: Record<string, unknown>, whenAbsent: string, whyAbsent: string }} Criterion
 * @typedef {{ title: string, version: string, effectiveDate: string, criteria: readonly Criterion[], decisions: readonly Decision[] }} Policy
 * @typedef {{ decision: string, sentence: string, any?: readonly Condition[], all?: readonly Condition[], none?: readonly Condition[] }} Decision
 * @typedef {{ criterion: string, is: string }} Condition
 * @typedef {{ sha256: string, policy: Policy, words: { decisions?: Record<string, { summary: string }> } }} Explained
 */

/** @param {Explained} explained */
export function policyView({ sha256, policy, words }) {
  const { title, version, effectiveDate, criteria } = policy;
  return html`<section class="policy">
    <h2>${title}</h2>
    <p>
      Version ${version}, in effect since <time datetime=${effectiveDate}>${effectiveDate}</time>.
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
          ${policy.decisions.map((one) => decisionRow(one, words))}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** @param {Criterion} criterion */
function criterionRow({ id, sentence, source, params, whenAbsent, whyAbsent }) {
  return html`<tr id="criterion-${id}">
    <th scope="row">${nameOf(id)}</th>
    <td>${sentence}</td>
    <td>${thresholds(params)}</td>
    <td>
      ${source.url ? html`<a href=${source.url} target="_blank" rel="noopener noreferrer">${source.citation}</a>` : source.citation}
      <span class="badge">${source.certainty}</span>
    </td>
    <td><strong>${nameOf(whenAbsent)}</strong>: ${whyAbsent}</td>
  </tr>`;
}

const UNITS = { '%': '%', wk: 'weeks', mo: 'months', d: 'days', a: 'years', h: 'hours' };

/** Named quantities and counts; value sets and lists are left to the file. @param {Record<string, unknown>} params */
function thresholds(params) {
  const rows = Object.entries(params).flatMap(([name, value]) => {
    if (typeof value === 'number') return [[nameOf(name), String(value)]];
    if (!isQuantity(value)) return [];
    return [[nameOf(name), `${value.value} ${UNITS[/** @type {keyof UNITS} */ (value.unit)] ?? value.unit}`]];
  });
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
 * @param {Explained['words']} words
 */
function decisionRow({ decision, sentence, any = [], all = [], none = [] }, words) {
  const conditions = [
    ...(any.length > 0 ? [conditionText(any, ' or ')] : []),
    ...(all.length > 0 ? [conditionText(all, ' and ')] : []),
    ...(none.length > 0 ? [`and not: ${conditionText(none, ' or ')}`] : []),
  ];
  return html`<tr>
    <th scope="row">${nameOf(decision)}</th>
    <td>${sentence}</td>
    <td>${conditions.length > 0 ? conditions.join(' ') : 'Otherwise'}</td>
    <td>${cardWords(words.decisions?.[decision]?.summary)}</td>
  </tr>`;
}

/** @param {readonly { criterion: string, is: string }[]} conditions @param {string} joint */
function conditionText(conditions, joint) {
  return conditions
    .map(({ criterion, is }) => `${nameOf(criterion).toLowerCase()} is ${nameOf(is).toLowerCase()}`)
    .join(joint);
}

/** The words of the card, with an ellipsis for what comes from the order or the record. @param {string | undefined} summary */
function cardWords(summary) {
  return summary?.replace(/\{side\}/g, '').replace(/\{\w+\}/g, '…') ?? '';
}
