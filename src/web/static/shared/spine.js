import { evidenceAttribute } from './evidence-link.js';
import { html, nothing, svg } from './lit.js';
import { dayOf, nameOf, reliefText, shortNameOf, sideText } from './names.js';
import { anatomy } from './spine-anatomy.js';
import { mark, sizeOf } from './spine-marks.js';
import { HEIGHT, WIDTH, pointsOf, sidesOf, spread, targetOf } from './spine-places.js';

/**
 * @typedef {import('./types.js').OrderEvaluation} OrderEvaluation
 * @typedef {import('./types.js').PainGenerator} PainGenerator
 * @typedef {import('./types.js').Intervention} Intervention
 */

/**
 * The spine from L1 to the SI joints, seen from behind, with what was found and what was done, at level and side.
 * @param {OrderEvaluation} order
 */
export function spine(order) {
  const generators = order.painGenerators ?? [];
  const interventions = order.interventions ?? [];
  return html`<figure class="spine">
    <svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      role="group"
      aria-label="Spine from behind, L1 to the sacroiliac joints"
    >
      <text class="side" x="8" y="16">Left</text>
      <text class="side" x=${WIDTH / 2} y="12" text-anchor="middle">from behind</text>
      <text class="side" x=${WIDTH - 8} y="16" text-anchor="end">Right</text>
      ${anatomy()} ${['left', 'right'].map((side) => lane(interventions, side === 'left' ? 'left' : 'right'))}
      ${generators.map(finding)}
    </svg>
    <figcaption>${findings(generators)} ${table(generators, interventions)}</figcaption>
  </figure>`;
}

/** @param {PainGenerator} generator */
function finding(generator) {
  const points = pointsOf(generator);
  if (points.length === 0) return nothing;
  return svg`<g class="finding" data-status=${standing(generator)} ?data-unsure=${isSideUnsaid(generator)} tabindex="0" role="img"
      aria-label=${describe(generator)} data-evidence=${evidenceAttribute(generator.evidence)}>
    <title>${describe(generator)}</title>
    ${points.map((at) => mark(generator.finding, sizeOf(generator.severity), at))}
  </g>`;
}

/** @param {PainGenerator} generator */
function describe(generator) {
  const { finding: kind, level, laterality, severity, evidence } = generator;
  const words = evidence[0].excerpt;
  const state = nameOf(standing(generator)).toLowerCase();
  const parts = [level, laterality && sideText(laterality), severity, state];
  return `${nameOf(kind)}: ${parts.filter(Boolean).join(', ')}${words ? `. “${words}”` : ''}`;
}

/**
 * The procedures of one side, beside the spine, each with a line to its target.
 * @param {readonly Intervention[]} interventions
 * @param {'left' | 'right'} side
 */
function lane(interventions, side) {
  const aimed = interventions.flatMap((intervention) => {
    const target = sidesOf(intervention.laterality).includes(side) ? targetOf(intervention, side) : undefined;
    return target ? [{ intervention, target, y: target.y }] : [];
  });
  const shown = apart(aimed);
  const heights = spread(shown, 36);
  return shown.map((one, index) => procedure(one, { side, y: heights[index] ?? one.y }));
}

/** Between marks of one place, units of the drawing. */
const APART = 10;

/**
 * Procedures at one place whose results differ have marks beside each other: none hides what another showed.
 * @template {{ readonly intervention: Intervention, readonly target: { readonly x: number, readonly y: number } }} Aimed
 * @param {readonly Aimed[]} aimed
 * @returns {readonly Aimed[]}
 */
function apart(aimed) {
  /** @type {Map<string, string[]>} */
  const results = new Map();
  return aimed.map((one) => {
    const { x, y } = one.target;
    const here = results.get(`${x} ${y}`) ?? [];
    const result = outcomeOf(one.intervention);
    if (!here.includes(result)) here.push(result);
    results.set(`${x} ${y}`, here);
    return { ...one, target: { x, y: y + APART * here.indexOf(result) } };
  });
}

/** @param {Intervention} intervention */
function outcomeOf({ status, outcome }) {
  return status === 'completed' ? (outcome ?? 'unknown') : status;
}

/**
 * @param {{ intervention: Intervention, target: { x: number, y: number } }} aimed
 * @param {{ side: 'left' | 'right', y: number }} at
 */
function procedure({ intervention, target }, { side, y }) {
  const edge = side === 'left' ? 6 : WIDTH - 6;
  const anchor = side === 'left' ? 'start' : 'end';
  // A letter of the labels is about 7 wide; the line begins where the longer of them ends.
  const width = 7 * Math.max(shortNameOf(intervention.kind).length, resultOf(intervention).length);
  const near = side === 'left' ? edge + width : edge - width;
  return svg`<g class="procedure" data-outcome=${outcomeOf(intervention)} tabindex="0" role="img"
      aria-label=${describeProcedure(intervention, side)} data-evidence=${evidenceAttribute(intervention.evidence)}>
    <title>${describeProcedure(intervention, side)}</title>
    <path class="leader" d="M${near} ${y + 4} L${target.x} ${target.y}" />
    <circle class="target" cx=${target.x} cy=${target.y} r="4" />
    <text x=${edge} y=${y - 2} text-anchor=${anchor}>${shortNameOf(intervention.kind)}</text>
    <text class="relief" x=${edge} y=${y + 13} text-anchor=${anchor}>${resultOf(intervention)}</text>
  </g>`;
}

/** @param {Intervention} intervention */
function resultOf({ status, reliefPercent }) {
  if (status !== 'completed') return nameOf(status).toLowerCase();
  return reliefText(reliefPercent) ?? 'relief ?';
}

/**
 * @param {Intervention} intervention
 * @param {string} side
 */
function describeProcedure(intervention, side) {
  const { kind, date, levels, evidence } = intervention;
  const parts = [dayOf(date), levels?.join(', '), side, `relief ${resultOf(intervention)}`];
  const words = evidence[0].excerpt;
  return `${nameOf(kind)}: ${parts.filter(Boolean).join(', ')}${words ? `. “${words}”` : ''}`;
}

const STATUSES = /** @type {const} */ (['unaddressed', 'treated', 'excluded', 'also-seen']);

/**
 * How a finding stands, as the cards tell it: what is mild, or a general word for wear, is no more than also seen.
 * @param {PainGenerator} generator
 * @returns {(typeof STATUSES)[number]}
 */
function standing({ finding: kind, severity, status }) {
  const isMinor = severity === 'mild' || kind === 'spondylosis';
  return status === 'unaddressed' && isMinor ? 'also-seen' : status;
}

/**
 * Every finding with its mark, which makes the list the legend of the drawing; the untreated ones first.
 * @param {readonly PainGenerator[]} generators
 */
function findings(generators) {
  const sorted = STATUSES.flatMap((status) => generators.filter((one) => standing(one) === status));
  return html`${
      sorted.length === 0
        ? html`<p class="quiet">No finding was read.</p>`
        : html`<ul class="findings" aria-label="Findings">
            ${sorted.map(listed)}
          </ul>`
    }
    <p class="quiet key">
      ${sorted.length > 0 ? 'The larger a mark, the more severe.' : nothing}
      ${sorted.some(isSideUnsaid) ? 'Dotted on both sides: the report names none.' : nothing} A dotted line
      leads from each procedure to its target: filled where it relieved the pain, dotted where that is
      equivocal or not known. The amber lines are the lateral branches that the order would cut.
    </p>`;
}

/** @param {PainGenerator} generator */
function listed(generator) {
  const { finding: kind, level, laterality, severity, evidence } = generator;
  const status = standing(generator);
  const where = [severity, laterality && sideText(laterality), level ? undefined : 'level not said'];
  return html`<li tabindex="0" data-status=${status} data-evidence=${evidenceAttribute(evidence)}>
    <svg
      class="finding"
      data-status=${status}
      ?data-unsure=${isSideUnsaid(generator)}
      viewBox="-14 -14 28 28"
      aria-hidden="true"
    >
      ${mark(kind, sizeOf(severity))}
    </svg>
    <span
      >${level ? `${level} ${nameOf(kind).toLowerCase()}` : nameOf(kind)}<span class="quiet"
        >${where.filter(Boolean).map((one) => `, ${one}`)}</span
      ></span
    >
    <strong>${nameOf(status)}</strong>
  </li>`;
}

/** Drawn on both sides, for the record names none. @param {PainGenerator} generator */
function isSideUnsaid(generator) {
  return generator.laterality === undefined && pointsOf(generator).length > 1;
}

/**
 * The drawing as a table, for who cannot see it.
 * @param {readonly PainGenerator[]} generators
 * @param {readonly Intervention[]} interventions
 */
function table(generators, interventions) {
  return html`<details class="twin">
    <summary>The drawing as a table</summary>
    <div class="table-box">
      <table>
        <thead>
          <tr>
            <th>What</th>
            <th>Level</th>
            <th>Side</th>
            <th>State</th>
            <th>Words</th>
          </tr>
        </thead>
        <tbody>
          ${generators.map(
            (one) =>
              html`<tr data-evidence=${evidenceAttribute(one.evidence)}>
                <td>${nameOf(one.finding)}${one.severity ? `, ${one.severity}` : ''}</td>
                <td>${one.level ?? 'not said'}</td>
                <td>${sideText(one.laterality)}</td>
                <td>${nameOf(standing(one))}</td>
                <td>${one.evidence[0].excerpt ?? ''}</td>
              </tr>`,
          )}
          ${interventions.map(
            (one) =>
              html`<tr data-evidence=${evidenceAttribute(one.evidence)}>
                <td>${nameOf(one.kind)}</td>
                <td>${one.levels?.join(', ') ?? 'not said'}</td>
                <td>${sideText(one.laterality)}</td>
                <td>${resultOf(one)}</td>
                <td>${one.evidence[0].excerpt ?? ''}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
