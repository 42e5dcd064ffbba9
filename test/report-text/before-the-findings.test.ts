import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function found(text: string): string[] {
  return readReport(text, book)
    .findings.filter(({ hypothetical }) => hypothetical !== true)
    .map(({ finding, level }) => `${finding} ${level ?? '-'}`);
}

describe('a history goes on to the heading of what follows it', () => {
  test.each([
    [
      'HISTORY: low back pain.\nAnkylosing spondylitis, sacroiliitis.\nFINDINGS: L4-5 bulge.',
      ['disc-bulge L4-L5'],
    ],
    ['INDICATION: Back pain\n\nMetastatic breast cancer\n\nFINDINGS: L4-5 bulge.', ['disc-bulge L4-L5']],
    [
      'Clinical history: fall.\nProstate cancer.\nTECHNIQUE: Sagittal T1.\nFINDINGS: L1 fracture.',
      ['fracture L1'],
    ],
    [
      'Reason for exam: pain\nKnown L1 fracture\nCOMPARISON: none\nFINDINGS: L4-5 bulge.',
      ['disc-bulge L4-L5'],
    ],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));

  test.each([
    ['INDICATION: pain.\nThere is an L1 fracture.\nIMPRESSION: L1 fracture.', ['fracture L1']],
    ['HISTORY: back pain.\nL4-5: mild bulge.', ['disc-bulge L4-L5']],
  ])('where no heading says that findings begin, it ends with its line: %s', (text, expected) =>
    expect(found(text)).toEqual(expected),
  );
});
