import type { Database, Query } from './database.types.js';

// As JSON in one value: a batch of any size is one statement, the same on both engines, and is parsed once.
const DECISIONS_AND_CARDS = `
with r as materialized (
  select * from jsonb_to_recordset($1::jsonb) as r (id uuid, at timestamptz, "requestId" text,
    "hookInstance" text, service text, hook text, client text, tenant text, shadow boolean, policy jsonb,
    "durationMs" real, orders jsonb, data jsonb, cards jsonb)
), decisions as (
  insert into decision (id, at, request_id, hook_instance, service, hook, client, tenant, shadow,
    policy_id, policy_version, policy_sha256, duration_ms, orders, data)
  select r.id, r.at, r."requestId", r."hookInstance", r.service, r.hook, r.client, r.tenant, r.shadow,
    r.policy->>'id', r.policy->>'version', r.policy->>'sha256', r."durationMs", r.orders, r.data
  from r on conflict (id) do nothing
)
insert into card (uuid, decision_id, client, tenant, topic, indicator, suggestions, advice, muted)
select c.uuid, r.id, r.client, coalesce(r.tenant, ''), c.topic, c.indicator, c.suggestions, c.advice,
  coalesce(c.muted, false)
from r, jsonb_to_recordset(r.cards) as c (uuid text, topic text, indicator text, suggestions jsonb,
  advice text, muted boolean)
on conflict (uuid) do nothing`;

// The same loss may be told again with more in it, when nobody knows whether the first time was kept.
const LOSS = `
insert into record_loss (id, at, count) values ($1, $2, $3)
on conflict (id) do update set count = excluded.count`;

/** Writes decisions and their cards, all or none; those that are there already stay as they are. */
export async function writeDecisions(
  database: Database,
  records: readonly string[],
  loss: { readonly id: string; readonly at: string; readonly count: number } | undefined,
): Promise<void> {
  const json = `[${records.join(',')}]`;
  if (!loss) await database.query(DECISIONS_AND_CARDS, [json]);
  else
    await database.transaction(async (query: Query) => {
      await query(DECISIONS_AND_CARDS, [json]);
      await query(LOSS, [loss.id, loss.at, loss.count]);
    });
}
