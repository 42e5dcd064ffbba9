import type { Database, Row } from './database.types.js';

/** What happened between two instants, for those who have to know whether the service is worth its interruptions. */
export interface Report {
  readonly since: string;
  readonly until: string;
  readonly cards: readonly CardReport[];
  readonly overrideReasons: readonly {
    readonly topic: string;
    readonly code: string;
    readonly count: number;
  }[];
  readonly decisions: readonly {
    readonly policyVersion: string;
    readonly decision: string;
    readonly count: number;
  }[];
  /** Kinds of data that were not complete, most often missing first. */
  readonly missingData: readonly { readonly kind: string; readonly state: string; readonly count: number }[];
  /** Milliseconds from a call to its answer, of reviewed calls. */
  readonly latency: { readonly calls: number; readonly p50: number; readonly p95: number };
  /** Feedback on cards that are not known. */
  readonly unknownCards: number;
  readonly lostRecords: number;
}

/** One kind of advice, by the policy that gave it and the client that got it; shadow calls are left out. */
export interface CardReport {
  readonly topic: string;
  readonly policyVersion: string;
  readonly client: string;
  readonly shown: number;
  readonly accepted: number;
  readonly overridden: number;
}

export interface Period {
  /** Instants in UTC, ISO 8601; the first included, the last not. */
  readonly since: string;
  readonly until: string;
}

// Of several outcomes of one card the last counts (FB-3).
const LAST_OUTCOME = `
  select distinct on (client, card) client, card, outcome, reason_code from feedback
  order by client, card, outcome_at desc, outcome desc`;

const IN_PERIOD = 'd.at >= $1 and d.at < $2';

const CARDS = `
  select coalesce(c.topic, '') as topic, d.policy_version, d.client, count(*)::int as shown,
    count(*) filter (where f.outcome = 'accepted')::int as accepted,
    count(*) filter (where f.outcome = 'overridden')::int as overridden
  from card c join decision d on d.id = c.decision_id
  left join (${LAST_OUTCOME}) f on f.card = c.uuid and f.client = c.client
  where ${IN_PERIOD} and not d.shadow
  group by 1, 2, 3 order by shown desc, 1, 2, 3`;

const REASONS = `
  select coalesce(c.topic, '') as topic, coalesce(f.reason_code, '') as code, count(*)::int as count
  from card c join decision d on d.id = c.decision_id
  join (${LAST_OUTCOME}) f on f.card = c.uuid and f.client = c.client
  where ${IN_PERIOD} and not d.shadow and f.outcome = 'overridden'
  group by 1, 2 order by count desc, 1, 2`;

const DECISIONS = `
  select d.policy_version, o->>'decision' as decision, count(*)::int as count
  from decision d, jsonb_array_elements(d.orders) o where ${IN_PERIOD}
  group by 1, 2 order by count desc, 1, 2`;

const MISSING = `
  select s->>'kind' as kind, s->>'state' as state, count(*)::int as count
  from decision d, jsonb_array_elements(d.data) s where ${IN_PERIOD} and s->>'state' <> 'complete'
  group by 1, 2 order by count desc, 1, 2`;

const LATENCY = `
  select count(*)::int as calls, coalesce(percentile_cont(0.5) within group (order by duration_ms), 0)::real as p50,
    coalesce(percentile_cont(0.95) within group (order by duration_ms), 0)::real as p95
  from decision d where ${IN_PERIOD}`;

const UNKNOWN = `
  select count(*)::int as count from feedback f where f.received_at >= $1 and f.received_at < $2
  and not exists (select 1 from card c where c.uuid = f.card and c.client = f.client)`;

const LOST = 'select coalesce(sum(count), 0)::int as count from record_loss d where ' + IN_PERIOD;

/** Reads the report of a period. @throws DatabaseError */
export async function readReport(database: Database, { since, until }: Period): Promise<Report> {
  const ask = (sql: string): Promise<readonly Row[]> => database.query(sql, [since, until]);
  const [latency] = await ask(LATENCY);
  return {
    ...{ since, until },
    cards: (await ask(CARDS)).map(toCardReport),
    overrideReasons: (await ask(REASONS)).map((row) => ({
      topic: textOf(row, 'topic'),
      code: textOf(row, 'code'),
      count: numberOf(row, 'count'),
    })),
    decisions: (await ask(DECISIONS)).map((row) => ({
      policyVersion: textOf(row, 'policy_version'),
      decision: textOf(row, 'decision'),
      count: numberOf(row, 'count'),
    })),
    missingData: (await ask(MISSING)).map((row) => ({
      kind: textOf(row, 'kind'),
      state: textOf(row, 'state'),
      count: numberOf(row, 'count'),
    })),
    latency: {
      calls: numberOf(latency, 'calls'),
      p50: numberOf(latency, 'p50'),
      p95: numberOf(latency, 'p95'),
    },
    unknownCards: numberOf((await ask(UNKNOWN))[0], 'count'),
    lostRecords: numberOf((await ask(LOST))[0], 'count'),
  };
}

function toCardReport(row: Row): CardReport {
  return {
    topic: textOf(row, 'topic'),
    policyVersion: textOf(row, 'policy_version'),
    client: textOf(row, 'client'),
    shown: numberOf(row, 'shown'),
    accepted: numberOf(row, 'accepted'),
    overridden: numberOf(row, 'overridden'),
  };
}

function textOf(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}

function numberOf(row: Row | undefined, column: string): number {
  const value = row?.[column];
  return typeof value === 'number' ? value : 0;
}
