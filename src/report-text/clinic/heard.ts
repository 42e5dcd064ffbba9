import { answered } from './denials.js';
import type { Anchor, AnchoredSentence } from './anchors.js';
import { isConditional } from './conditions.js';
import { evidenced, isOpen } from './events.js';
import { inheritedStatus, isDeniedInList, limitsOf, type ToldLast } from './in-list.js';
import type { ReliefMention } from './relief.js';
import { statusOf, type MentionStatus } from './status.js';

/** A procedure, or what points to one, with what its sentence says of it. */
export interface Heard {
  readonly anchor: Anchor;
  readonly told: AnchoredSentence;
  readonly limits: readonly [number, number];
  readonly said: MentionStatus | undefined;
  readonly reliefs: readonly ReliefMention[];
  /** `completed` where it has a relief or a date of its own. */
  readonly evidence: MentionStatus | undefined;
  /** Nothing says that it was done, nor that it was not. */
  readonly isOpenStill: boolean;
  readonly isOnlyIf: boolean;
}

/** What was planned and has brought relief was done. */
export function statusHeard({ said, reliefs }: Heard): MentionStatus | undefined {
  return said === 'planned' && reliefs.some(({ relief }) => relief.high > 0) ? 'completed' : said;
}

function saidOf(
  anchor: Anchor,
  told: AnchoredSentence,
  { limits, last }: Pick<Heard, 'limits'> & { readonly last: ToldLast },
): MentionStatus | undefined {
  return (
    answered(anchor, told) ?? statusOf(told.sentence, anchor, limits) ?? inheritedStatus(anchor, told, last)
  );
}

/**
 * What a sentence says of one of its procedures.
 * @param last what was told of last, and its status
 */
export function heardOf(anchor: Anchor, told: AnchoredSentence, last: ToldLast): Heard {
  const limits = limitsOf(anchor, told);
  const said = isDeniedInList(anchor, told, last) ? 'not-done' : saidOf(anchor, told, { limits, last });
  const reliefs = told.reliefs.get(anchor) ?? [];
  const evidence = evidenced(reliefs, told.dates.get(anchor) ?? []);
  const isOpenStill = isOpen(said) && evidence === undefined;
  const isOnlyIf = isOpenStill && isConditional(anchor, told);
  return { anchor, told, limits, said, reliefs, evidence, isOpenStill, isOnlyIf };
}
