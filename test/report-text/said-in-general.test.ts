import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function told(text: string): string[] {
  const { interventions, care } = readReport(text, book);
  return [
    ...interventions.map(({ kind, status, relief }) =>
      [kind, status, ...(relief ? [`${relief.low}-${relief.high}`] : [])].join(' '),
    ),
    ...care.map(({ care: what, status }) => `${what} ${status}`),
  ];
}

describe('what is said of treatment in general is no record of this patient', () => {
  test.each([
    'Consent: left SIJ cooled RFA may fail, with no relief at 3 months.',
    'Literature: SIJ RFA failed in 30%.',
    'Studies show 75-80% relief after lateral branch block in selected patients.',
    'A positive lateral branch block is defined as >=75% relief.',
    'Pt told that SI joint block gives 80% relief in most patients.',
    'Per LCD, patients must have 75% relief after SI joint injection.',
    'Insurance requires 80% relief from two lateral branch blocks.',
    'Goal: 80% relief with left SI joint block.',
    'Patient hopes for 80% relief from the left SI joint injection.',
    'Her payer covers RFA when two lateral branch blocks each gave 75% relief.',
    'I explained that the left SI joint block would give 80% relief if the joint is the source.',
    'Per the guideline a diagnostic SI joint injection should achieve 75% relief.',
    'In one randomized trial cooled SIJ RFA gave 50% relief in 60% of subjects.',
    'Left SIJ RFA might provide no relief.',
    'To qualify for neurectomy, 75% relief from SI joint injection is required.',
    'We discussed that the left lateral branch block can give 90% relief for a few hours.',
    'Risk of no relief after left SIJ RFA.',
    '80% relief after lateral branch block is considered positive.',
    'Most patients get 80% relief from a lateral branch block.',
    'Insurance requires 6 weeks of physical therapy.',
    'Medical policy: patients must have failed 6 weeks of PT.',
  ])('%s', (text) => expect(told(text)).toEqual([]));
});

describe('what this patient had counts, whatever rule stands beside it', () => {
  test.each([
    ['After lateral branch block patient reported 80% relief.', ['lateral-branch-block completed 80-80']],
    ['Completed 12 weeks of PT.', ['physical-therapy done']],
    [
      'Per LCD criteria, patient had 80% relief after left SI joint injection on 5/1/2026.',
      ['si-joint-injection completed 80-80'],
    ],
    [
      'Insurance requires 75% relief, and she had 80% relief after left lateral branch block 5/1/2026.',
      ['lateral-branch-block completed 80-80'],
    ],
    [
      'Left lateral branch block 5/1/2026 gave 80% relief, which meets LCD criteria.',
      ['lateral-branch-block completed 80-80'],
    ],
    [
      'Patient told me she had 80% relief after the left SI joint injection.',
      ['si-joint-injection completed 80-80'],
    ],
    [
      'After informed consent the left SI joint injection was performed with 80% relief.',
      ['si-joint-injection completed 80-80'],
    ],
    ['Insurance required PT; she completed 12 weeks of PT.', ['physical-therapy done']],
    ['PT required by insurance was completed, 8 weeks.', ['physical-therapy done']],
    [
      'She was told the RFA may fail but she had 60% relief from left SIJ RFA 5/2025.',
      ['sacral-lateral-branch-rfa completed 60-60'],
    ],
    ['Left SIJ RFA 5/2025 failed, 20% relief at 3 months.', ['sacral-lateral-branch-rfa completed 20-20']],
    [
      'Lateral branch block 5/1/2026: 80% relief (LCD criteria met).',
      ['lateral-branch-block completed 80-80'],
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('criteria that are met are no metastases', () => {
  test.each([
    'LCD criteria met.',
    'Patient has met all criteria.',
    'Met with patient today.',
    'Goals were met.',
  ])('%s', (text) => expect(readReport(text, book).findings).toEqual([]));

  test.each(['Bony mets in the sacrum.', 'Diffuse osseous mets.', 'Known mets to L3.'])('but: %s', (text) =>
    expect(readReport(text, book).findings).toMatchObject([{ subtype: 'malignancy', negated: false }]),
  );
});
