import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function tests(text: string): string[] {
  return readReport(text, book).provocation.map(({ test, result }) => `${test} ${result}`);
}

describe('boxes right before the answers of several tests in one line', () => {
  test.each([
    ['Patrick [ ] pos [x] neg   Gaenslen [x] pos [ ] neg', ['faber negative', 'gaenslen positive']],
    [
      'Exam: Sacral thrust ☒ positive ☐ negative   FABER ☐ positive ☒ negative',
      ['sacral-thrust positive', 'faber negative'],
    ],
    ['FABER: [ ] pos [x] neg', ['faber negative']],
  ])('%s', (text, expected) => expect(tests(text)).toEqual(expected));
});

describe('an examination that leaves it open', () => {
  test.each([
    [
      'Positive left FABER, equivocal thigh thrust, negative compression.',
      ['faber positive', 'compression negative'],
    ],
    ['FABER inconclusive, Gaenslen positive.', ['gaenslen positive']],
    ['FABER negative for hip pain, Gaenslen positive.', ['gaenslen positive']],
    ['FABER negative for hip or SI pain.', ['faber negative']],
  ])('is no result: %s', (text, expected) => expect(tests(text)).toEqual(expected));

  test('what did not is negative', () =>
    expect(tests('Thigh thrust reproduced his pain; sacral thrust and FABER did not.')).toEqual([
      'thigh-thrust positive',
      'sacral-thrust negative',
      'faber negative',
    ]));
});

describe('a side and its result', () => {
  test.each([
    ['FABER: right positive, left negative.', ['faber positive right', 'faber negative left']],
    ['FABER: R positive (posterior), L negative.', ['faber positive right', 'faber negative left']],
    ['FABER: positive right, negative left.', ['faber positive right', 'faber negative left']],
    ['Right: FABER positive, left negative.', ['faber positive right', 'faber negative left']],
    ['Right FABER positive, negative on the left.', ['faber positive right', 'faber negative left']],
    ['FABER right equivocal, left positive.', ['faber positive left']],
    ['FABER positive right, negative.', ['faber positive right']],
    ['FABER R positive, L thigh thrust negative.', ['faber positive right', 'thigh-thrust negative left']],
    [
      'FABER right positive, left negative; thigh thrust right negative, left positive.',
      [
        'faber positive right',
        'faber negative left',
        'thigh-thrust negative right',
        'thigh-thrust positive left',
      ],
    ],
    ['FABER right positive, left not tested.', ['faber positive right']],
    [
      'FABER right positive, left not tested, thigh thrust positive.',
      ['faber positive right', 'thigh-thrust positive'],
    ],
    ['Right: FABER positive, Gaenslen negative.', ['faber positive right', 'gaenslen negative right']],
  ])('stand in whatever order: %s', (text, expected) =>
    expect(
      readReport(text, book).provocation.map(({ test, result, laterality }) =>
        [test, result, laterality].filter(Boolean).join(' '),
      ),
    ).toEqual(expected),
  );
});
