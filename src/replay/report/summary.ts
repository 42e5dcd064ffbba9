import type { ReplayPlan } from '../plan.js';
import type { BucketResult, SourceSummary } from '../spill/store.types.js';
import type { Count, Measure, Tally } from '../tally.js';

/** report.json: everything the other reports are made of. Nothing in it says when it was made. */
export interface ReplayReport {
  readonly services: readonly ServiceReport[];
  readonly export: ExportReport;
  readonly settings: Pick<ReplayPlan, 'lastUpdated' | 'until' | 'askedFor'>;
}

export interface ServiceReport {
  readonly id: string;
  readonly policySha256: string;
  readonly orders: number;
  /** By what became of them: reviewed, not-applicable, data-unavailable, failed. */
  readonly outcomes: Counts;
  /** Ordered, or done without an order in the export. */
  readonly from: Counts;
  readonly fired: number;
  /** Orders with a card for each 100 orders of the code, one decimal. */
  readonly firedPer100Orders: number;
  /** Orders with a card for each 100 that the policy reviewed. */
  readonly firedPer100Reviewed: number;
  readonly firedByIndicator: Counts;
  readonly months: readonly MonthReport[];
  readonly decisions: Counts;
  /** By step: met, not-met, unknown. */
  readonly steps: Readonly<Record<string, Counts>>;
  /** By finding: unaddressed, treated, excluded; orders. */
  readonly generators: Readonly<Record<string, Counts>>;
  readonly conflicts: Counts;
  readonly redFlags: Counts;
  readonly notes: Counts;
  /** By kind: complete, empty, partial, unavailable; orders. */
  readonly data: Readonly<Record<string, Counts>>;
  readonly rfaAfterwards: Counts;
  /** Resources that were not used because the chart did not hold them yet, or nothing says when it did. */
  readonly heldBack: Counts;
}

export interface MonthReport {
  /** YYYY-MM. */
  readonly month: string;
  readonly orders: number;
  readonly fired: number;
  readonly decisions: Counts;
}

export interface ExportReport {
  readonly patients: number;
  readonly patientsWithOrders: number;
  readonly patientsTooLarge: number;
  readonly repeatedLines: BucketResult['repeated'];
  readonly lines: number;
  /** Lines with problems, by problem; `attributed`: those known to be some patient's. */
  readonly problems: Counts;
  readonly attributed: number;
  readonly sources: readonly (SourceSummary & { readonly name: string })[];
}

export type Counts = Readonly<Record<string, number>>;

/** What all buckets together gave. */
export interface Merged extends Omit<BucketResult, 'evaluations' | 'counts'> {
  readonly tally: Tally;
}

type Row = Count & { readonly count: number };

export function toReport(
  plan: ReplayPlan,
  merged: Merged,
  summaries: readonly SourceSummary[],
): ReplayReport {
  const rows = merged.tally.rows();
  const { lastUpdated, until, askedFor } = plan;
  return {
    services: plan.services.map(({ id, sha256 }) =>
      serviceReport(
        { id, policySha256: sha256 },
        rows.filter(({ service }) => service === id),
      ),
    ),
    export: exportReport(plan, merged, summaries),
    settings: { lastUpdated, ...(until !== undefined && { until }), ...(askedFor && { askedFor }) },
  };
}

function serviceReport(
  named: Pick<ServiceReport, 'id' | 'policySha256'>,
  rows: readonly Row[],
): ServiceReport {
  const of = (measure: Measure) => rows.filter((row) => row.measure === measure);
  const outcomes = sumBy(of('orders'), ({ state }) => state);
  const orders = total(of('orders'));
  const fired = total(of('fired'));
  return {
    ...named,
    ...{ orders, outcomes, from: sumBy(of('orders'), ({ item }) => item) },
    ...{ fired, firedPer100Orders: per100(fired, orders) },
    firedPer100Reviewed: per100(fired, outcomes['reviewed'] ?? 0),
    firedByIndicator: sumBy(of('fired'), ({ item }) => item),
    months: monthsOf(rows),
    decisions: sumBy(of('decision'), ({ item }) => item),
    steps: statesByItem(of('step')),
    generators: statesByItem(of('generator')),
    conflicts: sumBy(of('conflict'), ({ item }) => item),
    redFlags: sumBy(of('red-flag'), ({ item }) => item),
    notes: sumBy(of('note'), ({ item }) => item),
    data: statesByItem(of('data')),
    rfaAfterwards: sumBy(of('rfa-afterwards'), ({ state }) => state),
    heldBack: sumBy(of('held-back'), ({ item }) => item),
  };
}

function monthsOf(rows: readonly Row[]): readonly MonthReport[] {
  const months = [...new Set(rows.map(({ month }) => month))].sort();
  return months.map((month) => {
    const own = rows.filter((row) => row.month === month);
    const of = (measure: Measure) => own.filter((row) => row.measure === measure);
    return {
      ...{ month, orders: total(of('orders')), fired: total(of('fired')) },
      decisions: sumBy(of('decision'), ({ item }) => item),
    };
  });
}

function exportReport(plan: ReplayPlan, merged: Merged, summaries: readonly SourceSummary[]): ExportReport {
  const problems = new Map<string, number>();
  for (const summary of summaries)
    for (const [problem, count] of Object.entries(summary.problems))
      problems.set(problem, (problems.get(problem) ?? 0) + count);
  return {
    patients: merged.patients,
    patientsWithOrders: merged.patientsWithOrders,
    patientsTooLarge: merged.tooLarge,
    repeatedLines: merged.repeated,
    lines: summaries.reduce((sum, { lines }) => sum + lines, 0),
    problems: Object.fromEntries([...problems].sort()),
    attributed: summaries.reduce((sum, { attributed }) => sum + attributed, 0),
    sources: summaries.map((summary, index) => ({ name: plan.sources[index]?.name ?? '', ...summary })),
  };
}

function per100(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
}

function total(rows: readonly Row[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

function sumBy(rows: readonly Row[], key: (row: Row) => string): Counts {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + row.count);
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function statesByItem(rows: readonly Row[]): Readonly<Record<string, Counts>> {
  const items = [...new Set(rows.map(({ item }) => item))].sort();
  return Object.fromEntries(
    items.map((item) => [
      item,
      sumBy(
        rows.filter((row) => row.item === item),
        ({ state }) => state,
      ),
    ]),
  );
}
