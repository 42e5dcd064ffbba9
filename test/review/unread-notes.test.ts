/** A note whose words did not come: an ablation that only it tells of is not called missing. */
import {
  bundle,
  countingServer,
  draft,
  orderSign,
  physicalTherapy,
  prefetched,
  procedure,
  review,
  type ResourceJson,
} from './service.js';

const block = procedure('lbb', '64451', {
  note: [{ text: 'Bilateral. 85% relief of usual pain for 6 hours.' }],
});

const note = (attachment: Readonly<Record<string, unknown>>): ResourceJson => ({
  resourceType: 'DocumentReference',
  id: 'note',
  status: 'current',
  subject: { reference: 'Patient/p1' },
  date: '2026-02-01T08:00:00Z',
  content: [{ attachment }],
});
const inline = (text: string) => ({ contentType: 'text/plain', data: Buffer.from(text).toString('base64') });

async function reviewed(...notes: readonly ResourceJson[]) {
  const prefetch = prefetched({ procedures: bundle(physicalTherapy(), block), documents: bundle(...notes) });
  const { cards, extension } = await review(orderSign([draft()], { prefetch }));
  const evaluation = extension?.['stepwise-cds.evaluation'];
  return {
    decision: evaluation?.orders[0]?.decision,
    data: evaluation?.data.find(({ kind }) => kind === 'documents')?.state,
    preselected: cards[0]?.suggestions?.some(({ isRecommended }) => isRecommended) ?? false,
    text: JSON.stringify(cards),
  };
}

test('all words read: the ablation is missing, and proposed', async () => {
  expect(await reviewed(note(inline('Seen for follow-up.')))).toMatchObject({
    decision: 'radiofrequency-first',
    data: 'complete',
    preselected: true,
  });
});

test.each([
  ['not sent, and no server to ask', undefined],
  ['not granted', { issue: 'forbidden' }],
])(
  'a site that gives no notes (%s): the other records speak, and what was not read is said',
  async (_why, denied) => {
    const { documents: _documents, ...delivered } = prefetched({
      procedures: bundle(physicalTherapy(), block),
    });
    const server = denied && (await countingServer(403, { resourceType: 'OperationOutcome' }));
    const more = server && { fhirServer: server.url };
    const { cards, extension } = await review(orderSign([draft()], { prefetch: delivered, ...more }));
    await server?.close();
    const evaluation = extension?.['stepwise-cds.evaluation'];
    expect(evaluation?.data.find(({ kind }) => kind === 'documents')?.state).toBe('unavailable');
    expect(evaluation?.orders[0]?.decision).toBe('radiofrequency-first');
    expect(cards[0]?.detail).toMatch(/Could not be read whole:\*\* notes/);
    expect(cards[0]?.suggestions?.some(({ isRecommended }) => isRecommended)).toBe(false);
  },
);

test('words at an address that nothing can be fetched from: nothing is said to be missing', async () => {
  const answer = await reviewed(note({ contentType: 'text/plain', url: 'Binary/1' }));
  expect(answer).toMatchObject({ decision: 'insufficient-data', data: 'partial', preselected: false });
  expect(answer.text).toContain('notes (some of its records could not be read)');
});

test('one of two parts did not come: the other is read, and no absence claimed', async () => {
  const both = {
    ...note({}),
    content: [
      { attachment: inline('Cooled RFA of the left sacral lateral branches on 2025-02-03 gave no relief at 3 months.') }, // prettier-ignore
      { attachment: { contentType: 'text/plain', url: 'Binary/2' } },
    ],
  };
  const answer = await reviewed(both);
  expect(answer).toMatchObject({ decision: 'insufficient-data', data: 'partial' });
  expect(answer.text).toContain('2025-02-03');
});

test('a scan has no words to wait for: it is said, and nothing is pre-selected', async () => {
  const scan = { contentType: 'image/tiff', data: Buffer.from('II*\0').toString('base64') };
  const answer = await reviewed(note(scan));
  expect(answer).toMatchObject({ decision: 'radiofrequency-first', data: 'complete', preselected: false });
  expect(answer.text).toContain('that only it tells of is not seen');
});

describe('imaging reports', () => {
  const report = (attachment: Readonly<Record<string, unknown>>): ResourceJson => ({
    resourceType: 'DiagnosticReport',
    id: 'mri',
    status: 'final',
    subject: { reference: 'Patient/p1' },
    code: { coding: [{ system: 'http://loinc.org', code: '24968-0' }] },
    presentedForm: [attachment],
  });

  test.each([
    ['words that did not come: no red flag is ruled out, and nothing pre-selected', { contentType: 'text/plain', url: 'Binary/1' }, false], // prettier-ignore
    ['words that came', inline('L4-L5: mild facet arthropathy.'), true],
  ])('%s', async (_name, attachment, preselected) => {
    const prefetch = prefetched({
      procedures: bundle(physicalTherapy(), block),
      diagnosticReports: bundle(report(attachment)),
    });
    const { cards } = await review(orderSign([draft()], { prefetch }));
    expect(cards[0]?.suggestions?.some(({ isRecommended }) => isRecommended) ?? false).toBe(preselected);
    expect(cards[0]?.summary).toMatch(preselected ? /^Cooled RFA/ : /^Red flags could not be looked for/);
  });
});
