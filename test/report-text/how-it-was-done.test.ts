import { readReport, type TextIntervention } from '../../src/report-text/index.js';
import { book } from './book.js';

function read(text: string): readonly TextIntervention[] {
  return readReport(text, book).interventions;
}

const PREPARED =
  'The patient was positioned prone. Skin was prepped. A needle was advanced. Contrast spread well.';

describe('what a note says of its one procedure further down', () => {
  test.each([
    [
      `Right LBB, 3/2025. ${PREPARED} Then 0.5 mL of bupivacaine was given at each site.`,
      'local-anaesthetic',
    ],
    [
      `SI joint injection. ${PREPARED} A total of 2 mL of lidocaine and 40 mg of Kenalog was instilled.`,
      'steroid',
    ],
    [`Left SIJ injection. ${PREPARED} Then 1 mL of ropivacaine was injected.`, 'local-anaesthetic'],
    ['Right SIJ CSI.', 'steroid'],
    ['Right LBB today. The skin was numbed with 1 mL lidocaine. Needles were placed.', undefined],
    ['Right LBB today. A skin wheal was raised with 1% lidocaine given by 25 gauge needle.', undefined],
    ['Right LBB 3/2025. She was given dexamethasone 4 mg daily for asthma.', undefined],
  ])('drug: %s', (text, drug) => expect(read(text).map((each) => each.drug)).toEqual([drug]));

  test.each([
    [
      `S1-S3 lateral branch RFA. ${PREPARED} Lesions were made at 80 degrees C for 90 seconds.`,
      'conventional',
    ],
    [`Left S1-S3 lateral branch RFA. ${PREPARED} Lesions at 60 C for 150 seconds.`, 'cooled'],
  ])('technique: %s', (text, technique) =>
    expect(read(text).map((each) => each.technique)).toEqual([technique]),
  );

  test('nerves', () =>
    expect(read('Left sacral lateral branch RFA. 3 lesions at S1, 3 at S2, 2 at S3.')[0]?.levels).toEqual([
      'S1',
      'S2',
      'S3',
    ]));
});

describe('how long it helped, where the text does not say how much', () => {
  test.each([
    ['SI joint injection 5/2024 helped for about a week.', 'P1W'],
    ['SIJ injection 5/2024, helped about 2 weeks.', 'P2W'],
    ['Right SIJ injection in May lasted 3 weeks.', 'P3W'],
    ['SIJ injection 2/2024 gave good relief for 3 months.', 'P3M'],
    ['SIJ RFA 2023 wore off after 6 months.', 'P6M'],
    ['SIJ injection 5/2024. It helped for two weeks.', 'P2W'],
    ['SIJ injection 5/2024. Pain came back after 10 days.', 'P10D'],
  ])('%s', (text, duration) =>
    expect(read(text)).toMatchObject([{ status: 'completed', reliefDuration: duration }]),
  );

  test.each([
    'SIJ injection 5/2024 did not help for long, seen 3 weeks later.',
    'SIJ injection planned; she will return in 2 weeks.',
    'SIJ injection 5/2024. Follow up in 6 weeks.',
  ])('not said: %s', (text) => expect(read(text)[0]?.reliefDuration).toBeUndefined());
});

describe('an ablation is of a target only where the text says so', () => {
  test.each([
    'right SIJ dysfunction, s/p RFA',
    'Right SIJ dysfunction s/p RFA 2023 with 60% relief for 8 months.',
    'Sacroiliac joint arthritis, history of RFA.',
    'Chronic SI joint pain status post cooled RFA.',
    'SIJ-mediated pain. RFA 2021 elsewhere.',
  ])('%s', (text) => expect(read(text)).toEqual([]));

  test.each([
    'RFA of the right SI joint in 2023.',
    'Right SIJ: RFA in 2023.',
    'RFA for right SIJ pain in 2023.',
    'Right SI joint RFA 2023.',
    'Right SIJ RFN 2023.',
  ])('%s', (text) =>
    expect(read(text)).toMatchObject([
      { kind: 'sacral-lateral-branch-rfa', laterality: 'right', date: '2023' },
    ]),
  );
});

describe('what became of a procedure', () => {
  test.each([
    ['Planned procedure: cooled RFA of S1-S3. Needles were withdrawn. The procedure was aborted.', 'stopped'],
    ['Presented for left LBB. He had taken apixaban. The procedure was not performed.', 'not-done'],
    ['The lateral branch block scheduled for 5/5/2025 was cancelled.', 'not-done'],
    ['Here for LBB. Procedure postponed for fever.', 'not-done'],
    ['Has an appointment with the pain clinic for SI joint injection.', 'planned'],
    ['SI joint injection next week.', 'planned'],
    ['P: LBB L S1-3', 'planned'],
    ['Patient agrees to the lateral branch block on 10/10/2025.', 'planned'],
    ['The SI joint has never been injected.', 'not-done'],
    ['The right SI joint was injected with Kenalog.', 'completed'],
  ])('%s', (text, status) => expect(read(text)).toMatchObject([{ status }]));

  test.each(['Did she ever have an SI joint injection?', 'Has he had RFA of the SI joint?'])(
    'a question tells of none: %s',
    (text) => expect(read(text)).toEqual([]),
  );
});

describe('scores and shares', () => {
  test.each([
    ['LBB 5/6/2025: pre 7, post 2.', [71, 71]],
    ['SIJ injection 5/6/2025. Pain before 6, after 0.', [100, 100]],
    ['LBB 5/6/2025:\nBefore: 8/10\n30 min: 1/10\n2 h: 1/10\n8 h: 6/10', [88, 88]],
    ['LBB 5/6/2025. Sitting, which had been 8/10, was now 2/10.', [75, 75]],
    ['LBB 5/6/2025 --> 50% better.', [50, 50]],
    ['LBB 5/6/2025 => 50% relief.', [50, 50]],
    ['LBB 5/6/2025, >50% relief.', [50, 100]],
    ['SIJ injection 2/2025 did nothing for her.', [0, 0]],
    ['SIJ injection 2/2025 was useless.', [0, 0]],
    ['SIJ injection yesterday. Pain 2/10 today versus 8/10 before procedure.', [75, 75]],
    ['LBB 5/6/2025. VAS 60 -> 15 mm.', [75, 75]],
    ['Lumbar MBBs (L3, L4 medial branches and L5 dorsal ramus, both sides) were negative.', [0, 49]],
    ['LBB 5/30/2025. 0h 8/10, 1h 2/10, 2h 2/10, 4h 3/10.', [75, 75]],
  ])('%s', (text, expected) => {
    const [first] = read(text);
    expect([first?.relief?.low, first?.relief?.high]).toEqual(expected);
  });

  test('dates are no scores', () =>
    expect(read('LBB done. Seen 8/10, next visit 2/10.')[0]?.relief).toBeUndefined());

  test.each([
    'After the first lateral branch block she had 90% relief. After the second about 80 percent.',
    'The first LBB gave 90% relief, the second gave 80% relief.',
    'First LBB 90% relief. The second one 80% relief.',
  ])('two told of by number: %s', (text) =>
    expect(read(text)).toMatchObject([{ relief: { low: 90 } }, { relief: { low: 80 } }]),
  );
});

describe('a threshold is no relief', () => {
  test.each([
    'A lateral branch block is a test; relief of more than 75% would lead to a second one.',
    'LBB planned. 80% relief is required for ablation.',
  ])('%s', (text) => expect(read(text)[0]?.relief).toBeUndefined());
});

test('the one before is told apart from the one of today', () =>
  expect(read('SIJ RFA on the left today. The last one in Feb 2023 gave 80% relief.')).toMatchObject([
    { laterality: 'left' },
    { date: '2023-02', relief: { low: 80 } },
  ]));

describe('words that look like words of a phrase', () => {
  test.each([
    'positioned',
    'education',
    'letter',
    'distinction',
    'message',
    'overnight',
    'restless',
    'spiral',
    'abort',
    'exclusion',
    'footwear',
  ])('%s is none of them', (word) => expect(book.spelling.normal(word)).toBe(word));

  test.each([
    ['stensois', 'stenosis'],
    ['protrution', 'protrusion'],
    ['notedat', 'noted at'],
    ['spondylolithesis', 'spondylolisthesis'],
    ['injecton', 'injection'],
  ])('%s still is %s', (word, meant) => expect(book.spelling.normal(word)).toBe(meant));
});
