/** Findings are there; what was done for them stands in records that were not read: nothing is said to be untreated. */
import { bundle, draft, orderSign, prefetched, review, type ResourceJson } from './service.js';

const report: ResourceJson = {
  resourceType: 'DiagnosticReport',
  id: 'mri',
  status: 'final',
  code: { text: 'MRI lumbar spine' },
  subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2026-01-15',
  conclusion: 'L5-S1: Severe bilateral neural foraminal stenosis.',
};
const failed = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'exception', details: { text: 'x' } }],
};

async function generatorsCard(delivered: Readonly<Record<string, unknown>>) {
  const prefetch = prefetched({ diagnosticReports: bundle(report), ...delivered });
  const { cards } = await review(orderSign([draft()], { prefetch }));
  const card = cards.find(({ summary }) => summary.includes('foraminal stenosis'));
  return { summary: card?.summary ?? '', detail: card?.detail ?? '' };
}

test('everything read: untreated, nothing found', async () => {
  const { summary, detail } = await generatorsCard({});
  expect(summary).toBe('Other pain generators look untreated: L5-S1 foraminal stenosis');
  expect(detail).toMatch(/nothing shows that they were ruled out/);
  expect(detail).toMatch(/\| none found \|/);
});

test.each([
  ['procedures', 'procedures'],
  ['documents', 'notes'],
])('%s unread: treated or not cannot be told, and it is said why', async (key, kind) => {
  const { summary, detail } = await generatorsCard({ [key]: failed });
  expect(summary).toBe('Other pain generators, not known to be treated: L5-S1 foraminal stenosis');
  expect(detail).toContain(`the ${kind} could not be read whole`);
  expect(detail).toMatch(/\| not read \|/);
  expect(detail).not.toMatch(/nothing (?:in|found)/);
});

test('medicines unread: they would not show it, and the words stay', async () => {
  expect((await generatorsCard({ medicationRequests: failed })).summary).toMatch(/look untreated/);
});
