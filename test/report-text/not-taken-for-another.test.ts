import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';
import { told, toldFindings } from './told.js';

describe('what is told in short', () => {
  test('ends a denial with its "or", where the rest has places of its own', () =>
    expect(toldFindings('Films show no fx or dislocation, facet OA L4-S1, SIJ sclerosis L>R.')).toEqual([
      'no fracture',
      'facet-arthropathy L4-L5',
      'facet-arthropathy L5-S1',
      'hip-or-si-pathology bilateral',
    ]));

  test.each([
    'No fracture or dislocation, lytic lesion, pars defect.',
    'No fracture or dislocation, lytic lesion, or pars defect at L5.',
  ])('and goes on without: %s', (text) =>
    expect(toldFindings(text).every((finding) => finding.startsWith('no '))).toBe(true),
  );

  test('keeps each level in its line', () =>
    expect(
      toldFindings('L3-L4 - 2 mm bulge, mild NF narrowing\nL4-L5 - 4 mm bulge, moderate canal stenosis'),
    ).toEqual([
      'disc-bulge L3-L4',
      'foraminal-stenosis L3-L4 mild',
      'disc-bulge L4-L5',
      'central-stenosis L4-L5 moderate',
    ]));
});

describe('no procedure', () => {
  test.each([
    ['A candidate for cooled SI joint RFA after confirmatory lateral branch blocks.', 'lateral-branch-block'],
    ['SI joint RFA is not necessary because pain is gone.', 'sacral-lateral-branch-rfa'],
    ['Family History: mother with lumbar fusion.', 'lumbar-fusion'],
  ])('is done where it is only named: %s', (text, kind) =>
    expect(
      readReport(text, book).interventions.filter(
        (each) => each.kind === kind && (each.status === 'completed' || each.relief !== undefined),
      ),
    ).toEqual([]),
  );

  test('is told of twice where a word says again what a figure said', () =>
    expect(
      told('On 11/3/2025 right lateral branch blocks. Pain went from 6/10 to 5/10. The block is negative.'),
    ).toEqual(['lateral-branch-block right 2025-11-03 17% completed']));

  test('is denied by what is said of further ones', () =>
    expect(told('Left SI joint injection 9/10/2024, no relief. No further injections.')).toEqual([
      'si-joint-injection left 2024-09-10 0% completed',
    ]));

  test('lasts where it brought nothing', () =>
    expect(
      told('SI joint injections on the left (January 2025: 90% for two days; March 2025: no relief).'),
    ).toEqual([
      'si-joint-injection left 2025-01 90% P2D completed',
      'si-joint-injection left 2025-03 0% completed',
    ]));
});

describe('what is said of one thing is not taken for another', () => {
  test.each([
    ['Bone marrow: No edema, fracture, or suspicious lesion.', ['no fracture', 'no tumor-or-infection']],
    ['L1 compression fracture without edema or retropulsion.', ['fracture L1']],
    ['Metastases in L2, L4 and the left sacral ala.', ['tumor-or-infection L2', 'tumor-or-infection L4']],
    ['Fracture of the left sacral ala.', ['fracture left']],
    [
      'Severe facet arthropathy at L5-S1, right greater than left, with trace anterolisthesis.',
      ['facet-arthropathy L5-S1 severe', 'spondylolisthesis L5-S1 mild'],
    ],
    [
      'L4-5: left extrusion. ADDENDUM: There was a dictation error. The L4-5 extrusion is on the right.',
      ['disc-herniation L4-L5 right'],
    ],
  ])('in an image: %s', (text, expected) => expect(toldFindings(text)).toEqual(expected));

  test.each([
    [
      'Bilateral lateral branch blocks 11/06/2025. Pre-procedure NRS: right 7, left 6.',
      ['lateral-branch-block bilateral 2025-11-06 completed'],
    ],
    [
      'Left SIJ injection 10/2025, did not help more than a few days.',
      ['si-joint-injection left 2025-10 completed'],
    ],
    [
      'Second SIJ RFA on the right 10/9/2025. The first one, 11/14/2024, had helped about 60 percent.',
      [
        'sacral-lateral-branch-rfa right 2025-10-09 completed',
        'sacral-lateral-branch-rfa right 2024-11-14 60% completed',
      ],
    ],
    [
      'Review after second cooled RFA of right SIJ, 10/9/2025. First one, 11/14/2024, had helped for nine months.',
      ['sacral-lateral-branch-rfa right 2025-10-09 completed'],
    ],
  ])('of a relief: %s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('beside another, a procedure', () => {
  test.each([
    [
      'Right SIJ injection was not required because the SI RFA of 3/4/2025 gave 80 % relief.',
      'sacral-lateral-branch-rfa right 2025-03-04 80% completed',
    ],
    ['MBB not needed as the SI RFA gave 80%.', 'sacral-lateral-branch-rfa 80% completed'],
    ['No SIJ injection since the RFA of 3/4/2025.', 'sacral-lateral-branch-rfa 2025-03-04 completed'],
    [
      'Call 2/20/2026: SIJ injection of 2/17/2026 gave 80% relief.',
      'si-joint-injection 2026-02-17 80% completed',
    ],
    [
      'Procedure planned: Left SIJ injection\nThe left SI joint was injected on 4/5/2026.',
      'si-joint-injection left 2026-04-05 completed',
    ],
  ])('is told by what is said of it: %s', (text, expected) => expect(told(text)).toContain(expected));

  test.each([
    [
      'Procedure planned: Left SIJ injection\nSide: Left\nDate: 04/05/2026',
      'si-joint-injection left 2026-04-05 planned',
    ],
    [
      'Procedure planned: SIJ injection   Side: Left   Date: 04/05/2026',
      'si-joint-injection left 2026-04-05 planned',
    ],
    [
      'Left S1-S3 lateral branch blocks done today. If relief is good, second block, then RF ablation.',
      'lateral-branch-block left completed',
    ],
    [
      'Left SIJ injection on 3/4/2026 gave 80% relief, better than the one of 1/5/2026.',
      'si-joint-injection left 2026-03-04 80% completed',
    ],
    [
      'Telephone encounter 02/20/2026: Pt called re: SI injection Tuesday. Says it did nothing.',
      'si-joint-injection 0% completed',
    ],
    ['Pt called 2/20/2026: left SIJ injection gave 80% relief.', 'si-joint-injection left 80% completed'],
    [
      'Left SIJ injection gave more relief than expected, done 1/5/2026.',
      'si-joint-injection left 2026-01-05 completed',
    ],
  ])('and nothing else is done: %s', (text, expected) => expect(told(text)).toEqual([expected]));

  test.each([
    'Sister of patient had SI joint fusion with great relief.',
    'Mother of the pt recently underwent SI joint fusion.',
    'Brother of this patient underwent SI joint fusion in 2020.',
    'Father: SI fusion 2019.',
    'Father of this pt: left SI joint fusion 2019.',
    'We spoke about SI RFA on 2/20/2026.',
    'Denies SI injection or SI fusion since 2025.',
    'No SI injection or SI RFA done.',
    'She never had the SI RFA because of the pacemaker.',
    'She was not, because of the bleeding risk, offered SI RFA.',
  ])('is not done: %s', (text) =>
    expect(told(text).filter((each) => each.endsWith('completed'))).toEqual([]),
  );
});

describe("an end is of the note's own procedure", () => {
  test.each([
    [
      'PROCEDURE: Left SIJ injection\nINDICATION: 70% relief for 2 months from the injection of 9/2025\nDATE: 02/11/2026\nProcedure abandoned.',
      ['si-joint-injection left 2026-02-11 stopped', 'si-joint-injection 2025-09 70% P2M completed'],
    ],
    [
      'PROCEDURE: Left SIJ injection\nDATE: 2/11/2026\nThe SIJ RFA of 3/2025 was aborted.',
      ['si-joint-injection left 2026-02-11 completed', 'sacral-lateral-branch-rfa 2025-03 stopped'],
    ],
  ])('where it names no other: %s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('the side of a procedure is none of what is told beside it', () => {
  test.each([
    [
      'SIJ injection on the left 3/4/2026 and right hip injection 3/5/2026.',
      ['si-joint-injection left 2026-03-04 completed', 'hip-injection right 2026-03-05 completed'],
    ],
    [
      'The patient is s/p SIJ fusion on the left 2019 and now has right-sided pain.',
      ['si-fusion left 2019 completed'],
    ],
    ['s/p SIJ fusion on the left and now has right leg pain.', ['si-fusion left completed']],
    [
      'Hip injection right 3/1/2026, left SIJ and right SIJ injections 3/4/2026.',
      ['hip-injection right 2026-03-01 completed', 'si-joint-injection bilateral 2026-03-04 completed'],
    ],
    [
      'Left L5-S3 and right L5-S3 lateral branch blocks 3/4/2026.',
      ['lateral-branch-block bilateral 2026-03-04 completed'],
    ],
    [
      'LBB on right 3/4/2026 and left 3/11/2026.',
      ['lateral-branch-block right 2026-03-04 completed', 'lateral-branch-block left 2026-03-11 completed'],
    ],
    ['SIJ RFA on the left and on the right gave 80%.', ['sacral-lateral-branch-rfa bilateral 80% completed']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('what became of a procedure is not said of the next', () => {
  test.each([
    [
      'The right SIJ injection was cancelled and the left SIJ injection was done on 3/4/2026.',
      ['si-joint-injection right not-done', 'si-joint-injection left 2026-03-04 completed'],
    ],
    [
      'Left SIJ injection gave 80% relief and SIJ RFA is planned for 3/4/2027.',
      ['si-joint-injection left 80% completed', 'sacral-lateral-branch-rfa 2027-03-04 planned'],
    ],
    [
      'Left SIJ injection 1/2/2026 gave 80% relief, repeat planned 3/4/2027.',
      ['si-joint-injection left 2026-01-02 80% completed'],
    ],
    [
      'SIJ injection was not done, nor was SIJ RFA performed.',
      ['si-joint-injection not-done', 'sacral-lateral-branch-rfa not-done'],
    ],
    [
      'No SIJ injection or SIJ RFA was done.',
      ['si-joint-injection not-done', 'sacral-lateral-branch-rfa not-done'],
    ],
    ['Possible prior SIJ RFA per outside notes.', ['sacral-lateral-branch-rfa unknown']],
    ['She may have had an SIJ injection in 2022.', ['si-joint-injection 2022 unknown']],
    [
      'Given possible SIJ pain, left SIJ injection was performed 3/4/2026.',
      ['si-joint-injection left 2026-03-04 completed'],
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});
