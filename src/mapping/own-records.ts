import type { Reference, Resource } from 'fhir/r4.js';
import type { DataKind, SetAside } from '../evaluation/facts.js';
import { isChartResource, isProcedure, itemsOf, type Chart, type ChartResource } from './chart.js';
import { exclude } from './collected.js';
import { guarded, type GuardedContext } from './guarded.js';
import { meaningOf } from './procedure-kind.js';
import { isPatient, referenceTo, type Whose } from './references.js';
import { isAbridged } from '../cds-hooks/processing.js';
import { isUnderstood } from './understood.js';

/** A chart that was checked: every resource is the patient's own, of a type that is read. */
export interface OwnRecords {
  readonly resources: readonly { readonly resource: ChartResource; readonly reference: string }[];
  readonly counts: ReadonlyMap<DataKind, number>;
  readonly kinds: ReadonlyMap<string, DataKind>;
  /** Kinds of which some resource is said to lack parts. */
  readonly abridged: ReadonlySet<DataKind>;
}

/** Sorts a chart: what is the patient's and may be read; everything else is set aside, and said so. */
export function ownRecords(chart: Chart, context: GuardedContext): OwnRecords {
  const resources = new Map<string, ChartResource>();
  const counts = new Map<DataKind, number>();
  const kinds = new Map<string, DataKind>();
  const abridged = new Set<DataKind>();
  for (const { kind, part } of chart.parts) {
    for (const resource of itemsOf(part)) {
      const reference = referenceTo(resource);
      if (reference && resources.has(reference)) continue;
      const standing = standingOf(resource, chart);
      if (!reference || standing === 'unreadable') context.unread.add(kind);
      if (!reference) continue;
      kinds.set(reference, kind);
      if (standing !== 'own') {
        setAside(resource, { reference, why: standing }, context);
        continue;
      }
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      if (isAbridged(resource)) abridged.add(kind);
      if (isChartResource(resource)) resources.set(reference, resource);
    }
  }
  const sorted = [...resources].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    resources: sorted.map(([reference, resource]) => ({ reference, resource })),
    ...{ counts, kinds, abridged },
  };
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
  const { subject, patient } = resource as { readonly subject?: Reference; readonly patient?: Reference };
  return isPatient(subject ?? patient, whose);
}
