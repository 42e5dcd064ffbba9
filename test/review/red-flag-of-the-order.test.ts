/** A disease that the order itself is written for leads, whether or not the chart has a Condition of it. */
import { condition, seen } from './left-chart.js';

const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';
const SACROILIAC = { coding: [{ system: ICD, code: 'M53.3' }], text: 'Sacroiliac joint pain' };
const orderedFor = (...reasonCode: readonly object[]) => seen({ order: { reasonCode } });

test.each([
  ['osteomyelitis of the spine', 'M46.26', 'infection'],
  ['a metastasis of bone', 'C79.51', 'malignancy'],
  ['a fracture', 'S32.10XA', 'acute-fracture'],
])('ordered for %s, too: it is evaluated first', async (_what, code, flag) => {
  const { decision, redFlags, detail, preselected } = await orderedFor(SACROILIAC, {
    coding: [{ system: ICD, code }],
  });
  expect(decision).toBe('urgent-evaluation');
  expect(redFlags).toMatchObject([{ id: flag, evidence: [{ reference: 'ServiceRequest/draft-1' }] }]);
  expect(detail).toContain(code);
  expect(preselected).toEqual([]);
});

test.each([
  ['the joint alone', [SACROILIAC]],
  ['words that name a disease to be ruled out', [SACROILIAC, { text: 'Rule out discitis' }]],
])('ordered for %s: no red flag', async (_what, reasons) => {
  const { decision, redFlags } = await orderedFor(...reasons);
  expect(decision).toBe('radiofrequency-first');
  expect(redFlags).toBeUndefined();
});

test('what the order only refers to is told by its own record: a disease that is over is none of now', async () => {
  const ended = condition('old', 'M46.26', { clinicalStatus: { coding: [{ code: 'resolved' }] } });
  const reasonReference = [{ reference: 'Condition/old' }];
  const { redFlags } = await seen({
    conditions: [ended],
    order: { reasonCode: [SACROILIAC], reasonReference },
  });
  expect(redFlags).toBeUndefined();
});

test.each([
  ['without an id', { id: undefined }],
  ['with an id that FHIR does not know', { id: 'new_order 1' }],
])('a draft %s raises the flag that it is written for', async (_what, part) => {
  const { decision, redFlags, detail, summary, preselected } = await seen({
    order: { ...part, reasonCode: [SACROILIAC, { coding: [{ system: ICD, code: 'M46.26' }] }] },
  });
  expect(decision).toBe('urgent-evaluation');
  expect(redFlags).toBeUndefined();
  expect(summary).toContain('infection');
  expect(detail).toMatch(/Found in: "M46\.26"/u);
  expect(preselected).toEqual([]);
});

test('a draft without an id that tells of a failed ablation gives a valid answer', async () => {
  const { decision, preselected } = await seen({
    order: {
      id: undefined,
      reasonCode: [{ text: 'Left SI joint pain, failed left SI RFA at outside clinic' }],
    },
  });
  expect(decision).toBe('radiofrequency-first');
  expect(preselected).toEqual([]);
});
