import type { Evidence, Side } from '../evidence.js';
import type { NotCounted, NotCountedReason } from '../evaluation.js';
import type { InterventionFact, InterventionKind, PatientFacts } from '../facts.js';
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
  unknown: 'outcome-unknown',
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
  if (!covers(fact.laterality, side)) return 'wrong-side';
  if (fact.preliminary) return 'preliminary';
  return undefined;
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
