import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';
import { statements, told, toldFindings } from './told.js';

describe('a denial', () => {
  test.each([
    ['L4-5: no central, mild foraminal stenosis.', ['no central-stenosis L4-L5']],
    ['L4-5: no central, moderate right and mild left foraminal narrowing.', ['no central-stenosis L4-L5']],
  ])('is not carried over a comma to a grade of something else: %s', (text, expected) =>
    expect(toldFindings(text)).toEqual(expected),
  );

  test.each([
    [
      'No central, moderate or severe foraminal stenosis.',
      ['no central-stenosis', 'no foraminal-stenosis severe'],
    ],
    ['No central, lateral recess or foraminal stenosis.', ['no central-stenosis', 'no foraminal-stenosis']],
  ])('goes on through a list: %s', (text, expected) => expect(toldFindings(text)).toEqual(expected));

  test.each([
    ['L4-5: No protrusion, rather a broad bulge.', ['no disc-herniation L4-L5', 'disc-bulge L4-L5']],
    ['No fracture at L1, instead a metastasis.', ['no fracture L1', 'tumor-or-infection L1']],
    ['L4-5: No protrusion, rather than bulge.', ['no disc-herniation L4-L5', 'no disc-bulge L4-L5']],
  ])('ends with what is there instead: %s', (text, expected) => expect(toldFindings(text)).toEqual(expected));

  test.each([
    [
      'No acute fracture, with preserved disc heights, or spondylolisthesis.',
      ['no fracture', 'no spondylolisthesis'],
    ],
    ['No fracture, with mild disc bulge at L4-5, or pars defect.', ['no fracture', 'disc-bulge L4-L5 mild']],
    [
      'No fracture, with mild bulge or protrusion at L4-5.',
      ['no fracture', 'disc-bulge L4-L5 mild', 'disc-herniation L4-L5'],
    ],
  ])('is taken up again behind an aside: %s', (text, expected) =>
    expect(toldFindings(text)).toEqual(expected),
  );

  test.each([
    [
      'L5-S1 extrusion has nearly completely resorbed with small residual protrusion.',
      ['disc-herniation L5-S1 before', 'disc-herniation L5-S1'],
    ],
    ['The L4-5 extrusion has almost completely resolved.', ['disc-herniation L4-L5 before']],
    ['Near-complete resolution of the L4-5 extrusion.', ['disc-herniation L4-L5 before']],
    ['The L4-5 extrusion has resolved.', ['no disc-herniation L4-L5']],
  ])('of what has all but gone is none: %s', (text, expected) =>
    expect(toldFindings(text)).toEqual(expected),
  );
});

describe('grades of one place', () => {
  const canal = ['no central-stenosis L2-L3', 'central-stenosis L3-L4 mild', 'central-stenosis L4-L5 severe'];
  test.each([
    'Central canal: L2-3 normal - L3-4 mild - L4-5 severe',
    'Central canal: L2-3 normal, L3-4 mild, L4-5 severe.',
    'Central canal: L2-3 normal; L3-4 mild; L4-5 severe.',
    'Central stenosis: L2-3 none - L3-4 mild - L4-5 severe',
    'Canal: L2-3 no stenosis, L3-4 mild narrowing, L4-5 severe stenosis',
    'Canal: L2-3 normal, L3-4 mild stenosis with crowding, L4-5 severe stenosis.',
    'Canal: no stenosis at L2-3, mild stenosis at L3-4, severe stenosis at L4-5.',
  ])('stay at their levels: %s', (text) => expect(toldFindings(text)).toEqual(canal));

  test('and keep their sides', () =>
    expect(toldFindings('Foramina: L3-4 patent - L4-5 mild left - L5-S1 severe bilateral')).toEqual([
      'no foraminal-stenosis L3-L4',
      'foraminal-stenosis L4-L5 left mild',
      'foraminal-stenosis L5-S1 bilateral severe',
    ]));

  test.each<[string, readonly string[]]>([
    [
      'Canal: L3-4 narrowed to 9 mm, L4-5 severe stenosis, L5-S1 normal.',
      ['central-stenosis L4-L5 severe', 'no central-stenosis L5-S1'],
    ],
    [
      'Central canal: L3-4 mild stenosis, L4-5 small disc protrusion, L5-S1 severe',
      ['central-stenosis L3-L4 mild', 'disc-herniation L4-L5', 'central-stenosis L5-S1 severe'],
    ],
    [
      'Canal: severe stenosis at L4-5, moderate foraminal stenosis at L5-S1',
      ['central-stenosis L4-L5 severe', 'foraminal-stenosis L5-S1 moderate'],
    ],
    [
      'Foramina: mild narrowing on the right at L4-5, none at L5-S1',
      ['foraminal-stenosis L4-L5 right mild', 'no foraminal-stenosis L5-S1'],
    ],
  ])('and no level has what another has, nor what is said of something else: %s', (text, expected) =>
    expect(toldFindings(text)).toEqual(expected),
  );
});

describe('an addendum', () => {
  test.each([
    'Left foraminal stenosis at L4-5. ADDENDUM: Incorrect comparison date. Right foraminal stenosis at L4-5 is mild.',
    'Left foraminal stenosis at L4-5. ADDENDUM: The technique was listed in error. Right foraminal stenosis at L4-5 is mild.',
  ])('that corrects something else takes back no side: %s', (text) =>
    expect(toldFindings(text)).toEqual([
      'foraminal-stenosis L4-L5 left',
      'foraminal-stenosis L4-L5 right mild',
    ]),
  );

  test('that corrects the report does', () =>
    expect(
      toldFindings(
        'Left L5-S1 extrusion. ADDENDUM: The above is in error. The L5-S1 extrusion is on the right.',
      ),
    ).toEqual(['disc-herniation L5-S1 right']));
});

test.each(['FABER borderline positive on the right.', 'FABER equivocally positive.'])(
  'a test that may be positive is none: %s',
  (text) => expect(readReport(text, book).provocation).toEqual([]),
);

describe('an ablation found not necessary', () => {
  test.each([
    'RFA is not medically necessary because pain is gone.',
    'SI joint RFA is not medically necessary since her pain has resolved.',
  ])('by one who has no more pain is not denied: %s', (text) =>
    expect(statements(text)).not.toContain('rfa-denied-by-plan'),
  );

  test.each([
    'RFA is not medically necessary because relief was not documented.',
    'RFA is not medically necessary because the pain has not resolved after blocks.',
    'Her insurance found RFA not medically necessary because pain is gone.',
  ])('by a plan is: %s', (text) => expect(statements(text)).toContain('rfa-denied-by-plan'));
});

describe('a procedure keeps', () => {
  test.each([
    [
      'Most recently (5/1/2025), right SIJ injection gave 80% relief for 3 weeks.',
      ['si-joint-injection right 2025-05-01 80% P3W completed'],
    ],
    ['Previously (May 2025), left lateral branch block.', ['lateral-branch-block left 2025-05 completed']],
  ])('the date in a bracket before it: %s', (text, expected) => expect(told(text)).toEqual(expected));

  test('the date of a sentence of its own', () =>
    expect(told('Left SI joint injection. Date 02/18/2026. She tolerated it well.')).toEqual([
      'si-joint-injection left 2026-02-18 completed',
    ]));

  test.each([
    [
      'Left SIJ injection 3/2/2025, listed in error as right, gave 70% relief.',
      ['si-joint-injection left 2025-03-02 70% completed'],
    ],
    [
      'Left sacral lateral branch RFA 3/2/2025 (recorded in error as right).',
      ['sacral-lateral-branch-rfa left 2025-03-02 completed'],
    ],
    ['Right SIJ injection 3/2/2025 was entered in error.', []],
    ['Right SIJ injection was listed in error as completed.', []],
  ])('itself, where only its side was misfiled: %s', (text, expected) =>
    expect(told(text)).toEqual(expected),
  );

  test.each([
    [
      'Right SIJ RFA completed 1/8/2026, left deferred.',
      ['sacral-lateral-branch-rfa right 2026-01-08 completed'],
    ],
    [
      'Planned bilateral SIJ RFA 1/8/2026; right completed, left deferred.',
      ['sacral-lateral-branch-rfa right completed', 'sacral-lateral-branch-rfa left not-done'],
    ],
    [
      'Bilateral SI joint injection was planned. Right side completed, left side deferred because of pain.',
      ['si-joint-injection right completed', 'si-joint-injection left not-done'],
    ],
    [
      'Right SIJ RFA scheduled 1/8/2026, right cancelled.',
      ['sacral-lateral-branch-rfa right 2026-01-08 not-done'],
    ],
  ])('its end, whatever became of the other side: %s', (text, expected) => {
    expect(told(text)).toEqual(expected);
    expect(statements(text)).toEqual([]);
  });

  test.each([
    [
      'Procedure: SI joint injection    Side: Right    DOS: 04/13/2026\nRelief: 70%',
      ['si-joint-injection right 2026-04-13 70% completed'],
    ],
    [
      'Side: Right   Procedure: SI joint injection   Date: 04/13/2026',
      ['si-joint-injection right 2026-04-13 completed'],
    ],
    [
      'Procedure: SI joint injection | Side: Right | Date: 04/13/2026',
      ['si-joint-injection right 2026-04-13 completed'],
    ],
    ['Procedure: SI joint injection; Side: Right', ['si-joint-injection right completed']],
  ])('what labels of one line say of it: %s', (text, expected) => expect(told(text)).toEqual(expected));
});
