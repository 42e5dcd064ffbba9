/**
 * A disease that would be evaluated first, recorded as one of several possible diagnoses or as one to be ruled out: it
 * is no red flag and no diagnosis; it is asked about, and nothing is pre-selected.
 */
import { condition, seen, type Seen } from './left-chart.js';
import type { ResourceJson } from './service.js';

const POSSIBLE = 'possible-disease-to-evaluate-first';
const differential = (icd: string, part: object = {}) =>
  condition('d', icd, { verificationStatus: { coding: [{ code: 'differential' }] }, ...part });
const inWords = (text: string, part: object = {}) => condition('d', '', { code: { text }, ...part });
const withCondition = (one: ResourceJson): Promise<Seen> => seen({ conditions: [one] });

test.each([
  ['ankylosing spondylitis', differential('M45.9'), 'M45.9'],
  ['discitis', differential('M46.46', { recordedDate: '2026-02-01' }), 'M46.46'],
  ['a metastasis', differential('C79.51'), 'C79.51'],
  ['a fracture', differential('S32.10XA'), 'S32.10XA'],
  ['to be ruled out', inWords('Rule out discitis'), 'Rule out discitis'],
  ['to be ruled out, in short', inWords('r/o acute sacral insufficiency fracture'), 'r/o acute sacral'],
  ['not ruled out', inWords('Bone metastasis not yet ruled out'), 'Bone metastasis not yet ruled out'],
])('asked about: %s', async (_what, one, words) => {
  const { decision, considerations, redFlags, detail, preselected } = await withCondition(one);
  expect(decision).toBe('radiofrequency-first');
  expect(redFlags).toBeUndefined();
  expect(considerations).toEqual([POSSIBLE]);
  expect(detail).toMatch(new RegExp(`Weigh first.*\n.*possible diagnosis.*"${words}.*Condition/d`, 'u'));
  expect(preselected).toEqual([]);
});

test.each([
  ['of years ago', differential('M46.46', { recordedDate: '2020-02-01' })],
  ['refuted', differential('M46.46', { verificationStatus: { coding: [{ code: 'refuted' }] } })],
  ['over', differential('M46.46', { clinicalStatus: { coding: [{ code: 'resolved' }] } })],
  [
    'over by its date',
    differential('M46.46', { clinicalStatus: undefined, abatementDateTime: '2026-01-01' }),
  ],
  ['ruled out', inWords('Discitis, ruled out')],
  ['a relative’s', inWords('Rule out bone metastasis in mother')],
  ['another patient’s', differential('M46.46', { subject: { reference: 'Patient/other' } })],
  ['of no disease that comes first', differential('M54.16')],
])('not asked about: one %s', async (_what, one) => {
  const { decision, considerations, preselected } = await withCondition(one);
  expect(decision).toBe('radiofrequency-first');
  expect(considerations).toEqual([]);
  expect(preselected.length).toBeLessThanOrEqual(1);
});
