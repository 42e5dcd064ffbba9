import { readReport, type TextIntervention } from '../../src/report-text/index.js';
import { book } from './book.js';

/** Kind, side, date, relief, its duration and state, as far as told. */
function line({ kind, laterality, date, relief, reliefDuration, status }: TextIntervention): string {
  const figures = relief && (relief.low === relief.high ? `${relief.low}` : `${relief.low}-${relief.high}`);
  const duration = relief?.duration ?? reliefDuration;
  return [kind, laterality, date, figures && `${figures}%`, duration, status].filter(Boolean).join(' ');
}

function told(text: string): string[] {
  return readReport(text, book).interventions.map(line);
}

describe('a log whose heading alone names the procedure', () => {
  test('each dated line is one, below one heading or the next', () =>
    expect(
      told(
        'SI JOINT INJECTIONS\n3/4/24  R  70%  2 mo\n9/5/24  R  50%  3 wk\nLATERAL BRANCH BLOCKS:\n2/6/25  R  85%  7 h',
      ),
    ).toEqual([
      'si-joint-injection right 2024-03-04 70% P2M completed',
      'si-joint-injection right 2024-09-05 50% P3W completed',
      'lateral-branch-block right 2025-02-06 85% PT7H completed',
    ]));

  test('scores of before and after', () =>
    expect(told('LBB log\n#1 - 02/06/2025 - Right - pre 8 / post 2 - 5 hrs')).toEqual([
      'lateral-branch-block right 2025-02-06 75% PT5H completed',
    ]));

  test.each([
    ['KNEE INJECTIONS\n3/4/24 L 80% 3 mo', []],
    ['Medications\n3/4/24 gabapentin 80% better', []],
    ['SI JOINT RFA, LEFT\n3/4/24 75% 8 mo', ['sacral-lateral-branch-rfa left 2024-03-04 75% P8M completed']],
  ])('another heading names another procedure, or none: %j', (text, expected) =>
    expect(told(text)).toEqual(expected),
  );
});

describe('a joint with a date and a share', () => {
  test.each([
    [
      'R SIJ 3/4/24 70% x 8 wk; R LBB 2/6/25 85% x 6 h',
      'si-joint-injection right 2024-03-04 70% P8W completed',
    ],
    ['SIJ L 3/4/24: 60%.', 'si-joint-injection left 2024-03-04 60% completed'],
  ])('was injected: %s', (text, expected) => expect(told(text)).toContain(expected));

  test.each(['RFA:\nSIJ L 3/4/24 60%.', 'Left SIJ pain 6/24, 75% of the time.', 'L SIJ 6/10, 3/5 tests.'])(
    'but not where it may be another thing: %j',
    (text) => expect(told(text).filter((each) => each.startsWith('si-joint-injection'))).toEqual([]),
  );
});

describe('what is to come was not done', () => {
  test.each([
    'The right SI joint will be injected on 3/3/2026.',
    'The right SI joint is to be injected on 3/3/2026.',
    'An injection of the right SI joint will be performed on 3/3/2026.',
    'She is down for a right SI joint injection on 3/3/2026.',
    'Right SI joint injection, tentatively 3/3/2026.',
    'Right SI joint injection authorized 3/3/2026.',
    'Consent for right SI joint injection signed 3/3/2026.',
  ])('%s', (text) => expect(told(text)).toEqual(['si-joint-injection right 2026-03-03 planned']));

  test('a patient sent home was not injected', () =>
    expect(told('Arrived for right SI joint injection on 3/3/2026 but was sent home with a fever.')).toEqual([
      'si-joint-injection right 2026-03-03 not-done',
    ]));
});

describe('a share that is no relief of this procedure', () => {
  test.each([
    ['The LBB should give at least 80% relief.', 'lateral-branch-block planned'],
    ['LBB 3/3/2025. Relief of 80% with a TENS unit.', 'lateral-branch-block 2025-03-03 completed'],
    ['LBB 3/3/2025. Still has 80% of her pain.', 'lateral-branch-block 2025-03-03 20% completed'],
  ])('%s', (text, expected) => expect(told(text)).toEqual([expected]));

  test.each([
    'Her neighbor had an SI joint RFA with 90% relief.',
    'MRI of the SI joint after injection of gadolinium on 3/3/2025.',
  ])('nothing of this patient: %s', (text) => expect(told(text)).toEqual([]));
});

describe('other ways to tell of a procedure', () => {
  test.each([
    [
      'A block of the nerves supplying the left SI joint on 3/3/2025.',
      'lateral-branch-block left 2025-03-03 completed',
    ],
    [
      'Right LBB 3/3/2025. Pre 8, best post 2, back to 7 by night.',
      'lateral-branch-block right 2025-03-03 75% completed',
    ],
    ['Right LBB 3/3/2025. 10 min later: NRS 8→2.', 'lateral-branch-block right 2025-03-03 75% completed'],
    [
      'Left SIJ injection 3/3/2025: 20% better, and that wore off in three days.',
      'si-joint-injection left 2025-03-03 20% P3D completed',
    ],
    ['Left SIJ injection 3/3/2025 -> 9 mo relief.', 'si-joint-injection left 2025-03-03 P9M completed'],
    ['Left SIJ injection on March twenty-third, 2025.', 'si-joint-injection left 2025-03-23 completed'],
    [
      'The SI joint nerves on the left were denervated in May 2024.',
      'sacral-lateral-branch-rfa left 2024-05 completed',
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual([expected]));

  test('both sides, each on its day and with its relief', () =>
    expect(
      told(
        'Bilateral SI joint RFA. Right done 5/6/2025, left done 5/20/2025. Right side is 80% improved. Left side gave only 25% improvement.',
      ),
    ).toEqual([
      'sacral-lateral-branch-rfa right 2025-05-06 80% completed',
      'sacral-lateral-branch-rfa left 2025-05-20 25% completed',
    ]));

  test('a repeat with a date in stops', () =>
    expect(told('Left SIJ injection 14.11.2025, NRS 8 -> 2. Repeat 28.11.2025: NRS 8 -> 4.')).toEqual([
      'si-joint-injection left 2025-11-14 75% completed',
      'si-joint-injection left 2025-11-28 50% completed',
    ]));

  test('the nerves of one block are of one block', () => {
    const text = 'Left L5 dorsal ramus block and left S1, S2 and S3 lateral branch block on 3/3/2025.';
    expect(readReport(text, book).interventions.map(({ levels }) => levels)).toEqual([
      ['L5', 'S1', 'S2', 'S3'],
    ]);
  });
});

describe('results of both sides with a slash', () => {
  function tests(text: string): string[] {
    return readReport(text, book).provocation.map(
      ({ test: name, result, laterality }) => `${name} ${result} ${laterality}`,
    );
  }

  test.each([
    ['SI tests (R / L)\nFABER: + / -', ['faber positive right', 'faber negative left']],
    ['SI tests L/R\nGaenslen: neg/pos', ['gaenslen negative left', 'gaenslen positive right']],
  ])('are of the sides that the heading names: %j', (text, expected) =>
    expect(tests(text)).toEqual(expected),
  );

  test.each(['FABER: + / -', 'FABER +/-.'])('say nothing without one: %s', (text) =>
    expect(tests(text)).toEqual([]),
  );
});
