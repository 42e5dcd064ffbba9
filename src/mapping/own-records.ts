import type { Patient, PatientLink, Reference, Resource } from 'fhir/r4.js';
import type { DataKind, SetAside } from '../evaluation/facts.js';
import { isChartResource, isProcedure, itemsOf, type Chart, type ChartResource } from './chart.js';
import { exclude } from './collected.js';
import { guarded, type GuardedContext } from './guarded.js';
import { meaningOf } from './procedure-kind.js';
import { isPatient, literalReference, referenceTo, type Whose } from './references.js';
import { isAbridged } from '../cds-hooks/processing.js';
import { isUnderstood } from './understood.js';
import { allOf } from '../lists.js';

/** A chart that was checked: every resource is the patient's own, of a type that is read. */
export interface OwnRecords {
  readonly resources: readonly { readonly resource: ChartResource; readonly reference: string }[];
  readonly byReference: ReadonlyMap<string, ChartResource>;
  readonly counts: ReadonlyMap<DataKind, number>;
  readonly kinds: ReadonlyMap<string, DataKind>;
  /** Kinds of which some resource is said to lack parts. */
  readonly abridged: ReadonlySet<DataKind>;
}

/** Sorts a chart: what is the patient's and may be read; everything else is set aside, and said so. */
export function ownRecords(chart: Chart, context: GuardedContext): OwnRecords {
  const byReference = new Map<string, ChartResource>();
  const counts = new Map<DataKind, number>();
  const kinds = new Map<string, DataKind>();
  const abridged = new Set<DataKind>();
  const merged = mergedWith(chart);
  for (const { kind, part } of chart.parts) {
    const whose = new Set<ReturnType<typeof standingOf> | 'merged'>();
    for (const resource of itemsOf(part)) {
      const reference = referenceTo(resource);
      const standing = standingOf(resource, chart);
      whose.add(standing === 'other-patient' && isOfAny(merged, resource) ? 'merged' : standing);
      if (reference && byReference.has(reference)) continue;
      if (!reference || standing === 'unreadable') context.unread.add(kind);
      if (!reference) continue;
      kinds.set(reference, kind);
      if (standing !== 'own') {
        setAside(resource, { reference, why: standing }, context);
        continue;
      }
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      if (isAbridged(resource)) abridged.add(kind);
      if (isChartResource(resource)) byReference.set(reference, resource);
    }
    if (isAnswerForOthers(whose)) context.unread.add(kind);
  }
  const resources: Own[] = [];
  for (const [reference, resource] of byReference) resources.push({ reference, resource });
  resources.sort((a, b) => (a.reference < b.reference ? -1 : 1));
  return { resources, byReference, counts, kinds, abridged };
}

type Own = OwnRecords['resources'][number];

/**
 * A search that found others' records alone was not answered for this patient: what it would have found is not known.
 * Nor is it where records stand under another id that the patient was merged with.
 */
function isAnswerForOthers(whose: ReadonlySet<string>): boolean {
  return whose.has('merged') || (whose.has('other-patient') && !whose.has('own'));
}

/** `Patient/<id>` of the other entries that the patient's own says are of the same person. */
function mergedWith(chart: Chart): ReadonlySet<string> {
  const own = allOf(chart.parts, ({ part }) => itemsOf(part))
    .filter((resource): resource is Patient => resource.resourceType === 'Patient')
    .filter(({ id }) => id === chart.patientId);
  const links = allOf(own, ({ link }): readonly unknown[] => (Array.isArray(link) ? link : []));
  return new Set(
    allOf(links, (link) => literalReference((link as Partial<PatientLink> | null)?.other) ?? []),
  );
}

function isOfAny(patients: ReadonlySet<string>, resource: Resource): boolean {
  return patients.size > 0 && patients.has(literalReference(subjectOf(resource)) ?? '');
}

/** Of what is set aside nothing is read but what procedure it claims to be, so that the step can name it. */
function setAside(
  resource: Resource,
  { reference, why }: { readonly reference: string; readonly why: SetAside['why'] },
  context: GuardedContext,
): void {
  const evidence = [{ reference }] as const;
  exclude(context.collected, reference, why);
  if (why === 'other-patient') context.collected.recordNotes.push({ id: 'other-patient-record', evidence });
  if (!isChartResource(resource) || !isProcedure(resource)) return;
  guarded(resource, reference, context, ({ code, bodySite = [] }, trial) => {
    const kind = meaningOf(code, bodySite, trial)?.intervention;
    if (kind) trial.collected.setAside.push({ kind, why, evidence });
  });
}

/** Whether a resource is the patient's, and may be read. One without a readable subject, or of a patient on another server, cannot be told, and is not used. */
export function standingOf(resource: Resource, whose: Whose): 'own' | SetAside['why'] {
  const belongs = belongsTo(resource, whose);
  if (belongs === 'no') return 'other-patient';
  return belongs === 'yes' && isUnderstood(resource) ? 'own' : 'unreadable';
}

function belongsTo(resource: Resource, whose: Whose): ReturnType<typeof isPatient> {
  if (resource.resourceType === 'Patient') return resource.id === whose.patientId ? 'yes' : 'no';
  return isPatient(subjectOf(resource), whose);
}

function subjectOf(resource: Resource): Reference | undefined {
  const { subject, patient } = resource as { readonly subject?: Reference; readonly patient?: Reference };
  return subject ?? patient;
}
