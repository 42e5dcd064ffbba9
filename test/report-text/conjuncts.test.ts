import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function signs(text: string): string[] {
  return readReport(text, book).findings.map(({ finding, level, laterality, severity, negated }) =>
    [negated ? 'no' : undefined, severity, laterality, finding, level].filter(Boolean).join(' '),
  );
}

describe('one finding said of several sides, each with its own severity', () => {
  test.each([
    [
      'L4-5: Moderate left and mild right neural foraminal stenosis.',
      ['moderate left foraminal-stenosis L4-L5', 'mild right foraminal-stenosis L4-L5'],
    ],
    [
      'L4-5: Severe right, moderate left foraminal stenosis with mild central canal stenosis.',
      [
        'severe right foraminal-stenosis L4-L5',
        'moderate left foraminal-stenosis L4-L5',
        'mild central-stenosis L4-L5',
      ],
    ],
    [
      'L5-S1: Disc bulge and facet hypertrophy result in moderate left and mild right foraminal stenosis.',
      [
        'disc-bulge L5-S1',
        'facet-arthropathy L5-S1',
        'moderate left foraminal-stenosis L5-S1',
        'mild right foraminal-stenosis L5-S1',
      ],
    ],
    ['Mild left and right foraminal narrowing at L4-5.', ['mild bilateral foraminal-stenosis L4-L5']],
    [
      'Moderate left and moderate right foraminal narrowing at L4-5.',
      ['moderate bilateral foraminal-stenosis L4-L5'],
    ],
    [
      'L4-5: Foraminal narrowing, moderate on the left and mild on the right.',
      ['moderate left foraminal-stenosis L4-L5', 'mild right foraminal-stenosis L4-L5'],
    ],
    [
      'L4-5: Bilateral foraminal stenosis, severe on the right.',
      ['left foraminal-stenosis L4-L5', 'severe right foraminal-stenosis L4-L5'],
    ],
    [
      'L4-5: Bilateral foraminal stenosis, moderate on the left and severe on the right.',
      ['moderate left foraminal-stenosis L4-L5', 'severe right foraminal-stenosis L4-L5'],
    ],
    [
      'L4-5: Foraminal stenosis is mild on the right and moderate on the left.',
      ['mild right foraminal-stenosis L4-L5', 'moderate left foraminal-stenosis L4-L5'],
    ],
    [
      'L5-S1: The right foramen is mildly narrowed and the left is severely narrowed.',
      ['mild right foraminal-stenosis L5-S1', 'severe left foraminal-stenosis L5-S1'],
    ],
    ['L4-5: Foraminal stenosis, left greater than right.', ['bilateral foraminal-stenosis L4-L5']],
    [
      'L4-5: Foraminal stenosis, on the left there is facet arthropathy.',
      ['foraminal-stenosis L4-L5', 'facet-arthropathy L4-L5'],
    ],
    [
      'L5-S1: Moderate left, no right foraminal stenosis.',
      ['moderate left foraminal-stenosis L5-S1', 'no right foraminal-stenosis L5-S1'],
    ],
    [
      'L5-S1: No left and mild right foraminal stenosis.',
      ['no left foraminal-stenosis L5-S1', 'mild right foraminal-stenosis L5-S1'],
    ],
    ['L5-S1: No left or right foraminal stenosis.', ['no bilateral foraminal-stenosis L5-S1']],
    [
      'L5-S1: No moderate left or severe right foraminal stenosis.',
      ['no moderate left foraminal-stenosis L5-S1', 'no severe right foraminal-stenosis L5-S1'],
    ],
    [
      'L4-5: Left greater than right foraminal stenosis, moderate.',
      ['moderate bilateral foraminal-stenosis L4-L5'],
    ],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));
});

describe('one finding said of several levels, each with its own severity', () => {
  test.each([
    [
      'Moderate to severe left L4-5 and moderate right L5-S1 foraminal stenosis.',
      ['severe left foraminal-stenosis L4-L5', 'moderate right foraminal-stenosis L5-S1'],
    ],
    [
      'L3-4 mild, L4-5 moderate, and L5-S1 severe foraminal stenosis.',
      [
        'mild foraminal-stenosis L3-L4',
        'moderate foraminal-stenosis L4-L5',
        'severe foraminal-stenosis L5-S1',
      ],
    ],
    [
      'Facet arthropathy is moderate at L4-5 and severe at L5-S1.',
      ['moderate facet-arthropathy L4-L5', 'severe facet-arthropathy L5-S1'],
    ],
    [
      'Central stenosis: mild at L2-3, severe at L3-4, moderate at L4-5.',
      ['mild central-stenosis L2-L3', 'severe central-stenosis L3-L4', 'moderate central-stenosis L4-L5'],
    ],
    [
      'Facet arthropathy at L4-5 (moderate) and L5-S1 (severe).',
      ['moderate facet-arthropathy L4-L5', 'severe facet-arthropathy L5-S1'],
    ],
    [
      'Facet arthropathy at L4-5, moderate disc bulge at L5-S1.',
      ['facet-arthropathy L4-L5', 'moderate disc-bulge L5-S1'],
    ],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));
});

describe('a severity belongs to the words it stands with', () => {
  test.each([
    [
      'L5-S1: Mild central, moderate left lateral recess, and severe left foraminal stenosis.',
      ['mild central-stenosis L5-S1', 'severe left foraminal-stenosis L5-S1'],
    ],
    [
      'There is 4 mm anterolisthesis of L4 on L5 secondary to severe bilateral facet arthrosis.',
      ['spondylolisthesis L4-L5', 'severe bilateral facet-arthropathy L4-L5'],
    ],
    [
      'Disc bulge resulting in severe left foraminal stenosis at L4-L5.',
      ['disc-bulge L4-L5', 'severe left foraminal-stenosis L4-L5'],
    ],
    [
      'L4-5: Mild central canal and severe foraminal stenosis.',
      ['mild central-stenosis L4-L5', 'severe foraminal-stenosis L4-L5'],
    ],
    [
      'L4-5: Severe central canal and foraminal stenosis.',
      ['severe central-stenosis L4-L5', 'severe foraminal-stenosis L4-L5'],
    ],
    [
      'L4-5: Foraminal stenosis, severe. Disc bulge, mild.',
      ['severe foraminal-stenosis L4-L5', 'mild disc-bulge L4-L5'],
    ],
    ['L4-5: Foraminal stenosis, mild disc bulge.', ['foraminal-stenosis L4-L5', 'mild disc-bulge L4-L5']],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));
});

describe('the impression outranks the findings in severity, side by side', () => {
  test.each([
    [
      'FINDINGS: L4-5: moderate left and moderate right foraminal stenosis.\nIMPRESSION: Severe left and mild right foraminal stenosis at L4-5.',
      [
        'moderate bilateral foraminal-stenosis L4-L5',
        'severe left foraminal-stenosis L4-L5',
        'mild right foraminal-stenosis L4-L5',
      ],
    ],
    [
      'FINDINGS: L4-5: moderate bilateral foraminal stenosis.\nIMPRESSION: Severe foraminal stenosis at L4-5.',
      ['severe bilateral foraminal-stenosis L4-L5', 'severe foraminal-stenosis L4-L5'],
    ],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));
});

describe('sentences of other languages are left alone', () => {
  test.each([
    ['Protrusión discal L4-L5 sin compromiso radicular. Artrosis facetaria.', []],
    ['Bandscheibenprotrusion L4/5 ohne Stenose.', []],
    ['Protrusion discale L4-L5 avec discopathie, sans sténose du canal.', []],
    ['Estenosis moderada con hernia. IMPRESSION: There is a disc bulge at L4-5.', ['disc-bulge L4-L5']],
    ['Evaluation for Sjögren syndrome: there is a disc bulge at L4-5.', ['disc-bulge L4-L5']],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));
});
