/** FHIR Bulk Data Access against a server that somebody else made: HAPI exports, and what was downloaded is replayed. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { FhirResource } from 'fhir/r4.js';
import { composeReplayServices } from '../../src/compose/replay.js';
import { downloadExport } from '../../src/fhir/bulk/download.js';
import { FhirBase } from '../../src/fhir/fhir-base.js';
import { replayInProcess } from '../replay/in-process.js';
import { newFolder } from '../replay/replay-process.js';
import { loadCharts, readCharts } from './load.js';

const hapi = process.env['HAPI_BASE_URL'] ?? '';
const CPT = 'http://www.ama-assn.org/go/cpt';
const subject = { reference: 'Patient/bulk-1' };

/** A patient whose order was signed: the charts of the other tests hold none. */
const SIGNED: readonly FhirResource[] = [
  { resourceType: 'Patient', id: 'bulk-1', gender: 'female', birthDate: '1970' },
  {
    ...{ resourceType: 'Procedure', id: 'bulk-1-block', status: 'completed', subject },
    code: { coding: [{ system: CPT, code: '64451' }], text: 'Sacral lateral branch block' },
    performedDateTime: '2025-11-03',
    bodySite: [{ text: 'Left sacroiliac joint' }],
    note: [{ text: '85% relief of the usual buttock pain for 6 hours.' }],
  },
  {
    ...{ resourceType: 'ServiceRequest', id: 'bulk-1-order', status: 'active', intent: 'order', subject },
    code: { coding: [{ system: CPT, code: '64772' }], text: 'Neurectomy of sacral lateral branches' },
    authoredOn: '2026-02-02T15:30:00Z',
    reasonCode: [{ text: 'Chronic sacroiliac joint pain' }],
    bodySite: [{ text: 'Left sacroiliac joint' }],
  },
];

const ambient = {
  ...{ now: () => performance.now(), date: () => new Date() },
  ...{ random: () => 0, newUuid: () => crypto.randomUUID() },
};
/** Milliseconds. HAPI wants to be asked every two minutes; the waits themselves are tested elsewhere. */
const LONGEST_WAIT = 1_000;
const folder = newFolder();
let types: ReadonlySet<string>;
const waits: number[] = [];

beforeAll(async () => {
  await loadCharts(hapi, [{ file: 'bulk-1', resources: SIGNED }]);
  const services = composeReplayServices({ services: ['sij-neurectomy-review'] }, ambient);
  ({ types } = services);
  const base = FhirBase.parse(hapi)!;
  await downloadExport({ base, types: [...types].sort() }, folder, {
    epoch: () => Date.now(),
    wait: (ms) => {
      waits.push(ms);
      return new Promise((resolve) => setTimeout(resolve, Math.min(ms, LONGEST_WAIT)));
    },
  });
  await services.close();
}, 300_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function exported(): readonly FhirResource[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as FhirResource);
}

test('it is asked again after as long as it says', () => {
  expect(waits.length).toBeGreaterThan(0);
  expect(new Set(waits)).toEqual(new Set([120_000]));
});

test('every record of the charts comes with the export, as often as it was loaded', async () => {
  const charts = [...(await readCharts()), { resources: SIGNED }];
  const loaded = charts
    .flatMap(({ resources }) => resources)
    .filter(({ resourceType }) => types.has(resourceType))
    .map(({ resourceType, id }) => `${resourceType}/${id ?? ''}`);
  const came = exported().map(({ resourceType, id }) => `${resourceType}/${id ?? ''}`);
  expect(loaded.filter((reference) => !came.includes(reference))).toEqual([]);
  expect(new Set(came).size).toBe(came.length);
});

test('the export is kept with what was asked for, and the report is made of it', async () => {
  const out = newFolder();
  try {
    // The server's own dates of change are those of the loading.
    const report = await replayInProcess(folder, out, 'ignore');
    expect(report.export.problems).toEqual({});
    const [service] = report.services;
    expect(service?.orders).toBe(1);
    expect(service?.decisions).toEqual({ 'radiofrequency-first': 1 });
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
