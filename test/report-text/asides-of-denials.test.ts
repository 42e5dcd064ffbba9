import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function told(text: string): string[] {
  return readReport(text, book).findings.map(({ finding, level, negated, hypothetical, historical }) =>
    [negated && 'no', finding, level, hypothetical && 'asked', historical && 'before']
      .filter(Boolean)
      .join(' '),
  );
}

describe('a denial ends', () => {
  test.each([
    ['Instead of a protrusion, there is only a bulge at L3-4.', ['no disc-herniation', 'disc-bulge L3-L4']],
    ['Traumatic, not degenerative, anterolisthesis of L3 on L4.', ['spondylolisthesis L3-L4']],
    [
      'L3-4: bulge, not touching the root, with facet hypertrophy.',
      ['disc-bulge L3-L4', 'no nerve-root-compression L3-L4', 'facet-arthropathy L3-L4'],
    ],
    ['No epidural collection, appearances are those of discitis.', ['tumor-or-infection']],
    ['No pars defect but a burst fracture of L1.', ['no pars-defect', 'fracture L1']],
  ])('where its aside, its clause or its statement does: %s', (text, expected) =>
    expect(told(text)).toEqual(expected),
  );

  test.each([
    ['No fracture, dislocation, or spondylolisthesis.', ['no fracture', 'no spondylolisthesis']],
    ['No protrusion, compressing or not, at L3-4.', ['no disc-herniation L3-L4']],
    ['No findings consistent with discitis.', ['no tumor-or-infection']],
  ])('and goes on through its list: %s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('what could not be told, or was called so before', () => {
  test.each([
    ['Without gadolinium, discitis cannot be assessed.', 'tumor-or-infection asked'],
    ['The suspected L5 pars defect was not confirmed.', 'pars-defect L5 asked'],
    ['What was previously labelled a fracture of L1 is a Schmorl node.', 'fracture L1 before'],
    ['What was initially described as sacroiliitis is a normal variant.', 'hip-or-si-pathology before'],
  ])('is not found: %s', (text, expected) => expect(told(text)).toEqual([expected]));
});
