import type {
  Condition,
  DiagnosticReport,
  DocumentReference,
  MedicationRequest,
  Observation,
  Procedure,
  Resource,
  ServiceRequest,
} from 'fhir/r4.js';
import type { DataKind, DataState } from '../evaluation/facts.js';
import type { Whose } from './references.js';
import { wellFormed } from './well-formed.js';
import { allOf } from '../lists.js';

/** What was read under one prefetch key; structurally what fhir/ returns. */
export type ChartPart =
  | { readonly status: 'complete'; readonly items: readonly Resource[] }
  | { readonly status: 'partial'; readonly items: readonly Resource[]; readonly missing: string }
  | { readonly status: 'unavailable'; readonly missing: string };

/** Everything that was read for one patient, key by key, and the kind of data each key fills. */
export interface Chart extends Whose {
  readonly parts: readonly { readonly key: string; readonly kind: DataKind; readonly part: ChartPart }[];
  /** Ids of the orders being signed: not evidence of anything, even if the server returns them. */
  readonly draftOrderIds: ReadonlySet<string>;
}

const LINKED_TYPES: ReadonlySet<string> = new Set(['DiagnosticReport', 'DocumentReference', 'Procedure']);

/**
 * A part whose reports, notes and procedures are well formed: they point to each other and to attachments, and are
 * looked at across resources before any one of them is mapped.
 */
export function readablePart(part: ChartPart): ChartPart {
  if (part.status === 'unavailable') return part;
  return {
    ...part,
    items: part.items.map((item) => (LINKED_TYPES.has(item.resourceType) ? wellFormed(item) : item)),
  };
}

/** Resources of the types the mappers read. */
export type ChartResource =
  | Condition
  | DiagnosticReport
  | DocumentReference
  | MedicationRequest
  | Observation
  | Procedure
  | ServiceRequest;

const READ_TYPES: ReadonlySet<string> = new Set([
  'Condition',
  'DiagnosticReport',
  'DocumentReference',
  'MedicationRequest',
  'Observation',
  'Procedure',
  'ServiceRequest',
]);

/** Whether a resource is of a type the mappers read. Its fields may still be malformed: mappers run guarded. */
export function isChartResource(resource: Resource): resource is ChartResource {
  return READ_TYPES.has(resource.resourceType);
}

export function isReport(resource: Resource): resource is DiagnosticReport {
  return resource.resourceType === 'DiagnosticReport';
}

export function isDocument(resource: Resource): resource is DocumentReference {
  return resource.resourceType === 'DocumentReference';
}

export function isProcedure(resource: Resource): resource is Procedure {
  return resource.resourceType === 'Procedure';
}

export function isObservation(resource: Resource): resource is Observation {
  return resource.resourceType === 'Observation';
}

export function isCondition(resource: Resource): resource is Condition {
  return resource.resourceType === 'Condition';
}

export function itemsOf(part: ChartPart): readonly Resource[] {
  return part.status === 'unavailable' ? [] : part.items;
}

/** Words for why a search is not whole; one table, so that no server's text reaches a card. */
const MISSING_WORDS: Readonly<Record<string, string>> = {
  'no-server': 'not delivered, and no FHIR server was named',
  'client-error-reported': 'the EHR reported an error for it',
  'not-authorized': 'this service may not read all of it',
  deadline: 'it did not arrive in time',
  'server-error': 'the FHIR server failed',
  rejected: 'the FHIR server refused the search',
  'too-large': 'there was more than can be read',
  'next-page-not-followed': 'not all pages could be read',
  unreadable: 'some of its records could not be read',
  abridged: 'some of its records came without all their parts',
  unread: 'there was not time to read all of it',
};

const NOT_OFFERED: ReadonlySet<string> = new Set(['no-server', 'not-authorized', 'rejected']);

/** Kinds of which nothing came, because the site does not give them to this service. */
export function kindsNotOffered(chart: Chart): readonly DataKind[] {
  const given = new Set(
    allOf(chart.parts, ({ kind, part }) =>
      part.status === 'unavailable' && NOT_OFFERED.has(part.missing) ? [] : [kind],
    ),
  );
  return [...new Set(chart.parts.map(({ kind }) => kind))].filter((kind) => !given.has(kind));
}

/**
 * Why a kind whose search is whole is not known whole: a resource could not be read, came without some parts, or was
 * not read in time.
 */
export type Lack = 'unreadable' | 'abridged' | 'unread';

const STATE_RANK = { complete: 0, partial: 1, unavailable: 2 } as const;

/**
 * One entry per kind: the worst state of its keys, the number of resources of this patient. Where they came from is
 * left out: the same record gives the same evaluation, prefetched or fetched (PF-4).
 *
 * @param lacking kinds of which some resource could not be read, or not all of it: what it would say is not known
 */
export function dataStates(
  chart: Chart,
  counts: ReadonlyMap<DataKind, number>,
  lacking: ReadonlyMap<string, Lack>,
): readonly DataState[] {
  const byKind = new Map<DataKind, ChartPart[]>();
  for (const { kind, part } of chart.parts) {
    const missing = lacking.get(kind);
    const told: ChartPart =
      missing && part.status === 'complete' ? { ...part, status: 'partial', missing } : part;
    byKind.set(kind, [...(byKind.get(kind) ?? []), told]);
  }
  return [...byKind].map(([kind, parts]) => stateOf(kind, parts, counts.get(kind) ?? 0));
}

function stateOf(kind: DataKind, parts: readonly ChartPart[], count: number): DataState {
  const anyRead = parts.some((part) => part.status !== 'unavailable');
  const worst = parts.toSorted((a, b) => STATE_RANK[b.status] - STATE_RANK[a.status])[0];
  const state = worst?.status === 'unavailable' && anyRead ? 'partial' : (worst?.status ?? 'unavailable');
  const reason =
    worst && worst.status !== 'complete'
      ? (MISSING_WORDS[worst.missing] ?? 'it could not be read')
      : undefined;
  return {
    kind,
    state,
    ...(state !== 'unavailable' && { count }),
    ...(reason && { reason }),
  };
}
