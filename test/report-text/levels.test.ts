import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function signs(text: string): string[] {
  return readReport(text, book).findings.map(
    ({ finding, level, negated }) => `${negated ? 'no ' : ''}${finding} ${level ?? '-'}`,
  );
}

describe('levels', () => {
  test.each([
    ['L4-5 disc protrusion', ['L4-L5']],
    ['L4/5 disc protrusion', ['L4-L5']],
    ['L4-L5 disc protrusion', ['L4-L5']],
    ['L4/L5 disc protrusion', ['L4-L5']],
    ['L4 - L5 disc protrusion', ['L4-L5']],
    ['L4–5 disc protrusion', ['L4-L5']],
    ['L5S1 disc protrusion', ['L5-S1']],
    ['L5-1 disc protrusion', ['L5-S1']],
    ['disc protrusion between the fourth and fifth lumbar vertebrae', ['L4-L5']],
    ['disc protrusions L3-4 through L5-S1', ['L3-L4', 'L4-L5', 'L5-S1']],
    ['disc protrusions from L3 to S1', ['L3-L4', 'L4-L5', 'L5-S1']],
    ['disc protrusions (L1-L4)', ['L1-L2', 'L2-L3', 'L3-L4']],
    ['disc protrusions at L3-4, L4-5 and L5-S1', ['L3-L4', 'L4-L5', 'L5-S1']],
    ['disc protrusions at L3-4, 4-5 and 5-1', ['L3-L4', 'L4-L5', 'L5-S1']],
    ['D12-L1 disc protrusion', ['T12-L1']],
    ['disc protrusion at S1-S2 below a lumbarised S1', ['S1-S2']],
    ['L5-L6 disc protrusion', ['L5-L6']],
    ['L6-S1 disc protrusion', ['L6-S1']],
    ['disc protrusion at the lumbosacral junction', ['L5-S1']],
    ['disc protrusion hyperintense on T1 and T2', [null]],
    ['disc protrusion abutting the S1 nerve root', [null]],
    ['disc protrusion, multilevel', [null]],
  ])('%s', (text, levels) => {
    const found = readReport(text, book).findings.filter(({ finding }) => finding === 'disc-herniation');
    expect(found.map(({ level }) => level)).toEqual(levels);
  });

  test.each([
    ['Compression fracture of L1.', 'fracture L1'],
    ['Fracture of the L5 vertebral body.', 'fracture L5'],
    ['Anterolisthesis of L4 on L5.', 'spondylolisthesis L4-L5'],
    ['Grade I slip of L5 over S1.', 'spondylolisthesis L5-S1'],
    ['Bilateral L5 pars defects.', 'pars-defect L5'],
    ['Metastasis in T11.', 'tumor-or-infection T11'],
  ])('vertebrae: %s', (text, expected) => expect(signs(text)).toEqual([expected]));

  test('a heading carries its level to the lines below, until the next heading', () => {
    expect(
      signs('L4-5:\nDisc bulge.\nFacet arthropathy.\nL5-S1: Disc protrusion.\nNo canal stenosis.'),
    ).toEqual([
      'disc-bulge L4-L5',
      'facet-arthropathy L4-L5',
      'disc-herniation L5-S1',
      'no central-stenosis L5-S1',
    ]);
  });

  test('a level named in the line itself outweighs the heading', () => {
    expect(signs('L5-S1: disc bulge.\nDisc protrusion noted at L1-L2.')).toEqual([
      'disc-bulge L5-S1',
      'disc-herniation L1-L2',
    ]);
  });

  test('an empty line ends what a heading carries', () => {
    expect(signs('L5-S1: disc bulge.\n\nMild facet arthropathy is present.')).toEqual([
      'disc-bulge L5-S1',
      'facet-arthropathy -',
    ]);
  });

  test('two levels in a sentence each keep their own finding, before or behind', () => {
    expect(signs('Disc bulge at L3-4 and protrusion at L4-5.')).toEqual([
      'disc-bulge L3-L4',
      'disc-herniation L4-L5',
    ]);
    expect(signs('L3-4 bulge, L4-5 protrusion.')).toEqual(['disc-bulge L3-L4', 'disc-herniation L4-L5']);
  });
});
