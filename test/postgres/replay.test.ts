/** A replay shared by processes that have nothing in common but one Postgres, one of them killed with SIGKILL. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { jest } from '@jest/globals';
import { writeExport } from '../bench/replay/write-export.js';
import type { Database } from '../../src/records/database.types.js';
import { openPostgres } from '../../src/records/postgres.js';
import { until } from '../until.js';
import {
  filesIn,
  newFolder,
  reportIn,
  runReplay,
  startReplay,
  type ReplayProcess,
} from '../replay/replay-process.js';
import { newDatabase } from './databases.js';

jest.setTimeout(600_000);

const folder = newFolder();
const exported = path.join(folder, 'export');
const alone = path.join(folder, 'alone');
const processes: ReplayProcess[] = [];
let database: Database;
let settings: Readonly<Record<string, string>>;

beforeAll(async () => {
  writeExport(exported, { patients: 240, seed: 11, linesPerFile: 3000 });
  expect(await runReplay([exported, `--out=${alone}`])).toMatchObject({ status: 0 });
  const url = await newDatabase('replay');
  settings = { DATABASE_URL: url };
  database = openPostgres(url);
});
afterAll(async () => {
  for (const { child } of processes) child.kill('SIGKILL');
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(...words: readonly string[]): ReplayProcess {
  const process = startReplay(words, settings);
  processes.push(process);
  return process;
}

async function countOf(sql: string): Promise<number> {
  const [row] = await database.query(`select count(*)::int as count from ${sql}`, []).catch(() => []);
  return Number(row?.['count'] ?? 0);
}

/** A worker that waits for replays, so that the one begun next is shared. */
async function startWorker(): Promise<ReplayProcess> {
  const worker = start('--worker', '--threads=1');
  await until(() => worker.said().includes('waiting'), 240_000, worker.said);
  return worker;
}

/** While this is so, no process can put down a result: chunks that are under way stay under way. */
async function whileNothingFinishes(work: () => Promise<void>): Promise<void> {
  await database.transaction(async (query) => {
    await query('lock table stepwise_replay.result in share mode');
    await work();
  });
}

const underWay = () => countOf(`pgboss.job where state = 'active' and data->>'kind' = 'bucket'`);

test('a lost worker’s chunk is taken over, and the report is that of one machine, byte for byte', async () => {
  const worker = await startWorker();
  const out = path.join(folder, 'shared');
  let first: ReplayProcess | undefined;
  await whileNothingFinishes(async () => {
    first = start(exported, `--out=${out}`, '--queue', '--threads=1', '--lease=5');
    const said = () => `${first?.said() ?? ''}\n${worker.said()}`;
    // The one that is killed has a chunk under way: it and the first process hold one each.
    await until(async () => (await underWay()) >= 2, 240_000, said);
    worker.child.kill('SIGKILL');
    expect((await worker.ended).status).toBeNull();
    expect(await underWay()).toBeGreaterThan(0);
  });
  expect(await first?.ended).toMatchObject({ status: 0 });
  expect(filesIn(out)).toEqual(filesIn(alone));
});

test('killed with the one who began it, a replay goes on with its command', async () => {
  const worker = await startWorker();
  const out = path.join(folder, 'resumed');
  const words = [exported, `--out=${out}`, '--queue', '--threads=1', '--lease=5'];
  await whileNothingFinishes(async () => {
    const first = start(...words);
    await until(async () => (await underWay()) >= 1, 240_000, first.said);
    first.child.kill('SIGKILL');
    await first.ended;
  });
  // The worker does what it can alone; what it did is not done again.
  await until(async () => (await countOf('stepwise_replay.result')) >= 1, 240_000, worker.said);
  expect(await start(...words).ended).toMatchObject({ status: 0 });
  expect(filesIn(out)).toEqual(filesIn(alone));
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toMatchObject({ status: 0 });
});

test('nothing of a patient stays in the database when the report is written', async () => {
  expect(await countOf('stepwise_replay.run')).toBe(0);
  expect(await countOf('stepwise_replay.part')).toBe(0);
  expect(await countOf('stepwise_replay.result')).toBe(0);
  expect(await countOf(`pgboss.job where name like 'stepwise-replay-%'`)).toBe(0);
});

test('a worker with another key, or other policies, takes nothing', async () => {
  const stranger = startReplay(['--worker', '--threads=1'], {
    ...settings,
    RECORDS_KEY: 'another key, of more than 32 characters',
  });
  processes.push(stranger);
  const out = path.join(folder, 'stranger');
  await until(async () => Promise.resolve(stranger.said().includes('waiting')), 60_000, stranger.said);
  expect(await runReplay([exported, `--out=${out}`, '--queue', '--threads=1'], settings)).toMatchObject({
    status: 0,
  });
  expect(reportIn(out)).toEqual(reportIn(alone));
  stranger.child.kill('SIGTERM');
  const { status, stderr } = await stranger.ended;
  expect([status, stderr]).toEqual([0, 'waiting for replays to take part in\n']);
});
