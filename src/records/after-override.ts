import { createHmac } from 'node:crypto';
import type { Card } from '../cds-hooks/card.types.js';
import type { Caller } from '../cds-hooks/service.types.js';
import type { Evaluation, OrderEvaluation } from '../evaluation/evaluation.js';
import type { Database } from './database.types.js';
import { ON_CARD } from './feedback-log.js';

/** What a site wants of a card that a clinician has overridden with a reason a while ago. */
export interface AfterOverride {
  /** `remind`: an info card in its place; `quiet`: none. */
  readonly answer: 'remind' | 'quiet';
  /** Hours after the override; then the card is shown whole again. */
  readonly hours: number;
}

/** An override that still holds. */
export interface Overridden {
  /** When, and until when it holds: instants in UTC, ISO 8601. */
  readonly at: string;
  readonly until: string;
  /** Code of the reason. */
  readonly reason: string;
}

/** Whom and what a call's cards are about. */
export interface AdvisedCall {
  readonly service: string;
  readonly patientId: string;
  readonly caller?: Caller;
  readonly evaluation: Evaluation;
}

/**
 * By what the same advice for the same patient is known: a digest under the site's key, so that neither who reads
 * the database nor who knows a patient's id can tell who was advised. All that the advice rests on is in it: as soon
 * as the order, a decision, a step, a generator, a conflict, a flag or the policy differs, it is other advice. Cards of one
 * call are told apart by whose they are and what they say first: with CRD several have one topic, and a payer's rest on
 * the coverage, which no evaluation holds.
 */
export function adviceKeyOf(key: string, call: AdvisedCall): (card: Card) => string {
  const { service, patientId, caller, evaluation } = call;
  const about = JSON.stringify([
    ...[service, caller?.client ?? '', caller?.tenant ?? '', patientId],
    ...[evaluation.policy.sha256, evaluation.orders.map(situationOf)],
  ]);
  return ({ source: { label, topic }, summary }) =>
    createHmac('sha256', key)
      .update(JSON.stringify([about, topic?.code ?? '', label, summary]))
      .digest('base64url');
}

function situationOf(order: OrderEvaluation): unknown {
  const { code, recognisedBy, laterality, decision, decisionBySide, steps } = order;
  return [
    ...[code, recognisedBy, laterality, decision, decisionBySide],
    steps.map(({ id, side, state }) => [id, side, state]),
    order.painGenerators?.map(({ finding, level, laterality: side, severity, status }) => [
      ...[finding, level, side, severity, status],
    ]),
    [order.conflicts, order.redFlags, order.notes, order.considerations].map((list) =>
      list?.map(({ id }) => id),
    ),
  ];
}

/** A sign of danger is told every time, whoever has overridden it. */
export function hasRedFlag({ orders }: Evaluation): boolean {
  return orders.some(({ redFlags = [] }) => redFlags.length > 0);
}

// The clinician's clock may be ahead: an override holds from when it came in, at the latest.
const OVERRIDES = `
select distinct on (c.advice) c.advice, least(f.outcome_at, f.received_at) as at, f.reason_code
from card c join lateral (
  select f.outcome, f.outcome_at, f.received_at, f.reason_code from feedback f where ${ON_CARD}
  order by f.outcome_at desc, f.outcome desc limit 1) f on true
where c.advice = any (string_to_array($1, ' ')) and not c.muted
  and f.outcome = 'overridden' and f.reason_code is not null and least(f.outcome_at, f.received_at) >= $2
order by c.advice, 2 desc`;

/** Which of the advice was overridden with a reason within so many hours of now, by its key. @throws DatabaseError */
export async function readOverrides(
  database: Database,
  keys: readonly string[],
  { now, hours }: { readonly now: Date; readonly hours: number },
): Promise<ReadonlyMap<string, Overridden>> {
  const ms = hours * 3_600_000;
  const since = new Date(now.getTime() - ms).toISOString();
  const rows = await database.query(OVERRIDES, [keys.join(' '), since]);
  return new Map(
    rows.map(({ advice, at, reason_code: reason }) => {
      const instant = new Date(String(at));
      const until = new Date(instant.getTime() + ms).toISOString();
      return [String(advice), { at: instant.toISOString(), until, reason: String(reason) }];
    }),
  );
}
