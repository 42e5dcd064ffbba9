import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

/** Each procedure on one line: kind, status, side, levels, date, relief, duration. */
function procedures(text: string): string[] {
  return readReport(text, book).interventions.map(
    ({ kind, status, levels, laterality, date, relief, reliefDuration }) =>
      [
        kind,
        status,
        laterality,
        levels.join('+'),
        date,
        relief && `${relief.low}-${relief.high}`,
        relief?.duration ?? reliefDuration,
      ]
        .filter(Boolean)
        .join(' '),
  );
}

describe('a pain diary gives the best relief of its hours', () => {
  test.each([
    [
      'Left LBB 3/4/2025.\nPre 8/10\n15 min 4/10\n30 min 1/10\n1 h 1/10\n4 h 5/10',
      'lateral-branch-block completed left 2025-03-04 88-88',
    ],
    [
      'PAIN DIARY (s/p left lateral branch block 11/20/2025)\nBaseline: 8\n15 min: 3\n1 hr: 1\n6 hr: 6\n24 hr: 8',
      'lateral-branch-block completed left 2025-11-20 88-88',
    ],
    [
      'Right LBB, 01/08/2026\nTime    Score\nBefore  9\n30 min  2\n1 hour  1\n6 hours 5',
      'lateral-branch-block completed right 2026-01-08 89-89',
    ],
    // What is felt days later is no answer of the anaesthetic.
    [
      'Left LBB 3/4/2025.\nPre: 8\n1 hr: 4\n2 days: 0',
      'lateral-branch-block completed left 2025-03-04 50-50',
    ],
    // A relief told in words says more than the scores.
    [
      'Left LBB 3/4/2025, 50% relief.\nPre: 8\n1 hr: 1',
      'lateral-branch-block completed left 2025-03-04 50-50',
    ],
    ['Left LBB planned.\nPre: 8\n1 hr: 1', 'lateral-branch-block planned left'],
  ])('%s', (text, expected) => expect(procedures(text)).toEqual([expected]));
});

describe('rows, titles and forms', () => {
  test.each([
    [
      'Procedure,Side,Date,Relief,Duration\nLBB,R,2024-09-02,90%,8 hours\nRFA (cooled),R,2024-11-05,70%,8 months',
      [
        'lateral-branch-block completed right 2024-09-02 90-90 PT8H',
        'sacral-lateral-branch-rfa completed right 2024-11-05 70-70 P8M',
      ],
    ],
    [
      'Procedure(s): RADIOFREQUENCY ABLATION, LATERAL BRANCH NERVES, SACROILIAC (Right)\nLevels treated: L5, S1, S2',
      ['sacral-lateral-branch-rfa completed right L5+S1+S2'],
    ],
    [
      'Procedure: Lateral branch block\nLaterality: [x] Left\nLevels: [x] L5 [x] S1 [ ] S2',
      ['lateral-branch-block completed left L5+S1'],
    ],
    [
      'Has the patient had an SI joint injection? Yes\nIf yes, date: 4/10/2025\nSide: Right\n% relief: 80',
      ['si-joint-injection completed right 2025-04-10 80-80'],
    ],
    ['Has the patient had an SI joint injection? No\nSide: Right\n% relief: 80', []],
    ['Left side: lateral branch block performed.', ['lateral-branch-block completed left']],
  ])('%s', (text, expected) => expect(procedures(text)).toEqual(expected));
});

describe('prose without the name of a procedure', () => {
  test.each([
    [
      'We put local anesthetic on the lateral branches of the right SI joint on 3/3/2025; 90% relief for 5 hours.',
      ['lateral-branch-block completed right 2025-03-03 90-90 PT5H'],
    ],
    ['We plan to put local anesthetic on the lateral branches.', ['lateral-branch-block planned']],
    [
      'Lidocaine was placed over the lateral branches before lesioning.',
      ['sacral-lateral-branch-rfa unknown'],
    ],
    [
      'The target was the right SI joint. Under CT guidance 1 mL of ropivacaine was injected on 7/7/2025.',
      ['si-joint-injection completed right 2025-07-07'],
    ],
    ['The right SI joint is tender. The skin was injected with lidocaine.', []],
    [
      'SIJ injection 5/6/2025, 75% relief. A second one in August helped 40% for a fortnight.',
      ['si-joint-injection completed 2025-05-06 75-75', 'si-joint-injection completed 40-40 P2W'],
    ],
    [
      'Left SIJ injection 10/24 (80%), repeat 8/25 (50%).',
      ['si-joint-injection completed left 80-80', 'si-joint-injection completed left 50-50'],
    ],
    ['Right SIJ. IA inj 6/2, 85%.', ['si-joint-injection completed right 85-85']],
    ['LBBs 11/25 and 12/25, both 80%.', ['lateral-branch-block completed 80-80']],
  ])('%s', (text, expected) => expect(procedures(text)).toEqual(expected));
});

describe('whose relief it is', () => {
  test.each([
    ['Left SIJ injection. PT REPORTED 50% IMPROVEMENT.', ['si-joint-injection completed left 50-50']],
    ['Left SIJ injection. PT for 8 weeks gave 50% improvement.', ['si-joint-injection unknown left']],
    [
      'Fusion L5-S1 in 2018. L SIJ 3/25, 60%.',
      ['lumbar-fusion completed L5-S1 2018', 'si-joint-injection completed left 60-60'],
    ],
    ['LBB 9/25 neg.', ['lateral-branch-block completed 0-49']],
    ['LBB done, neg aspiration.', ['lateral-branch-block completed']],
    [
      'No response to a trial of pulsed RFA of the right lateral branches, done elsewhere in 2024.',
      ['sacral-lateral-branch-rfa completed right 2024 0-0'],
    ],
    ['Recommend a trial of RFA of the right lateral branches.', ['sacral-lateral-branch-rfa planned right']],
  ])('%s', (text, expected) => expect(procedures(text)).toEqual(expected));
});

describe('what a form left unticked is not said', () => {
  test.each([
    [
      '☒ SI joint injection   Side: ☒ L ☐ R   Date: 03/2025   Relief: 80%   Duration: 8 weeks\n☐ RFA of the SI joint',
      ['si-joint-injection completed left 2025-03 80-80 P8W'],
    ],
    ['SIJ injection, relief: [ ] <50% [x] 50-79% [ ] 80-100%', ['si-joint-injection completed 50-79']],
    ['SIJ injection, relief: [x] <50% [ ] 80-100%', ['si-joint-injection completed 0-49']],
    ['Right SIJ injection, relief: [ ] none [ ] 50% [ ] complete', ['si-joint-injection unknown right']],
  ])('%s', (text, expected) => expect(procedures(text)).toEqual(expected));
});

describe('what a "but" says of the procedure itself', () => {
  const rfa = 'RFA of the right lateral branches';

  test.each([
    [
      `${rfa} was begun but had to be terminated after the S1 lesion.`,
      ['sacral-lateral-branch-rfa stopped right'],
    ],
    [`${rfa} was done in 2024 but it stopped helping.`, ['sacral-lateral-branch-rfa completed right 2024']],
    [
      `${rfa} was done in 2024, but gabapentin was aborted.`,
      ['sacral-lateral-branch-rfa completed right 2024'],
    ],
    [`${rfa} was scheduled but it was cancelled.`, ['sacral-lateral-branch-rfa not-done right']],
    [`${rfa} was done, but MRI was not done.`, ['sacral-lateral-branch-rfa completed right']],
  ])('%s', (text, expected) => expect(procedures(text)).toEqual(expected));
});

describe('which side', () => {
  test.each([
    [
      'The right SI joint was injected on 3/3/2025. An injection of the left joint had no effect.',
      ['si-joint-injection completed right 2025-03-03', 'si-joint-injection completed left 0-0'],
    ],
    [
      'Here to discuss results of right SIJ injection on 5/12/2025.',
      ['si-joint-injection completed right 2025-05-12'],
    ],
    ['Right LBB today. 8/10 → 0/10 at 30 min.', ['lateral-branch-block completed right 100-100']],
  ])('%s', (text, expected) => expect(procedures(text)).toEqual(expected));

  test('of a test is that before its sign', () => {
    const { provocation } = readReport(
      'FABER R+ L-. Thigh thrust L+. Compression R-/L-. MRI of the L-spine.',
      book,
    );
    expect(provocation.map(({ test: name, result, laterality }) => [name, result, laterality])).toEqual([
      ['faber', 'positive', 'right'],
      ['faber', 'negative', 'left'],
      ['thigh-thrust', 'positive', 'left'],
      ['compression', 'negative', 'right'],
      ['compression', 'negative', 'left'],
    ]);
  });
});

test.each([
  ['No mets, ?spondylolysis at L5.', ['no tumor-or-infection', 'pars-defect']],
  ['No fracture, possible metastasis.', ['no fracture', 'tumor-or-infection']],
  ['No fracture, or possible metastasis.', ['no fracture', 'no tumor-or-infection']],
])('a doubt ends a denial: %s', (text, expected) =>
  expect(
    readReport(text, book).findings.map(({ finding, negated }) => `${negated ? 'no ' : ''}${finding}`),
  ).toEqual(expected),
);
