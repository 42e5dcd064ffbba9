import { createHmac } from 'node:crypto';
import type { Card } from '../cds-hooks/card.types.js';
import type { HookRequest } from '../cds-hooks/hook-request.types.js';
import type { CallContext } from '../cds-hooks/service.types.js';
import type { Evaluation, OrderEvaluation, Step } from '../evaluation/evaluation.js';
import type { Evidence } from '../evaluation/evidence.js';
import type { DecisionRecord, RecordedCard, RecordedOrder, RecordedStep } from './decision.types.js';

/** What of a FHIR reference is kept; undefined: nothing. */
export type KeepReference = (reference: string) => string | undefined;

/**
 * How references are kept: `clear` as they are; `hashed` as HMAC-SHA-256 under the site's key, so that who has the
 * key and a reference can tell whether it was used, and nobody else can; without a key, not at all.
 */
export function keepReferences(way: 'hashed' | 'clear', key: string | undefined): KeepReference {
  if (way === 'clear') return (reference) => reference;
  if (key === undefined) return () => undefined;
  return (reference) => createHmac('sha256', key).update(reference).digest('base64url');
}

/** What is recorded of one reviewed call. */
export interface ReviewedCall {
  readonly service: string;
  readonly request: Pick<HookRequest, 'hook' | 'hookInstance'>;
  readonly context: CallContext;
  readonly evaluation: Evaluation;
  /** Also those that were muted. */
  readonly cards: readonly Card[];
  readonly durationMs: number;
  /** Whose record it was: kept only as a part of digests. */
  readonly patientId?: string;
  /** uuids of cards that were told as a reminder, or not at all. */
  readonly muted?: ReadonlySet<string>;
}

export interface RecordParts {
  readonly keepReference: KeepReference;
  readonly newUuid: () => string;
  readonly date: () => Date;
  /** Digest of whom and what a card is about; absent where it is not needed. */
  readonly adviceOf?: (card: Card) => string;
}

/** Leaves out everything a patient could be known by: excerpts, dates, reasons in words, and clear references. */
export function toDecisionRecord(call: ReviewedCall, parts: RecordParts): DecisionRecord {
  const { service, request, context, evaluation, cards, durationMs } = call;
  const { requestId, caller } = context;
  return {
    id: parts.newUuid(),
    at: parts.date().toISOString(),
    ...(requestId !== undefined && { requestId }),
    ...(UUID.test(request.hookInstance) && { hookInstance: request.hookInstance.toLowerCase() }),
    service,
    hook: request.hook,
    client: caller?.client ?? '',
    ...(caller?.tenant !== undefined && { tenant: toKeptText(caller.tenant) }),
    shadow: caller?.shadow ?? false,
    policy: evaluation.policy,
    durationMs: Math.round(durationMs * 10) / 10,
    orders: evaluation.orders.map((order) => toOrder(order, parts.keepReference)),
    data: evaluation.data.map(({ kind, state, count }) => ({
      kind,
      state,
      ...(count !== undefined && { count }),
    })),
    cards: cards.flatMap((card) => toCard(card, call.muted, parts.adviceOf)),
  };
}

/** Anything might stand in a hookInstance that is none. */
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Characters of a text from outside that is kept. */
const TEXT_LENGTH = 200;

/** A text a database takes: short, without NUL and without half a surrogate pair. */
export function toKeptText(text: string): string {
  return text.slice(0, TEXT_LENGTH).replace(/\0|[\ud800-\udfff]/gu, '');
}

function toOrder(order: OrderEvaluation, keep: KeepReference): RecordedOrder {
  const { code, recognisedBy, decision, decisionBySide } = order;
  return {
    ...(code !== undefined && recognisedBy === 'code' && { code }),
    decision,
    ...(decisionBySide && { decisionBySide }),
    steps: order.steps.map((step) => toStep(step, keep)),
    conflicts: (order.conflicts ?? []).map(({ id, because = id }) => because),
    redFlags: (order.redFlags ?? []).map(({ id }) => id),
    notes: (order.notes ?? []).map(({ id }) => id),
    painGenerators: (order.painGenerators ?? []).map(({ finding, status }) => ({ finding, status })),
  };
}

function toStep({ id, state, side, evidence, notCounted }: Step, keep: KeepReference): RecordedStep {
  return {
    id,
    state,
    ...(side && { side }),
    ...(evidence && { evidence: referencesOf(evidence, keep) }),
    ...(notCounted && {
      notCounted: notCounted.map(({ why, because = why, evidence: { reference } }) => {
        const [kept] = referencesOf([{ reference }], keep);
        return { why: because, ...(kept !== undefined && { evidence: kept }) };
      }),
    }),
  };
}

function referencesOf(evidence: readonly Evidence[], keep: KeepReference): readonly string[] {
  const references = new Set(evidence.map(({ reference }) => reference));
  return [...references].map(keep).filter((kept) => kept !== undefined);
}

function toCard(
  card: Card,
  muted: ReviewedCall['muted'],
  adviceOf: RecordParts['adviceOf'],
): readonly RecordedCard[] {
  const { uuid, indicator, source, suggestions = [] } = card;
  if (uuid === undefined) return [];
  return [
    {
      uuid: uuid.toLowerCase(),
      ...(source.topic && { topic: source.topic.code }),
      indicator,
      ...(adviceOf && { advice: adviceOf(card) }),
      ...(muted?.has(uuid) && { muted: true }),
      suggestions: suggestions.flatMap((suggestion) => suggestion.uuid?.toLowerCase() ?? []),
    },
  ];
}
