import type { Evidence, Side } from '../evidence.js';
import type { NotCounted, NotCountedReason } from '../evaluation.js';
import { unreadKinds } from '../criterion.js';
import { calendarDay } from '../dates.js';
import type { DataKind, InterventionFact, InterventionKind, PatientFacts, SetAside } from '../facts.js';
import { covers } from '../sides.js';

/** Which interventions a step looks at: its own targets, and others that are shown but can never count. */
export interface Targets {
  readonly targets: readonly InterventionKind[];
  readonly otherTargets: readonly InterventionKind[];
}

const NOT_CARRIED_OUT: Partial<Record<InterventionFact['status'], NotCountedReason>> = {
  'entered-in-error': 'entered-in-error',
  planned: 'planned',
  'not-done': 'not-done',
  stopped: 'stopped',
  unknown: 'status-unknown',
};

/**
 * Why an intervention cannot count for a step whatever came of it; undefined when it can.
 * Order matters: the reason named is the first that a reader of the record would give.
 */
export function barred(
  fact: InterventionFact,
  kinds: Targets,
  side: Side | undefined,
): NotCountedReason | undefined {
  const notCarriedOut = NOT_CARRIED_OUT[fact.status];
  if (notCarriedOut) return notCarriedOut;
  if (fact.contradictedByText) return 'status-contradicted-by-text';
  if (kinds.otherTargets.includes(fact.kind)) return 'wrong-target';
  if (fact.sideContradicted) return 'side-contradicted';
  if (!covers(fact.laterality, side)) return 'wrong-side';
  if (fact.preliminary) return 'preliminary';
  return undefined;
}

/** Whether one side is asked about, and the record of what was done names none. */
export function isSideless({ laterality }: InterventionFact, side: Side | undefined): boolean {
  return side !== undefined && laterality === undefined;
}

/** Whether the record does not say that one of the ordered side was carried out, nor that it was not. */
export function isUnsettled(fact: InterventionFact, side: Side | undefined): boolean {
  return fact.status === 'unknown' && covers(fact.laterality, side);
}

/**
 * Whether one more may be told where nothing could be read: notes not read whole, or a document named for it. Notes
 * that a site never gives are said to be unread, and do not keep what its other records show from being said.
 */
export function toldElsewhere(
  facts: PatientFacts,
  { targets, toldIn }: Pick<Targets, 'targets'> & { readonly toldIn: readonly DataKind[] },
): boolean {
  const another = facts.setAside.some(
    (record) =>
      record.why === 'unreadable' &&
      targets.includes(record.kind) &&
      !record.isOfKnown &&
      !facts.interventions.some((fact) => isOfSameDay(fact, record)),
  );
  const { notOffered = [] } = facts;
  return another || unreadKinds(facts, toldIn).some((kind) => !notOffered.includes(kind));
}

/** A report that belongs to no Procedure may still be of one: some EHRs link nothing. */
function isOfSameDay(fact: InterventionFact, record: SetAside): boolean {
  const day = calendarDay(record.date);
  return fact.kind === record.kind && day !== undefined && day === calendarDay(fact.date);
}

/** The interventions a step looks at. Those of other targets only when they were carried out. */
export function lookedAt(facts: readonly InterventionFact[], kinds: Targets): readonly InterventionFact[] {
  return facts.filter(
    (fact) =>
      kinds.targets.includes(fact.kind) ||
      (kinds.otherTargets.includes(fact.kind) && fact.status === 'completed'),
  );
}

/** Records about a step's own targets that were set aside unread: someone else's, or not readable. */
export function setAsideFor(
  { setAside }: PatientFacts,
  { targets }: Pick<Targets, 'targets'>,
): readonly NotCounted[] {
  return setAside
    .filter(({ kind }) => targets.includes(kind))
    .map((record) => ({ why: record.why, evidence: chief(record) }));
}

/** What a result may call, over one intervention: the first evidence stands for it. */
export function chief(fact: { readonly evidence: readonly [Evidence, ...Evidence[]] }): Evidence {
  return fact.evidence[0];
}
