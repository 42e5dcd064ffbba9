import { statements, told, toldFindings } from './told.js';
import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

describe('what may be one more of a list of denials is not found', () => {
  test.each([
    [
      'There is no disc bulge or protrusion, canal stenosis, foraminal stenosis at L3-4.',
      'foraminal-stenosis',
    ],
    ['No fracture or subluxation, pars defect at L5.', 'pars-defect'],
    ['L4-5: No bulge or herniation, stenosis on either side.', 'central-stenosis'],
    ['No acute or chronic fracture, spondylolisthesis at L4-5, pars defect at L5.', 'spondylolisthesis'],
    ['No extrusion with any residual protrusion.', 'disc-herniation'],
    ['No disc herniation with residual stenosis at L4-5.', 'central-stenosis'],
  ])('%s', (text, finding) =>
    expect(toldFindings(text).filter((each) => each.startsWith(finding))).toEqual([]),
  );

  test.each([
    [
      'No spinal stenosis, with facet arthropathy at L4-5, or so-called degenerative slip.',
      'no spondylolisthesis',
    ],
    ['No acute fracture, with bulge at L3-4, or possibly protrusion at L4-5.', 'no disc-herniation'],
    ['No herniation, with a bulge, or protrusion, at L4-5.', 'no disc-herniation L4-L5'],
  ])('nor denied behind an aside: %s', (text, finding) =>
    expect(toldFindings(text).filter((each) => each.startsWith(finding))).toEqual([]),
  );
});

test.each([
  [
    'No fracture, with disc bulge at L3-4, or spondylolisthesis at L4-5.',
    ['no fracture', 'disc-bulge L3-L4'],
  ],
  [
    'No bulge or protrusion, canal stenosis, foraminal stenosis at L3-4.',
    ['no disc-bulge L3-L4', 'no disc-herniation L3-L4', 'no central-stenosis L3-L4'],
  ],
])('what is left open hands its level to no other finding, and widens no denial: %s', (text, expected) =>
  expect(toldFindings(text)).toEqual(expected),
);

test.each([
  ['No edema, fracture of L1 is remote.', ['fracture L1']],
  ['Without edema, fractures of L1 and L2 are chronic or subacute.', ['fracture L1', 'fracture L2']],
  ['T12: no edema, compression fracture chronic.', ['fracture T12']],
  ['No resorption of the L4-5 extrusion.', ['disc-herniation L4-L5']],
  [
    'Facet arthropathy at L5-S1, left sacral ala fracture.',
    ['facet-arthropathy L5-S1', 'fracture L5 left', 'fracture S1 left'],
  ],
  [
    'Left L5-S1 herniation resolved, right L5-S1 herniation persists.',
    ['no disc-herniation L5-S1 left', 'disc-herniation L5-S1 right'],
  ],
])('a finding keeps what is said of it: %s', (text, expected) =>
  expect(toldFindings(text)).toEqual(expected),
);

test('what is not normal is not denied', () =>
  expect(toldFindings('Foramina: L4-5 not normal, L5-S1 mild.')).not.toContain(
    'no foraminal-stenosis L4-L5',
  ));

describe('of both sides', () => {
  test.each([
    [
      'Bilateral SIJ RFA 1/8/2026. Right side completed, left side deferred to 1/22/2026.',
      ['sacral-lateral-branch-rfa right 2026-01-08 completed', 'sacral-lateral-branch-rfa left not-done'],
    ],
    [
      'Bilateral SIJ RFA done 3/2/2025. EMG: right completed, left deferred.',
      ['sacral-lateral-branch-rfa bilateral 2025-03-02 completed'],
    ],
    [
      'Bilateral SIJ blocks done 1/8/2026. Right completed PT, left deferred surgery.',
      ['si-joint-injection bilateral 2026-01-08 completed'],
    ],
  ])('only the end of the procedure is taken: %s', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    'SIJ RFA: left contraindicated by pacemaker.',
    'Right SIJ RFA: the right is contraindicated due to pacemaker.',
  ])('advice against the only one named is advice: %s', (text) =>
    expect(statements(text)).toContain('rfa-advised-against'),
  );
});

test.each([
  'Right SIJ RFA on 3/2/2025 was entered in error on the left chart.',
  'Right SIJ RFA on 3/2/2025 was recorded in error on the right.',
  'The right SIJ RFA of 3/2/2025 was charted in error as right instead of left.',
  'Left SIJ injection 3/2/2025 was documented in error as right sided and did not happen.',
  'FAMILY HISTORY: Mother with lumbar fusion. She had right SIJ injection 3/2/2025.',
])('nothing is done where it was filed wrongly or of another: %s', (text) => expect(told(text)).toEqual([]));

test.each([
  [
    'Family history: none\nRight SIJ injection 3/2/2025 with 80% relief.',
    'si-joint-injection right 2025-03-02 80% completed',
  ],
  [
    'Family history: Denies. Patient underwent right SIJ RFA 3/2/2025.',
    'sacral-lateral-branch-rfa right 2025-03-02 completed',
  ],
  ['FHx: none. PSHx: lumbar fusion 2019.', 'lumbar-fusion 2019 completed'],
  [
    'Second right SIJ block 9/10/2025. 1st hour: 90% relief.',
    'si-joint-injection right 2025-09-10 90% completed',
  ],
  ['Left SI joint injection performed. MRI lumbar. Date 1/3/2024.', 'si-joint-injection left completed'],
  [
    'Right SIJ injection performed.\nElectronically signed\nDate 3/9/2026',
    'si-joint-injection right completed',
  ],
  ['MRI done recently (3/2/2025), right SIJ injection gave 80%.', 'si-joint-injection right 80% completed'],
  [
    'Procedure: Right SIJ RFA | Laterality: Right | DOS: 1/2/2026 | Status: cancelled',
    'sacral-lateral-branch-rfa right 2026-01-02 not-done',
  ],
  ['Scheduled for follow-up after right SIJ injection.', 'si-joint-injection right completed'],
  ['Plan to return to work after SIJ RFA 3/2/2025.', 'sacral-lateral-branch-rfa 2025-03-02 completed'],
])('a procedure stays as it was: %s', (text, expected) => expect(told(text)).toEqual([expected]));

test.each([
  'Request for RFA is not medically necessary because records say pain resolved.',
  'RFA is not medically necessary because prior relief subsided after 2 weeks.',
])('a denial of a plan stays one: %s', (text) => expect(statements(text)).toContain('rfa-denied-by-plan'));

test('care that is no longer needed was given', () =>
  expect(
    readReport('PT completed for 6 weeks; PT is no longer needed.', book).care.map(({ status }) => status),
  ).toEqual(['done']));
