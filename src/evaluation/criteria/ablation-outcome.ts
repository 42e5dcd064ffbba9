import { dayRange, durationDays, quantityDays, shiftDay } from '../dates.js';
import type { InterventionFact } from '../facts.js';
import type { NotCountedReason } from '../evaluation.js';
import type { AblationOutcomeParams } from '../criterion-params.js';

export type AblationOutcome = 'worked' | 'failed' | NotCountedReason;

/**
 * How one ablation is read: failed below the policy's relief (or relief that did not last), worked at or above it
 * for its duration; too recent to judge, or without a usable outcome, it is neither.
 */
export function ablationOutcome(
  fact: InterventionFact,
  params: AblationOutcomeParams,
  asOf: number,
): AblationOutcome {
  if (fact.technique === 'pulsed') return 'not-ablation';
  const days = dayRange(fact.date);
  if (days !== undefined && asOf < shiftDay(days.first, params.judgedAfter, 1)) return 'too-recent';
  // No share of relief, no duration: "failed" alone does not meet the policy's definition of a failure (less than 50 %
  // at six weeks or later, after a complete lesion), and must not open what cannot be undone.
  if (fact.relief === undefined && fact.calledFailed) return 'relief-not-recorded';
  if (fact.relief === undefined) return isAncient(days, params, asOf) ? 'too-old' : 'outcome-unknown';
  if (fact.relief.ofIndexPain === false) return 'relief-at-other-site';
  if (fact.relief.low >= params.successfulRelief.value) return lasted(fact, params);
  if (fact.relief.isBound && fact.relief.high >= params.successfulRelief.value) return 'outcome-unknown';
  if (fact.relief.high >= params.successfulRelief.value && lasted(fact, params) === 'worked')
    return 'outcome-contradicted';
  const seen = durationDays(fact.reliefMeasuredAfter ?? fact.reliefToldAfter);
  return seen !== undefined && seen < quantityDays(params.judgedAfter) ? 'outcome-unknown' : 'failed';
}

function isAncient(days: ReturnType<typeof dayRange>, params: AblationOutcomeParams, asOf: number): boolean {
  return days !== undefined && days.last < shiftDay(asOf, params.outcomeExpectedWithin, -1);
}

/** Calendar months are 28 to 31 days: a relief of "three months" must not fail for a rounding. */
const ROUNDING_DAYS = 2;

function lasted(fact: InterventionFact, params: AblationOutcomeParams): AblationOutcome {
  const needed = quantityDays(params.successfulDuration) - ROUNDING_DAYS;
  const duration = durationDays(fact.reliefDuration);
  if (duration !== undefined) return duration >= needed ? 'worked' : 'failed';
  const measured = durationDays(fact.reliefMeasuredAfter);
  return measured !== undefined && measured >= needed ? 'worked' : 'outcome-unknown';
}
