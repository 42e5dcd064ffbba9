import { gunzipSync, gzipSync } from 'node:zlib';
import type { Database, Row } from '../../records/database.types.js';
import { openPostgres } from '../../records/postgres.js';
import type { ReplayPlan } from '../plan.js';
import type { Segment } from '../spill/segment.js';
import type { BucketResult, ReplayStore, SourceSummary } from '../spill/store.types.js';

/** Any number that nobody else locks with. */
const LOCK = 7_264_773;

/** Tables of their own schema: what is in them goes when the report is written. */
const SCHEMA = `
create schema if not exists stepwise_replay;
create table if not exists stepwise_replay.run (
  run text primary key, plan text not null, ready boolean not null default false, at timestamptz not null default now());
create table if not exists stepwise_replay.source (
  run text not null references stepwise_replay.run on delete cascade, source int not null, summary text not null,
  primary key (run, source));
create table if not exists stepwise_replay.part (
  run text not null references stepwise_replay.run on delete cascade, bucket int not null, source int not null,
  segment int not null, lines bytea not null, primary key (run, bucket, source, segment));
create table if not exists stepwise_replay.result (
  run text not null references stepwise_replay.run on delete cascade, bucket int not null, result bytea not null,
  primary key (run, bucket));`;

/** Makes the tables; processes that begin together wait for each other. */
export async function prepareTables(database: Database): Promise<void> {
  await database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1)', [LOCK]);
    await query(SCHEMA);
  });
}

/** Makes the run known, without letting workers at it yet. */
export async function beginRun(database: Database, run: string, plan: ReplayPlan): Promise<void> {
  await database.query(
    'insert into stepwise_replay.run (run, plan) values ($1, $2) on conflict (run) do nothing',
    [run, JSON.stringify(plan)],
  );
}

/** Everything of the run goes: the patients' records above all. */
export async function endRun(database: Database, run: string): Promise<void> {
  await database.query('delete from stepwise_replay.run where run = $1', [run]);
}

/** The work of one run, in Postgres, for any number of machines. */
export function openPostgresStore(url: string, run: string): ReplayStore {
  const database = openPostgres(url);
  const ask = (sql: string, ...values: (string | number)[]) => database.query(sql, [run, ...values]);
  return {
    putSegment: (source, segment, content) => putParts(database, run, { source, segment }, content),
    finishSource: async (source, summary) => {
      await ask(
        'insert into stepwise_replay.source values ($1, $2, $3) on conflict do nothing',
        source,
        JSON.stringify(summary),
      );
    },
    sources: async () => {
      const rows = await ask('select source, summary from stepwise_replay.source where run = $1');
      return new Map(
        rows.map((row) => [numberIn(row, 'source'), JSON.parse(textIn(row, 'summary')) as SourceSummary]),
      );
    },
    partsOf: (bucket) => partsOf(ask, bucket),
    putResult: async (bucket, result) => {
      await ask(
        `insert into stepwise_replay.result values ($1, $2, decode($3, 'base64')) on conflict do nothing`,
        bucket,
        pack(JSON.stringify(result)),
      );
    },
    finishedBuckets: async () => {
      const rows = await ask('select bucket from stepwise_replay.result where run = $1');
      return new Set(rows.map((row) => numberIn(row, 'bucket')));
    },
    resultOf: async (bucket) => {
      const [row] = await ask(
        `select encode(result, 'base64') as packed from stepwise_replay.result where run = $1 and bucket = $2`,
        bucket,
      );
      return row && (JSON.parse(unpack(row).toString('utf8')) as BucketResult);
    },
    close: () => database.close(),
  };
}

function pack(content: string | Buffer): string {
  return gzipSync(content, { level: 1 }).toString('base64');
}

function unpack(row: Row): Buffer {
  return gunzipSync(Buffer.from(textIn(row, 'packed'), 'base64'));
}

/** Characters of one statement, about: it has to be done within the statement's time. */
const STATEMENT = 2_000_000;

async function putParts(
  database: Database,
  run: string,
  { source, segment }: { readonly source: number; readonly segment: number },
  { offsets, data }: Segment,
): Promise<void> {
  let rows: { bucket: number; packed: string }[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    await database.query(
      `insert into stepwise_replay.part
       select $1, bucket, $2, $3, decode(packed, 'base64') from json_to_recordset($4::json) as (bucket int, packed text)
       on conflict do nothing`,
      [run, source, segment, JSON.stringify(rows)],
    );
    rows = [];
    size = 0;
  };
  for (let bucket = 0; bucket < offsets.length - 1; bucket += 1) {
    const [start = 0, end = 0] = offsets.slice(bucket, bucket + 2);
    if (end === start) continue;
    const packed = pack(data.subarray(start, end));
    rows.push({ bucket, packed });
    size += packed.length;
    if (size >= STATEMENT) await flush();
  }
  if (rows.length > 0) await flush();
}

/** Rows read at once. */
const PAGE = 16;

type Ask = (sql: string, ...values: (string | number)[]) => Promise<readonly Row[]>;

async function* partsOf(ask: Ask, bucket: number): AsyncGenerator<Buffer> {
  let [source, segment] = [-1, -1];
  for (;;) {
    const rows = await ask(
      `select source, segment, encode(lines, 'base64') as packed from stepwise_replay.part
       where run = $1 and bucket = $2 and (source, segment) > ($3, $4) order by source, segment limit ${PAGE}`,
      ...[bucket, source, segment],
    );
    for (const row of rows) {
      yield unpack(row);
      [source, segment] = [numberIn(row, 'source'), numberIn(row, 'segment')];
    }
    if (rows.length < PAGE) return;
  }
}

function numberIn(row: Row, column: string): number {
  return Number(row[column]);
}

function textIn(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}
