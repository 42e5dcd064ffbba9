import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function told(text: string): string[] {
  return readReport(text, book).findings.map(({ finding, level, laterality, severity, negated }) =>
    [negated && 'no', finding, level, laterality, severity].filter(Boolean).join(' '),
  );
}

describe('what is denied only as far as it goes, or only as new', () => {
  test.each([
    [
      'L5-S1: protrusion abuts but does not displace the S1 roots bilaterally.',
      ['disc-herniation L5-S1', 'nerve-root-compression L5-S1 bilateral'],
    ],
    [
      'L4-5: protrusion without compression but with contact of the root.',
      ['disc-herniation L4-L5', 'nerve-root-compression L4-L5'],
    ],
    ['L4-5 protrusion. No new herniation.', ['disc-herniation L4-L5']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    [
      'L5-S1: protrusion does not displace the S1 roots.',
      ['disc-herniation L5-S1', 'no nerve-root-compression L5-S1'],
    ],
    [
      'L4-5 extrusion compresses the left root but not the right root.',
      ['disc-herniation L4-L5', 'nerve-root-compression L4-L5 left', 'no nerve-root-compression L4-L5 right'],
    ],
    ['No herniation.', ['no disc-herniation']],
    ['No new fracture.', ['no fracture']],
    ['There is a new herniation at L4-5.', ['disc-herniation L4-L5']],
  ])('and what is denied or found: %s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('adverbs of what stands before them', () => {
  test.each([
    [
      'L5-S1: severe facet osteoarthritis bilaterally with 2 mm anterolisthesis.',
      ['facet-arthropathy L5-S1 bilateral severe', 'spondylolisthesis L5-S1'],
    ],
    [
      'L4-5: narrows the right foramen moderately and touches the right L4 root.',
      ['foraminal-stenosis L4-L5 right moderate', 'nerve-root-compression L4-L5 right'],
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    ['L4-5: moderately narrowed canal.', ['central-stenosis L4-L5 moderate']],
    [
      'L4-5: facet arthropathy and bilaterally narrowed foramina.',
      ['facet-arthropathy L4-L5', 'foraminal-stenosis L4-L5 bilateral'],
    ],
  ])('and of what follows: %s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('lists and short forms', () => {
  test.each([
    ['There is neither canal nor foraminal stenosis.', ['no central-stenosis', 'no foraminal-stenosis']],
    [
      'L4-5: R foraminal protr, R mod FJA. SIJ nl.',
      ['disc-herniation L4-L5 right', 'facet-arthropathy L4-L5 right moderate', 'no hip-or-si-pathology'],
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('levels and sides in other hands', () => {
  test.each([
    [
      'L5-S1: Protrusion.\nNo spondylolysis or spondylolisthesis.',
      ['disc-herniation L5-S1', 'no pars-defect', 'no spondylolisthesis'],
    ],
    [
      'Disc bulges at all levels from L3 to S1.',
      ['disc-bulge L3-L4', 'disc-bulge L4-L5', 'disc-bulge L5-S1'],
    ],
    ['Disc bulges at all levels.', ['disc-bulge']],
    [
      'Facet arthropathy, moderate at the lowest two levels.',
      ['facet-arthropathy L4-L5 moderate', 'facet-arthropathy L5-S1 moderate'],
    ],
    [
      'L4-5: foraminal stenosis, mod on Rt & mild on Lt. Facet arthropathy.',
      [
        'foraminal-stenosis L4-L5 right moderate',
        'foraminal-stenosis L4-L5 left mild',
        'facet-arthropathy L4-L5',
      ],
    ],
    [
      'L4-5: facet arthrosis, mild on the right and severe on the left, with grade 1 anterolisthesis.',
      [
        'facet-arthropathy L4-L5 right mild',
        'facet-arthropathy L4-L5 left severe',
        'spondylolisthesis L4-L5',
      ],
    ],
  ])('%s', (text, expected) =>
    expect(told(text).map((each) => each.replace(/(spondylolisthesis L4-L5).*/u, '$1'))).toEqual(expected),
  );
});
