import { createHash } from 'node:crypto';
import type { Feedback } from '../cds-hooks/feedback.js';
import type { Database } from './database.types.js';
import { toKeptText } from './to-decision-record.js';

/** A batch of feedback that was accepted, and who sent it. */
export interface FeedbackBatch {
  readonly service: string;
  /** Issuer of the trusted client; empty where none are set. */
  readonly client: string;
  /** Empty where the token named none. */
  readonly tenant: string;
  readonly feedback: readonly Feedback[];
}

/** What became of a batch, for the counters. */
export interface StoredFeedback {
  /** Items that were not there before. */
  readonly stored: number;
  /** Of those, items on cards that this client and tenant was not sent, as far as is known (FB-4). */
  readonly unknownCards: number;
  readonly commentsDropped: number;
}

/** Where feedback f is on card c: of the same client and tenant, or it might be forged (FB-4). */
export const ON_CARD = 'f.card = c.uuid and f.client = c.client and f.tenant = c.tenant';

const INSERT = `
with sent as (
  select * from jsonb_to_recordset($1::jsonb) as r (client text, tenant text, card text, outcome text,
    "outcomeAt" timestamptz, "receivedAt" timestamptz, service text, suggestions jsonb, "reasonSystem" text, "reasonCode" text, comment text)
), stored as (
  insert into feedback (client, tenant, card, outcome, outcome_at, received_at, service, suggestions,
    reason_system, reason_code, comment)
  select client, tenant, card, outcome, "outcomeAt", "receivedAt", service, suggestions,
    "reasonSystem", "reasonCode", comment from sent
  on conflict do nothing
  returning client, tenant, card
)
select count(*)::int as stored,
  count(*) filter (where not exists (
    select 1 from card
    where card.uuid = stored.card and card.client = stored.client and card.tenant = stored.tenant))::int as unknown
from stored`;

/**
 * Stores a batch, all or nothing; what was stored before, by client, tenant, card, outcome and time, stays as it is
 * (FB-3, G-70).
 *
 * @throws DatabaseError when nothing was stored, or when that cannot be known
 */
export async function storeFeedback(
  database: Database,
  batch: FeedbackBatch,
  { receivedAt, comments }: { readonly receivedAt: string; readonly comments: 'store' | 'drop' },
): Promise<StoredFeedback> {
  const rows = batch.feedback.map((item) => ({
    ...toRow(item, comments),
    client: batch.client,
    tenant: batch.tenant,
    service: batch.service,
    receivedAt,
  }));
  const [counts] = await database.query(INSERT, [JSON.stringify(rows)]);
  return {
    stored: Number(counts?.['stored'] ?? 0),
    unknownCards: Number(counts?.['unknown'] ?? 0),
    commentsDropped: comments === 'drop' ? batch.feedback.filter(commentOf).length : 0,
  };
}

function toRow(item: Feedback, comments: 'store' | 'drop') {
  const reason = item.outcome === 'overridden' ? item.overrideReason?.reason : undefined;
  const comment = comments === 'store' ? commentOf(item) : undefined;
  return {
    card: toCardKey(item.card),
    outcome: item.outcome,
    outcomeAt: item.outcomeTimestamp,
    suggestions: item.outcome === 'accepted' ? item.acceptedSuggestions.map(toCardKey) : [],
    ...(reason && { reasonSystem: toKeptText(reason.system), reasonCode: toKeptText(reason.code) }),
    ...(comment !== undefined && { comment: comment.replace(/\0|[\ud800-\udfff]/gu, '') }),
  };
}

function commentOf(item: Feedback): string | undefined {
  return item.outcome === 'overridden' ? item.overrideReason?.userComment : undefined;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

// Every uuid of ours is one. Of anything else only a digest is kept: who knows what was sent.
function toCardKey(sent: string): string {
  return UUID.test(sent)
    ? sent.toLowerCase()
    : `sha256:${createHash('sha256').update(sent).digest('base64url')}`;
}
