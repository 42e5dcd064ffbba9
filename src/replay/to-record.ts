import { keepReferences, toDecisionRecord } from '../records/to-decision-record.js';
import type { DecisionRecord } from '../records/decision.types.js';
import type { Replayed } from './replay-patient.js';

/** A line of evaluations.ndjson. No date but the month, no text, and references only under the site's key. */
export interface EvaluationRecord extends Pick<Replayed, 'service' | 'month' | 'from' | 'outcome'> {
  /** HMAC-SHA-256 of `Patient/<id>` under the site's key, base64url. */
  readonly patient: string;
  readonly policy?: DecisionRecord['policy'];
  /** Indicators of the cards that would have been shown, first to last. */
  readonly cards: readonly string[];
  readonly order?: DecisionRecord['orders'][number];
  readonly data?: DecisionRecord['data'];
  /** Resources that the chart did not hold at the time, or that do not say when they came. */
  readonly leftOut: Replayed['leftOut'];
  /** Resources it held that were changed since: what they said then is not known. */
  readonly changedLater: number;
  readonly rfaAfterwards?: Replayed['rfaAfterwards'];
}

/** @param key the site's key */
export function toEvaluationRecord(replayed: Replayed, patient: string, key: string): EvaluationRecord {
  const { service, month, from, outcome, evaluation, cards, leftOut, changedLater, rfaAfterwards } = replayed;
  const kept =
    evaluation &&
    toDecisionRecord(
      { service, request: NO_CALL, context: { deadlineAt: 0 }, evaluation, cards, durationMs: 0 },
      { keepReference: keepReferences('hashed', key), newUuid: () => '', date: () => new Date(0) },
    );
  const [order] = kept?.orders ?? [];
  return {
    ...{ patient, service, month, from, outcome },
    ...(kept && { policy: kept.policy }),
    cards: cards.map(({ indicator }) => indicator),
    ...(order && { order }),
    ...(kept && { data: kept.data }),
    ...{ leftOut, changedLater },
    ...(rfaAfterwards && { rfaAfterwards }),
  };
}

const NO_CALL = { hook: 'order-sign', hookInstance: '' } as const;
