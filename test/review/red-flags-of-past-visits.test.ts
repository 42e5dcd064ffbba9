/**
 * A diagnosis of a visit of years ago that nobody took up or ended. It is no flag of now: it is asked about, with its
 * day, and nothing is pre-selected. A tumour stays a flag; so does whatever stands on the problem list.
 */
import { condition, seen, type Seen } from './left-chart.js';
import type { ResourceJson } from './service.js';

const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';
const PAST = 'red-flag-of-a-past-visit';
const category = (code: string) => ({ category: [{ coding: [{ code }] }] });
const visit = (icd: string, recordedDate: string | undefined, part: object = {}): ResourceJson =>
  condition(`c-${icd}`, icd, {
    clinicalStatus: undefined,
    ...category('encounter-diagnosis'),
    ...(recordedDate !== undefined && { recordedDate }),
    ...part,
  });
const withConditions = (...conditions: readonly ResourceJson[]): Promise<Seen> => seen({ conditions });

describe('asked about', () => {
  test.each([
    ['discitis', visit('M46.46', '2019-02-10')],
    [
      'left active, as visits leave it',
      visit('M46.46', '2019-02-10', { clinicalStatus: { coding: [{ code: 'active' }] } }),
    ],
    ['cauda equina syndrome', visit('G83.4', '2019-02-10')],
    ['a fracture', visit('S32.10XA', '2019-02-10')],
    [
      'of which somebody wrote years ago, too',
      visit('M46.46', '2019-02-10', { note: [{ text: 'On antibiotics.', time: '2019-08-01' }] }),
    ],
    ['of a year', visit('M46.46', '2019')],
  ])('%s', async (_what, diagnosis) => {
    const { decision, considerations, detail, preselected } = await withConditions(diagnosis);
    expect(decision).toBe('radiofrequency-first');
    expect(considerations).toEqual([PAST]);
    expect(detail).toMatch(/Weigh first.*\n.*nothing read says that it ended.* 2019/u);
    expect(preselected).toEqual([]);
  });
});

describe('a flag still', () => {
  test.each([
    ['a visit of 23 months ago', [visit('M46.46', '2024-05-02')]],
    ['a visit without a day', [visit('M46.46', undefined)]],
    ['one of which the year alone is known', [visit('M46.46', '2024')]],
    [
      'that came back',
      [visit('M46.46', '2019-02-10', { clinicalStatus: { coding: [{ code: 'recurrence' }] } })],
    ],
    ['a metastasis', [visit('C79.51', '2019-02-10')]],
    ['on the problem list', [visit('M46.46', '2019-02-10', category('problem-list-item'))]],
    [
      'on the problem list too',
      [visit('M46.46', '2019-02-10'), condition('problem', 'M46.46', category('problem-list-item'))],
    ],
    ['of which the onset alone is known', [visit('M46.26', undefined, { onsetDateTime: '2022-05-01' })]],
    [
      'that went on until lately',
      [visit('M46.26', '2022-05-01', { onsetPeriod: { start: '2022-04-01', end: '2026-02-01' } })],
    ],
    ['that began lately', [visit('M46.26', '2022-05-01', { onsetDateTime: '2026-02-01' })]],
    [
      'of which somebody wrote lately',
      [visit('M46.26', '2022-05-01', { note: [{ text: 'On antibiotics.', time: '2026-03-01' }] })],
    ],
    [
      'that is called chronic',
      [visit('M46.26', '2022-05-01', { code: { text: 'Chronic vertebral osteomyelitis' } })],
    ],
    [
      'a fracture that a tumour caused',
      [
        visit('M84.58XA', '2022-05-01', {
          code: {
            coding: [
              { system: ICD, code: 'M84.58XA', display: 'Pathological fracture in neoplastic disease' },
            ],
          },
        }),
      ],
    ],
    ['such a fracture of the pelvis by its code alone', [visit('M84.550A', '2022-05-01')]],
    ['such a fracture of another site by its code alone', [visit('M84.58XA', '2022-05-01')]],
    ['chronic osteomyelitis by its code alone', [visit('M86.68', '2022-05-01')]],
    [
      'that is followed as a health concern',
      [
        visit('M46.26', '2022-05-01', {
          category: [{ coding: [{ code: 'encounter-diagnosis' }] }, { coding: [{ code: 'health-concern' }] }],
        }),
      ],
    ],
    [
      'that is followed as a problem in words',
      [
        visit('M46.26', '2022-05-01', {
          category: [{ coding: [{ code: 'encounter-diagnosis' }] }, { text: 'Problem List Item' }],
        }),
      ],
    ],
    [
      'found again lately',
      [visit('M46.26', '2022-05-01'), { ...visit('M46.26', '2026-02-01'), id: 'again' }],
    ],
    ['without a category', [visit('M46.46', '2019-02-10', { category: undefined })]],
  ])('%s', async (_what, conditions) => {
    expect((await withConditions(...conditions)).decision).toBe('urgent-evaluation');
  });
});

test.each([
  ['that diagnosis', { reasonReference: [{ reference: 'Condition/c-M46.26' }] }],
  [
    'another of its kind',
    { reasonCode: [{ text: 'SI joint pain', coding: [{ system: ICD, code: 'M46.46' }] }] },
  ],
])('a flag still where the order is for %s', async (_what, order) => {
  const { decision } = await seen({ conditions: [visit('M46.26', '2022-05-01')], order });
  expect(decision).toBe('urgent-evaluation');
});

test('over, where the problem list says that the chronic disease has ended since', async () => {
  const chronic = {
    code: { coding: [{ system: ICD, code: 'M86.68', display: 'Other chronic osteomyelitis' }] },
  };
  const ended = { clinicalStatus: { coding: [{ code: 'resolved' }] }, abatementDateTime: '2025-06-01' };
  const { decision, considerations } = await withConditions(
    visit('M86.68', '2022-05-01', chronic),
    condition('problem', 'M86.68', { ...category('problem-list-item'), ...ended, ...chronic }),
  );
  expect([decision, considerations]).toEqual(['radiofrequency-first', []]);
});

test('a diagnosis of a visit is quoted with its day', async () => {
  expect((await withConditions(visit('C79.51', '2025-02-10'))).detail).toMatch(/Found in: 2025-02-10 /u);
});

test.each([
  ['infection', [visit('M46.46', '2019-02-10')]],
  ['acute fracture', [visit('S32.10XA', '2019-02-10')]],
  ['cauda equina syndrome', [visit('G83.4', '2019-02-10')]],
  ['infection, acute fracture', [visit('S32.10XA', '2018-02-10'), visit('M46.46', '2019-02-10')]],
])('what was diagnosed is named, and nothing else: %s', async (names, conditions) => {
  const { detail } = await withConditions(...conditions);
  expect(detail).toMatch(new RegExp(`that it ended: ${names}\\. See that it is over`, 'u'));
});
