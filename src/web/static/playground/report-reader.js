import { html, nothing } from '../shared/lit.js';
import { nameOf, reliefText } from '../shared/names.js';

/**
 * A pasted report with the words marked that the service reads in it.
 *
 * @typedef {import('./state.js').Store} Store
 * @typedef {import('../shared/types.js').ReportReading} ReportReading
 * @typedef {{ start: number, end: number, kind: string, what: string, negated: boolean }} Mark
 */

const EXAMPLE = `MRI LUMBAR SPINE. L4-5: mild disc bulge, no central canal stenosis. L5-S1: moderate bilateral neural foraminal stenosis and facet arthropathy. No fracture. Grade 1 anterolisthesis of L3 on L4 with pars defects.`;

/** @param {Store} store */
export function reportReader(store) {
  const { report = EXAMPLE, reading } = store.state;
  return html`<details class="panel" id="report-reader">
    <summary>Report reader</summary>
    <p class="quiet">
      Paste a report without names: the words that the service reads are marked by finding, level and
      negation.
    </p>
    <form @submit=${(/** @type {globalThis.SubmitEvent} */ event) => read(store, event)}>
      <label for="report">Report text</label>
      <textarea id="report" name="report" rows="6" .value=${report}></textarea>
      <button type="submit" class="plain">Read</button>
    </form>
    ${reading ? marked(report, marksOf(reading), reading.cues) : nothing}
  </details>`;
}

/** @param {Store} store @param {globalThis.SubmitEvent} event */
async function read({ set }, event) {
  event.preventDefault();
  const form = new FormData(/** @type {globalThis.HTMLFormElement} */ (event.currentTarget));
  // A form turns line breaks into CR LF; the offsets are of the text as it is shown.
  const report = String(form.get('report')).replace(/\r\n/g, '\n');
  const response = await fetch('/playground/read-report', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: report,
  });
  set({ report, reading: response.ok ? await response.json() : undefined });
}

/**
 * Everything that was read, in the order of the text.
 * @param {ReportReading} reading
 * @returns {readonly Mark[]}
 */
export function marksOf(reading) {
  const findings = reading.findings.map((one) => ({
    ...spanOf(one),
    kind: 'finding',
    negated: one.negated,
    what: [nameOf(one.finding), one.level, one.laterality, one.severity, ...qualities(one)]
      .filter(Boolean)
      .join(', '),
  }));
  const interventions = reading.interventions.map((one) => ({
    ...spanOf(one),
    kind: 'intervention',
    negated: one.status === 'not-done',
    what: [nameOf(one.kind), one.levels.join(' '), one.laterality, plain(one.status), reliefText(one.relief)]
      .filter(Boolean)
      .join(', '),
  }));
  const care = reading.care.map((one) => ({
    ...spanOf(one),
    kind: 'care',
    negated: one.status === 'not-done',
    what: [nameOf(one.care), plain(one.status), one.weeks && `${one.weeks} weeks`].filter(Boolean).join(', '),
  }));
  const tests = reading.provocation.map((one) => ({
    ...spanOf(one),
    kind: 'test',
    negated: one.result === 'negative',
    what: `${nameOf(one.test)} ${one.result}`,
  }));
  const statements = reading.statements.map((one) => ({
    ...spanOf(one),
    kind: 'statement',
    negated: false,
    what: nameOf(one.id),
  }));
  return [...findings, ...interventions, ...care, ...tests, ...statements].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  );
}

/** @param {string} status */
function plain(status) {
  return nameOf(status).toLowerCase();
}

/** @param {{ start: number, end: number }} span */
function spanOf({ start, end }) {
  return { start, end };
}

/** @param {ReportReading['findings'][number]} finding */
function qualities({ negated, hypothetical, historical, uncertain, acuity }) {
  return [
    negated && 'absent',
    hypothetical && 'only considered',
    historical && 'earlier',
    uncertain && 'uncertain',
    acuity,
  ];
}

/**
 * @param {string} text
 * @param {readonly Mark[]} marks
 * @param {ReportReading['cues']} cues
 */
function marked(text, marks, cues) {
  if (marks.length === 0)
    return html`<p class="empty" role="status">Nothing in this text matters to the pathway.</p>`;
  return html`<p class="marked" role="status" aria-label="The report, marked">${pieces(text, marks, cues)}</p>
    <p class="quiet key">
      <mark data-kind="finding">Solid</mark>: the report says so.
      <mark data-kind="finding" data-negated>Dotted</mark>: it says that there is none.
      <mark data-cue="level">Framed</mark>: a level. <mark data-cue="negation">Struck</mark>: words that deny.
    </p>
    <ul class="readings">
      ${marks.map(
        (mark) =>
          html`<li
            data-kind=${mark.kind}
            ?data-negated=${mark.negated}
            tabindex="0"
            data-evidence=${places([mark])}
          >
            <strong>${mark.what}</strong> <q>${text.slice(mark.start, mark.end)}</q>
          </li>`,
      )}
    </ul>`;
}

/** Lights a reading with its words, and back; a report that is pasted has no name, so the words go by their place. @param {readonly Mark[]} marks */
function places(marks) {
  return JSON.stringify(marks.map(({ start, end, what }) => [`${start}-${end} ${what}`]));
}

/**
 * The text cut at the edges of marks; a piece that several marks share names them all.
 * @param {string} text
 * @param {readonly Mark[]} marks
 * @param {ReportReading['cues']} cues
 */
function pieces(text, marks, cues) {
  const edges = [0, text.length, ...[...marks, ...cues].flatMap(({ start, end }) => [start, end])];
  const sorted = [...new Set(edges)].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, index) => {
    const end = sorted[index + 1] ?? text.length;
    const isOver = (/** @type {{ start: number, end: number }} */ one) => one.start < end && one.end > start;
    return piece(text.slice(start, end), marks.filter(isOver), cues.find(isOver));
  });
}

/** @param {string} words @param {readonly Mark[]} over @param {ReportReading['cues'][number] | undefined} cue */
function piece(words, over, cue) {
  if (over.length === 0 && !cue) return words;
  const title = [...over.map(({ what }) => what), ...(cue ? [titleOf(cue)] : [])].join('; ');
  return html`<mark
    title=${title}
    data-evidence=${over.length > 0 ? places(over) : nothing}
    data-kind=${over[0]?.kind ?? nothing}
    data-cue=${cue?.kind ?? nothing}
    ?data-negated=${over.length > 0 && over.every(({ negated }) => negated)}
    >${words}</mark
  >`;
}

/** @param {ReportReading['cues'][number]} cue */
function titleOf({ kind, what }) {
  return kind === 'level' ? `level ${what}` : 'denies';
}
