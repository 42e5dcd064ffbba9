/**
 * The events of a timeline and where they stand: one lane for each kind, time to the right.
 *
 * @typedef {import('./types.js').Evaluation} Evaluation
 * @typedef {import('./types.js').OrderEvaluation} OrderEvaluation
 * @typedef {import('./types.js').Intervention} Intervention
 * @typedef {import('./types.js').Evidence} Evidence
 * @typedef {{ lane: Lane, day: string, title: string, result?: string, state: string, why?: string, evidence: readonly Evidence[] }} TimelineEvent
 * @typedef {'Conservative' | 'Blocks' | 'Ablation' | 'Surgery' | 'Imaging'} Lane
 * @typedef {{ event: TimelineEvent, share: number, row: number, labelLeft: boolean }} Placed
 */

import { dayOf, durationText, nameOf, reliefText, shortNameOf } from './names.js';

/** @type {readonly Lane[]} */
export const LANES = ['Conservative', 'Blocks', 'Ablation', 'Surgery', 'Imaging'];

/** @type {Readonly<Record<string, Lane>>} */
const LANE_OF = {
  'sacral-lateral-branch-rfa': 'Ablation',
  'facet-rfa': 'Ablation',
  'si-fusion': 'Surgery',
  'lumbar-fusion': 'Surgery',
  neurectomy: 'Surgery',
};

/**
 * Everything of one order that has a day; what has none is told apart.
 * @param {OrderEvaluation} order
 * @param {string} asOf
 * @returns {{ readonly events: readonly TimelineEvent[], readonly undated: readonly Intervention[] }}
 */
export function eventsOf(order, asOf) {
  const interventions = order.interventions ?? [];
  const why = reasonsNotCounted(order);
  const now = { reference: order.reference };
  /** @type {TimelineEvent[]} */
  const events = [
    ...conservative(order),
    ...interventions.flatMap((one) => interventionEvent(one, why)),
    ...imaging(order),
    {
      lane: 'Surgery',
      day: asOf,
      title: 'Neurectomy',
      result: 'ordered now',
      state: 'planned',
      evidence: [now],
    },
  ];
  return {
    events: events.sort((a, b) => (a.day < b.day ? -1 : 1)),
    undated: interventions.filter((one) => !one.date),
  };
}

/** @param {OrderEvaluation} order */
function conservative({ steps }) {
  const evidence = steps.find(({ id }) => id === 'conservative-care')?.evidence ?? [];
  return evidence.flatMap((one) => {
    const day = dayOf(one.date);
    if (!day) return [];
    const title = one.excerpt ?? one.reference;
    return [{ lane: /** @type {Lane} */ ('Conservative'), day, title, state: 'done', evidence: [one] }];
  });
}

/**
 * @param {Intervention} one
 * @param {ReadonlyMap<string, string>} why
 * @returns {readonly TimelineEvent[]}
 */
function interventionEvent(one, why) {
  const day = dayOf(one.date);
  if (!day) return [];
  const relief = reliefText(one.reliefPercent);
  const lasted = durationText(one.reliefDuration);
  const reason = one.evidence.map((each) => why.get(wordsKey(each))).find(Boolean);
  const result = one.status === 'completed' ? undefined : nameOf(one.status).toLowerCase();
  // Beside why it does not count there is no room for how long it helped.
  const done = relief ? `${relief}${lasted && !reason ? ` for ${lasted}` : ''}` : 'relief ?';
  return [
    {
      lane: LANE_OF[one.kind] ?? 'Blocks',
      day,
      title: shortNameOf(one.kind) + (one.levels?.length ? ` ${levelsText(one.levels)}` : ''),
      result: result ?? done,
      state: one.status === 'completed' ? (one.outcome ?? 'unknown') : one.status,
      ...(reason && reason !== one.status ? { why: nameOf(reason) } : {}),
      evidence: one.evidence,
    },
  ];
}

/** From the highest to the lowest. @param {readonly string[]} levels */
function levelsText(levels) {
  const sorted = levels.toSorted(
    (a, b) => 'CTLS'.indexOf(a.charAt(0)) - 'CTLS'.indexOf(b.charAt(0)) || a.localeCompare(b),
  );
  return sorted.length > 2 ? `${sorted[0]}–${sorted[sorted.length - 1]}` : sorted.join(', ');
}

/**
 * Why a procedure does not count for the step it was judged for, by the words it was read from: one record may tell of
 * a procedure that counts and of another that does not. What counts for one side is counted.
 * @param {OrderEvaluation} order
 */
function reasonsNotCounted({ steps }) {
  const counted = new Set(steps.flatMap(({ evidence }) => (evidence ?? []).map(wordsKey)));
  return new Map(
    steps
      .flatMap(({ notCounted }) => notCounted ?? [])
      .filter(({ evidence }) => !counted.has(wordsKey(evidence)))
      .map(({ why, because = why, evidence }) => [wordsKey(evidence), because]),
  );
}

/** @param {Evidence} evidence */
function wordsKey({ reference, excerpt }) {
  return JSON.stringify([reference, excerpt]);
}

/**
 * Each report once, with what was found in it.
 * @param {OrderEvaluation} order
 */
function imaging({ painGenerators }) {
  /** @type {Map<string, TimelineEvent>} */
  const reports = new Map();
  for (const { evidence } of painGenerators ?? [])
    for (const one of evidence) {
      const day = dayOf(one.date);
      if (!day || !/^(DiagnosticReport|ImagingStudy)\//.test(one.reference)) continue;
      const before = reports.get(one.reference);
      const all = [...(before?.evidence ?? []), one];
      const title = all.length === 1 ? 'Report, 1 finding' : `Report, ${all.length} findings`;
      reports.set(one.reference, { lane: 'Imaging', day, title, state: 'done', evidence: all });
    }
  return [...reports.values()];
}

/** Pixels: the width of a narrow panel, of a letter, and of a dot with its distance. */
const [PANEL, LETTER, DOT] = [300, 7.3, 20];

/** The second line of a label: the relief or the day, and why it is not counted. @param {TimelineEvent} event */
export function resultLine({ result, day, why }) {
  return `${result ?? day}${why ? `, ${why}` : ''}`;
}

/**
 * The words that fit between a dot and the farther edge of a narrow panel.
 * @param {string} words
 * @param {number} share where the dot stands
 */
function fitted(words, share) {
  const letters = Math.floor((Math.max(share, 1 - share) * PANEL - DOT) / LETTER);
  return words.length > letters ? `${words.slice(0, letters - 1).replace(/\s+\S*$/, '')} …` : words;
}

/** Share of a narrow panel that a dot with its label needs. @param {TimelineEvent} event */
function labelShare(event) {
  return (DOT + LETTER * Math.max(event.title.length, resultLine(event).length)) / PANEL;
}

/**
 * The events of one lane in rows that do not collide.
 * @param {readonly TimelineEvent[]} events of one lane
 * @param {{ from: number, to: number }} span epoch milliseconds
 * @returns {readonly Placed[]}
 */
export function place(events, { from, to }) {
  /** @type {{ start: number, end: number }[][]} */
  const rows = [];
  return events.map((whole) => {
    const share = to > from ? (Date.parse(whole.day) - from) / (to - from) : 0.5;
    const event = { ...whole, title: fitted(whole.title, share) };
    const label = labelShare(event);
    const labelLeft = share + label > 1 && share > 0.5;
    const taken = labelLeft
      ? { start: share - label, end: share + 0.03 }
      : { start: share - 0.03, end: share + label };
    const free = rows.findIndex((row) =>
      row.every(({ start, end }) => taken.end <= start || taken.start >= end),
    );
    const row = free < 0 ? rows.length : free;
    (rows[row] ??= []).push(taken);
    return { event, share, row, labelLeft };
  });
}

/** @param {readonly TimelineEvent[]} events */
export function spanOf(events) {
  const days = events.map(({ day }) => Date.parse(day)).filter((time) => !Number.isNaN(time));
  return { from: Math.min(...days), to: Math.max(...days) };
}
