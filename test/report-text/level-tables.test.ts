import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function told(text: string): string[] {
  return readReport(text, book).findings.map(({ finding, level, laterality, severity, negated }) =>
    [negated && 'no', finding, level, laterality, severity].filter(Boolean).join(' '),
  );
}

const ROWS = [
  'disc-bulge L3-L4',
  'no central-stenosis L3-L4',
  'no foraminal-stenosis L3-L4',
  'facet-arthropathy L3-L4 mild',
  'disc-herniation L4-L5 left',
  'central-stenosis L4-L5 moderate',
  'foraminal-stenosis L4-L5 right severe',
  'foraminal-stenosis L4-L5 left mild',
  'facet-arthropathy L4-L5 severe',
];

describe('a table of levels: each cell is of the level of its line and of the place of its column', () => {
  test.each([
    [
      'pipes',
      '| Level | Disc | Canal | Foramina | Facets |\n|---|---|---|---|---|\n' +
        '| L3-4 | Mild bulge | Normal | Patent | Mild arthrosis |\n' +
        '| L4-5 | Left protrusion | Moderate stenosis | Severe right, mild left | Severe |',
    ],
    [
      'tabs, grades alone',
      'Level\tDisc\tCentral stenosis\tForaminal narrowing\tFacet joints\n' +
        'L3-4\tMild bulge\tNone\tNone\tMild\n' +
        'L4-5\tLeft protrusion\tModerate\tSevere right, mild left\tSevere',
    ],
    [
      'columns of blanks below an empty corner',
      '          Disc               Canal             Foramina                Facets\n' +
        'L3-L4     Mild bulge         No stenosis       No stenosis             Mild hypertrophy\n' +
        'L4-L5     Left protrusion    Moderate          Severe R, mild L        Severe hypertrophy',
    ],
    [
      'lines apart, as HTML is read',
      'Level\t\tDisc\t\tStenosis\t\tForaminal stenosis\t\tFacets\n\n' +
        'L3-4\t\tMild bulge\t\tnone\t\tnone\t\tmild OA\n\n' +
        'L4-5\t\tL protrusion\t\tmoderate central\t\tSevere R, mild L\t\tsevere OA',
    ],
  ])('%s', (_, text) =>
    expect(told(text).map((line) => line.replace('disc-bulge L3-L4 mild', 'disc-bulge L3-L4'))).toEqual(ROWS),
  );

  test('what its columns are called is not found', () =>
    expect(told('Level | Disc herniation | Canal stenosis\nL3-4 | none | none')).toEqual([
      'no disc-herniation L3-L4',
      'no central-stenosis L3-L4',
    ]));

  test('its last level is not that of the line below', () =>
    expect(
      told('Level | Disc | Canal\nL5-S1 | bulge | patent\nFracture: none. Spondylolisthesis seen.'),
    ).toEqual(['disc-bulge L5-S1', 'no central-stenosis L5-S1', 'no fracture', 'spondylolisthesis']));

  test('a table of something else stays as it is', () =>
    expect(told('Drug | Disc | Canal\nL4-5 bulge | 2 mL | 3 mL')).toEqual(['disc-bulge L4-L5']));

  test('a "none" below what is no place denies nothing beside it', () =>
    expect(told('Level | Disc | Edema | Facets\nL3-4 | bulge | none | mild')).toEqual([
      'disc-bulge L3-L4',
      'facet-arthropathy L3-L4 mild',
    ]));

  test('offsets are those of the cell', () => {
    const text = 'Level | Canal | Facets\nL3-4 | patent | moderate';
    const words = readReport(text, book).findings.map(({ start, end }) => text.slice(start, end));
    expect(words).toEqual(['patent', 'moderate']);
  });
});

describe('a grade behind the name of a place', () => {
  test.each([
    ['L4-5: Facets: moderate.', ['facet-arthropathy L4-L5 moderate']],
    [
      'L5-S1:\nDisc: bulge.\nForamina: none right, mild left.',
      ['disc-bulge L5-S1', 'no foraminal-stenosis L5-S1 right', 'foraminal-stenosis L5-S1 left mild'],
    ],
    [
      'Foramina: Right moderate L4-5, L5-S1. Left mild L4-5.',
      [
        'foraminal-stenosis L4-L5 right moderate',
        'foraminal-stenosis L5-S1 right moderate',
        'foraminal-stenosis L4-L5 left mild',
      ],
    ],
    ['Facet loading: moderate pain.', []],
    ['Facets: moderate pain on extension.', []],
    ['Hips: mild.', []],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});
