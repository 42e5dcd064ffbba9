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
  ])('is no result: %s', (text, expected) => expect(tests(text)).toEqual(expected));

  test('what did not is negative', () =>
    expect(tests('Thigh thrust reproduced his pain; sacral thrust and FABER did not.')).toEqual([
      'thigh-thrust positive',
      'sacral-thrust negative',
      'faber negative',
    ]));
});
