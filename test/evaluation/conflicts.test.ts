import type { InterventionFact, PatientFacts, ProvocationFact } from '../../src/evaluation/facts.js';
import type { ConflictId } from '../../src/evaluation/evaluation.js';
import { block, intervention, review, rfa } from './facts.js';

const relief = (low: number, high = low) => ({ relief: { low, high } });
const tfesi = (part: Partial<InterventionFact>) => intervention('transforaminal-epidural', part);
const joint = (part: Partial<InterventionFact>) => intervention('si-joint-injection', part);

function conflict(id: ConflictId, part: Partial<PatientFacts>, ordered: Parameters<typeof review>[1] = {}) {
  return review(part, ordered).conflicts?.find((one) => one.id === id);
}

const discordance = (...interventions: readonly InterventionFact[]) =>
  conflict('discordant-block-response', { interventions });

describe('discordant-block-response', () => {
  test.each<[string, readonly InterventionFact[]]>([
    ['the block relieved less than is asked for', [block(74), tfesi(relief(0))]],
    ['the weaker one is of the same kind', [block(85), block(20, { date: '2026-02-01' })]],
    ['the block says nothing of its relief', [block(null), tfesi(relief(0))]],
    ['the epidural says nothing of its relief', [block(85), tfesi({})]],
    ['the block was not carried through', [block(85, { contradictedByText: true }), tfesi(relief(0))]],
    ['the block was only planned', [block(85, { status: 'planned' }), tfesi(relief(0))]],
    [
      'the relief was somewhere else',
      [block(null, { relief: { low: 85, high: 85, ofIndexPain: false } }), tfesi(relief(0))],
    ],
    ['the epidural relieved nearly as much at its best', [block(85), tfesi(relief(10, 46))]],
    ['the strong one is no test of the joint', [tfesi(relief(90)), joint(relief(20))]],
  ])('none where %s', (_situation, interventions) => {
    expect(discordance(...interventions)).toBeUndefined();
  });

  test('exactly the relief asked for is enough; a range is taken by its low end against the high end of the other', () => {
    expect(discordance(block(75), tfesi(relief(0, 35)))?.reason).toMatch(
      /^Relief was 75 % after the lateral branch block and 0-35 % after the transforaminal epidural injection\./,
    );
  });

  test('names two injections of different kinds that do differ, the newest of them', () => {
    const found = discordance(
      block(95, { date: '2025-06-01' }),
      joint({ ...relief(80), date: '2025-09-01' }),
      joint({ ...relief(20), date: '2025-10-01' }),
    );
    expect(found?.reason).toMatch(
      /^Relief was 95 % after the lateral branch block and 20 % after the sacroiliac joint injection\./,
    );
  });

  test('of several that differ, the newest of each is named, and all are its evidence', () => {
    const found = discordance(
      block(80, { date: '2025-06-01' }),
      block(90, { date: '2025-07-01' }),
      tfesi({ ...relief(10), date: '2025-08-01' }),
      tfesi({ ...relief(30), date: '2025-09-01' }),
    );
    expect(found?.reason).toContain('90 % after the lateral branch block and 30 % after');
    expect(found?.evidence).toHaveLength(4);
  });
});

describe('limited-provocation-specificity', () => {
  const test1 = (name: ProvocationFact['test'], result: ProvocationFact['result'], date = '2026-02-24') => ({
    test: name,
    result,
    date,
    evidence: [{ reference: `Observation/${name}-${date}-${result}` }] as const,
  });
  const counted = (positive: number, of: number, date = '2026-02-24') => ({
    positive,
    of,
    date,
    evidence: [{ reference: `DocumentReference/${date}` }] as const,
  });
  const limited = (part: Partial<PatientFacts>) => conflict('limited-provocation-specificity', part);

  test('a test that was repeated counts as it was last', () => {
    const provocation = [
      test1('faber', 'positive', '2025-01-10'),
      test1('faber', 'negative', '2026-01-10'),
      test1('gaenslen', 'positive'),
    ];
    expect(limited({ provocation })?.reason).toMatch(/^1 of 2 /);
  });

  test('positive and negative on one day, as of two sides: positive', () => {
    const provocation = [test1('faber', 'positive'), test1('faber', 'negative')];
    expect(limited({ provocation })?.reason).toMatch(/^1 of 1 /);
  });

  test('a count in a note stands beside named tests: the higher counts', () => {
    const provocation = [test1('faber', 'positive')];
    const found = limited({ provocation, provocationCounts: [counted(3, 6)] });
    expect(found?.reason).toMatch(/^3 of 6 /);
    expect(found?.evidence?.map(({ reference }) => reference)).toEqual([
      'Observation/faber-2026-02-24-positive',
      'DocumentReference/2026-02-24',
    ]);
  });

  test('the newest count stands', () => {
    const provocationCounts = [counted(1, 5, '2024-02-01'), counted(2, 5, '2025-06-01'), counted(3, 5)];
    expect(limited({ provocationCounts })?.reason).toMatch(/^3 of 5 /);
  });

  test('no test positive is said as that', () => {
    expect(limited({ provocation: [test1('faber', 'negative')] })?.reason).toMatch(/^0 of 1 /);
  });

  test('nothing is said where no test is on record', () => {
    expect(limited({})).toBeUndefined();
  });
});

describe('laterality-mismatch', () => {
  const mismatch = (interventions: readonly InterventionFact[], laterality: 'left' | 'right' | 'bilateral') =>
    conflict('laterality-mismatch', { interventions }, { laterality })?.reason;

  test.each<[string, readonly InterventionFact[], 'left' | 'right' | 'bilateral', string | undefined]>([
    [
      'left only',
      [block(85, { laterality: 'left' })],
      'bilateral',
      'Ordered: bilateral. Documented in the record: left only.',
    ],
    [
      'left only',
      [rfa(20, { laterality: 'left' })],
      'right',
      'Ordered: right. Documented in the record: left only.',
    ],
    [
      'right only',
      [block(85, { laterality: 'right' })],
      'bilateral',
      'Ordered: bilateral. Documented in the record: right only.',
    ],
    ['both sides', [block(85)], 'left', undefined],
    [
      'each side once',
      [block(85, { laterality: 'left' }), block(85, { laterality: 'right' })],
      'bilateral',
      undefined,
    ],
    [
      'no side',
      [intervention('lateral-branch-block', { laterality: undefined } as never)],
      'left',
      undefined,
    ],
    ['another target on the other side', [tfesi({ laterality: 'right' })], 'left', undefined],
    [
      'the other side, but not carried through',
      [block(85, { laterality: 'right', contradictedByText: true })],
      'left',
      undefined,
    ],
    [
      'the other side, but planned',
      [block(85, { laterality: 'right', status: 'planned' })],
      'left',
      undefined,
    ],
  ])('%s in the record', (_record, interventions, ordered, reason) => {
    expect(mismatch(interventions, ordered)).toBe(reason);
  });
});

test('status-contradicted-by-text: not for what this pathway does not look at', () => {
  const interventions = [tfesi({ ...relief(20), contradictedByText: true })];
  expect(conflict('status-contradicted-by-text', { interventions })).toBeUndefined();
});
