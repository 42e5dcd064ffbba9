import { calendarDay, instantsOf } from '../evaluation/dates.js';
import type { SomeEvidence } from '../evaluation/evidence.js';
import type { Relief } from '../evaluation/facts.js';
import { groupBy } from '../evaluation/grouping.js';
import { allOf } from '../lists.js';
import type { ToldIntervention } from './collected.js';
import { timeBetween } from './events.js';
import type { PainScore } from './observation.js';

/**
 * Relief from pairs of pain scores of one scale, site and session: the score before and the score after a block.
 * A pair counts for the Procedure both point to, else for the only block of that day. Stated relief stands first.
 */
export function addComputedRelief(
  interventions: readonly ToldIntervention[],
  scores: readonly PainScore[],
): readonly ToldIntervention[] {
  if (scores.length < 2) return interventions;
  const ofProcedure = groupBy(scores, ({ procedure }) => procedure);
  const ofDay = groupBy(ofProcedure.get(undefined) ?? [], ({ date }) => calendarDay(date));
  const records = interventions.filter(
    ({ toldBy, status }) => toldBy === 'record' && status !== 'entered-in-error',
  );
  const recordsOfDay = groupBy(records, ({ date }) => calendarDay(date));
  return interventions.map((fact) => {
    if (fact.relief || fact.toldBy !== 'record' || fact.status !== 'completed') return fact;
    const day = calendarDay(fact.date);
    const isOnlyOne = day !== undefined && recordsOfDay.get(day)?.length === 1;
    const own = [
      ...allOf(fact.evidence, ({ reference }) => ofProcedure.get(reference) ?? []).map((score) =>
        timedBy(score, fact.date),
      ),
      ...(isOnlyOne ? (ofDay.get(day) ?? []) : []),
    ];
    const pair = pairOf(own);
    if (!pair) return fact;
    const after = timeBetween(fact.date, pair.later.date);
    return {
      ...fact,
      relief: pair.relief,
      ...(after && { reliefMeasuredAfter: after }),
      evidence: evidenceWith(fact, pair),
    };
  });
}

/** A score of a procedure's own that is not called before or after it, by the clock, where both are of one session. */
function timedBy(score: PainScore, performed: string | undefined): PainScore {
  const [taken, done] = [instantsOf(score.date), instantsOf(performed)];
  if (score.when !== undefined || !taken || !done) return score;
  const isExact = taken.first === taken.last && done.first === done.last;
  if (!isExact || taken.first === done.first) return score;
  if (Math.abs(taken.first - done.first) > SESSION_MS) return score;
  return { ...score, when: taken.first < done.first ? 'before' : 'after' };
}

const SESSION_MS = 24 * 3_600_000;

interface Pair {
  readonly relief: Relief;
  readonly earlier: PainScore;
  readonly later: PainScore;
}

/** The two scores stand first, with what they give, for the decision rests on them. */
function evidenceWith({ evidence }: ToldIntervention, { relief, earlier, later }: Pair): SomeEvidence {
  const known = evidence.map(({ reference }) => reference);
  const scores = { before: earlier.value, after: later.value, reliefPercent: relief.low };
  return [
    { reference: later.reference, ...(later.date && { date: later.date }), scores },
    ...evidence,
    ...[earlier.reference]
      .filter((reference) => reference !== later.reference && !known.includes(reference))
      .map((reference) => ({ reference, ...(earlier.date && { date: earlier.date }) })),
  ];
}

function pairOf(scores: readonly PainScore[]): Pair | undefined {
  const before = scores.filter(({ when }) => when === 'before');
  const after = scores.filter(({ when }) => when === 'after');
  const [pre, post] = [before[0], after[0]];
  if (before.length !== 1 || after.length !== 1 || !pre || !post || !areOfOne(pre, post)) return undefined;
  if (pre.value <= 0 || pre.isElsewhere) return undefined;
  const percent = Math.round(Math.min(100, Math.max(0, ((pre.value - post.value) / pre.value) * 100)));
  return {
    relief: { low: percent, high: percent, computed: true },
    earlier: pre,
    later: post,
  };
}

/** Of one scale, site and unit, each an exact value. */
function areOfOne(pre: PainScore, post: PainScore): boolean {
  if (pre.isBound || post.isBound) return false;
  return pre.scale === post.scale && pre.site === post.site && pre.unit === post.unit;
}
