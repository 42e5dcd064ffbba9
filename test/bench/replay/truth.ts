/** The truth of a generated export, in the shape of the report's part on each service: what report.json has to say. */
import type { OrderTruth } from './patient.js';

type Counts = Record<string, number>;

export interface ExportTruth {
  patients: number;
  /** Of orders of 64772, and with `--rfa` of orders of 64625, too. */
  patientsWithOrders: number;
  patientsWithOrdersOrAblations: number;
  neurectomy: ServiceTruth;
  ablation: ServiceTruth;
}

export interface ServiceTruth {
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
    ...{ patients: 0, patientsWithOrders: 0, patientsWithOrdersOrAblations: 0 },
    ...{ neurectomy: emptyService(), ablation: emptyService() },
  };
}

function emptyService(): ServiceTruth {
  return {
    ...{ orders: 0, outcomes: {}, from: {}, fired: 0 },
    ...{ months: [], decisions: {}, steps: {}, generators: {}, rfaAfterwards: {} },
  };
}

function count(counts: Counts, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** @param neurectomy truth of one patient's order; undefined for one without */
export function addTruth(
  all: ExportTruth,
  neurectomy: OrderTruth | undefined,
  ablations: readonly OrderTruth[],
): void {
  all.patients += 1;
  if (neurectomy) all.patientsWithOrders += 1;
  if (neurectomy || ablations.length > 0) all.patientsWithOrdersOrAblations += 1;
  if (neurectomy) addOrder(all.neurectomy, neurectomy);
  for (const ablation of ablations) addOrder(all.ablation, ablation);
}

function addOrder(all: ServiceTruth, truth: OrderTruth): void {
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

function monthOf(all: ServiceTruth, month: string): ServiceTruth['months'][number] {
  const known = all.months.find((one) => one.month === month);
  if (known) return known;
  const fresh = { month, orders: 0, fired: 0, decisions: {} };
  all.months.push(fresh);
  all.months.sort((a, b) => (a.month < b.month ? -1 : 1));
  return fresh;
}
