import { compare } from '../evaluation/dates.js';
import type { DataKind } from '../evaluation/facts.js';
import { isDocument, isProcedure, isReport, type ChartResource } from './chart.js';
import type { Collected } from './collected.js';
import type { OwnRecords } from './own-records.js';

type Own = OwnRecords['resources'][number];

/** What is mostly codes first, then texts, which take long, the newest first: what time runs out for is the oldest. */
export function inReadingOrder(resources: readonly Own[]): readonly Own[] {
  const ordered: Own[] = [];
  const texts: { readonly own: Own; readonly date: string }[] = [];
  for (const own of resources)
    if (isReport(own.resource) || isDocument(own.resource)) texts.push({ own, date: dateOf(own.resource) });
    else ordered.push(own);
  for (const { own } of texts.sort((a, b) => compare(b.date, a.date))) ordered.push(own);
  return ordered;
}

function dateOf(resource: ChartResource): string {
  const date = isReport(resource)
    ? (resource.effectiveDateTime ?? resource.effectivePeriod?.start ?? resource.issued)
    : isDocument(resource) && resource.date;
  return typeof date === 'string' ? date : '';
}

/** A reading on its way: what was left for want of time. */
export class Reading {
  readonly own: OwnRecords;
  /** How many resources of a kind were left. */
  readonly left = new Map<DataKind, number>();

  constructor(own: OwnRecords) {
    this.own = own;
  }

  leave(reference: string): void {
    const kind = this.own.kinds.get(reference);
    if (kind) this.left.set(kind, (this.left.get(kind) ?? 0) + 1);
  }

  /** How many resources of a kind were read. */
  counts(): ReadonlyMap<DataKind, number> {
    if (this.left.size === 0) return this.own.counts;
    return new Map([...this.own.counts].map(([kind, count]) => [kind, count - (this.left.get(kind) ?? 0)]));
  }

  /** The order of reading never shows: after what was found before, the others stand in that of their references. */
  restoreOrder({ excluded, recordNotes, setAside }: Collected): void {
    if (Math.max(excluded.length, recordNotes.length, setAside.length) < 2) return;
    const rank = new Map<string, number>();
    for (const { resource, reference } of this.own.resources)
      if (!isProcedure(resource)) rank.set(reference, rank.size);
    const rankOf = ({ reference }: { readonly reference: string }): number => rank.get(reference) ?? -1;
    excluded.sort((a, b) => rankOf(a.evidence) - rankOf(b.evidence));
    for (const list of [recordNotes, setAside])
      list.sort((a, b) => rankOf(a.evidence[0]) - rankOf(b.evidence[0]));
  }
}
