import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import type { Rationale } from '../evaluation/evaluate.js';
import type { Laterality } from '../evaluation/evidence.js';
import type { Evaluation, Note, OrderEvaluation } from '../evaluation/evaluation.js';
import type { Policy } from '../evaluation/policy.js';
import type { CriterionResult, Values } from '../evaluation/criterion.js';
import type { OrderCodes } from './dialect.js';
import type { Words } from './words.js';
import { coversAll, joinSides, shareSide } from '../evaluation/sides.js';

/** What a set of cards is about. */
export interface Subject {
  readonly evaluation: Evaluation;
  readonly order: OrderEvaluation;
  readonly rationale: Rationale;
  readonly policy: Policy;
  readonly words: Words;
  /** The drafts of the reviewed intent as the EHR sent them, the chief one first. */
  readonly drafts: readonly [JsonObject, ...JsonObject[]];
  readonly patientId: string;
  /** How many other drafts were signed in the same call. */
  readonly otherDrafts: number;
  /** Launch address of the evidence page, a SMART app. */
  readonly evidenceUrl?: string;
  /** Only where the site has said by which codes its EHR finds what is proposed. */
  readonly orderCodes?: OrderCodes;
}

/** The side or sides for which the decision was taken. */
export function decidingSides({ order, rationale }: Subject): Laterality | undefined {
  let sides: Laterality | undefined;
  for (const { decision, side } of rationale) if (decision === order.decision) sides = joinSides(sides, side);
  return sides;
}

/** "left " before a noun, or nothing. */
export function sideAdjective(laterality: Laterality | undefined): string {
  return laterality ? `${laterality} ` : '';
}

function jointOf(laterality: Laterality | undefined): string {
  return laterality === 'bilateral' ? 'sacroiliac joints' : `${sideAdjective(laterality)}sacroiliac joint`;
}

/** The joint that was fused before: it is named by its side where the order is not for that side alone. */
function fusedJoint({ order: { laterality, notes = [] } }: Subject): string {
  const note = notes.find(({ id }) => id === 'si-fusion-same-side');
  const sides = note?.laterality;
  if (sides === undefined) return note?.sideNotTold ? 'joint, its side not told,' : 'joint';
  if (sides === 'bilateral' && laterality === 'bilateral') return 'joint of each side';
  return sides === 'bilateral' || sides === laterality ? 'joint' : `${sides} joint`;
}

/** Whether what a note is about may be of a side that is decided about. */
export function isOfDecidingSides({ laterality, sideNotTold }: Note, subject: Subject): boolean {
  return sideNotTold === true || shareSide(laterality, decidingSides(subject));
}

/** Whether what a note is about is, for certain, of all the sides that are decided about. */
export function coversDecidingSides({ laterality, sideNotTold }: Note, subject: Subject): boolean {
  const decided = decidingSides(subject);
  if (decided === undefined) return true;
  return laterality !== undefined && !sideNotTold && coversAll(laterality, decided);
}

/** The note that an ablation is planned. */
export function plannedNote({ order: { notes = [] } }: Subject): Note | undefined {
  return notes.find(({ id }) => id === 'rfa-planned');
}

/** The answer of a criterion on the side that decides. */
export function decidingAnswer({ order, rationale }: Subject, criterion: string) {
  return rationale.find(({ decision }) => decision === order.decision)?.answers.get(criterion);
}

/** Values for the placeholders of the decision's words; numbers come from the policy alone. */
export function decisionValues(subject: Subject): Values {
  const { policy, order, words } = subject;
  const values: Record<string, string | number> = {
    side: sideAdjective(decidingSides(subject)),
    joint: jointOf(decidingSides(subject)),
    fusedJoint: fusedJoint(subject),
    plannedSide: sideAdjective(plannedNote(subject)?.laterality),
    redFlags: (order.redFlags ?? []).map(({ id }) => words.redFlags[id]).join(', '),
  };
  for (const criterion of policy.criteria) {
    if (criterion.kind === 'conservative-care')
      values['minimumDuration'] = criterion.params.minimumDuration.value;
    if (criterion.kind === 'block-relief') values['minimumRelief'] = criterion.params.minimumRelief.value;
    if (criterion.kind !== 'ablation-outcome') continue;
    const answer = decidingAnswer(subject, criterion.id);
    values['requiredFailures'] = criterion.params.failedAttempts;
    values['successfulRelief'] = criterion.params.successfulRelief.value;
    values['successfulDuration'] = criterion.params.successfulDuration.value;
    values['judgedAfterWeeks'] = criterion.params.judgedAfter.value;
    values['failed'] = answer?.attempts?.counted ?? 0;
    values['earliest'] = answer?.values['earliest'] ?? '';
  }
  return values;
}

/** Whether what would show it was not read: this time, or never is. */
export function isUnread(answer: Pick<CriterionResult, 'because'> | undefined): boolean {
  return answer?.because === 'unread' || answer?.because === 'not-offered';
}
