import type { Database, Row } from './database.types.js';
import { ON_CARD } from './feedback-log.js';
import type { Period, PolicyVersion, Report, ShadowReport } from './report.types.js';

// Of several outcomes of one card the last counts (FB-3).
const LAST_OUTCOME = `lateral (
  select f.outcome, f.reason_code from feedback f where ${ON_CARD}
  order by f.outcome_at desc, f.outcome desc limit 1) f on true`;

const IN_PERIOD = 'd.at >= $1 and d.at < $2';
const VERSION = 'd.policy_id as policy, d.policy_version as version, left(d.policy_sha256, 8) as digest';

const ACTIVITY = `
  select ${VERSION}, d.client, d.shadow, count(*)::int as calls
  from decision d where ${IN_PERIOD}
  group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`;

const CARDS = `
  select ${VERSION}, coalesce(c.topic, '') as topic, d.client,
    count(*) filter (where not c.muted)::int as shown,
    count(*) filter (where not c.muted and f.outcome = 'accepted')::int as accepted,
    count(*) filter (where not c.muted and f.outcome = 'overridden')::int as overridden,
    count(*) filter (where c.muted)::int as muted
  from card c join decision d on d.id = c.decision_id left join ${LAST_OUTCOME}
  where ${IN_PERIOD} and not d.shadow
  group by 1, 2, 3, 4, 5 order by shown desc, 1, 2, 3, 4, 5`;

const REASONS = `
  select ${VERSION}, coalesce(c.topic, '') as topic, d.client, coalesce(f.reason_code, '') as code,
    count(*)::int as count
  from card c join decision d on d.id = c.decision_id join ${LAST_OUTCOME}
  where ${IN_PERIOD} and not d.shadow and not c.muted and f.outcome = 'overridden'
  group by 1, 2, 3, 4, 5, 6 order by count desc, 1, 2, 3, 4, 5, 6`;

const DECISIONS = `
  select ${VERSION}, o->>'decision' as decision, count(*)::int as count
  from decision d, jsonb_array_elements(d.orders) o where ${IN_PERIOD}
  group by 1, 2, 3, 4 order by count desc, 1, 2, 3, 4`;

const SHADOW = `
  select ${VERSION}, coalesce(c.topic, '') as topic,
    count(*) filter (where d.shadow)::int as shadow_cards, count(*) filter (where not d.shadow)::int as live_cards
  from card c join decision d on d.id = c.decision_id where ${IN_PERIOD}
  group by 1, 2, 3, 4 order by 1, 2, 3, 4`;

const MISSING = `
  select s->>'kind' as kind, s->>'state' as state, count(*)::int as count
  from decision d, jsonb_array_elements(d.data) s where ${IN_PERIOD} and s->>'state' <> 'complete'
  group by 1, 2 order by count desc, 1, 2`;

const percentile = (share: number): string =>
  `coalesce(percentile_cont(${share}) within group (order by d.duration_ms), 0)::real`;
const LATENCY = `
  select count(*)::int as calls, ${percentile(0.5)} as p50, ${percentile(0.95)} as p95, ${percentile(0.99)} as p99
  from decision d where ${IN_PERIOD}`;

const UNKNOWN = `
  select count(*)::int as count from feedback f where f.received_at >= $1 and f.received_at < $2
  and not exists (select 1 from card c where ${ON_CARD})`;

const LOST = `select coalesce(sum(count), 0)::int as count from record_loss d where ${IN_PERIOD}`;

/** Reads the report of a period, in one transaction: its parts speak of the same records. @throws DatabaseError */
export function readReport(database: Database, { since, until }: Period): Promise<Report> {
  return database.transaction(async (query) => {
    const ask = (sql: string): Promise<readonly Row[]> => query(sql, [since, until]);
    await query('set transaction isolation level repeatable read, read only');
    const activity = (await ask(ACTIVITY)).map(toActivity);
    return {
      ...{ since, until, activity },
      cards: (await ask(CARDS)).map(toCardReport),
      overrideReasons: (await ask(REASONS)).map((row) => ({
        ...{ ...versionOf(row), ...textsOf(row, 'topic', 'client', 'code') },
        count: numberOf(row, 'count'),
      })),
      decisions: (await ask(DECISIONS)).map((row) => ({
        ...{ ...versionOf(row), ...textsOf(row, 'decision') },
        count: numberOf(row, 'count'),
      })),
      shadow: toShadowReports(await ask(SHADOW), activity),
      ...(await readQuality(ask)),
    };
  });
}

/** How good the answers could be: what was missing, how long they took, and what of it is not known any more. */
async function readQuality(
  ask: (sql: string) => Promise<readonly Row[]>,
): Promise<Pick<Report, 'missingData' | 'latency' | 'unknownCards' | 'lostRecords'>> {
  const [latency] = await ask(LATENCY);
  return {
    missingData: (await ask(MISSING)).map((row) => ({
      ...textsOf(row, 'kind', 'state'),
      count: numberOf(row, 'count'),
    })),
    latency: {
      calls: numberOf(latency, 'calls'),
      p50: numberOf(latency, 'p50'),
      p95: numberOf(latency, 'p95'),
      p99: numberOf(latency, 'p99'),
    },
    unknownCards: numberOf((await ask(UNKNOWN))[0], 'count'),
    lostRecords: numberOf((await ask(LOST))[0], 'count'),
  };
}

function toActivity(row: Row): Report['activity'][number] {
  return {
    ...{ ...versionOf(row), ...textsOf(row, 'client') },
    shadow: row['shadow'] === true,
    calls: numberOf(row, 'calls'),
  };
}

function toCardReport(row: Row): Report['cards'][number] {
  return {
    ...{ ...versionOf(row), ...textsOf(row, 'topic', 'client') },
    shown: numberOf(row, 'shown'),
    accepted: numberOf(row, 'accepted'),
    overridden: numberOf(row, 'overridden'),
    muted: numberOf(row, 'muted'),
  };
}

function toShadowReports(rows: readonly Row[], activity: Report['activity']): readonly ShadowReport[] {
  const callsOf = (version: PolicyVersion, shadow: boolean): number =>
    activity
      .filter((one) => one.shadow === shadow && isSame(one, version))
      .reduce((sum, { calls }) => sum + calls, 0);
  return rows
    .map((row) => {
      const version = versionOf(row);
      return {
        ...{ ...version, ...textsOf(row, 'topic') },
        inShadow: { calls: callsOf(version, true), cards: numberOf(row, 'shadow_cards') },
        live: { calls: callsOf(version, false), cards: numberOf(row, 'live_cards') },
      };
    })
    .filter(({ inShadow }) => inShadow.calls > 0);
}

function isSame(one: PolicyVersion, other: PolicyVersion): boolean {
  return one.policy === other.policy && one.version === other.version && one.digest === other.digest;
}

function versionOf(row: Row): PolicyVersion {
  return textsOf(row, 'policy', 'version', 'digest');
}

function textsOf<T extends string>(row: Row, ...columns: readonly T[]): Readonly<Record<T, string>>;
function textsOf(row: Row, ...columns: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.map((column) => {
      const value = row[column];
      return [column, typeof value === 'string' ? value : ''];
    }),
  );
}

function numberOf(row: Row | undefined, column: string): number {
  const value = row?.[column];
  return typeof value === 'number' ? value : 0;
}
