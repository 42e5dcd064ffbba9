import { evaluate } from '../../src/evaluation/evaluate.js';
import type { InterventionFact, PatientFacts } from '../../src/evaluation/facts.js';
import type { StepState } from '../../src/evaluation/evaluation.js';
import {
  AS_OF,
  block,
  dataStates,
  facts,
  inForce,
  intervention,
  order,
  review,
  stepOf,
  withLimits,
} from './facts.js';

function step(interventions: readonly InterventionFact[], part: Partial<PatientFacts> = {}) {
  return stepOf(review({ interventions, ...part }), 'diagnostic-blocks');
}

const undated = (low: number): InterventionFact => {
  const { date, ...fact } = block(low);
  return fact;
};
const joint = (low: number, date: string) =>
  intervention('si-joint-injection', { date, relief: { low, high: low } });
const seen = (part: Partial<InterventionFact>) =>
  intervention('si-joint-injection', { relief: { low: 85, high: 85 }, ...part });
const steroid = (part: Partial<InterventionFact>) => block(85, { drug: 'steroid', ...part });

describe('diagnostic-blocks: both sides of every edge', () => {
  test.each<[string, InterventionFact, StepState]>([
    ['without a date', undated(85), 'met'],
    ['two years ago to the day', block(85, { date: '2024-03-20' }), 'met'],
    ['a day more than two years ago', block(85, { date: '2024-03-19' }), 'unknown'],
    ['on the day of the call', block(85, { date: AS_OF }), 'met'],
    ['dated a day after the call: it cannot have been done', block(85, { date: '2026-03-21' }), 'unknown'],
    ['in the year of the call', block(85, { date: '2026' }), 'met'],
    ['steroid given, relief for a day', steroid({ reliefDuration: 'P1D' }), 'met'],
    ['steroid given, relief for 25 hours', steroid({ reliefDuration: 'PT25H' }), 'unknown'],
    ['steroid given, relief seen after 6 hours', steroid({ reliefMeasuredAfter: 'PT6H' }), 'met'],
    ['steroid given, no time stated', steroid({}), 'unknown'],
    ['at most 19 %', block(null, { relief: { low: 0, high: 19, isBound: true } }), 'not-met'],
    [
      'at most 85 %, which may be none',
      block(null, { relief: { low: 0, high: 85, isBound: true } }),
      'unknown',
    ],
    ['more than 80 %', block(null, { relief: { low: 80, high: 100, isBound: true } }), 'met'],
    ['into the joint, the drug not told, seen after a day', seen({ reliefMeasuredAfter: 'P1D' }), 'met'],
    [
      'into the joint, the drug not told, seen after two weeks',
      seen({ reliefMeasuredAfter: 'P2W' }),
      'unknown',
    ],
    [
      'into the joint, an anaesthetic alone, seen after two weeks',
      seen({ drug: 'local-anaesthetic', reliefMeasuredAfter: 'P2W' }),
      'met',
    ],
    [
      'at the lateral branches, the drug not told, seen after two weeks',
      block(85, { reliefMeasuredAfter: 'P2W' }),
      'met',
    ],
  ])('%s', (_situation, fact, state) => {
    expect(step([fact]).state).toBe(state);
  });
});

test.each([
  ['which may be none', { low: 0, high: 85, isBound: true }, 'relief-not-recorded'],
  ['and told as next to none', { low: 0, high: 85 }, 'conflicting'],
  ['and told as half', { low: 50, high: 85 }, 'insufficient-relief'],
] as const)('a block of at most 85 %%, %s, is %j: %s', (_said, relief, because) => {
  expect(step([block(null, { relief })]).because).toBe(because);
});

test('a block between the order and the call that signs it counts', () => {
  const interventions = [block(85, { date: '2026-03-24' })];
  const counted = (today: string) =>
    evaluate(facts({ interventions }), [order()], inForce, today).evaluation.orders[0]?.steps[1]?.state;
  expect([counted('2026-03-23'), counted('2026-03-24')]).toEqual(['unknown', 'met']);
});

describe('diagnostic-blocks: sessions', () => {
  const counted = (...blocks: readonly InterventionFact[]) => step(blocks).attempts?.counted;

  test.each<[string, readonly InterventionFact[], number]>([
    ['two on following days', [block(85, { date: '2025-12-10' }), block(85, { date: '2025-12-11' })], 2],
    ['two on one day', [block(85, { date: '2025-12-10' }), joint(85, '2025-12-10')], 1],
    [
      'two on one day, one with its time',
      [block(85, { date: '2025-12-10' }), block(85, { date: '2025-12-10T09:30:00Z' })],
      1,
    ],
    ['two without a date', [undated(85), undated(90)], 1],
    ['one without a date beside a dated one, which it may be', [undated(85), block(85)], 1],
  ])('%s', (_situation, blocks, sessions) => {
    expect(counted(...blocks)).toBe(sessions);
  });

  test('where a site asks for two, one is not enough', () => {
    const two = withLimits('block-relief', { minimumPositive: 2 });
    const decided = (interventions: readonly InterventionFact[]) =>
      evaluate(facts({ interventions }), [order()], two, AS_OF).evaluation.orders[0]?.decision;
    expect(decided([block(85, { date: '2025-12-10' })])).toBe('diagnostic-blocks-first');
    expect(decided([block(85, { date: '2025-12-10' }), block(85, { date: '2025-12-11' })])).toBe(
      'radiofrequency-first',
    );
  });
});

describe('diagnostic-blocks: answers that disagree', () => {
  const references = (blocks: readonly InterventionFact[]) =>
    step(blocks).evidence?.map(({ reference }) => reference);

  test('only those of the target that was answered both ways are shown', () => {
    const [yes, no] = [block(90, { date: '2025-10-01' }), block(10, { date: '2025-11-01' })];
    expect(references([yes, no, joint(85, '2025-12-01')])).toEqual(
      [yes, no].map(({ evidence }) => evidence[0].reference),
    );
  });

  test('of two targets that were both answered both ways all are shown', () => {
    const all = [
      block(90, { date: '2025-09-01' }),
      joint(85, '2025-10-01'),
      block(10, { date: '2025-11-01' }),
      joint(10, '2025-12-01'),
    ];
    expect(references(all)).toHaveLength(4);
  });

  test.each<[string, readonly (readonly [number, string])[], StepState]>([
    [
      'one against one',
      [
        [10, '2025-06-01'],
        [85, '2025-09-01'],
      ],
      'unknown',
    ],
    [
      'two against one, the last positive',
      [
        [10, '2025-06-01'],
        [85, '2025-09-01'],
        [85, '2025-11-01'],
      ],
      'met',
    ],
    [
      'two against one, the negative one between them',
      [
        [85, '2025-06-01'],
        [10, '2025-09-01'],
        [85, '2025-11-01'],
      ],
      'met',
    ],
    [
      'two against one, the last negative',
      [
        [85, '2025-06-01'],
        [85, '2025-09-01'],
        [10, '2025-11-01'],
      ],
      'unknown',
    ],
    [
      'one against two, the last positive',
      [
        [10, '2025-06-01'],
        [10, '2025-09-01'],
        [85, '2025-11-01'],
      ],
      'unknown',
    ],
    [
      'two against one, of which one is of the last day as well',
      [
        [85, '2025-06-01'],
        [85, '2025-09-01'],
        [10, '2025-09-01'],
      ],
      'unknown',
    ],
    [
      'two of one day against one',
      [
        [10, '2025-06-01'],
        [85, '2025-09-01'],
        [90, '2025-09-01'],
      ],
      'unknown',
    ],
  ])('%s', (_answers, given, state) => {
    const interventions = given.map(([low, date]) => block(low, { date }));
    expect(step(interventions).state).toBe(state);
    const conflict = review({ interventions }).conflicts?.find(({ id }) => id === 'conflicting-block-relief');
    expect(conflict?.evidence).toHaveLength(interventions.length);
  });

  test('two targets answered both ways, of which one is settled: not known', () => {
    const settled = [block(10, { date: '2025-06-01' }), block(85, { date: '2025-09-01' }), block(85, { date: '2025-11-01' })]; // prettier-ignore
    const open = [joint(85, '2025-10-01'), joint(10, '2025-12-01')];
    expect(step(settled).state).toBe('met');
    expect(step([...settled, ...open]).state).toBe('unknown');
    expect(step([...open, ...settled].toReversed()).state).toBe('unknown');
  });

  test('different answers of different targets are no contradiction', () => {
    expect(step([block(90), joint(10, '2025-11-01')]).state).toBe('met');
  });
});

describe('diagnostic-blocks: what was read in part', () => {
  const unread = 'The records that would show diagnostic blocks were not read whole.';

  test.each<[string, readonly InterventionFact[]]>([
    ['too little relief', [block(40)]],
    ['relief not recorded', [block(null)]],
    ['nothing found', []],
  ])('procedures, %s: a better one may be on the pages that were not read', (_situation, blocks) => {
    const found = step(blocks, { data: dataStates({ procedures: 'partial' }) });
    expect(found).toMatchObject({ state: 'unknown', reason: unread });
  });

  test.each(['observations', 'documents', 'diagnosticReports'] as const)(
    '%s: the relief that is missing may be among them',
    (kind) => {
      const data = dataStates({ [kind]: 'unavailable' });
      expect(step([block(null)], { data }).reason).toMatch(/relief were not read whole/);
      expect(step([block(40)], { data }).state).toBe('not-met');
    },
  );
});

test('an injection elsewhere that was only planned is not listed', () => {
  const planned = intervention('transforaminal-epidural', { status: 'planned' });
  expect(step([block(85), planned]).notCounted).toBeUndefined();
});
