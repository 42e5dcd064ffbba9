import { areApart, certainlyApart } from '../apart.js';
import { isLater } from '../dates.js';
import type { Question } from '../criterion.js';
import type { AblationOutcomeParams } from '../criterion-params.js';
import type { NotCounted, NotCountedReason } from '../evaluation.js';
import type { InterventionFact } from '../facts.js';
import { ablationOutcome, type AblationOutcome } from './ablation-outcome.js';
import { covers } from '../sides.js';
import { barred, chief, isSideless, isUnsettled, lookedAt } from './admission.js';
import { allOf } from '../../lists.js';

/** The ablations that a step looks at, by what can be said of them. */
export interface Attempts {
  readonly failed: readonly InterventionFact[];
  readonly worked: readonly InterventionFact[];
  /** Carried out, but what came of it, or on which side, is not known, or not yet. */
  readonly unjudged: readonly NotCountedReason[];
  /** On the ordered side, and the record does not say whether they were carried out. */
  readonly unsettled: readonly InterventionFact[];
  /** Begun and not carried through, and none carried out since. */
  readonly broken: readonly InterventionFact[];
  readonly notCounted: readonly NotCounted[];
}

export function sortAttempts(question: Question, params: AblationOutcomeParams): Attempts {
  const failed: InterventionFact[] = [];
  const worked: InterventionFact[] = [];
  const unjudged: NotCountedReason[] = [];
  const notCounted: NotCounted[] = [];
  const ended: InterventionFact[] = [];
  const done: InterventionFact[] = [];
  const lookedAtAll = lookedAt(question.facts.interventions, params);
  for (const fact of lookedAtAll) {
    const bar = barred(fact, params, question.side);
    const outcome = bar ?? outcomeOnSide(fact, params, question);
    const isOwn = mayBeOwn(fact, params, question);
    if (isOwn && isEndedBy(bar)) ended.push(fact);
    else if (isOwn && fact.status === 'completed') done.push(fact);
    if (outcome === 'failed') failed.push(fact);
    else if (outcome === 'worked') worked.push(fact);
    else {
      notCounted.push({ why: outcome, evidence: chief(fact) });
      if (bar ? UNJUDGED_BARS.has(bar) : UNJUDGED.has(outcome)) unjudged.push(outcome);
    }
  }
  const unsettled = lookedAtAll.filter((fact) => isUnsettled(fact, question.side));
  // What was done later has answered why one was broken off.
  const broken = ended.filter((fact) => !done.some((other) => isLater(other.date, fact.date)));
  return { failed, worked, unjudged, unsettled, broken, notCounted };
}

/** Ablations of the step's own target that may be of the side in question. */
function mayBeOwn(
  { kind, laterality, technique }: InterventionFact,
  { targets }: AblationOutcomeParams,
  { side }: Question,
): boolean {
  return targets.includes(kind) && covers(laterality, side) && technique !== 'pulsed';
}

function isEndedBy(bar: NotCountedReason | undefined): boolean {
  return bar === 'stopped' || bar === 'status-contradicted-by-text';
}

/** Two failed ablations open a step that cannot be undone: one without a side is not taken for the ordered side's. */
function outcomeOnSide(
  fact: InterventionFact,
  params: AblationOutcomeParams,
  { side, asOf }: Question,
): AblationOutcome {
  const outcome = ablationOutcome(fact, params, asOf);
  const counts = outcome === 'failed' || outcome === 'worked' || UNJUDGED.has(outcome);
  return counts && isSideless(fact, side) ? 'side-not-recorded' : outcome;
}

const UNJUDGED_BARS: ReadonlySet<NotCountedReason> = new Set(['preliminary', 'side-contradicted']);
const UNJUDGED: ReadonlySet<AblationOutcome> = new Set([
  'too-recent',
  'outcome-unknown',
  'relief-at-other-site',
  'side-not-recorded',
  'outcome-contradicted',
  'relief-not-recorded',
]);

/** Failed ones of which it is certain that they are different ones. */
export function countFailed({ failed }: Pick<Attempts, 'failed'>, params: AblationOutcomeParams): number {
  return certainlyApart(failed, params.attemptsApart);
}

/** Failed ones as they are told: what is told of one day is one, also where each level is a record of its own. */
export function countTold({ failed }: Pick<Attempts, 'failed'>): number {
  const dated = allOf(failed, ({ date }) => date?.slice(0, 10) ?? []);
  return new Set(dated).size + failed.length - dated.length;
}

/** Tellings that by their dates may be of one ablation, and say of it that it worked and that it failed. */
export function contested(
  { failed, worked }: Attempts,
  params: AblationOutcomeParams,
): readonly InterventionFact[] {
  const mayBeOne = (a: InterventionFact, b: InterventionFact) =>
    a.date !== undefined && b.date !== undefined && !areApart(a, b, params.attemptsApart);
  return [
    ...worked.filter((yes) => failed.some((no) => mayBeOne(yes, no))),
    ...failed.filter((no) => worked.some((yes) => mayBeOne(yes, no))),
  ];
}

/** The last ablation that was judged worked. Facts come oldest first. */
export function lastWorked({
  failed,
  worked,
}: Pick<Attempts, 'failed' | 'worked'>): InterventionFact | undefined {
  const last = worked.at(-1);
  const lastFailure = failed.at(-1);
  if (!last || !lastFailure) return last;
  return (last.date ?? '') >= (lastFailure.date ?? '') ? last : undefined;
}
