import { FINDINGS, type ReportReading, type Span, type TextFinding } from '../report-text/index.js';

/** A text and what was read in it. */
export interface ReadText {
  readonly id: string;
  readonly text: string;
  readonly reading: ReportReading;
}

interface Marking extends Span {
  readonly kind: string;
  readonly title: string;
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 75ch; padding: 0 1rem; }
article { margin-bottom: 2.5rem; }
pre { white-space: pre-wrap; font: inherit; }
mark { color: #111; background: hsl(var(--hue, 200) 80% 82%); border-radius: 3px; padding: 0 .15em; }
mark.negated { text-decoration: line-through; opacity: .75; }
table { border-collapse: collapse; font-size: .9em; }
td, th { text-align: left; padding: .15em .8em .15em 0; border-bottom: 1px solid #8884; }
`;
/** Turns round the colour circle so that neighbours in the list differ. */
const HUE_STEP = 137;
const HUES = new Map(
  [...FINDINGS, 'procedure', 'relief', 'provocation', 'care', 'statement'].map((kind, index) => [
    kind,
    (index * HUE_STEP) % 360,
  ]),
);

function escaped(text: string): string {
  return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/"/gu, '&quot;');
}

function wordsOf(finding: TextFinding): string {
  const { severity, laterality, level, negated, hypothetical, historical, uncertain } = finding;
  const flags = [
    negated && 'negated',
    hypothetical && 'asked for',
    historical && 'of the past',
    uncertain && 'uncertain',
  ];
  return [finding.finding, level, laterality, severity, ...flags]
    .filter((word) => typeof word === 'string')
    .join(', ');
}

function markings({ reading }: ReadText): readonly Marking[] {
  const { findings, interventions, provocation, care, statements } = reading;
  return [
    ...findings.map((finding) => ({ ...finding, kind: finding.finding, title: wordsOf(finding) })),
    ...interventions.map((each) => ({
      ...each,
      kind: 'procedure',
      title: [each.kind, each.status, ...each.levels].join(', '),
    })),
    ...interventions.flatMap(({ relief }) =>
      relief === undefined
        ? []
        : [{ ...relief, kind: 'relief', title: `relief ${relief.low} to ${relief.high} %` }],
    ),
    ...provocation.map((each) => ({ ...each, kind: 'provocation', title: `${each.test}, ${each.result}` })),
    ...care.map((each) => ({ ...each, kind: 'care', title: `${each.care}, ${each.status}` })),
    ...statements.map((each) => ({ ...each, kind: 'statement', title: each.id })),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The text with each marked stretch once; what overlaps an earlier mark is told in the table only. */
function markedText({ text }: ReadText, marks: readonly Marking[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, kind, title } of marks) {
    if (start < at) continue;
    const negated = title.includes('negated') || title.includes('not-done') ? ' class="negated"' : '';
    parts.push(escaped(text.slice(at, start)));
    parts.push(
      `<mark${negated} style="--hue:${HUES.get(kind) ?? 0}" title="${escaped(title)}">${escaped(text.slice(start, end))}</mark>`,
    );
    at = end;
  }
  parts.push(escaped(text.slice(at)));
  return parts.join('');
}

function article(read: ReadText): string {
  const marks = markings(read);
  const rows = marks.map(
    ({ title, start, end }) =>
      `<tr><td>${escaped(title)}</td><td>${escaped(read.text.slice(start, end))}</td></tr>`,
  );
  const table =
    rows.length === 0
      ? '<p>Nothing found.</p>'
      : `<table><tr><th>Read as</th><th>Words</th></tr>${rows.join('')}</table>`;
  return `<article><h2>${escaped(read.id)}</h2><pre>${markedText(read, marks)}</pre>${table}</article>`;
}

/** One HTML page that needs nothing but itself: each text with its words marked and coloured by what they were read as. */
export function htmlPage(texts: readonly ReadText[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Report text as read</title><style>${STYLE}</style></head>
<body><h1>Report text as read</h1>${texts.map(article).join('\n')}</body></html>
`;
}
