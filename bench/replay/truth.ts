/** The truth of a generated export, in the shape of the report's part on the service: what report.json has to say. */
import type { PatientTruth } from './patient.js';

type Counts = Record<string, number>;

export interface ExportTruth {
  patients: number;
  patientsWithOrders: number;
  orders: number;
  outcomes: Counts;
  from: Counts;
  fired: number;
  months: { month: string; orders: number; fired: number; decisions: Counts }[];
  decisions: Counts;
  steps: Record<string, Counts>;
  generators: Record<string, Counts>;
  rfaAfterwards: Counts;
}

export function emptyTruth(): ExportTruth {
  return {
    ...{ patients: 0, patientsWithOrders: 0, orders: 0, outcomes: {}, from: {}, fired: 0 },
    ...{ months: [], decisions: {}, steps: {}, generators: {}, rfaAfterwards: {} },
  };
}

function count(counts: Counts, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** @param truth of one patient; undefined for one without an order */
export function addTruth(all: ExportTruth, truth: PatientTruth | undefined): void {
  all.patients += 1;
  if (!truth) return;
  all.patientsWithOrders += 1;
  all.orders += 1;
  count(all.outcomes, truth.outcome);
  count(all.from, truth.from);
  const month = monthOf(all, truth.month);
  month.orders += 1;
  if (truth.outcome !== 'reviewed') return;
  // Whatever the pathway says of an order it reviews, it says on a card.
  all.fired += 1;
  month.fired += 1;
  count(all.decisions, truth.decision);
  count(month.decisions, truth.decision);
  for (const [step, state] of Object.entries(truth.steps)) count((all.steps[step] ??= {}), state);
  if (truth.stenosis) count((all.generators['foraminal-stenosis'] ??= {}), 'unaddressed');
  count(all.rfaAfterwards, truth.rfaAfterwards);
}

function monthOf(all: ExportTruth, month: string): ExportTruth['months'][number] {
  const known = all.months.find((one) => one.month === month);
  if (known) return known;
  const fresh = { month, orders: 0, fired: 0, decisions: {} };
  all.months.push(fresh);
  all.months.sort((a, b) => (a.month < b.month ? -1 : 1));
  return fresh;
}
