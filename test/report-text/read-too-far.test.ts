import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function found(text: string): string[] {
  return readReport(text, book).findings.map(
    ({ finding, level, negated, laterality, severity, hypothetical, historical }) =>
      [negated && 'no', laterality, severity, finding, level, hypothetical && 'asked', historical && 'before']
        .filter(Boolean)
        .join(' '),
  );
}

function done(text: string): string[] {
  return readReport(text, book).interventions.map(({ kind, status, date, laterality, relief }) =>
    [kind, status, date, laterality, relief && `${relief.high}%`].filter(Boolean).join(' '),
  );
}

describe('a finding stays found', () => {
  test.each([
    ['The age of the L1 fracture cannot be determined.', ['fracture L1']],
    ['Chronicity of the L1 compression fracture could not be determined.', ['fracture L1']],
    ['Fracture of L1 cannot be determined to be acute.', ['fracture L1']],
    ['Whether the L1 fracture is acute cannot be determined.', ['fracture L1']],
    ['Presence of a fracture could not be determined.', ['fracture asked']],
  ])('where only something of it is left open: %s', (text, expected) =>
    expect(found(text)).toEqual(expected),
  );

  test.each([
    [
      'Endplate irregularity previously called degenerative is discitis at L4-5.',
      ['endplate-change L4-L5', 'tumor-or-infection L4-L5'],
    ],
    [
      'Findings initially thought to be degenerative now show discitis at L4-5.',
      ['tumor-or-infection L4-L5'],
    ],
    ['What was previously labelled a fracture of L1 is a Schmorl node.', ['fracture L1 before']],
  ])('where it was taken for something else before: %s', (text, expected) =>
    expect(found(text)).toEqual(expected),
  );

  test.each([
    [
      'Left foraminal stenosis at L4-5. ADDENDUM: Error corrected. Right foraminal stenosis at L4-5 is also present.',
      ['left foraminal-stenosis L4-L5', 'right foraminal-stenosis L4-L5'],
    ],
    [
      'Left L5-S1 extrusion. ADDENDUM: The side is in error, the L5-S1 extrusion is on the right.',
      ['right disc-herniation L5-S1'],
    ],
  ])('where an addendum adds to it: %s', (text, expected) => expect(found(text)).toEqual(expected));
});

describe('what is not meant', () => {
  test.each([
    ['Canal, not foraminal, stenosis at L4-5.', ['central-stenosis L4-L5']],
    ['The right, not left, L4-5 foramen is narrowed.', ['right foraminal-stenosis L4-L5']],
    ['Moderate, not severe, stenosis at L4-5.', ['moderate central-stenosis L4-L5']],
    ['Needle redirected 5 mm antero-lateral at L5.', []],
    ['L4-5: 2 mm antero.', ['spondylolisthesis L4-L5']],
  ])('is not found: %s', (text, expected) => expect(found(text)).toEqual(expected));

  test.each([
    ['There was no evidence of any sev. Canal stenosis at L4-5.', ['no severe central-stenosis L4-L5']],
    ['Disc bulge at L3-4 causes sev. Canal stenosis.', ['disc-bulge L3-L4', 'severe central-stenosis L3-L4']],
    [
      'Facet OA L4-5 mod. Canal stenosis absent.',
      ['moderate facet-arthropathy L4-L5', 'no central-stenosis'],
    ],
  ])('and a grade in short stays with what it is of: %s', (text, expected) =>
    expect(found(text)).toEqual(expected),
  );

  test('goes on through a list of findings denied', () =>
    expect(found('Negative for fracture, findings of spondylolisthesis or discitis.')).toEqual([
      'no fracture',
      'no spondylolisthesis',
      'no tumor-or-infection',
    ]));
});

describe('each grade keeps its place', () => {
  test.each([
    [
      'Facet arthropathy was mild at L3-4, now moderate at L4-5.',
      ['mild facet-arthropathy L3-L4', 'moderate facet-arthropathy L4-L5'],
    ],
    ['L3-4 canal stenosis was moderate and is now severe.', ['severe central-stenosis L3-L4']],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));
});

describe('a procedure keeps its own end', () => {
  test.each([
    ['SIJ injection: left 1/12/2025; right 1/26/2025 cancelled.', 'not-done'],
    ['SIJ injection: left 1/12/2025; right 1/26/2025 (planned).', 'planned'],
  ])('where the other side came to nothing: %s', (text, never) => {
    const told = readReport(text, book).interventions;
    expect(told.map(({ date, status }) => [date, status])).toEqual([['2025-01-12', 'completed']]);
    expect(told.every(({ status }) => status !== never)).toBe(true);
  });

  test('and a side behind its date is not that of the next date', () =>
    expect(done('SIJ injection 1/12/2025 R; L March 3 2025')).toEqual([
      'si-joint-injection completed 2025-01-12 right',
    ]));

  test('and a visit on a later day is none of the other side', () =>
    expect(done('Lateral branch RFA: left 1/12/2025; right 1/26/2025 follow up visit.')).toEqual([
      'sacral-lateral-branch-rfa completed 2025-01-12',
    ]));

  test.each([
    'Right SIJ injection, good response. Fusion was discussed. She elected not to proceed.',
    'Right SIJ injection. Sedation was offered but he chose not to proceed, wishing local only.',
  ])('where something else was turned down: %s', (text) =>
    expect(done(text)).toEqual(['si-joint-injection unknown right']),
  );

  test('and what a colleague told of is nobody in particular', () =>
    expect(done('The representative told us that 60% get relief from SIJ injection.')).toEqual([]));
});

describe('a finding stays at its level', () => {
  test.each([
    [
      'Aside from a right L5-S1 protrusion contacting the S1 root, no compression at L3-4 or L4-5.',
      ['right disc-herniation L5-S1', 'nerve-root-compression L5-S1'],
    ],
    ['Other than a bulge at L4-5, there is no canal stenosis.', ['disc-bulge L4-L5', 'no central-stenosis']],
    [
      'L4-5 protrusion. L5-S1 bulge. The protrusion and bulge narrow the foramina.',
      ['disc-herniation L4-L5', 'disc-bulge L5-S1', 'disc-herniation', 'disc-bulge', 'foraminal-stenosis'],
    ],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));
});

test('pain that is not in the groin leaves a sign of the joint', () =>
  expect(readReport('FABER positive with pain over the SIJ rather than groin.', book).provocation).toEqual([
    expect.objectContaining({ test: 'faber', result: 'positive' }),
  ]));
