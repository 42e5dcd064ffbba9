/** Replay from outside: a generated export, the report against the generator's own truth, and what a kill leaves. */
import { jest } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ServiceTruth } from '../bench/replay/truth.js';
import { writeExport } from '../bench/replay/write-export.js';
import type { ReplayReport } from '../../src/replay/report/summary.js';
import { until } from '../until.js';
import { filesIn, newFolder, reportIn, runReplay, startReplay } from './replay-process.js';

const folder = newFolder();
const exported = path.join(folder, 'export');
const whole = path.join(folder, 'whole');
const truth = writeExport(exported, { patients: 120, seed: 7, linesPerFile: 700 });

jest.setTimeout(300_000);

beforeAll(async () => {
  expect(await runReplay([exported, `--out=${whole}`, '--threads=1'])).toMatchObject({ status: 0 });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a report says of a service, of all that the truth knows. */
function saidOf(service: ReplayReport['services'][number] | undefined, truthOfIt: ServiceTruth) {
  const keys = Object.keys(truthOfIt) as (keyof ServiceTruth)[];
  return Object.fromEntries(keys.map((key) => [key, service?.[key]]));
}

test('the counts of the report are those of the generator, which knows the pathway by hand', () => {
  const { patients, patientsWithOrders, neurectomy } = truth;
  const report = reportIn(whole);
  expect(report.services).toHaveLength(1);
  expect(saidOf(report.services[0], neurectomy)).toEqual(neurectomy);
  expect(report.export).toMatchObject({ patients, patientsWithOrders, problems: {} });
  expect(neurectomy.orders).toBeGreaterThan(90);
  expect(Object.keys(neurectomy.decisions).length).toBeGreaterThanOrEqual(5);
});

test('--rfa: orders of ablation, too, each by the chart of its own day', async () => {
  const out = path.join(folder, 'rfa');
  expect(await runReplay([exported, `--out=${out}`, '--rfa'])).toMatchObject({ status: 0 });
  const { patients, patientsWithOrdersOrAblations, neurectomy, ablation } = truth;
  const report = reportIn(out);
  expect(report.services.map(({ id }) => id)).toEqual(['sij-neurectomy-review', 'sij-rfa-review']);
  expect(saidOf(report.services[0], neurectomy)).toEqual(neurectomy);
  expect(saidOf(report.services[1], ablation)).toEqual(ablation);
  expect(report.export).toMatchObject({ patients, patientsWithOrders: patientsWithOrdersOrAblations });
  // Orders, procedures, and every answer to whether it was done.
  expect(Object.keys(ablation.from).sort()).toEqual(['order', 'procedure']);
  expect(Object.keys(ablation.rfaAfterwards).sort()).toEqual(['no', 'not-followed', 'yes']);
  expect(Object.keys(ablation.decisions).length).toBeGreaterThanOrEqual(4);
});

test('fired per 100 orders is what the numbers say', () => {
  const [service] = reportIn(whole).services;
  expect(service!.firedPer100Orders).toBe(
    Math.round((truth.neurectomy.fired * 1000) / truth.neurectomy.orders) / 10,
  );
  expect(service!.firedPer100Reviewed).toBe(100);
});

test('the CSV holds every count of the report', () => {
  const [head, ...lines] = readFileSync(path.join(whole, 'report.csv'), 'utf8').trimEnd().split('\r\n');
  expect(head).toBe('measure,service,month,item,state,count');
  const orders = lines
    .filter((line) => line.startsWith('orders,'))
    .map((line) => Number(line.split(',').at(-1)));
  expect(orders.reduce((sum, count) => sum + count, 0)).toBe(truth.neurectomy.orders);
});

test('the evaluations name nobody: hashed ids, months, and no text of the export', () => {
  const text = readFileSync(path.join(whole, 'evaluations.ndjson'), 'utf8');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { patient: string; month: string });
  expect(lines).toHaveLength(truth.neurectomy.orders);
  expect(new Set(lines.map(({ patient }) => patient)).size).toBe(truth.patientsWithOrders);
  for (const { patient, month } of lines) {
    expect(patient).toMatch(/^[\w-]{43}$/);
    expect(month).toMatch(/^\d{4}-\d{2}$/);
  }
  expect(/replay-\d{7}|\d{4}-\d{2}-\d{2}|buttock|physical/i.exec(text)).toBeNull();
});

test('only the owner may read what comes of patients, and the records themselves are gone', () => {
  expect(existsSync(path.join(whole, '.work'))).toBe(false);
  for (const name of Object.keys(filesIn(whole)))
    expect(statSync(path.join(whole, name)).mode & 0o077).toBe(0);
});

test('with more threads the report is the same, byte for byte', async () => {
  const out = path.join(folder, 'threads');
  expect(await runReplay([exported, `--out=${out}`, '--threads=3'])).toMatchObject({ status: 0 });
  expect(filesIn(out)).toEqual(filesIn(whole));
});

test.each(['sources', 'results'])(
  'killed with SIGKILL while %s are written, it goes on, and the report is the same, byte for byte',
  async (stage) => {
    const out = path.join(folder, `killed-${stage}`);
    const first = startReplay([exported, `--out=${out}`, '--threads=1']);
    const written = path.join(out, '.work', stage);
    await until(
      async () => Promise.resolve(existsSync(written) && statSync(written).nlink > 0 && hasFiles(written)),
      200_000,
      first.said,
    );
    first.child.kill('SIGKILL');
    expect((await first.ended).status).toBeNull();
    expect(existsSync(path.join(out, 'report.json'))).toBe(false);
    expect(await runReplay([exported, `--out=${out}`])).toMatchObject({ status: 0 });
    expect(filesIn(out)).toEqual(filesIn(whole));
  },
);

function hasFiles(place: string): boolean {
  return Object.keys(filesIn(place)).length > 0;
}

test('what was begun with other options does not go on, but begins anew with --fresh', async () => {
  const out = path.join(folder, 'other');
  mkdirSync(path.join(out, '.work'), { recursive: true });
  writeFileSync(path.join(out, '.work', 'plan.json'), JSON.stringify({ version: 1, sources: [] }));
  const other = [exported, `--out=${out}`, '--last-updated=strict'];
  const refused = await runReplay(other);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain('begin anew with --fresh');
  expect(await runReplay([...other, '--fresh'])).toMatchObject({ status: 0 });
  expect(reportIn(out).settings.lastUpdated).toBe('strict');
});
