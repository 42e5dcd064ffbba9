import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';
import { told } from './told.js';

describe('a date in brackets behind something else is not of the procedure that follows', () => {
  test.each([
    [
      'Had 3 LESIs (4/2023, 8/2023) and a right SIJ injection on 2/2/2024.',
      ['si-joint-injection right 2024-02-02 completed'],
    ],
    [
      'Her MRI (6/2023) came before a right SIJ injection with 60% relief.',
      ['si-joint-injection right 60% completed'],
    ],
    [
      'The reviewer (Dr. Low, 7/2024) writes that SI joint RFA is not medically necessary.',
      ['sacral-lateral-branch-rfa not-done'],
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    ['Today (2/2/2024) a right SIJ injection was done.', ['si-joint-injection right 2024-02-02 completed']],
    ['(2/2/2024) right SIJ injection, 60%', ['si-joint-injection right 2024-02-02 60% completed']],
    [
      'Right SIJ injection (2/2/2024), then RFA of the SI joint (5/5/2024).',
      ['si-joint-injection right 2024-02-02 completed', 'sacral-lateral-branch-rfa 2024-05-05 completed'],
    ],
  ])('where it is of it, it is read: %s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('what is told between two dates is of the first', () => {
  test.each([
    [
      'Right SIJ injection in 3/2024 (helped for 6 weeks), and a second in 9/2024 that was a waste of time.',
      ['si-joint-injection right 2024-03 P6W completed', 'si-joint-injection right 2024-09 0% completed'],
    ],
    [
      'Right SIJ injections 3/3/2024 and 9/9/2024 helped for 6 weeks.',
      [
        'si-joint-injection right 2024-03-03 P6W completed',
        'si-joint-injection right 2024-09-09 P6W completed',
      ],
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test('the second, however it is said', () =>
    expect(
      told('SIJ RFA left 3/2024 and 9/2025. The first gave 60% for 5 months; the second roughly 20%.'),
    ).toEqual([
      'sacral-lateral-branch-rfa left 2024-03 60% P5M completed',
      'sacral-lateral-branch-rfa left 2025-09 20% completed',
    ]));
});

describe('shares that are of no pain', () => {
  test.each([
    'Left SIJ injection 3/3/2025. In pain 80% of the day.',
    'Left SIJ injection 3/3/2025. PT: 75% of his goals are met, pain better.',
  ])('%s', (text) => expect(told(text)).toEqual(['si-joint-injection left 2025-03-03 completed']));

  test('of the pain they are', () =>
    expect(told('Left SIJ injection 3/3/2025 took away 80% of the pain.')).toEqual([
      'si-joint-injection left 2025-03-03 80% completed',
    ]));
});

describe('what is done in another part of the body', () => {
  test.each([
    'Left SIJ injection 3/3/2025. Rhizotomy in the neck 2020.',
    'Left SIJ injection 3/3/2025. He had an ablation for cervical pain in 2020.',
  ])('is of no use here: %s', (text) =>
    expect(told(text)).toEqual(['si-joint-injection left 2025-03-03 completed']),
  );
});

test('what was not certified was not done', () =>
  expect(told('SIJ RFA was non-certified 3/3/2025.')).toEqual([
    'sacral-lateral-branch-rfa 2025-03-03 not-done',
  ]));

test('scores in millimetres with their times', () =>
  expect(told('Right SIJ injection 3/3/2025. VAS 80 mm before, 20 mm after 20 min.')).toEqual([
    'si-joint-injection right 2025-03-03 75% completed',
  ]));

test('"bilat." behind a result ends its sentence', () =>
  expect(
    readReport('FABER neg bilat. Gaenslen positive.', book).provocation.map(({ test, laterality }) => [
      test,
      laterality,
    ]),
  ).toEqual([
    ['faber', 'bilateral'],
    ['gaenslen', null],
  ]));
