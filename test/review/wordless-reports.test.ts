/** A report of the region without words tells that a study was done, and nothing of what it showed. */
import { bundle, draft, orderSign, prefetched, review } from './service.js';

const mri = (part: Readonly<Record<string, unknown>>) => ({
  resourceType: 'DiagnosticReport',
  id: 'mri',
  status: 'final',
  code: { text: 'MRI lumbar spine' },
  subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2026-01-15',
  ...part,
});

async function reviewed(report: object, observations: readonly object[] = []) {
  const prefetch = prefetched({
    diagnosticReports: bundle(report),
    observations: observations.length > 0 ? bundle(...observations) : null,
  });
  const { extension, cards } = await review(orderSign([draft()], { prefetch }));
  const evaluation = extension?.['stepwise-cds.evaluation'];
  return {
    state: evaluation?.data.find(({ kind }) => kind === 'diagnosticReports')?.state,
    notes: evaluation?.orders[0]?.notes?.map(({ id }) => id) ?? [],
    cards: JSON.stringify(cards),
  };
}

const impression = {
  resourceType: 'Observation',
  id: 'impr',
  status: 'final',
  code: { text: 'Impression' },
  subject: { reference: 'Patient/p1' },
  valueString: 'L5-S1: Severe bilateral neural foraminal stenosis.',
};
const result = [{ reference: 'Observation/impr', display: 'Impression' }];

test('its words in an Observation that came: read', async () => {
  const { state, notes, cards } = await reviewed(mri({ result }), [impression]);
  expect([state, notes]).toEqual(['complete', []]);
  expect(cards).toContain('foraminal stenosis');
});

test.each<[string, Readonly<Record<string, unknown>>, readonly object[]]>([
  ['its words in an Observation that did not come', { result }, []],
  ['its Observation without words', { result }, [{ ...impression, valueString: undefined }]],
  ['no words anywhere', {}, []],
  ['a blank conclusion', { conclusion: '  ' }, []],
  ['a code alone, which may be the reason for it', { conclusionCode: [{ text: 'Low back pain' }] }, []],
  ['a form without content', { presentedForm: [{ contentType: 'text/plain' }] }, []],
])('%s: named as unreadable, and its kind is not whole', async (_name, part, observations) => {
  const { state, notes } = await reviewed(mri(part), observations);
  expect(state).toBe('partial');
  expect(notes).toContain('report-unreadable');
});

test('its words in an Observation that stands in it: read', async () => {
  const contained = [{ ...impression, id: 'inside' }];
  const { state, notes, cards } = await reviewed(mri({ contained, result: [{ reference: '#inside' }] }));
  expect([state, notes]).toEqual(['complete', []]);
  expect(cards).toContain('foraminal stenosis');
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['another Observation', { result: [...result, { reference: 'Observation/second' }] }],
  ['an Observation that is only named', { result: [...result, { display: 'Narrative' }] }],
  ['an Observation inside it', { result: [...result, { reference: '#second' }] }],
])(
  'what it says is read, and %s did not come: that is said, and its kind is not whole',
  async (_name, part) => {
    const { state, notes } = await reviewed(mri({ ...part, conclusion: 'No fracture. No mass.' }), [
      impression,
    ]);
    expect(state).toBe('partial');
    expect(notes).toContain('report-unreadable');
  },
);

test('a rendition has the words of the whole report, whatever Observations beside it did not come', async () => {
  const presentedForm = [plain('MRI lumbar spine. No fracture. No mass.')];
  const { state, notes } = await reviewed(mri({ presentedForm, result }));
  expect([state, notes]).toEqual(['complete', []]);
});

const plain = (text: string) => ({ contentType: 'text/plain', data: Buffer.from(text).toString('base64') });

test('a rendition without words was looked at: named, and there is nothing more to be had', async () => {
  const presentedForm = [{ contentType: 'text/html', data: Buffer.from('<html></html>').toString('base64') }];
  const { state, notes } = await reviewed(mri({ presentedForm }));
  expect(notes).toContain('report-unreadable');
  expect(state).toBe('complete');
});

test('a report of something else without words says nothing, and lacks nothing', async () => {
  const { state, notes } = await reviewed(mri({ code: { text: 'Electrocardiogram' } }));
  expect([state, notes]).toEqual(['complete', []]);
});
