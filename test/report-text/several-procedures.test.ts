import { readReport, type TextIntervention } from '../../src/report-text/index.js';
import { book } from './book.js';

/** Kind, side, date, relief, its duration and state, as far as told. */
function line({ kind, laterality, date, relief, status }: TextIntervention): string {
  const figures = relief && (relief.low === relief.high ? `${relief.low}` : `${relief.low}-${relief.high}`);
  return [kind, laterality, date, figures && `${figures}%`, relief?.duration, status]
    .filter(Boolean)
    .join(' ');
}

function told(text: string): string[] {
  return readReport(text, book).interventions.map(line);
}

const BLOCKS = 'Lateral branch blocks were done on 4/7/2025 and 5/5/2025.';

describe('the relief of several procedures told of in one go', () => {
  const [first, second] = ['lateral-branch-block 2025-04-07', 'lateral-branch-block 2025-05-05'];

  test.each([
    ['Both gave 85% relief.', '85% completed', '85% completed'],
    ['Both blocks gave 85% relief.', '85% completed', '85% completed'],
    ['Each provided more than 80% relief for 6 hours.', '80-100% PT6H completed', '80-100% PT6H completed'],
    ['These gave 90% and 30% relief.', '90% completed', '30% completed'],
    [
      'These gave 90% and 30% relief for 6 hours and 2 hours respectively.',
      '90% PT6H completed',
      '30% PT2H completed',
    ],
    ['Relief was 90% and 30%, for 6 and 2 hours, respectively.', '90% PT6H completed', '30% PT2H completed'],
    ['The first gave 85% relief, the second nothing.', '85% completed', 'completed'],
    ['The second gave 20% relief.', 'completed', '20% completed'],
  ])('%s', (text, one, other) =>
    expect(told(`${BLOCKS} ${text}`)).toEqual([`${first} ${one}`, `${second} ${other}`]),
  );

  test('"both" reaches no further than two of one kind', () =>
    expect(
      told('Left SIJ injection 1/6/2025 (40%). Left LBB 4/7/2025. Left LBB 5/5/2025. Both gave 90% relief.'),
    ).toEqual([
      'si-joint-injection left 2025-01-06 40% completed',
      'lateral-branch-block left 2025-04-07 90% completed',
      'lateral-branch-block left 2025-05-05 90% completed',
    ]));

  test('what stands before "then" is of the procedure told of before', () =>
    expect(
      told(
        'SIJ injection on 4/7/2025. reports 60% relief x 3 wks, then had a lateral branch block on 9/8/2025 with 90% relief',
      ),
    ).toEqual([
      'si-joint-injection 2025-04-07 60% P3W completed',
      'lateral-branch-block 2025-09-08 90% completed',
    ]));
});

describe('a question with its answer behind a letter', () => {
  test.each([
    ['Q: Any prior lateral branch block? A: No', 'lateral-branch-block not-done'],
    ['Prior SI joint RFA? Answer: No', 'sacral-lateral-branch-rfa not-done'],
    ['Prior LBB?: No', 'lateral-branch-block not-done'],
    [
      'Q: Prior SIJ block? A: Yes - right, 3/2025, 75% relief, 4 hours',
      'si-joint-injection right 2025-03 75% PT4H completed',
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual([expected]));
});

describe('a date in a plan may be one to come', () => {
  test('what is dated in a plan is planned', () =>
    expect(told('Plan:\n1) Right SIJ RFA on 5/6/2026 - consent signed\n2) Continue PT')).toEqual([
      'sacral-lateral-branch-rfa right 2026-05-06 planned',
    ]));

  test('unless a later one was done', () =>
    expect(told('ASSESSMENT AND PLAN\nLBB 2/3/2026. LBB 2/24/2026: 85% relief x 6 hrs.')).toEqual([
      'lateral-branch-block 2026-02-03 completed',
      'lateral-branch-block 2026-02-24 85% PT6H completed',
    ]));
});

test.each([
  'Right SIJ injection attempted 6/2/2025. The joint could not be entered and nothing was given.',
  'Right SIJ injection attempted 6/2/2025. After several passes access could not be obtained.',
  'Right SIJ injection attempted 6/2/2025; terminated without injection of medication.',
])('a joint that was not reached was not injected: %s', (text) =>
  expect(told(text)).toEqual(['si-joint-injection right 2025-06-02 stopped']),
);

describe('the numbing of a nerve before its lesion is no block', () => {
  test('in the note of an ablation', () =>
    expect(
      told(
        'Procedure: Right S1, S2 and S3 radiofrequency ablation. After aspiration with no blood return, 1 mL of 2% lidocaine was injected to anesthetize the lateral branch. A lesion was made at 80 degrees.',
      ),
    ).toEqual(['sacral-lateral-branch-rfa right completed']));

  test('by itself it is', () =>
    expect(
      told(
        'After aspiration with no blood return, lidocaine was injected at the right lateral branches on 3/3/2025.',
      ),
    ).toEqual(['lateral-branch-block right 2025-03-03 completed']));
});

test.each([
  'C5 and C6 medial branch radiofrequency ablation on 3/3/2025.',
  'Radiofrequency thermocoagulation of the left lumbar sympathetic chain, 3/3/2025.',
])('another region is not ours: %s', (text) => expect(told(text)).toEqual([]));

test('a result with a verb is of the test before it', () => {
  const text =
    '3/4 SI tests were positive on the left (FABER, thigh thrust, Gaenslen) and the sacral thrust was negative.';
  expect(readReport(text, book).provocation.map(({ test: name, result }) => `${name} ${result}`)).toEqual([
    'faber positive',
    'thigh-thrust positive',
    'gaenslen positive',
    'sacral-thrust negative',
  ]);
});

test('the procedures of a list below its heading have the date above it', () =>
  expect(
    told(
      'DOS: 7/14/2025\nPROCEDURES PERFORMED:\n1. Left SI joint injection\n2. Left L5-S1 transforaminal epidural',
    ),
  ).toEqual([
    'si-joint-injection left 2025-07-14 completed',
    'transforaminal-epidural left 2025-07-14 completed',
  ]));

describe('what was not carried out is what the sentence names', () => {
  const block = 'Left lateral branch block was performed.';
  const done = ['lateral-branch-block left completed'];
  const notDone = ['lateral-branch-block left not-done'];

  test.each([
    [`${block} Sedation was not carried out.`, done],
    [`${block} Sedation not carried out.`, done],
    [`${block} Conscious sedation: not carried out`, done],
    [`${block} Her follow-up visit was rescheduled.`, done],
    [`${block} PT was postponed.`, done],
    ['Left lateral branch block planned. Pt was febrile and was rescheduled.', notDone],
    ['Left lateral branch block planned. Pt was rescheduled.', notDone],
    ['Left lateral branch block planned. Not carried out due to fever.', notDone],
    ['PROCEDURE: Left lateral branch block\nProcedure: not carried out', notDone],
    ['PROCEDURE: Left lateral branch block\nThe procedure was not carried out.', notDone],
    ['PROCEDURE: Left lateral branch block\nBecause of fever it was postponed.', notDone],
    ['PROCEDURE: Left lateral branch block\nPatient was febrile, not carried out.', notDone],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    ['RFA of the left done, the other side not injected.', []],
    [
      'RFA of the left SI joint done, the other side not injected.',
      ['sacral-lateral-branch-rfa left completed'],
    ],
    ['Left SIJ injection done, the other side not injected.', ['si-joint-injection left completed']],
    ['Left SIJ injected, the opposite side was not injected.', ['si-joint-injection left completed']],
    [
      'RFA of the left SIJ done, contralateral SI joint not injected.',
      ['sacral-lateral-branch-rfa left completed'],
    ],
    ['The left SI joint was not injected.', ['si-joint-injection left not-done']],
  ])('of the other side: %s', (text, expected) => expect(told(text)).toEqual(expected));
});
