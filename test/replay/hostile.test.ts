/** An export as nobody should send it: counted and named by file and line, never a crash, and nothing of it said. */
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import type { ReplayReport } from '../../src/replay/report/summary.js';
import { replayInProcess } from './in-process.js';
import { newFolder, runReplay, writeNdjson } from './replay-process.js';

jest.setTimeout(300_000);

const SECRET = 'Zzyzxley';
const folder = newFolder();
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const subject = (id: string) => ({ subject: { reference: `Patient/${id}` } });
const patient = (id: string) => ({ resourceType: 'Patient', id, name: [{ family: SECRET }] });
const order = (id: string, more: object = {}) => ({
  ...{ resourceType: 'ServiceRequest', id: `${id}-order`, status: 'active', intent: 'order', ...subject(id) },
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }] },
  reasonCode: [{ text: 'Chronic sacroiliac joint pain' }],
  bodySite: [{ text: 'Left sacroiliac joint' }],
  authoredOn: '2025-06-10T10:00:00Z',
  ...more,
});
const block = (id: string, more: object = {}) => ({
  ...{ resourceType: 'Procedure', id: `${id}-block`, status: 'completed', ...subject(id) },
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64451' }] },
  bodySite: [{ text: 'Left sacroiliac joint' }],
  performedDateTime: '2025-03-01',
  note: [{ text: '85% relief of the usual buttock pain for 6 hours.' }],
  ...more,
});

interface Result {
  readonly report: ReplayReport;
  readonly evaluations: readonly { order?: { decision: string }; data?: { kind: string; state: string }[] }[];
}

/** As the command does it, but in this process: each of these is small. */
async function replay(write: (place: string) => void): Promise<Result> {
  const place = newFolder();
  const out = newFolder();
  try {
    write(place);
    const report = await replayInProcess(place, out);
    const text = readFileSync(path.join(out, 'evaluations.ndjson'), 'utf8').trim();
    const lines = text === '' ? [] : text.split('\n');
    for (const name of readdirSync(out))
      expect(readFileSync(path.join(out, name), 'utf8')).not.toContain(SECRET);
    return { report, evaluations: lines.map((line) => JSON.parse(line) as Result['evaluations'][0]) };
  } finally {
    rmSync(place, { recursive: true });
    rmSync(out, { recursive: true });
  }
}

/** What every one of these exports holds beside its fault: one patient whose order is reviewed. */
function sound(place: string): void {
  writeNdjson(place, 'Patient.ndjson', [patient('a')]);
  writeNdjson(place, 'ServiceRequest.ndjson', [order('a')]);
  writeNdjson(place, 'Condition.ndjson', []);
  writeNdjson(place, 'DiagnosticReport.ndjson', []);
  writeNdjson(place, 'Procedure.ndjson', [block('a')]);
}

test('broken, foreign and nameless lines are counted and named, and the others are read', async () => {
  const deep = `{"resourceType":"Procedure","id":"d","x":${'['.repeat(5000)}${']'.repeat(5000)}}`;
  const { report, evaluations } = await replay((place) => {
    sound(place);
    writeNdjson(place, 'Procedure.2.ndjson', [
      `{"resourceType":"Procedure","note":"${SECRET}`,
      '[1, 2]',
      '',
      deep,
      { ...block('a'), id: undefined },
      { ...block('a'), id: 'a b' },
      { ...block('a'), id: 'x', subject: { display: SECRET } },
      { ...block('a'), id: 'y', subject: { reference: 'Group/1' } },
      { resourceType: 'Claim', id: 'c' },
      '\u0000\u0001',
      block('a', { id: 'z' }),
    ]);
  });
  expect(report.export.problems).toEqual({
    ...{ 'nested-too-deep': 1, 'no-id': 2, 'no-patient': 2, 'not-a-resource': 1, 'not-json': 1 },
  });
  const source = report.export.sources.find(({ name }) => name === 'Procedure.2.ndjson');
  expect(source?.places).toContainEqual({ line: 1, problem: 'not-json' });
  expect(source?.places).toContainEqual({ line: 4, problem: 'nested-too-deep' });
  expect(source).toMatchObject({ kept: { Procedure: 1 }, passedOver: { Claim: 1 } });
  expect(evaluations).toMatchObject([{ order: { decision: 'radiofrequency-first' } }]);
});

test('a line of 50 MB is not held; whose it was is known by its beginning, and that patient is not read as whole', async () => {
  const { report, evaluations } = await replay((place) => {
    sound(place);
    writeNdjson(place, 'Procedure.ndjson', []);
    const note = `{"resourceType":"Procedure","id":"big","subject":{"reference":"Patient/a"},"note":[{"text":"`;
    writeFileSync(path.join(place, 'Procedure.9.ndjson'), note);
    for (let part = 0; part < 50; part += 1)
      appendFileSync(path.join(place, 'Procedure.9.ndjson'), SECRET.repeat(131_072));
    appendFileSync(path.join(place, 'Procedure.9.ndjson'), `"}]}\n${JSON.stringify(patient('b'))}\n`);
  });
  expect(report.export).toMatchObject({ patients: 2, problems: { 'too-long': 1 }, attributed: 1 });
  const [one] = evaluations;
  expect(one?.data).toContainEqual(expect.objectContaining({ kind: 'procedures', state: 'partial' }));
  // An absence may not rest on a partial read.
  expect(one?.order?.decision).toBe('insufficient-data');
});

test('the same line twice is one record, and of several versions the one the chart held counts', async () => {
  const version = (lastUpdated: string, percent: number) =>
    block('a', {
      meta: { lastUpdated },
      note: [{ text: `${percent}% relief of the usual pain for 6 hours.` }],
    });
  const { report, evaluations } = await replay((place) => {
    sound(place);
    writeNdjson(place, 'Procedure.ndjson', [
      version('2025-03-02T08:00:00Z', 20),
      version('2025-04-02T08:00:00Z', 85),
      version('2025-09-02T08:00:00Z', 10),
      version('2025-04-02T08:00:00Z', 85),
    ]);
  });
  expect(report.export.repeatedLines).toEqual({ same: 1, versions: 2 });
  expect(evaluations).toMatchObject([{ order: { decision: 'radiofrequency-first' } }]);
});

test('a record of another patient under the same id, and an order that leans on it, stay apart', async () => {
  const { report, evaluations } = await replay((place) => {
    sound(place);
    writeNdjson(place, 'Procedure.ndjson', [{ ...block('b'), id: 'a-block' }]);
    writeNdjson(place, 'ServiceRequest.ndjson', [
      order('a', { reasonReference: [{ reference: 'Condition/of-b' }] }),
    ]);
    writeNdjson(place, 'Condition.ndjson', [
      {
        resourceType: 'Condition',
        id: 'of-b',
        ...subject('b'),
        code: { text: 'Greater occipital neuralgia' },
      },
    ]);
  });
  expect(report.export.patients).toBe(2);
  expect(evaluations).toMatchObject([{ order: { decision: 'diagnostic-blocks-first' } }]);
});

test('types that the export does not hold are unavailable, not empty', async () => {
  const { evaluations } = await replay((place) => {
    writeNdjson(place, 'all.ndjson', [
      patient('a'),
      order('a'),
      { resourceType: 'Condition', id: 'c', ...subject('a') },
    ]);
  });
  expect(evaluations[0]?.order?.decision).toBe('insufficient-data');
  expect(evaluations[0]?.data).toContainEqual(
    expect.objectContaining({ kind: 'procedures', state: 'unavailable' }),
  );
});

test('a manifest that asked for a type says that there is none', async () => {
  const { evaluations } = await replay((place) => {
    sound(place);
    rmSync(path.join(place, 'Procedure.ndjson'));
    const request = 'https://ehr.example/fhir/$export?_type=Patient,Procedure,DiagnosticReport';
    writeFileSync(path.join(place, 'manifest.json'), JSON.stringify({ request, output: [] }));
  });
  expect(evaluations[0]?.order?.decision).toBe('diagnostic-blocks-first');
});

test('a gzip that breaks off is said, and what it held is read as partial for everybody', async () => {
  const { report, evaluations } = await replay((place) => {
    sound(place);
    rmSync(path.join(place, 'Procedure.ndjson'));
    const lines = Array.from({ length: 4000 }, (_, n) => JSON.stringify(block(`p${n}`))).join('\n');
    const packed = gzipSync(lines);
    writeFileSync(path.join(place, 'Procedure.ndjson.gz'), packed.subarray(0, packed.length / 2));
  });
  expect(report.export.sources.filter(({ brokenOff }) => brokenOff)).toHaveLength(1);
  expect(evaluations[0]?.order?.decision).toBe('insufficient-data');
});

test.each([
  ['no such place', ['/no/such/folder'], 'is not there'],
  ['a folder without NDJSON', ['test/replay'], 'holds no .ndjson'],
  ['two exports', ['a', 'b'], 'name one export'],
  ['a date that is none', ['a', '--until=yesterday'], 'has to be a date'],
  ['no database to share it', ['test/replay', '--queue'], 'DATABASE_URL is needed'],
  ['a service that is not there', ['test/replay', '--services=knee-review'], 'no service knee-review'],
])('%s: said in a line, without a stack', async (_name, words, said) => {
  const { status, stderr } = await runReplay([...words, `--out=${path.join(folder, 'none')}`]);
  expect(status).toBe(1);
  expect(stderr).toContain(said);
  expect(stderr).not.toMatch(/^ {4}at /m);
});
