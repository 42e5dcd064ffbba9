import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';
import { toldFindings as told } from './told.js';

describe('the grade of before and that of now', () => {
  test.each([
    ['The L3-4 canal stenosis, previously mild, is now moderate.', ['central-stenosis L3-L4 moderate']],
    ['Previously moderate canal stenosis at L3-4 is now mild.', ['central-stenosis L3-L4 mild']],
    ['L3-4 canal stenosis was moderate and is now severe.', ['central-stenosis L3-L4 severe']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    ['Previously severe canal stenosis at L3-4.', ['central-stenosis L3-L4 severe before']],
    ['Previously severe stenosis at L3-4, now decompressed.', ['central-stenosis L3-L4 severe before']],
    [
      'L3-4: severe facet arthropathy, now mild bulge.',
      ['facet-arthropathy L3-L4 severe', 'disc-bulge L3-L4 mild'],
    ],
  ])('but not where no later one is told: %s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('a finding that the text comes back to', () => {
  test.each([
    ['Extrusion at L3-4. Moderate facet arthropathy at L5-S1. The extrusion is larger.', ['L3-L4']],
    ['At L2-3 the disc is herniated. L4-5 is unremarkable. This herniation is chronic.', ['L2-L3']],
  ])('is where it was: %s', (text, levels) =>
    expect(
      readReport(text, book).findings.flatMap(({ finding, level }) =>
        finding === 'disc-herniation' ? [level] : [],
      ),
    ).toEqual(levels),
  );

  test('and what it does is there', () => {
    expect(
      told('Extrusion at L3-4. The L4-5 disc is normal. The extrusion displaces the left L4 root.'),
    ).toEqual(['disc-herniation L3-L4', 'nerve-root-compression L3-L4 left']);
  });

  test('is at no level where it may be one of several', () => {
    expect(
      told('Protrusions at L2-3 and L3-4. Facet arthropathy at L5-S1. The protrusion abuts the root.').slice(
        3,
      ),
    ).toEqual(['disc-herniation', 'nerve-root-compression']);
  });

  test('a new one without an article is at the level spoken of', () => {
    expect(told('Extrusion at L3-4. At L4-5 there is arthropathy. Protrusion on the left.')).toContain(
      'disc-herniation L4-L5 left',
    );
  });
});

describe('what is looked for in the whole spine', () => {
  test.each([
    ['The L4-5 disc shows a protrusion. There are no pars defects.', 'no pars-defect'],
    ['At L3-4 there is a bulge. No spondylolisthesis.', 'no spondylolisthesis'],
    ['Facet arthropathy L3-L5, no spondylolysis.', 'no pars-defect'],
  ])('is denied of all of it: %s', (text, expected) => expect(told(text)).toContain(expected));

  test.each([
    ['At L4-5 there is no spondylolisthesis.', 'no spondylolisthesis L4-L5'],
    ['L5-S1: Protrusion. No pars defect.', 'no pars-defect L5-S1'],
    ['At L4-5 there is a bulge. No pars defect at this level.', 'no pars-defect L4-L5'],
  ])('but for a level that is its own: %s', (text, expected) => expect(told(text)).toContain(expected));
});

describe('a side or a grade right behind one finding', () => {
  test.each([
    [
      'L4 spondylolysis bilateral, grade 1 slip L4-5.',
      ['pars-defect L4 bilateral', 'spondylolisthesis L4-L5'],
    ],
    [
      'L3-4: facet hypertrophy moderate right, disc bulge.',
      ['facet-arthropathy L3-L4 right moderate', 'disc-bulge L3-L4'],
    ],
  ])("is not the next one's: %s", (text, expected) => expect(told(text)).toEqual(expected));
});

describe('a denial behind an aside', () => {
  test.each([
    ['L4-5 disc herniation, previously described, is not seen today.', ['no disc-herniation L4-L5']],
    [
      'The L4-5 disc herniation, noted on the prior study, is no longer present.',
      ['no disc-herniation L4-L5'],
    ],
    ['The L4-5 protrusion, seen in 2019, has resolved.', ['no disc-herniation L4-L5']],
    [
      'L4-5 herniation, facet arthropathy is not seen.',
      ['disc-herniation L4-L5', 'no facet-arthropathy L4-L5'],
    ],
  ])('is of what stands before it: %s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('what was not there before', () => {
  test.each([
    ['Disc bulge at L4-5 was not present on the prior exam.', ['disc-bulge L4-L5']],
    ['Disc bulge at L4-5, left paracentral, not present in 2019.', ['disc-bulge L4-L5']],
    ['The L4-5 protrusion is not seen on the current or prior exam.', ['no disc-herniation L4-L5']],
    ["The L4-5 protrusion is not seen on today's exam.", ['no disc-herniation L4-L5']],
  ])('is there now: %s', (text, expected) => expect(told(text)).toEqual(expected));
});
