import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function told(text: string): string[] {
  return readReport(text, book).findings.map(({ finding, level, laterality, severity, negated }) =>
    [negated && 'no', finding, level, laterality, severity].filter(Boolean).join(' '),
  );
}

describe('shorthand of radiologists', () => {
  test.each([
    ['L3-4: protrusion contacting R L4.', ['disc-herniation L3-L4', 'nerve-root-compression L3-L4 right']],
    ['L5-S1 HNP, comp R S1.', ['disc-herniation L5-S1', 'nerve-root-compression L5-S1 right']],
    ['SIJs N. Hips N.', ['no hip-or-si-pathology', 'no hip-or-si-pathology']],
    [
      'FA L3-L4, mild. Bil foram sten L4-5 mod. Canal ok.',
      ['facet-arthropathy L3-L4 mild', 'foraminal-stenosis L4-L5 bilateral moderate', 'no central-stenosis'],
    ],
    ['L5-S1: gr 2 antero, bil pars defs.', ['spondylolisthesis L5-S1', 'pars-defect L5-S1 bilateral']],
    ['L4-5: lg R paracentral extr, sev LR sten.', ['disc-herniation L4-L5 right']],
    [
      'L3-4: bulge, sev canal, no foram sten.',
      ['disc-bulge L3-L4', 'central-stenosis L3-L4 severe', 'no foraminal-stenosis L3-L4'],
    ],
    ['FJ OA L4-5 mod.', ['facet-arthropathy L4-L5 moderate']],
    ['BME L SIJ.', ['hip-or-si-pathology left']],
  ])('%s', (text, expected) =>
    expect(
      told(text).map((each) =>
        each.startsWith('no ') ? each.replace(/ (?:mild|moderate|severe)$/u, '') : each,
      ),
    ).toEqual(expected),
  );

  test.each([
    'FA was paged. Fell on R extr.',
    'The needle was advanced, contacting left L5.',
    'Workers comp: R L5 claim, nerve root pain.',
    'Protrusion of the abdomen touches R L5 endplate.',
  ])('and what looks like it: %s', (text) =>
    expect(told(text).filter((each) => !each.startsWith('disc-herniation'))).toEqual([]),
  );
});

describe('what a denial behind an "and" leaves', () => {
  test.each([
    ['L3-4: moderate central and no foraminal stenosis.', 'central-stenosis L3-L4 moderate'],
    ['L3-4: severe central, no foraminal narrowing.', 'central-stenosis L3-L4 severe'],
    ['L3-4: no central and no foraminal stenosis.', 'no central-stenosis L3-L4'],
    ['L3-4: neither central nor foraminal stenosis.', 'no central-stenosis L3-L4'],
  ])('%s', (text, expected) => {
    expect(told(text)[0]).toBe(expected);
    expect(told(text)[1]).toMatch(/^no foraminal-stenosis L3-L4/u);
  });
});

describe('a grade behind the level and the name of the place', () => {
  test.each([
    [
      'L3-4 facets: mild left, severe right.',
      ['facet-arthropathy L3-L4 left mild', 'facet-arthropathy L3-L4 right severe'],
    ],
    ['L3-4 canal: moderate', ['central-stenosis L3-L4 moderate']],
    ['Facet arthritis at L3-4, moderate on the left.', ['facet-arthropathy L3-L4 left moderate']],
    ['L5 pars: lucent line on the left, a defect is not excluded.', ['pars-defect L5']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('marks that were spoken and written out', () => {
  test('end sentences where there are no others', () => {
    const text =
      'at L three L four there is a disc bulge comma no stenosis period the L four L five facets are arthropathic period no spondylolisthesis period';
    expect(told(text)).toEqual([
      'disc-bulge L3-L4',
      'no central-stenosis L3-L4',
      'no foraminal-stenosis L3-L4',
      'facet-arthropathy L4-L5',
      'no spondylolisthesis',
    ]);
  });

  test('and are words in a text with its own', () => {
    const text =
      'No fracture in the period since. Stable over a period of years. No colon mass. Disc bulge L4-5.';
    expect(told(text)).toContain('disc-bulge L4-L5');
    expect(told('Pain over this period. Disc bulge L4-5 in the recovery period.')).toEqual([
      'disc-bulge L4-L5',
    ]);
  });
});
