import type { ConservativeCareFact, PatientFacts } from '../../src/evaluation/facts.js';
import type { StepState } from '../../src/evaluation/evaluation.js';
import { dataStates, review, stepOf, tried } from './facts.js';

function step(conservativeCare: readonly ConservativeCareFact[], part: Partial<PatientFacts> = {}) {
  return stepOf(review({ conservativeCare, ...part }), 'conservative-care');
}

const evidence = (date: string) => [{ reference: 'Procedure/pt', date }] as const;
const DOCUMENTED = /^Conservative care with active rehabilitation is documented/;
const NOT_FOR_HOW_LONG = /not for how long/;
const NOTHING_OF_LENGTH = 'Active rehabilitation is documented, but not for how long.';
const SHORTER = /shorter than 4 weeks/;
const NONE = /^No conservative care that counts was found/;

describe('conservative-care: both sides of every edge', () => {
  test.each<[string, readonly ConservativeCareFact[], StepState, RegExp]>([
    ['four weeks', [tried({ weeks: 4 })], 'met', DOCUMENTED],
    ['three and a half weeks', [tried({ weeks: 3.5 })], 'not-met', SHORTER],
    ['two weeks, and another time twelve', [tried({ weeks: 2 }), tried({ weeks: 12 })], 'met', DOCUMENTED],
    ['28 days by its dates', [tried({ start: '2025-06-01', end: '2025-06-28' })], 'met', DOCUMENTED],
    ['27 days by its dates', [tried({ start: '2025-06-01', end: '2025-06-27' })], 'not-met', SHORTER],
    ['half a year in one record', [tried({ start: '2025-01-01', end: '2025-06-30' })], 'met', DOCUMENTED],
    [
      'one day by its dates says nothing of a length',
      [tried({ start: '2025-06-01', end: '2025-06-01' })],
      'unknown',
      NOT_FOR_HOW_LONG,
    ],
    ['a beginning alone', [tried({ start: '2025-06-01' })], 'unknown', NOT_FOR_HOW_LONG],
    ['an end alone', [tried({ end: '2025-06-01' })], 'unknown', NOT_FOR_HOW_LONG],
    ['begun three weeks ago', [tried({ weeksAtMost: 3 })], 'not-met', SHORTER],
    ['begun four weeks ago', [tried({ weeksAtMost: 4 })], 'unknown', NOT_FOR_HOW_LONG],
    [
      'begun three weeks ago, and another time for how long is not said',
      [tried({ weeksAtMost: 3 }), tried({})],
      'unknown',
      NOT_FOR_HOW_LONG,
    ],
    [
      'stopped after two visits, and another time for how long is not said',
      [tried({ visits: 2, ended: true }), tried({})],
      'unknown',
      NOT_FOR_HOW_LONG,
    ],
    ['four visits', [tried({ visits: 4 })], 'met', DOCUMENTED],
    ['three visits', [tried({ visits: 3 })], 'unknown', NOT_FOR_HOW_LONG],
    [
      'three visits, with a date that is one of them',
      [tried({ visits: 3, start: '2025-06-01' })],
      'unknown',
      NOT_FOR_HOW_LONG,
    ],
    [
      'three visits, and a dated one beside, which may be one of them',
      [tried({ visits: 3 }), tried({ start: '2025-06-01' })],
      'unknown',
      NOT_FOR_HOW_LONG,
    ],
    [
      'two notes of the same three visits',
      [tried({ visits: 3 }), tried({ visits: 3 })],
      'unknown',
      NOT_FOR_HOW_LONG,
    ],
    [
      'six weeks that begin on the day of the call',
      [tried({ weeks: 6, start: '2026-03-20' })],
      'met',
      DOCUMENTED,
    ],
    [
      'six weeks that begin after it: not done yet',
      [tried({ weeks: 6, start: '2026-03-21' })],
      'unknown',
      NONE,
    ],
    [
      'active care of unstated length, and 28 days of other care',
      [tried(), tried({ care: 'medication', start: '2025-06-01', end: '2025-06-28' })],
      'met',
      DOCUMENTED,
    ],
    [
      'active care of unstated length, and 27 days of other care',
      [tried(), tried({ care: 'medication', start: '2025-06-01', end: '2025-06-27' })],
      'unknown',
      NOT_FOR_HOW_LONG,
    ],
    [
      'four visits on four days of one course',
      ['2025-06-02', '2025-06-05', '2025-06-09', '2025-06-12'].map((start) => tried({ start })),
      'met',
      DOCUMENTED,
    ],
    [
      'four visits on four days of two courses',
      ['2024-06-03', '2024-06-05', '2025-06-09', '2025-06-12'].map((start) => tried({ start })),
      'unknown',
      NOT_FOR_HOW_LONG,
    ],
    ['three visits, and care without a date', [tried({ visits: 3 }), tried()], 'unknown', NOT_FOR_HOW_LONG],
    [
      'four short courses are not four visits',
      ['02', '06', '10', '14'].map((day) =>
        tried({ start: `2025-06-${day}`, end: `2025-06-${String(Number(day) + 1).padStart(2, '0')}` }),
      ),
      'not-met',
      SHORTER,
    ],
    [
      'three weeks of exercise beside twelve of medicines',
      [tried({ weeks: 3 }), tried({ care: 'medication', weeks: 12 })],
      'not-met',
      SHORTER,
    ],
    [
      'exercise of unstated length beside twelve weeks of medicines',
      [tried(), tried({ care: 'medication', weeks: 12 })],
      'met',
      DOCUMENTED,
    ],
    [
      'too short, and declined another time',
      [tried({ weeks: 3 }), tried({ status: 'not-done' })],
      'not-met',
      SHORTER,
    ],
  ])('%s', (_situation, facts, state, reason) => {
    const found = step(facts);
    expect([found.state, found.reason]).toEqual([state, expect.stringMatching(reason)]);
  });
});

describe('conservative-care: what the records say of its length together', () => {
  test.each<[string, readonly ConservativeCareFact[], string]>([
    ['none of them anything', [tried()], NOTHING_OF_LENGTH],
    [
      'visits',
      [tried({ visits: 3 })],
      'Active rehabilitation is documented with 3 visits, but not for how long.',
    ],
    ['visits, and another nothing', [tried({ visits: 3 }), tried()], NOTHING_OF_LENGTH],
    [
      'a beginning five weeks before',
      [tried({ weeksAtMost: 5 })],
      'Active rehabilitation is documented as begun 5 weeks before, but not for how long it went on.',
    ],
    ['such a beginning, and another nothing', [tried({ weeksAtMost: 5 }), tried()], NOTHING_OF_LENGTH],
  ])('%s', (_what, facts, reason) => {
    expect(step(facts)).toMatchObject({ state: 'unknown', reason });
  });
});

describe('conservative-care: 36 months are looked back on', () => {
  test.each<[string, Partial<ConservativeCareFact>, boolean]>([
    ['ended 36 months ago to the day', { weeks: 12, end: '2023-03-20' }, true],
    ['ended a day before that', { weeks: 12, end: '2023-03-19' }, false],
    ['began before, ended within', { start: '2023-01-02', end: '2023-05-30' }, true],
    [
      'began before, without an end',
      { weeks: 12, start: '2023-01-02', evidence: evidence('2025-01-02') },
      false,
    ],
    ['recorded before, without dates of its own', { weeks: 12, evidence: evidence('2023-01-02') }, false],
    ['recorded within, without dates of its own', { weeks: 12, evidence: evidence('2025-01-02') }, true],
    ['without any date', { weeks: 12 }, true],
  ])('%s', (_situation, part, counts) => {
    const found = step([tried(part)]);
    expect(found.state).toBe(counts ? 'met' : 'unknown');
    expect(found.notCounted?.map(({ why }) => why)).toEqual(counts ? undefined : ['too-old']);
    if (!counts) expect(found.reason).toMatch(NONE);
  });
});

describe('conservative-care: procedures read in part', () => {
  const data = dataStates({ procedures: 'partial' });

  test.each<[string, readonly ConservativeCareFact[]]>([
    ['nothing found', []],
    ['too short', [tried({ weeks: 3 })]],
    ['medicines alone', [tried({ care: 'medication', weeks: 12 })]],
    ['planned only', [tried({ status: 'planned' })]],
  ])('%s: the rest may be on the pages that were not read', (_situation, facts) => {
    expect(step(facts, { data })).toMatchObject({
      state: 'unknown',
      reason: 'The records that would show conservative care were not read whole.',
    });
  });

  test('what is long enough stands, and so does what was declined', () => {
    expect(step([tried({ weeks: 4 })], { data }).state).toBe('met');
    expect(step([tried({ status: 'not-done' })], { data }).state).toBe('not-met');
  });
});

describe('conservative-care: what was refused', () => {
  const refused = (part: Partial<ConservativeCareFact>) => tried({ status: 'not-done', ...part });

  test.each<[string, readonly ConservativeCareFact[], StepState]>([
    ['physical therapy', [refused({ care: 'physical-therapy' })], 'not-met'],
    ['conservative care as a whole', [refused({ care: 'unspecified' })], 'not-met'],
    ['acupuncture alone', [refused({ care: 'acupuncture' })], 'unknown'],
    ['a medicine alone', [refused({ care: 'medication' })], 'unknown'],
    ['therapy that took place all the same', [refused({}), tried({ weeks: 6 })], 'met'],
    ['therapy, 36 months ago to the day', [refused({ start: '2023-03-20' })], 'not-met'],
    ['therapy, a day longer ago', [refused({ start: '2023-03-19' })], 'unknown'],
    ['therapy, by an old note', [refused({ evidence: evidence('2018-02-01') })], 'unknown'],
  ])('%s', (_what, facts, state) => {
    expect(step(facts).state).toBe(state);
  });
});
