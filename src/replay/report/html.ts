import { barChart, columnChart, type Series } from './charts.js';
import { escapeHtml, inWords, table } from './markup.js';
import { STYLE } from './style.js';
import type { Counts, ExportReport, ReplayReport, ServiceReport } from './summary.js';

/** report.html: one file that asks nobody for anything, without a script, for light and dark, with a table to each chart. */
export function toHtml(report: ReplayReport): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>Stepwise CDS: replay of historical orders</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Replay of historical orders</h1>
<p class="lead">What Stepwise CDS would have answered, had it been there when these orders were signed. Each order was
judged by the chart as it was then: only records dated and recorded before it.</p>
<p class="notice">For education and for review by clinicians. Counts of this size may still point to single patients: handle the report as you
handle other figures of your site.</p>
${report.services.map(serviceSection).join('\n')}
${exportSection(report)}
</main>
</body>
</html>
`;
}

function serviceSection(service: ServiceReport): string {
  return `<section aria-labelledby="${escapeHtml(service.id)}">
<h2 id="${escapeHtml(service.id)}">${escapeHtml(service.id)}</h2>
${figures(service)}
${service.orders === 0 ? '<p>The export holds no such order.</p>' : charts(service)}
</section>`;
}

function figures(service: ServiceReport): string {
  const reviewed = service.outcomes['reviewed'] ?? 0;
  const items: readonly (readonly [string, string])[] = [
    [
      String(service.orders),
      `orders (${service.from['procedure'] ?? 0} of them known by the procedure alone)`,
    ],
    [String(reviewed), 'reviewed by the policy'],
    [service.firedPer100Orders.toFixed(1), 'cards fired per 100 orders'],
    [service.firedPer100Reviewed.toFixed(1), 'cards fired per 100 reviewed orders'],
  ];
  const boxes = items.map(
    ([figure, meaning]) => `<li><strong>${figure}</strong> <span>${escapeHtml(meaning)}</span></li>`,
  );
  return `<ul class="figures">${boxes.join('')}</ul>`;
}

function charts(service: ServiceReport): string {
  const months = service.months.map(({ month }) => month);
  const decisions = Object.keys(service.decisions);
  return [
    columnChart({
      title: 'Orders by month',
      columns: months,
      series: [
        { name: 'with a card', values: service.months.map(({ fired }) => fired) },
        { name: 'without', values: service.months.map(({ orders, fired }) => orders - fired) },
      ],
    }),
    columnChart({
      title: 'Decisions by month',
      columns: months,
      series: decisions.map((decision) => ({
        name: inWords(decision),
        values: service.months.map((month) => month.decisions[decision] ?? 0),
      })),
    }),
    stacked('Steps of the pathway', service.steps, ['met', 'unknown', 'not-met']),
    stacked('Other pain generators (orders)', service.generators, ['unaddressed', 'treated', 'excluded']),
    stacked('Data (orders)', service.data, ['complete', 'empty', 'partial', 'unavailable']),
    stacked(
      'Ablation of the lateral branches within 12 months',
      { 'after the order': service.rfaAfterwards },
      ['yes', 'no', 'not-followed'],
    ),
    counts('What became of the orders', service.outcomes),
    counts('Conflicts', service.conflicts),
    counts('Red flags', service.redFlags),
    counts('Notes', service.notes),
    counts('Records not used: the chart did not hold them, or nothing says when it did', service.heldBack),
  ].join('\n');
}

function stacked(title: string, items: Readonly<Record<string, Counts>>, states: readonly string[]): string {
  const rows = Object.keys(items);
  if (rows.length === 0) return `<h3>${escapeHtml(title)}</h3><p>None.</p>`;
  const series: readonly Series[] = states.map((state) => ({
    name: inWords(state),
    values: rows.map((row) => items[row]?.[state] ?? 0),
  }));
  return barChart({ title, columns: rows.map(inWords), series });
}

function counts(title: string, items: Counts): string {
  const rows = Object.entries(items).map(([name, count]) => [inWords(name), String(count)]);
  const body = rows.length === 0 ? '<p>None.</p>' : table(title, ['', 'Count'], rows);
  return `<h3>${escapeHtml(title)}</h3>${body}`;
}

function exportSection({ export: read, settings }: ReplayReport): string {
  const files = read.sources.map((source) => [
    source.name,
    String(source.lines),
    String(sum(source.kept)),
    String(sum(source.passedOver)),
    String(sum(source.problems)),
    source.brokenOff ? 'broke off' : 'whole',
  ]);
  return `<section aria-labelledby="export">
<h2 id="export">The export</h2>
<p>${read.patients} patients, ${read.patientsWithOrders} of them with such orders; ${read.lines} lines;
${read.repeatedLines.same} repeated word by word, ${read.repeatedLines.versions} further versions of a resource;
${read.patientsTooLarge} patients with more than one chart may hold, not evaluated. meta.lastUpdated: ${settings.lastUpdated}.</p>
${counts('Lines with problems', read.problems)}
${places(read)}
<h3>Files</h3>
${table('Files', ['File', 'Lines', 'Used', 'Of other types', 'With problems', 'Read'], files)}
</section>`;
}

/** Where the first problems of each file stand; nothing where there are none. */
function places({ sources, attributed }: ExportReport): string {
  const rows = sources.flatMap((source) =>
    source.places.map(({ line, problem }) => [source.name, String(line), inWords(problem)]),
  );
  if (rows.length === 0) return '';
  return `<p>${attributed} of these are known to be some patient's: what they would have shown is taken for missing there.</p>
<h3>Problems by place (the first of each file)</h3>
${table('Problems by place', ['File', 'Line', 'Problem'], rows)}`;
}

function sum(items: Readonly<Record<string, number | undefined>>): number {
  return Object.values(items).reduce<number>((all, count) => all + (count ?? 0), 0);
}
