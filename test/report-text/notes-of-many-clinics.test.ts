import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';
import { told, statements } from './told.js';

describe('the initial of a name is no side', () => {
  test.each([
    ['Mr. L. had a SIJ injection 3/2/2025 with 50% relief.', 'si-joint-injection 2025-03-02 50% completed'],
    ['Mrs R had a left SIJ injection 3/2/2025, 50%.', 'si-joint-injection left 2025-03-02 50% completed'],
  ])('%s', (text, expected) => expect(told(text)).toEqual([expected]));

  test('a side is one', () =>
    expect(told('R SIJ injection 3/2/2025, 50%.')).toEqual([
      'si-joint-injection right 2025-03-02 50% completed',
    ]));
});

describe('what was written of someone else', () => {
  test.each([
    'Correction: the SIJ RFA of 2023 was entered in error.',
    'The note on a lateral branch block on 3/3/2025 belongs to another patient.',
  ])('is not told of this patient: %s', (text) => expect(told(text)).toEqual([]));
});

test('what someone told the writer was done is told', () =>
  expect(told('He told us that his surgeon injected the left SI joint on 4/2/2025.')).toEqual([
    'si-joint-injection left 2025-04-02 completed',
  ]));

test('what the patient was told of is not', () =>
  expect(told('She was told that SI joint injections give 50% relief.')).toEqual([]));

describe('several dates of one procedure', () => {
  test('words of relief between them keep the last figure from the first', () =>
    expect(
      told('Left SIJ injections in 2/2025 with good relief, and again 8/2025 with 30% relief for 2 weeks.'),
    ).toEqual([
      'si-joint-injection left 2025-02 completed',
      'si-joint-injection left 2025-08 30% P2W completed',
    ]));

  test('a figure behind all of them is of each', () =>
    expect(told('Left SIJ injections 2/3/2025 and 8/4/2025 with 30% relief.')).toEqual([
      'si-joint-injection left 2025-02-03 30% completed',
      'si-joint-injection left 2025-08-04 30% completed',
    ]));
});

describe('a session of two days, a side each', () => {
  test.each([
    'Sacral lateral branch RFA in two stages: right 3/3/2025; left 3/17/2025.',
    'Bilateral SI joint RFA, staged: right 3/3/2025; left 3/17/2025.',
    'SI joint RFA staged, the right side on March 3, 2025 and the left side on March 17, 2025.',
  ])('is two: %s', (text) =>
    expect(told(text)).toEqual([
      'sacral-lateral-branch-rfa right 2025-03-03 completed',
      'sacral-lateral-branch-rfa left 2025-03-17 completed',
    ]),
  );

  test('another procedure behind a semicolon is another', () =>
    expect(told('R SIJ injection 3/3/2025, 70%; L 4/4/2025 hip injection, 20%')).toEqual([
      'si-joint-injection right 2025-03-03 70% completed',
      'hip-injection left 2025-04-04 20% completed',
    ]));
});

describe('relief of the first hours, told behind that of weeks', () => {
  test.each([
    'Left SIJ injection 3/3/2025: 0% at 3 weeks; the first 6 hours 90%.',
    'Left SIJ injection 3/3/2025 gave 0% at 3 weeks. The first 6 hours were 90%.',
  ])('is of the same block: %s', (text) =>
    expect(told(text)).toEqual(['si-joint-injection left 2025-03-03 90% PT6H completed']),
  );

  test('an ablation is not judged by its anaesthetic', () =>
    expect(told('Left SIJ RFA 3/3/2025 gave 0% at 3 weeks. The first 6 hours were 90%.')).toEqual([
      'sacral-lateral-branch-rfa left 2025-03-03 0% completed',
    ]));
});

describe('nerves of the joint', () => {
  test('blocks at several sacral levels are of nerves, whatever they are for', () =>
    expect(told('Right S1, S2 and S3 blocks for the SI joint on 5/5/2025.')).toEqual([
      'lateral-branch-block right 2025-05-05 completed',
    ]));

  test('the ramus and the branches in two items are one session', () => {
    const text =
      'PROCEDURES:\n1. Left L5 dorsal ramus radiofrequency ablation\n2. Left S1-S3 lateral branch radiofrequency ablation';
    const [only, ...more] = readReport(text, book).interventions;
    expect([only?.kind, only?.levels, more]).toEqual([
      'sacral-lateral-branch-rfa',
      ['L5', 'S1', 'S2', 'S3'],
      [],
    ]);
  });

  test('facets of two levels beside the branches are facets', () =>
    expect(
      told('1. Left L4 and L5 medial branch RFA 5/5/2025\n2. Left S1-S3 lateral branch RFA 5/5/2025'),
    ).toEqual([
      'facet-rfa left 2025-05-05 completed',
      'sacral-lateral-branch-rfa left 2025-05-05 completed',
    ]));

  test('a nerve block says nothing of the injection into the joint', () =>
    expect(told('R SIJ injection in 2024. On 5/5/2025 he had nerve blocks, 90%.')).toEqual([
      'si-joint-injection right 2024 completed',
    ]));

  test('an ablation behind blocks of the neck is of the neck', () => {
    const neck = 'C5 and C6 medial branch blocks 2/2/2026, 90%. RFA 3/3/2026 with 70% relief.';
    expect(statements(`${neck} Low back: SI joint pain.`)).toEqual([]);
    expect(statements(`${neck} Low back: SI joint pain. RFA 4/4/2024.`)).toEqual(['ablation-without-target']);
  });
});

describe('tables, diaries and columns', () => {
  test('a row of another date adds nothing to the row before', () => {
    const text =
      '| LBB | 2/2/2025 | L | lidocaine | 80% |\n| piriformis | 3/3/2025 | L | triamcinolone 40 mg | 10% |';
    expect(readReport(text, book).interventions[0]?.drug).toBe('local-anaesthetic');
  });

  test('a cell that is a side is that of its row', () =>
    expect(told('LATERAL BRANCH BLOCK | 2/2/2025 | SI joint pain | left')).toEqual([
      'lateral-branch-block left 2025-02-02 completed',
    ]));

  test('a diary with a column of shares', () =>
    expect(
      told(
        'Right LBB 2/2/2025\nTime      Pain    % relief\nBefore    8       -\n1 hour    2       75\n6 hours   6       25',
      ),
    ).toEqual(['lateral-branch-block right 2025-02-02 75% completed']));

  test('a second column that no heading calls a share is read as none', () =>
    expect(
      told('Right LBB 2/2/2025\nTime      Rest    Walking\nBefore    8       9\n1 hour    2       3'),
    ).toEqual(['lateral-branch-block right 2025-02-02 completed']));

  test('lines that open with month and year', () =>
    expect(told('10/23  R SIJ inj  50%\n02/24  R SIJ inj  70%\n08/24  R SIJ inj  60%')).toEqual([
      'si-joint-injection right 2023-10 50% completed',
      'si-joint-injection right 2024-02 70% completed',
      'si-joint-injection right 2024-08 60% completed',
    ]));

  test.each([
    '02/24  R SIJ inj  70%\n03/24  R SIJ inj  60%',
    '02/10  R SIJ inj  70%\n02/24  R SIJ inj  60%\n03/24  R SIJ inj  50%',
    '02/24  R SIJ inj  70%\n10/31  R SIJ inj  60%\n03/24  R SIJ inj  50%',
  ])('but not what may be month and day: %s', (text) =>
    expect(
      readReport(text, book)
        .interventions.map(({ date }) => date)
        .filter(Boolean),
    ).toEqual([]),
  );
});

describe('labels and headings', () => {
  test('a date of service without a colon', () =>
    expect(told('LEFT SI JOINT INJECTION\nDOS 5/6/2025\nPre NRS: 8/10\nPost NRS: 2/10')).toEqual([
      'si-joint-injection left 2025-05-06 75% completed',
    ]));

  test('the date of the last procedure is of the one called so', () => {
    expect(told('Last procedure: right LBB\nDate of last procedure: 5/6/2025')).toEqual([
      'lateral-branch-block right 2025-05-06 completed',
    ]);
    expect(told('Procedure: right LBB #2\nDate of last block: 5/6/2025')).toEqual([
      'lateral-branch-block right completed',
    ]);
  });

  test('an intra-articular steroid is into the joint named above', () =>
    expect(
      told(
        'Problem: SI joint pain, right\n- IA corticosteroid 2/3/2025, 60% relief\nProblem: ankle OA\n- IA steroid 5/5/2025, 90% relief',
      ),
    ).toEqual(['si-joint-injection right 2025-02-03 60% completed']));
});

describe('times and broken lines', () => {
  test.each([
    ['Left SIJ injection May 2024, 70% for 4/12.', 'si-joint-injection left 2024-05 70% P4M completed'],
    ['Left SIJ injection May 2024, 70% for 5/52.', 'si-joint-injection left 2024-05 70% P5W completed'],
    [
      "Left SIJ injection May 2024, 5 weeks' benefit, about 70%.",
      'si-joint-injection left 2024-05 70% P5W completed',
    ],
    ['Left SIJ injection 4/12/2024, 70%.', 'si-joint-injection left 2024-04-12 70% completed'],
  ])('%s', (text, expected) => expect(told(text)).toEqual([expected]));

  test('words and dates broken over lines', () =>
    expect(
      told('She underwent a right sacro-\niliac joint injection on August\n4, 2025 with 60% im-\nprovement.'),
    ).toEqual(['si-joint-injection right 2025-08-04 60% completed']));

  test('a level behind a procedure opens nothing', () =>
    expect(told('4/4/2025 - L RFA L5-S3: 65% at 3 months')).toEqual([
      'sacral-lateral-branch-rfa left 2025-04-04 65% completed',
    ]));

  test('a date among the words that name a procedure', () =>
    expect(told('R RFA 4/4/2025 (S1-S3 lateral branches): 65% relief')).toEqual([
      'sacral-lateral-branch-rfa right 2025-04-04 65% completed',
    ]));
});
