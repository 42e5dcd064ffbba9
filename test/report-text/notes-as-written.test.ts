import { readReport, type TextIntervention } from '../../src/report-text/index.js';
import { book } from './book.js';

const SHORT: Readonly<Record<string, string>> = {
  'lateral-branch-block': 'LBB',
  'si-joint-injection': 'SIJ',
  'sacral-lateral-branch-rfa': 'RFA',
  'transforaminal-epidural': 'TFESI',
  'interlaminar-epidural': 'ILESI',
  'hip-injection': 'hip',
};

/** Kind, side, date, relief and how long it lasted, as far as told. */
function line({ kind, laterality, date, relief, reliefDuration }: TextIntervention): string {
  const figures = relief && (relief.low === relief.high ? `${relief.low}` : `${relief.low}-${relief.high}`);
  const lasted = relief?.duration ?? reliefDuration;
  return [SHORT[kind] ?? kind, laterality, date, figures && `${figures}%`, lasted].filter(Boolean).join(' ');
}

function told(text: string): string[] {
  return readReport(text, book).interventions.map(line);
}

function tests(text: string): string[] {
  return readReport(text, book).provocation.map(
    ({ test: name, result, laterality }) => `${name} ${result}${laterality === null ? '' : ` ${laterality}`}`,
  );
}

describe('lines with labels say when and where the procedure of the note was done', () => {
  test.each([
    ['DATE OF SERVICE: 03/12/2025\nPROCEDURE: Right lateral branch block', 'LBB right 2025-03-12'],
    ['Procedure: Left SIJ injection\nNRS pre: 6\nNRS post: 1\nDate: 2025-09-17', 'SIJ left 2025-09-17 83%'],
    ['Laterality: Left\nProcedure: Sacroiliac joint injection', 'SIJ left'],
    ['Right LBB: 10/3/2025\n  relief: 80%\n  duration: 5 h', 'LBB right 2025-10-03 80% PT5H'],
    ['R LBB 8/19/2025. Max relief: 95%. Duration: 7 hours.', 'LBB right 2025-08-19 95% PT7H'],
  ])('%s', (text, expected) => expect(told(text)).toEqual([expected]));

  test.each([
    [
      'a birth date is no date of a procedure',
      'DATE OF BIRTH: 03/12/1960\nPROCEDURE: Right LBB',
      'LBB right',
    ],
    [
      'what a history tells of was another day',
      'DATE OF SERVICE: 03/12/2025\nHPI: had a right LBB.',
      'LBB right',
    ],
    [
      'a procedure keeps its own date',
      'DATE: 03/12/2025\nPROCEDURE: Right LBB 3/1/2025',
      'LBB right 2025-03-01',
    ],
    [
      'a duration without a relief is no relief',
      'Right LBB 3/1/2025. Duration: 20 minutes.',
      'LBB right 2025-03-01',
    ],
  ])('%s', (_, text, expected) => expect(told(text)).toEqual([expected]));
});

describe('an entry is dated before its colon, a procedure behind it', () => {
  test.each([
    ['Interval history (copied 1/10/2025): had right SIJ injection 12/15/2024.', 'SIJ right 2024-12-15'],
    ['1/10/2025: right SIJ injection, 60% relief', 'SIJ right 2025-01-10 60%'],
  ])('%s', (text, expected) => expect(told(text)).toEqual([expected]));
});

describe('each side has its own', () => {
  test.each([
    'R LBB 2/2/25 and L LBB 3/3/25. She had 65 % on the left and 40 % on the right.',
    'R LBB 2/2/25. L LBB 3/3/25. 65 % relief on the left and 40 % on the right.',
    'R LBB 2/2/25 and L LBB 3/3/25 with 65 % relief on the left and 40 % on the right.',
    'LBB (R, 2/2/25, 40 %; L, 3/3/25, 65 %)',
    'R LBB (2/2/25, 40 %); L LBB (3/3/25, 65 %)',
  ])('%s', (text) => expect(told(text)).toEqual(['LBB right 2025-02-02 40%', 'LBB left 2025-03-03 65%']));

  test('one side told of leaves the other open', () =>
    expect(told('Left LBB 2/2/25. Right LBB 3/3/25. 80% on the left.')).toEqual([
      'LBB left 2025-02-02 80%',
      'LBB right 2025-03-03',
    ]));

  test.each([
    ['SI fusion 2019, right THA 2020.', ['si-fusion 2019']],
    ['L SIJ injection 3/3/25, right TFESI 4/4/25.', ['SIJ left 2025-03-03', 'TFESI right 2025-04-04']],
    ['SIJ injection 3/3/25, right, 80%.', ['SIJ right 2025-03-03 80%']],
    ['SIJ injection, right S1-S3 LBB 4/4/25.', ['SIJ', 'LBB right 2025-04-04']],
    ['LBB, right S1-S3, 80%', ['LBB right 80%']],
  ])('a side behind a comma is of what follows it: %s', (text, expected) =>
    expect(told(text)).toEqual(expected),
  );
});

describe('procedures named by what stands above them', () => {
  test.each([
    [
      'SI joint pain, right. Intra-articular block on 3/5/2025: 90 % for 2 hours.',
      ['SIJ right 2025-03-05 90% PT2H'],
    ],
    [
      'SI joint\n- 2/14/2024 right injection, 80% x 6 wk\nL5-S1 ILESI 11/6/2023, 0%',
      ['SIJ right 2024-02-14 80% P6W', 'ILESI 2023-11-06 0%'],
    ],
    ['Left block of the SIJ lateral branches 7/1/2025', ['LBB left 2025-07-01']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    'Knee pain, right. Intra-articular block on 3/5/2025: 90 % for 2 hours.',
    'Intra-articular block on 3/5/2025: 90 % for 2 hours.',
    'SIJ and knee pain. Intra-articular injection of the knee 3/5/2025: 90 %.',
  ])('another joint, or none: %s', (text) => expect(told(text)).toEqual([]));

  test('a diagnosis is no heading', () =>
    expect(
      told('Indication: right SI joint pain\nRight LBB. Pre-block VAS 7/10. Post-block VAS 1/10.'),
    ).toEqual(['LBB right 86%']));
});

describe('relief in figures', () => {
  test.each([
    ['SIJ injection 7/22/2025. Lidocaine + Depo-Medrol. Pre 7/10, post 15 min 0/10.', 'SIJ 2025-07-22 100%'],
    ['Left LBB 2/20/2025: pain 9 before, 8 after.', 'LBB left 2025-02-20 11%'],
    ['Left LBB 6/12/25 - 90% relief', 'LBB left 2025-06-12 90%'],
    ['Left SIJ injection 6/12/25 (bupivacaine 0,5 %): NRS 7 -> 1', 'SIJ left 2025-06-12 86%'],
    ['Less than 25% relief following left TFESI at S1 on 04/15/2025', 'TFESI left 2025-04-15 0-24%'],
    ['Pt reports 70-80% relief since L SIJ RFA on 2025-03-03.', 'RFA left 2025-03-03 70-80%'],
    ['She did not have any relief from left SIJ injection 3/3/2025.', 'SIJ left 2025-03-03 0%'],
    ['SIJ injection on the 3rd of October 2024, 80% relief during 10 days', 'SIJ 2024-10-03 80% P10D'],
    ['Left SIJ injection 3/2024: 75% relief for approx. 2 months', 'SIJ left 2024-03 75% P2M'],
    ['Left LBB 3/3/2025: 75% relief for the first four hours', 'LBB left 2025-03-03 75% PT4H'],
    ['Left LBB 3/3/2025. During that time 75% better.', 'LBB left 2025-03-03 75%'],
    [
      'Left LBB 3/3/2025. Pain prior to procedure: 8/10. Pain after procedure: 2/10.',
      'LBB left 2025-03-03 75%',
    ],
    ['Left LBB of Jan. 14, 2025 without any effect.', 'LBB left 2025-01-14 0%'],
    ['Left LBB 3/3/2025: three quarters of her pain relieved', 'LBB left 2025-03-03 75%'],
  ])('%s', (text, expected) => expect(told(text)).toEqual([expected]));

  test.each([
    ['Left LBB: 80-90% relief', 'LBB left 80-90%'],
    ['Left LBB 3/3/2025. She rests 75% of the time.', 'LBB left 2025-03-03'],
    ['Piriformis injection 60% for 2 wks, left SIJ injection 20%.', 'SIJ left 20%'],
    ['Left SIJ injection 6/12/25. Seen 7/10 and 8/10.', 'SIJ left 2025-06-12'],
    ['Left SIJ injection 3/3/2025. No bruising, 80% relief.', 'SIJ left 2025-03-03 80%'],
    ['Left SIJ injection 3/3/2025. No side effects, any relief was brief.', 'SIJ left 2025-03-03'],
  ])('and what is none of that: %s', (text, expected) => expect(told(text)).toEqual([expected]));

  test('columns of scores before and after', () =>
    expect(
      told(
        'Date        Procedure   Side   Pre  Post\n01/08/2025  SIJ inj     L      8    2\n02/19/2025  LBB         R      7    7',
      ),
    ).toEqual(['SIJ left 2025-01-08 75%', 'LBB right 2025-02-19 0%']));
});

describe('provocation tests in columns and lists', () => {
  test.each([
    [
      'Test          R    L\nFABER         +    -\nThigh thrust  +    +\nGaenslen      NT   -',
      [
        'faber positive right',
        'faber negative left',
        'thigh-thrust positive bilateral',
        'gaenslen negative left',
      ],
    ],
    [
      '| Test | Left | Right |\n|---|---|---|\n| FABER | neg | pos |',
      ['faber positive right', 'faber negative left'],
    ],
    [
      'Thigh thrust positive. Distraction and compression were negative.',
      ['thigh-thrust positive', 'distraction negative', 'compression negative'],
    ],
    [
      'FABER + R, TT + R, compr + R',
      ['faber positive right', 'thigh-thrust positive right', 'compression positive right'],
    ],
  ])('%s', (text, expected) => expect(tests(text)).toEqual(expected));

  test('columns that are no sides leave the lines as they read', () =>
    expect(tests('Test     2024   2025\nFABER    +      +')).toEqual(['faber positive']));
});
