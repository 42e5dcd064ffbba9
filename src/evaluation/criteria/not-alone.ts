import type { Question } from '../criterion.js';
import { calendarDay } from '../dates.js';
import type { InterventionFact } from '../facts.js';
import type { BlockReliefParams } from '../criterion-params.js';
import { facetSegments } from '../pain-generators/segments.js';
import { covers, shareSide } from '../sides.js';

/**
 * Whether no other injection that may have reached the same pain was carried out on the day of a block: else which of
 * the two relieved it cannot be told. Of records without a day nothing is assumed.
 */
export function isAlone(
  block: InterventionFact,
  { facts, side }: Pick<Question, 'facts' | 'side'>,
  { confoundedBy }: Pick<BlockReliefParams, 'confoundedBy'>,
): boolean {
  const day = calendarDay(block.date);
  const reaches = ({ laterality }: InterventionFact) =>
    side === undefined ? shareSide(laterality, block.laterality) : covers(laterality, side);
  return (
    day === undefined ||
    !facts.interventions.some(
      (other) =>
        confoundedBy.includes(other.kind) &&
        other.status === 'completed' &&
        !other.contradictedByText &&
        calendarDay(other.date) === day &&
        reaches(other) &&
        !isPartOfBlock(other),
    )
  );
}

/** A block of the L5 dorsal ramus alone belongs to that of the lateral branches: it reaches no facet joint. */
function isPartOfBlock({ kind, levels }: InterventionFact): boolean {
  return kind === 'medial-branch-block' && levels.length > 0 && facetSegments(levels).length === 0;
}
