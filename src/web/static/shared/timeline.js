import { evidenceAttribute } from './evidence-link.js';
import { source } from './ladder.js';
import { html, nothing, svg } from './lit.js';
import { nameOf } from './names.js';
import { LANES, eventsOf, place, resultLine, spanOf } from './timeline-places.js';

/**
 * @typedef {import('./types.js').OrderEvaluation} OrderEvaluation
 * @typedef {import('./timeline-places.js').Placed} Placed
 * @typedef {import('./timeline-places.js').TimelineEvent} TimelineEvent
 */

const ROW = 44;

/**
 * What was done and found, by time; relief beside each, planned ones hollow, uncounted ones struck through.
 * @param {OrderEvaluation} order
 * @param {string} asOf
 */
export function timeline(order, asOf) {
  const { events, undated } = eventsOf(order, asOf);
  const span = spanOf(events);
  return html`<div class="timeline">
    ${LANES.map((name) =>
      lane(
        name,
        place(
          events.filter((event) => event.lane === name),
          span,
        ),
      ),
    )}
    ${axis(span)}
    <p class="quiet key">
      Hollow: planned. Dotted: equivocal, or not known whether it worked. Grey: too little relief. Struck
      through: not counted for its step.
    </p>
    ${
      undated.length === 0
        ? nothing
        : html`<h3>Without a date</h3>
            <ul class="sources">
              ${undated.map((one) => html`<li>${nameOf(one.kind)}, ${nameOf(one.status).toLowerCase()} ${source(one.evidence[0])}</li>`)}
            </ul>`
    }
  </div>`;
}

/**
 * @param {string} name
 * @param {readonly Placed[]} placed
 */
function lane(name, placed) {
  const rows = Math.max(1, ...placed.map(({ row }) => row + 1));
  return html`<div class="lane">
    <h3>${name}</h3>
    ${
      placed.length === 0
        ? html`<p class="quiet empty-lane">Nothing found</p>`
        : html`<svg width="100%" height=${rows * ROW} role="group" aria-label=${name}>
            ${Array.from({ length: rows }, track)} ${placed.map(dot)}
          </svg>`
    }
  </div>`;
}

/** Percent of the width, with room for the dots at both ends. @param {number} share */
function x(share) {
  return `${(3 + share * 94).toFixed(1)}%`;
}

/** @param {unknown} _row @param {number} index */
function track(_row, index) {
  const y = index * ROW + 14;
  return svg`<line class="track" x1="0" x2="100%" y1=${y} y2=${y} />`;
}

/** @param {Placed} placed */
function dot({ event, share, row, labelLeft }) {
  const y = row * ROW + 14;
  const [anchor, shift] = labelLeft ? ['end', -12] : ['start', 12];
  return svg`<g class="event" data-state=${event.state} ?data-struck=${event.why !== undefined} tabindex="0" role="img"
      aria-label=${describe(event)} data-evidence=${evidenceAttribute(event.evidence)}>
    <title>${describe(event)}</title>
    <circle cx=${x(share)} cy=${y} r="6" />
    <text class="halo" aria-hidden="true" x=${x(share)} dx=${shift} y=${y + 4} text-anchor=${anchor}>${event.title}</text>
    <text class="event-title" x=${x(share)} dx=${shift} y=${y + 4} text-anchor=${anchor}>${event.title}</text>
    <text class="event-result" x=${x(share)} dx=${shift} y=${y + 20} text-anchor=${anchor}>${resultLine(event)}</text>
  </g>`;
}

/** @param {TimelineEvent} event */
function describe({ lane: kind, day, title, result, why, evidence }) {
  const words = evidence[0]?.excerpt;
  const parts = [day, result, why && `not counted: ${why}`].filter(Boolean).join(', ');
  return `${kind}: ${title}, ${parts}${words ? `. “${words}”` : ''}`;
}

/** @param {{ from: number, to: number }} span */
function axis({ from, to }) {
  const month = (/** @type {number} */ time) => new Date(time).toISOString().slice(0, 7);
  return html`<p class="axis">
    <span>${month(from)}</span><span>${month((from + to) / 2)}</span><span>${month(to)}</span>
  </p>`;
}
