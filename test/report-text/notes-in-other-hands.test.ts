import { readReport, type TextIntervention } from '../../src/report-text/index.js';
import { book } from './book.js';

/** Kind, side, date, relief and state, as far as told. */
function line({ kind, laterality, date, relief, status }: TextIntervention): string {
  const figures = relief && (relief.low === relief.high ? `${relief.low}` : `${relief.low}-${relief.high}`);
  return [kind, laterality, date, figures && `${figures}%`, status].filter(Boolean).join(' ');
}

function told(text: string): string[] {
  return readReport(text, book).interventions.map(line);
}

describe('words of relief that tell of none', () => {
  test.each([
    'Right LBB 2/2/2025 performed after negative aspiration.',
    'Right LBB 2/2/2025. Motor stimulation was negative.',
    'Right LBB 2/2/2025, with two unsuccessful attempts at S2.',
    'Right LBB 2/2/2025. SLR negative.',
  ])('%s', (text) => expect(told(text)).toEqual(['lateral-branch-block right 2025-02-02 completed']));

  test('a negative block is one', () =>
    expect(told('Right LBB 2/2/2025 was negative.')).toEqual([
      'lateral-branch-block right 2025-02-02 0-49% completed',
    ]));
});

describe('a denied least is a most', () => {
  test.each([
    ['The left SIJ injection did not give her more than 40% relief.', '0-40%'],
    ['The left SIJ injection never provided over 40% relief.', '0-40%'],
    ['The left SIJ injection provided no less than 40% relief.', '40-100%'],
    ['The left SIJ injection gave no side effects, more than 40% relief.', '40-100%'],
  ])('%s', (text, relief) => expect(told(text)).toEqual([`si-joint-injection left ${relief} completed`]));
});

describe('a warning tells of no treatment', () => {
  test.each([
    'Risks of SIJ RFA include up to 10% neuritis.',
    'Benefits include average relief of 60% for 9 months after lateral branch RFA.',
  ])('%s', (text) => expect(told(text)).toEqual([]));

  test.each([
    'After the risks were explained, a right LBB was performed on 3/3/2025 with 80% relief.',
    'Risks and benefits discussed. Right LBB 3/3/2025, 80%.',
  ])('what was done then is told: %s', (text) =>
    expect(told(text)).toEqual(['lateral-branch-block right 2025-03-03 80% completed']),
  );
});

describe('a date belongs to the operation beside it', () => {
  test('operations elsewhere keep theirs', () =>
    expect(told('PSH: L4-S1 PLIF 2016, hip scope 2019, appendectomy 2020')).toEqual([
      'lumbar-fusion 2016 completed',
    ]));

  test.each([
    ['15.05.2024 left SIJ block 70%. 12.06.2024 left SIJ block 80%.', ['2024-05-15', '2024-06-12']],
    ['5/15/2024 left SIJ block 70%. 6/12/2024 left SIJ block 80%.', ['2024-05-15', '2024-06-12']],
    ['6/5/2024 left SIJ block 70%. 7/12/2024 left SIJ block 80%.', ['2024-06-05', '2024-07-12']],
    [
      '15/05/2024 left SIJ block 70%. Seen 5/20/2024. 6/12/2024 left SIJ block 80%.',
      ['2024-05-15', '2024-06-12'],
    ],
  ])('the order of day and month is that of the text: %s', (text, dates) =>
    expect(readReport(text, book).interventions.map(({ date }) => date)).toEqual(dates),
  );
});

describe('what a heading or a label names goes without saying below it', () => {
  test('a list of injections', () =>
    expect(
      told(
        'Prior injections:\n- R SIJ 5/15/2024, 80 %\n- L4-5 TFESI 1/10/2023: 20 %\n- R LBB 9/3/2024, 50 %',
      ),
    ).toEqual([
      'si-joint-injection right 2024-05-15 80% completed',
      'transforaminal-epidural 2023-01-10 20% completed',
      'lateral-branch-block right 2024-09-03 50% completed',
    ]));

  test('a ticked box', () =>
    expect(
      told('Procedure type: [x] SI joint [ ] facet\nSide: [ ] left [x] right\nPre NRS: 8/10\nPost NRS: 2/10'),
    ).toEqual(['si-joint-injection right 75% completed']));

  test.each([
    'Injections: none. SIJ tender.',
    'Type: [ ] SI joint [ ] facet',
    'Prior injections: none\n\nRight SIJ pain 80% of the day, 5/15/2024.',
    'Pain: R SIJ 5/15/2024, 80 %',
  ])('but not elsewhere: %s', (text) => expect(told(text)).toEqual([]));
});

describe('relief in other words', () => {
  test.each([
    ['Left SIJ injection 3/3/2025: pain came down from an 8 to a 2.', '75%'],
    ['Left SIJ injection 3/3/2025, an improvement of around two thirds.', '66-67%'],
    ['Left SIJ injection 3/3/2025 was a clear negative, with at best 10-20% improvement.', '10-20%'],
    ['Left SIJ injection 3/3/2025. Pain before: 8. Pain 1 hr after: 0.', '100%'],
  ])('%s', (text, relief) =>
    expect(told(text)).toEqual([`si-joint-injection left 2025-03-03 ${relief} completed`]),
  );

  test.each([
    'Left SIJ injection 3/3/2025. Reduced her oxycodone by about half.',
    'Left SIJ injection 3/3/2025. Oxycodone use reduced by two thirds.',
    'Left SIJ injection 3/3/2025; should it give 75%, cooled RFA.',
  ])('not of a drug, nor of what is hoped for: %s', (text) =>
    expect(told(text)).toContain('si-joint-injection left 2025-03-03 completed'),
  );

  test('a condition makes no ablation', () =>
    expect(told('Right LBB planned; should it give at least 75%, cooled RFA S1-3.')).not.toContain(
      'sacral-lateral-branch-rfa 75-100% completed',
    ));
});
