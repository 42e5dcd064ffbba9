import { readReport, type TextIntervention } from '../../src/report-text/index.js';
import { book } from './book.js';

function line({ kind, laterality, date, relief, status }: TextIntervention): string {
  const figures = relief && (relief.low === relief.high ? `${relief.low}` : `${relief.low}-${relief.high}`);
  return [kind, laterality, date, figures && `${figures}%`, status].filter(Boolean).join(' ');
}

function told(text: string): string[] {
  return readReport(text, book).interventions.map(line);
}

const OWN = 'si-joint-injection left 2025-03-03 60% completed';

describe('what someone near to the patient had', () => {
  test.each([
    'Left SIJ injection 3/3/2025, 60%. Her mother, who lives with her, had RFA in 2020 with 90% relief.',
    'Left SIJ injection 3/3/2025, 60%. His cousin recently had a SIJ fusion.',
    'Left SIJ injection 3/3/2025, 60%. A friend who had SIJ RFA in 2020 told him of it.',
  ])('is not the patient’s: %s', (text) => expect(told(text)).toEqual([OWN]));

  test.each([
    'Per her sister, had a left SIJ injection 3/3/2025, 60%.',
    'His wife says that he had a left SIJ injection 3/3/2025, 60%.',
  ])('what they report is: %s', (text) => expect(told(text)).toEqual([OWN]));
});

describe('an injection named by letters that are not known', () => {
  test.each([
    'Left SIJ injection 3/3/2025, 60%. The XYZ injection of 4/2025 gave 100%.',
    'Left SIJ injection 3/3/2025, 60%. The right ACJ block of 4/2025 gave 100%.',
  ])('speaks of none told of before: %s', (text) => expect(told(text)).toEqual([OWN]));

  test.each([
    'Left SIJ injection 3/3/2025. THE INJECTION GAVE 60% RELIEF.',
    'Left SIJ injection 3/3/2025. The injection gave 60% relief.',
    'Left SIJ injection 3/3/2025. After the USG injection 60% relief.',
  ])('other words before it do: %s', (text) => expect(told(text)).toEqual([OWN]));
});

test('a label behind the end of a sentence', () =>
  expect(told('PROCEDURE: Left SI joint injection. DATE: 3/3/2025. Pre NRS 5/10, post NRS 2/10.')).toEqual([
    OWN,
  ]));

describe('what the patient elected not to go on with', () => {
  test.each([
    [
      'He presents for a left SIJ injection. On reflection he chose not to proceed today.',
      ['si-joint-injection left not-done'],
    ],
    ['Left SIJ injection was done. He chose not to proceed.', ['si-joint-injection left completed']],
    ['Left SIJ injection 3/3/2025, 60%. He chose not to proceed with surgery.', [OWN]],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test('is not accepted by a changed mind', () =>
    expect(
      readReport('Here for left SIJ RFA. He changed his mind and the procedure was not done.', book)
        .statements,
    ).toEqual([]));
});
