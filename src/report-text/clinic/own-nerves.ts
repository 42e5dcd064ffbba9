import type { TextIntervention, TextInterventionKind } from '../reading.js';

/** What is done to the L5 dorsal ramus by itself, where the lateral branches are treated with it. */
const WITH_BRANCHES: ReadonlyMap<TextInterventionKind, TextInterventionKind> = new Map<
  TextInterventionKind,
  TextInterventionKind
>([
  ['sacral-lateral-branch-rfa', 'facet-rfa'],
  ['lateral-branch-block', 'medial-branch-block'],
]);
/** Characters between two items of one list. */
const ITEM_REACH = 120;
const SACRAL = /^S[1-4]$/u;

/**
 * "1. Neurotomy of the L5 dorsal ramus. 2. Neurotomy of the S1-S3 lateral branches.": one session at the nerves of the
 * joint, told in two items. The L5 ramus alone supplies no facet joint: of facets it is only with a level above.
 */
export function withOwnNerves<Event extends TextIntervention>(events: readonly Event[]): readonly Event[] {
  const kept: Event[] = [];
  for (const event of events) {
    const before = kept.at(-1);
    const whole = before && (withRamus(before, event) ?? withRamus(event, before));
    if (whole === undefined) kept.push(event);
    else kept.splice(-1, 1, whole);
  }
  return kept;
}

function withRamus<Event extends TextIntervention>(ramus: Event, branches: Event): Event | undefined {
  const isRamus =
    WITH_BRANCHES.get(branches.kind) === ramus.kind &&
    ramus.levels.join() === 'L5' &&
    ramus.relief === undefined;
  const isOne =
    isRamus &&
    ramus.status === branches.status &&
    ramus.laterality === branches.laterality &&
    ramus.date === branches.date &&
    branches.levels.length > 0 &&
    branches.levels.every((level) => SACRAL.test(level)) &&
    Math.abs(branches.start - ramus.start) <= ITEM_REACH;
  return isOne ? { ...branches, levels: [...ramus.levels, ...branches.levels] } : undefined;
}
