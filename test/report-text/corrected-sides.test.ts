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
    [
      'ADDENDUM 5/6/2026: The protrusion at L4-L5 lateralizes to the right, not to the left as stated.\nORIGINAL: L4-L5: Left protrusion.',
      ['disc-herniation L4-L5 right', 'no disc-herniation L4-L5 left'],
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

describe('a finding that should have been denied', () => {
  test.each([
    [
      'ADDENDUM: The report should read "NO fracture of the sacrum" rather than "fracture of the sacrum".\nORIGINAL REPORT: There is fracture of the sacrum.',
      ['no fracture'],
    ],
    [
      'There is an L1 compression fracture.\nADDENDUM: should read no L1 compression fracture.',
      ['no fracture L1'],
    ],
  ])('is not told: %j', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    'There is an L1 compression fracture.\nADDENDUM: The date should read 3/4/2025. No fracture of L2.',
    'There is an L1 compression fracture.\nADDENDUM: No fracture of L1 on the prior.',
    'There is an L1 compression fracture.\nADDENDUM: should read no L2 fracture.',
  ])('stays where another is denied: %j', (text) => expect(told(text)).toContain('fracture L1'));
});

describe('levels that an addendum numbers anew', () => {
  test.each([
    [
      'ADDENDUM: Lumbarized S1. What was called L5-S1 in the body of the report is L4-L5, and what was called L4-L5 is L3-L4.\nREPORT:\nL4-L5: Disc bulge.\nL5-S1: Left extrusion.',
      ['disc-bulge L3-L4', 'disc-herniation L4-L5 left'],
    ],
    ['L4-L5: Disc bulge.\nAddendum: The numbering was in error, one level lower.', ['disc-bulge']],
    ['L4-L5: Disc bulge.\nAddendum: It is one level lower than originally reported.', ['disc-bulge']],
  ])('are told so, or not at all: %j', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    'L4-L5: Disc bulge.\nAddendum: Numbering was checked and is not in error.',
    'L4-L5: Disc bulge.\nAddendum: Adjacent segment disease is seen one level above the fusion.',
    'L4-L5: Disc bulge.\nAddendum: Compared with the prior study, whose levels were incorrectly numbered.',
    'L4-L5: Disc bulge.\nAddendum: The accession number was in error.',
    'L4-L5: Disc bulge.\nAddendum: The stenosis described at L4-5 is L3-4.',
  ])('and stay where nothing else is said of them: %j', (text) =>
    expect(told(text)).toContain('disc-bulge L4-L5'),
  );
});
