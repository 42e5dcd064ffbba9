/** Markup nested so deep that no one wrote it: not read, for it would hold up every other call, and said so. */
import { bundle, draft, orderSign, prefetched, review, type ResourceJson } from './service.js';

const html = (levels: number) => `${'<div>'.repeat(levels)}L5-S1: severe foraminal stenosis.`;
const inline = (text: string) => ({ contentType: 'text/html', data: Buffer.from(text).toString('base64') });

const report = (part: object): ResourceJson => ({
  resourceType: 'DiagnosticReport',
  id: 'mri',
  status: 'final',
  subject: { reference: 'Patient/p1' },
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '72148' }], text: 'MRI lumbar spine' },
  effectiveDateTime: '2026-02-01',
  ...part,
});

async function read(part: object) {
  const prefetch = prefetched({ diagnosticReports: bundle(report(part)) });
  const { extension } = await review(orderSign([draft()], { prefetch }));
  const { data, orders } = extension!['stepwise-cds.evaluation'];
  return {
    state: data.find(({ kind }) => kind === 'diagnosticReports')?.state,
    findings: JSON.stringify(orders).includes('stenosis'),
  };
}

describe.each<[string, (text: string) => object]>([
  ['an attachment', (text) => ({ presentedForm: [inline(text)] })],
  ['the narrative', (text) => ({ text: { status: 'generated', div: text } })],
])('%s', (_name, place) => {
  test('of a few levels is read', async () => {
    expect(await read(place(html(20)))).toEqual({ state: 'complete', findings: true });
  });

  test.each([201, 60_000])('of %i levels is unread, and nothing is called absent for it', async (levels) => {
    expect(await read(place(html(levels)))).toEqual({ state: 'partial', findings: false });
  });
});
