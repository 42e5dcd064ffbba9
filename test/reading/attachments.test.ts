/** The attachments of a chart are read within the time of a call, and other calls are let in meanwhile. */
import type { DiagnosticReport } from 'fhir/r4.js';
import type { Chart } from '../../src/mapping/chart.js';
import { readAttachments } from '../../src/reading/attachments.js';
import { hookRequest } from '../fhir/fhir-server.js';

const PATIENT = 'p1';
/** Everything is sent along. */
const nobody = () => Promise.reject(new Error('nobody is asked'));

function report(id: string, contentType: string, file: string, day = '2026-01-01'): DiagnosticReport {
  return {
    resourceType: 'DiagnosticReport',
    ...{ id, status: 'final', code: { text: 'MRI lumbar spine' }, effectiveDateTime: day },
    subject: { reference: `Patient/${PATIENT}` },
    presentedForm: [{ contentType, data: Buffer.from(file).toString('base64') }],
  };
}

/** On a clock that goes on by a millisecond whenever it is looked at, as it is after each step. */
async function readAll(items: readonly DiagnosticReport[], deadlineAt: number) {
  const chart = {
    patientId: PATIENT,
    draftOrderIds: new Set<string>(),
    parts: [
      {
        key: 'diagnosticReports',
        kind: 'diagnosticReports' as const,
        part: { status: 'complete' as const, items },
      },
    ],
  } satisfies Chart;
  let [ms, turns, watching] = [0, 0, true];
  const watch = (): void => {
    turns += 1;
    if (watching) setImmediate(watch);
  };
  setImmediate(watch);
  const read = await readAttachments(chart, {
    ...{ request: hookRequest({}), deadlineAt, now: () => (ms += 1) },
    retriever: { ...{ retrieve: nobody, readAttachments: nobody }, close: () => Promise.resolve() },
  });
  watching = false;
  return { turns, words: [...read.values()].map((one) => (one.status === 'read' ? one.text : one.why)) };
}

const groups = (count: number) => `{\\rtf1 L4-5 bulge.${'{'.repeat(count)}`;

test('files that are long to read: others are let in after every ten steps', async () => {
  const two = [report('a', 'text/rtf', groups(200_000)), report('b', 'text/rtf', groups(200_000))];
  const { turns, words } = await readAll(two, 1_000_000);
  expect(words).toEqual(['L4-5 bulge.', 'L4-5 bulge.']);
  expect(turns).toBeGreaterThanOrEqual(18);
});

test('files that are short are read in one go', async () => {
  const { turns, words } = await readAll([report('a', 'text/plain', 'L4-5 bulge.')], 1_000_000);
  expect([turns, words]).toEqual([0, ['L4-5 bulge.']]);
});

test('at the deadline the newest has been read, and the rest is named as unread', async () => {
  const reports = [
    report('old', 'text/rtf', groups(1), '2025-01-01'),
    report('new', 'text/rtf', groups(1), '2026-01-01'),
    report('long', 'text/rtf', groups(300_000), '2025-06-01'),
  ];
  const { words } = await readAll(reports, 120);
  expect(words).toEqual(['L4-5 bulge.', 'timeout', 'timeout']);
});

test('where the server took all of the time, what it sent is read', async () => {
  const { words } = await readAll([report('a', 'text/html', '<p>L4-5 bulge.</p>')], 0);
  expect(words).toEqual(['L4-5 bulge.']);
});
