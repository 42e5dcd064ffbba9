import type { EvaluationRecord } from './to-record.js';

/** What is counted, each by service and month. */
export type Measure =
  | 'orders' // item: order | procedure; state: what became of it
  | 'fired' // orders with a card; item: the first card's indicator
  | 'decision' // item: the decision
  | 'step' // item: the step; state: its worst over the sides
  | 'generator' // item: the finding; state: its status; orders, not findings
  | 'conflict'
  | 'red-flag'
  | 'note'
  | 'data' // item: the kind of data; state: what it was
  | 'rfa-afterwards' // state: yes | no | not-followed
  | 'held-back'; // item: why; resources that the chart did not hold at the time

export interface Count {
  readonly measure: Measure;
  readonly service: string;
  /** YYYY-MM. */
  readonly month: string;
  readonly item: string;
  readonly state: string;
}

/** Counts of whatever was met; sums do not depend on the order in which they are made. */
export class Tally {
  readonly #counts: Map<string, number>;

  constructor(counts: Readonly<Record<string, number>> = {}) {
    this.#counts = new Map(Object.entries(counts));
  }

  add(count: Count, times = 1): void {
    const key = [count.measure, count.service, count.month, count.item, count.state].join('\t');
    if (times > 0) this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
  }

  merge(other: Readonly<Record<string, number>>): void {
    for (const [key, times] of Object.entries(other))
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
  }

  toJSON(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Sorted by measure, service, month, item and state. */
  rows(): readonly (Count & { readonly count: number })[] {
    return Object.entries(this.toJSON()).map(([key, count]) => {
      const [measure, service = '', month = '', item = '', state = ''] = key.split('\t');
      return { measure: measure as Measure, service, month, item, state, count };
    });
  }
}

/** Counts one evaluated order. */
export function tallyRecord(tally: Tally, record: EvaluationRecord): void {
  const { service, month, from, outcome, cards, order, data = [], leftOut, rfaAfterwards } = record;
  const add = (measure: Measure, item: string, state = '', times = 1) => {
    tally.add({ measure, service, month, item, state }, times);
  };
  add('orders', from, outcome);
  for (const [why, count] of Object.entries(leftOut)) add('held-back', why, '', count);
  add('held-back', 'changed-later', '', record.changedLater);
  if (!order) return;
  if (cards[0] !== undefined) add('fired', cards[0]);
  add('decision', order.decision);
  for (const [id, state] of worstBySide(order.steps)) add('step', id, state);
  const generators = order.painGenerators.map(({ finding, status }) => `${finding}\t${status}`);
  for (const one of new Set(generators)) add('generator', ...(one.split('\t') as [string, string]));
  for (const id of new Set(order.conflicts)) add('conflict', id);
  for (const id of new Set(order.redFlags)) add('red-flag', id);
  for (const id of new Set(order.notes)) add('note', id);
  for (const { kind, state, count } of data)
    add('data', kind, state === 'complete' && count === 0 ? 'empty' : state);
  if (rfaAfterwards) add('rfa-afterwards', '', rfaAfterwards);
}

const WORST = ['met', 'unknown', 'not-met'];

/** A step is missing where one of its sides misses it. */
function worstBySide(steps: readonly { readonly id: string; readonly state: string }[]) {
  const worst = new Map<string, string>();
  for (const { id, state } of steps) {
    const known = worst.get(id);
    if (known === undefined || WORST.indexOf(state) > WORST.indexOf(known)) worst.set(id, state);
  }
  return worst;
}
