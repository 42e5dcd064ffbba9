import { readReport, type TextIntervention } from '../../src/report-text/index.js';
import { book } from './book.js';

function told(text: string): string[] {
  return readReport(text, book).interventions.map(line);
}

function range(figures: { low: number; high: number } | undefined): string | undefined {
  return figures && `${figures.low}-${figures.high}`;
}

function line({ laterality, date, relief }: TextIntervention): string {
  const sides = (['left', 'right'] as const).flatMap((side) => {
    const own = relief?.bySide?.[side];
    return own === undefined ? [] : [`${side} ${range(own) ?? ''}`];
  });
  return [laterality, date, range(relief), ...sides].filter(Boolean).join(' ');
}

describe('each side of a session keeps its own relief', () => {
  const APART = 'bilateral 10-85 left 85-85 right 10-10';

  test.each([
    'Bilateral LBB. The left side had 85 % relief and the right only 10 %.',
    'Bilateral LBB: left side 85% relief, the right only 10%.',
    'Bilateral LBBs gave 85% relief on the left and 10% on the right.',
    'Bilateral LBBs with 85% relief on the left 10% on the right.',
    'Bilateral LBB. 85% relief on the left. On the right just 10% relief.',
    'Bilateral LBB: L 85% relief, R 10%.',
    'Bilateral LBBs: she reports 85% (left) and 10% (right) relief.',
    'Bilateral LBBs gave 85% and 10% relief on the left and right respectively.',
    'Bilateral LBBs. The left block gave 85% relief, the right block 10%.',
    'LBB with 85% relief on the left and 10% on the right.',
  ])('%s', (text) => expect(told(text)).toEqual([APART]));

  test.each([
    ['Bilateral LBB 3/2025. Left sided pain improved by 85%.', 'bilateral 2025-03 85-85 left 85-85'],
    ['Bilateral LBB with 85% relief, but on the right only 10%.', 'bilateral 10-85 right 10-10'],
    ['Bilateral LBB with left complete relief, right no relief.', 'bilateral 0-100 left 100-100 right 0-0'],
    ['Bilateral LBB: NRS left 8 to 2, right 8 to 6.', 'bilateral 25-75 left 75-75 right 25-25'],
  ])('what is said of one side is not said of the other: %s', (text, expected) =>
    expect(told(text)).toEqual([expected]),
  );

  test.each([
    ['Left LBB 3/1/2025 with 85% relief. Right LBB 3/15/2025 with 10% relief.'],
    ['Left LBB 3/1/2025: 85% relief; right LBB 3/15/2025: 10% relief.'],
  ])('procedures of one side each stay apart: %s', (text) =>
    expect(told(text)).toEqual(['left 2025-03-01 85-85', 'right 2025-03-15 10-10']),
  );

  test.each([
    ['Right LBB: 85% relief. Left-sided pain 10% better.', 'right 85-85'],
    ['LBB gave 85% relief of left buttock pain.', 'left 85-85'],
    ['LBB gave 85% relief right after the procedure.', '85-85'],
    ['LBB gave 85% relief right away, with 10 visits left over.', '85-85'],
  ])('a procedure of one side: %s', (text, expected) => expect(told(text)).toEqual([expected]));
});

describe('sides beside dates', () => {
  test.each([
    'Lateral branch RFA right 2022 and left 2023.',
    'SIJ RFA (right 2022, left 2023).',
    'SIJ RFA 2022 on the right and 2023 on the left.',
    'SIJ RFA in 2022 (right) and 2023 (left).',
    'Right SIJ RFA 2022 & left 2023',
  ])('%s', (text) => expect(told(text)).toEqual(['right 2022', 'left 2023']));

  test('with a relief each', () =>
    expect(told('SIJ RFA right 2022 with 60% relief, left 2023 with 20% relief.')).toEqual([
      'right 2022 60-60',
      'left 2023 20-20',
    ]));

  test('both sides at both dates', () =>
    expect(told('Bilateral SIJ RFA 2022 and 2023.')).toEqual(['bilateral 2022', 'bilateral 2023']));
});
