import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function told(text: string): string[] {
  return readReport(text, book).findings.map(({ finding, level, laterality, negated }) =>
    [negated && 'no', finding, level, laterality].filter(Boolean).join(' '),
  );
}

describe('a side that an addendum takes back', () => {
  test.each([
    [
      'L3-L4: Right subarticular protrusion displacing the right L4 root.\nADDENDUM: The side was dictated incorrectly. The protrusion at L3-L4 is left-sided and displaces the left L4 root.',
      ['disc-herniation L3-L4 left', 'nerve-root-compression L3-L4 left'],
    ],
    [
      'Impression: Left sacroiliitis.\nCorrection: Right sacroiliitis.\nThe report was corrected.',
      ['hip-or-si-pathology right'],
    ],
  ])('is not told: %j', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    [
      'L3-L4: Right foraminal stenosis.\nADDENDUM: There is also left foraminal stenosis at L3-L4.',
      ['foraminal-stenosis L3-L4 right', 'foraminal-stenosis L3-L4 left'],
    ],
    [
      'L3-L4: Right foraminal stenosis.\nADDENDUM: The date is wrong. Left foraminal stenosis at L4-L5.',
      ['foraminal-stenosis L3-L4 right', 'foraminal-stenosis L4-L5 left'],
    ],
  ])('and one that it only adds to stays: %j', (text, expected) => expect(told(text)).toEqual(expected));
});
