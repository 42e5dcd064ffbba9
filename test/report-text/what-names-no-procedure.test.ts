import { readReport, type TextIntervention } from '../../src/report-text/index.js';
import { book } from './book.js';
import { statements } from './told.js';

/** Kind, side, date, relief, its time and state, as far as told. */
function line({ kind, laterality, date, relief, reliefDuration, status, levels }: TextIntervention): string {
  const figures = relief && (relief.low === relief.high ? `${relief.low}` : `${relief.low}-${relief.high}`);
  const time = relief?.duration ?? reliefDuration;
  return [kind, levels.join(), laterality, date, figures && `${figures}%`, time, status]
    .filter(Boolean)
    .join(' ');
}

function told(text: string): string[] {
  return readReport(text, book).interventions.map(line);
}

function tests(text: string): string[] {
  return readReport(text, book).provocation.map(({ test, result, laterality }) =>
    [test, result, laterality].filter(Boolean).join(' '),
  );
}

describe('a word that looks like a procedure and is none', () => {
  test.each([
    'Referred by Dr. RF for evaluation.',
    'Instrumentation was taken out by Dr. Block in 2019.',
    'Metastatic infiltration of the right sacroiliac joint.',
    'Infiltration of the sacroiliac joint by lymphoma.',
    'Fatty infiltration of the sacroiliac joint margins.',
  ])('%s', (text) => expect(told(text)).toEqual([]));

  test('an infiltration with a drug is one', () =>
    expect(told('Infiltration of the right sacroiliac joint with steroid was performed.')).toEqual([
      'si-joint-injection right completed',
    ]));
});

describe('the nerves and the region that an ablation is of', () => {
  test.each([
    [
      'Radiofrequency lesioning of the left L5 medial branch and the lateral branches of S1 and S2.',
      'sacral-lateral-branch-rfa L5,S1,S2 left unknown',
    ],
    ['Radiofrequency lesioning of the left L4 and L5 medial branches.', 'facet-rfa L4,L5 left unknown'],
  ])('%s', (text, expected) => expect(told(text)).toEqual([expected]));

  test.each([
    'Cervical: medial branch blocks with 85% relief.',
    'For her neck she had two medial branch blocks with 85% relief.',
    'Thoracic pain: facet rhizotomy 5/2024.',
  ])('is not the lower back: %s', (text) => expect(told(text)).toEqual([]));

  test('of two regions that are named the lower back is one', () =>
    expect(told('Neck and low back pain, medial branch blocks with 85% relief.')).toEqual([
      'medial-branch-block 85% completed',
    ]));
});

describe('what is still to come', () => {
  test.each([
    'Next Tuesday, that is next week, she gets a procedure called radiofrequency neurotomy of the left SI joint.',
    'The SI joint injection had worked, so the next treatment would be radiofrequency neurotomy of the left SI joint.',
  ])('%s', (text) =>
    expect(told(text)).toContainEqual(expect.stringMatching(/^sacral-lateral-branch-rfa left planned/u)),
  );

  test('an expected time is no time of relief', () =>
    expect(told('Left LBB 5/5/2025. Expected to help for 5-8 hours. She had 30% relief.')).toEqual([
      'lateral-branch-block left 2025-05-05 30% completed',
    ]));
});

describe('a payer that will not pay', () => {
  test.each([
    'The denial of the right SI joint RFA was upheld.',
    'Coverage of lateral branch radiofrequency ablation could not be approved.',
    'The reviewer found the SI joint RFA not medically necessary.',
  ])('%s', (text) => expect(statements(text)).toContain('rfa-denied-by-plan'));

  test.each(['The insurer denied the facet rhizotomy.', 'Lumbar medial branch RFA was denied by her plan.'])(
    'for facets says nothing of the joint: %s',
    (text) => expect(statements(text)).not.toContain('rfa-denied-by-plan'),
  );
});

test('nerves that a patient does not want burned are an ablation declined', () =>
  expect(statements('She is not interested in nerve burning.')).toContain('rfa-declined'));

describe('dates with stops', () => {
  test.each([
    ['Left SIJ injection 5.6.2025, 70%.', ['2025']],
    ['Left SIJ injection 5.5.2025, 70%.', ['2025-05-05']],
    ['Left SIJ injection 5.6.2025, 70%. Reviewed on 30.6.2025.', ['2025-06-05']],
    ['Left SIJ injection 5.6.2025, 70%. Reviewed on 6.30.2025.', ['2025-05-06']],
    ['Left SIJ injection 5.6.2025, 70%. Left SIJ injection 8.9.2025, 70%.', ['2025', '2025']],
    ['Left SIJ injection 5/6/2025, 70%.', ['2025-05-06']],
  ])('only those that can be read in one way: %s', (text, dates) =>
    expect(readReport(text, book).interventions.map(({ date }) => date)).toEqual(dates),
  );

  test('the day of a visit at the end of a sentence is not that of the block in the next', () =>
    expect(told('She was seen on 9.3.2026. Right LBB 20.11.2025, 80%.')).toEqual([
      'lateral-branch-block right 2025-11-20 80% completed',
    ]));

  test('of more blocks than reliefs each is within their range', () =>
    expect(told('Right LBBs on 1/5/2025, 2/5/2025 and 3/5/2025 gave 80% and 60% relief.')).toEqual([
      'lateral-branch-block right 2025-01-05 60-80% completed',
      'lateral-branch-block right 2025-02-05 60-80% completed',
      'lateral-branch-block right 2025-03-05 60-80% completed',
    ]));
});

describe('provocation tests among others', () => {
  test.each([
    [
      'Stork negative, standing flexion negative, FABER positive on the right, compression negative.',
      ['faber positive right', 'compression negative'],
    ],
    ['FABER positive on the left, Ober positive on the right.', ['faber positive left']],
    ['FABER positive on the left, negative on the right.', ['faber positive left', 'faber negative right']],
    [
      'Her pain was reproduced by Gaenslen and by thigh thrust on the left, but not by sacral thrust.',
      ['gaenslen positive left', 'thigh-thrust positive left', 'sacral-thrust negative'],
    ],
    [
      'Thigh thrust and FABER were positive but not distraction.',
      ['thigh-thrust positive', 'faber positive', 'distraction negative'],
    ],
    ['Thigh thrust L (+), Gaenslen R (-).', ['thigh-thrust positive left', 'gaenslen negative right']],
  ])('%s', (text, expected) => expect(tests(text)).toEqual(expected));
});

describe('how much and how long', () => {
  test.each([
    ['Left SIJ inj 4/4/2025: relief 2 weeks.', 'si-joint-injection left 2025-04-04 P2W completed'],
    ['Left SIJ inj 4/4/2025: 60% for aprox 3 mths.', 'si-joint-injection left 2025-04-04 60% P3M completed'],
    [
      'Bilateral SIJ inj 4/4/2025. 75% relief on the right and nothing on the left.',
      'si-joint-injection bilateral 2025-04-04 0-75% completed',
    ],
    [
      'Bilateral LBB 4/4/2025. 75% relief on the right. On the left there was no difference at all.',
      'lateral-branch-block bilateral 2025-04-04 0-75% completed',
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual([expected]));

  test('a table with a column of how long it lasted', () =>
    expect(
      told(
        '| Date | Procedure | Side | Before | After | Duration |\n|---|---|---|---|---|---|\n| 02/02/2025 | LBB | L | 8 | 2 | 5-6 hrs |\n| 02/20/2025 | LBB | L | 6 | 3 | 40 min |',
      ),
    ).toEqual([
      'lateral-branch-block left 2025-02-02 75% PT5H completed',
      'lateral-branch-block left 2025-02-20 50% PT40M completed',
    ]));
});
