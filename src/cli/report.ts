import type { Fired, PolicyVersion, Report } from '../records/report.types.js';

type Cell = string | number;

/** `stepwise-cds report`: the report as tables for a terminal; empty parts are left out. */
export function reportAsText(report: Report): string {
  const { since, until, latency, unknownCards, lostRecords } = report;
  return [
    `Stepwise CDS, from ${since} until ${until}\n`,
    `Reviewed calls: ${latency.calls}; milliseconds to the answer: half ${milliseconds(latency.p50)}, ` +
      `95 % ${milliseconds(latency.p95)}, 99 % ${milliseconds(latency.p99)}\n`,
    ...tablesOf(report),
    `Feedback on cards that are not known: ${unknownCards}; records that were lost: ${lostRecords}\n`,
  ].join('\n');
}

function tablesOf(report: Report): readonly string[] {
  return [
    table(
      'Clients',
      ['client', 'policy', 'mode', 'calls'],
      report.activity.map((one) => [
        clientOf(one.client),
        nameOf(one),
        one.shadow ? 'shadow' : 'live',
        one.calls,
      ]),
    ),
    table(
      'Cards shown',
      ['card', 'policy', 'client', 'shown', 'accepted', 'overridden', 'silent', 'muted'],
      report.cards.map((one) => [
        ...[one.topic, nameOf(one), clientOf(one.client), one.shown],
        ...[share(one.accepted, one.shown), share(one.overridden, one.shown)],
        ...[share(one.shown - one.accepted - one.overridden, one.shown), one.muted],
      ]),
    ),
    table(
      'Why cards were overridden',
      ['card', 'policy', 'client', 'reason', 'times'],
      report.overrideReasons.map((one) => [
        ...[one.topic, nameOf(one), clientOf(one.client), one.code || '(none given)', one.count],
      ]),
    ),
    table(
      'Shadow against live: cards of 100 reviewed calls',
      ['card', 'policy', 'in shadow', 'live'],
      report.shadow.map((one) => [one.topic, nameOf(one), rate(one.inShadow), rate(one.live)]),
    ),
    table(
      'Decisions',
      ['decision', 'policy', 'orders'],
      report.decisions.map((one) => [one.decision, nameOf(one), one.count]),
    ),
    table(
      'Data that was not complete',
      ['kind', 'state', 'calls'],
      report.missingData.map((one) => [one.kind, one.state, one.count]),
    ),
  ].filter((text) => text !== '');
}

function nameOf({ policy, version, digest }: PolicyVersion): string {
  return `${policy}|${version} (${digest})`;
}

function clientOf(client: string): string {
  return client === '' ? '(no trusted clients set)' : client;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '0' : `${part} (${Math.round((part / whole) * 100)} %)`;
}

/** Cards of 100 calls, and what that rests on. */
function rate({ cards, calls }: Fired): string {
  return calls === 0 ? '-' : `${((cards / calls) * 100).toFixed(1)} (${cards} of ${calls})`;
}

function milliseconds(value: number): string {
  return value.toFixed(1);
}

/** Numbers to the right, words to the left. */
function table(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return '';
  const lines = [head, ...rows];
  const widths = head.map((_name, column) => Math.max(...lines.map((line) => String(line[column]).length)));
  const toLine = (line: readonly Cell[]): string =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [title, ...lines.map(toLine), ''].join('\n');
}
