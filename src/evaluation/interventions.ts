import { ablationOutcome } from './criteria/ablation-outcome.js';
import { blockOutcome } from './criteria/block-relief.js';
import { isAlone } from './criteria/not-alone.js';
import type { Targets } from './criteria/admission.js';
import type { Question } from './criterion.js';
import type { BlockReliefParams } from './criterion-params.js';
import type { Draft } from './draft.js';
import type { Intervention } from './evaluation.js';
import type { InterventionFact, PatientFacts } from './facts.js';
import type { Policy } from './policy.js';

/**
 * Those that somebody stands by. What was entered in error is named beside the step it was of, and says nothing else of
 * this patient: no side, no date, no contradiction.
 */
export function standing({ interventions }: PatientFacts): readonly InterventionFact[] {
  return interventions.filter(({ status }) => status !== 'entered-in-error');
}

/** An intervention of the record with its outcome as the policy's thresholds read it. */
export function toIntervention(fact: InterventionFact, policy: Policy, question: Question): Intervention {
  const outcome = outcomeOf(fact, policy, question);
  // Members in the order in which they are sent.
  const told: Draft<Omit<Intervention, 'evidence'>> = { kind: fact.kind, status: fact.status };
  if (fact.date) told.date = fact.date;
  if (fact.levels.length > 0) told.levels = fact.levels;
  if (fact.laterality) told.laterality = fact.laterality;
  if (fact.technique) told.technique = fact.technique;
  if (fact.relief) told.reliefPercent = fact.relief;
  if (fact.reliefDuration) told.reliefDuration = fact.reliefDuration;
  if (outcome) told.outcome = outcome;
  return Object.assign(told, { evidence: fact.evidence });
}

const BLOCK_OUTCOMES = {
  positive: 'positive',
  'equivocal-relief': 'equivocal',
  'negative-relief': 'negative',
} as const;

function isLookedAt({ kind }: InterventionFact, { targets, otherTargets }: Targets): boolean {
  return targets.includes(kind) || otherTargets.includes(kind);
}

/** How the policy's thresholds read it; nothing for what was not carried out or has no threshold. */
function outcomeOf(
  fact: InterventionFact,
  policy: Policy,
  question: Question,
): Intervention['outcome'] | undefined {
  if (fact.status !== 'completed' || fact.contradictedByText) return undefined;
  for (const criterion of policy.criteria) {
    if (criterion.kind === 'block-relief' && isLookedAt(fact, criterion.params))
      return outcomeOfBlock(fact, criterion.params, question);
    if (criterion.kind === 'ablation-outcome' && isLookedAt(fact, criterion.params)) {
      const outcome = ablationOutcome(fact, criterion.params, question.asOf);
      return outcome === 'worked' || outcome === 'failed' ? outcome : 'unknown';
    }
  }
  return undefined;
}

function outcomeOfBlock(
  fact: InterventionFact,
  params: BlockReliefParams,
  question: Question,
): Intervention['outcome'] {
  const outcome = blockOutcome(fact, params);
  const counts =
    outcome !== 'positive' || !params.targets.includes(fact.kind) || isAlone(fact, question, params);
  return counts && outcome in BLOCK_OUTCOMES
    ? BLOCK_OUTCOMES[outcome as keyof typeof BLOCK_OUTCOMES]
    : 'unknown';
}
