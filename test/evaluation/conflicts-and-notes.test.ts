import type {
  InterventionFact,
  OrderFact,
  PatientFacts,
  ProvocationFact,
  ProvocationTestId,
  StatementId,
} from '../../src/evaluation/facts.js';
import { block, intervention, READY, review, rfa } from './facts.js';

const relief = (low: number) => ({ relief: { low, high: low } });
const ids = (conflicts: readonly { readonly id: string }[] | undefined) =>
  (conflicts ?? []).map(({ id }) => id);

function exam(
  positive: readonly ProvocationTestId[],
  negative: readonly ProvocationTestId[] = [],
): ProvocationFact[] {
  const fact = (result: 'positive' | 'negative') => (test: ProvocationTestId) => ({
    test,
    result,
    date: '2026-02-24',
    evidence: [{ reference: `Observation/${test}` }] as const,
  });
  return [...positive.map(fact('positive')), ...negative.map(fact('negative'))];
}

describe('conflicts', () => {
  test('diagnosis-mismatch: a lumbar diagnosis as the only coded reason', () => {
    expect(ids(review(READY, { reasonConcepts: ['lumbar-spondylosis'] }).conflicts)).toContain(
      'diagnosis-mismatch',
    );
  });

  test.each([[['lumbar-spondylosis', 'sij-pain']], [['sij-pain']], [['chronic-pain']], [[]]])(
    'no diagnosis-mismatch with %j',
    (reasonConcepts) => {
      expect(ids(review(READY, { reasonConcepts }).conflicts)).not.toContain('diagnosis-mismatch');
    },
  );

  test('discordant-block-response: 85 % after lateral branch blocks, 30 % after a TFESI; the step is untouched', () => {
    const evaluated = review({
      interventions: [
        block(85),
        intervention('transforaminal-epidural', { ...relief(30), date: '2026-02-03' }),
      ],
    });
    const conflict = evaluated.conflicts?.find(({ id }) => id === 'discordant-block-response');
    expect(conflict?.reason).toBe(
      'Relief was 85 % after the lateral branch block and 30 % after the transforaminal epidural injection. An injection at another target is no test of the sacral lateral branches.',
    );
    expect(evaluated.steps.find(({ id }) => id === 'diagnostic-blocks')?.state).toBe('met');
  });

  test.each([
    ['at 39 points', block(85), intervention('transforaminal-epidural', relief(46)), false],
    ['at 40 points', block(85), intervention('transforaminal-epidural', relief(45)), true],
    [
      'for a negative medial branch block, which agrees',
      block(85),
      intervention('medial-branch-block', relief(0)),
      false,
    ],
  ])('discordant-block-response %s', (_name, yes, other, expected) => {
    const found = ids(review({ interventions: [yes, other] }).conflicts).includes(
      'discordant-block-response',
    );
    expect(found).toBe(expected);
  });

  test('limited-provocation-specificity: three of six; FADIR is not one of them', () => {
    const provocation = exam(
      ['faber', 'thigh-thrust', 'distraction', 'fadir'],
      ['compression', 'gaenslen', 'sacral-thrust'],
    );
    const conflict = review({ ...READY, provocation }).conflicts?.find(
      ({ id }) => id === 'limited-provocation-specificity',
    );
    expect(conflict?.reason).toMatch(/^3 of 6 .* 78 %/);
  });

  test('no limit with four positive tests, by name or by count', () => {
    const named = exam(['faber', 'thigh-thrust', 'distraction', 'compression']);
    expect(ids(review({ ...READY, provocation: named }).conflicts)).toEqual([]);
    const provocationCounts = [
      { positive: 4, of: 5, evidence: [{ reference: 'DocumentReference/a' }] as const },
    ];
    expect(ids(review({ ...READY, provocationCounts }).conflicts)).toEqual([]);
  });

  test('laterality-mismatch: ordered on the left, blocked on the right', () => {
    const conflict = review({ interventions: [block(85, { laterality: 'right' })] }, { laterality: 'left' })
      .conflicts?.[0];
    expect(conflict).toMatchObject({
      id: 'laterality-mismatch',
      reason: 'Ordered: left. Documented in the record: right only.',
    });
  });

  test('conflicting-block-relief: never averaged', () => {
    expect(
      ids(review({ interventions: [block(90), block(10, { date: '2026-02-01' })] }).conflicts),
    ).toContain('conflicting-block-relief');
  });

  test('status-contradicted-by-text', () => {
    expect(ids(review({ interventions: [rfa(null, { contradictedByText: true })] }).conflicts)).toContain(
      'status-contradicted-by-text',
    );
  });
});

describe('notes change no step', () => {
  const evidence = [{ reference: 'Observation/x' }] as const;
  test.each([
    ['pregnancy', { conditions: [{ concepts: ['pregnancy'], recognisedBy: 'code' as const, evidence }] }],
    ['anticoagulation', { medications: [{ concepts: ['anticoagulant'], current: true, evidence }] }],
    ['prior-lumbar-fusion', { interventions: [intervention('lumbar-fusion')] }],
    ['si-fusion-same-side', { interventions: [intervention('si-fusion', { laterality: 'right' })] }],
    ['hip-signs', { provocation: exam(['fadir']) }],
    ['rfa-denied-by-plan', { statements: [{ id: 'rfa-denied-by-plan' as const, evidence }] }],
    ['rfa-planned', { interventions: [rfa(null, { status: 'planned' })] }],
    ['opioid-taper', { statements: [{ id: 'opioid-taper' as const, evidence }] }],
    ['report-amended', { recordNotes: [{ id: 'report-amended' as const, evidence }] }],
    ['report-unreadable', { recordNotes: [{ id: 'report-unreadable' as const, evidence }] }],
    ['report-preliminary', { recordNotes: [{ id: 'report-preliminary' as const, evidence }] }],
    ['other-patient-record', { recordNotes: [{ id: 'other-patient-record' as const, evidence }] }],
  ])('%s', (id, part) => {
    const evaluated = review({
      ...READY,
      ...part,
      interventions: [block(85), ...('interventions' in part ? part.interventions : [])],
    });
    expect(ids(evaluated.notes)).toEqual([id]);
    expect(evaluated.decision).toBe('radiofrequency-first');
  });

  test('no-procedure-code: an order known by its words', () => {
    expect(ids(review(READY, { recognisedBy: 'text' }).notes)).toEqual(['no-procedure-code']);
  });

  test.each([
    [
      'a medicine that was stopped',
      { medications: [{ concepts: ['anticoagulant'], current: false, evidence }] },
      {},
    ],
    [
      'an SI fusion of the other side',
      { interventions: [block(85), intervention('si-fusion', { laterality: 'right' })] },
      { laterality: 'left' as const },
    ],
  ])('none for %s', (_name, part, ordered) => {
    expect(review({ ...READY, ...part }, ordered).notes).toBeUndefined();
  });
});

describe('records set aside', () => {
  const setAside = (why: 'other-patient' | 'unreadable') => ({
    kind: 'sacral-lateral-branch-rfa' as const,
    why,
    evidence: [{ reference: 'Procedure/set-aside' }] as const,
  });

  test.each([
    ['other-patient', 'radiofrequency-first'],
    ['unreadable', 'insufficient-data'],
  ] as const)('%s: named at their own step, and never counted', (why, decision) => {
    const evaluated = review({ ...READY, setAside: [setAside(why)] });
    const notCounted = evaluated.steps.map((step) => [step.id, step.notCounted?.map((one) => one.why)]);
    expect(notCounted).toContainEqual(['radiofrequency-ablation', [why]]);
    expect(notCounted).toContainEqual(['diagnostic-blocks', undefined]);
    expect(evaluated.decision).toBe(decision);
  });
});

describe('what is of long ago, or of the other side', () => {
  const evidence = [{ reference: 'Observation/x' }] as const;
  const told = (id: StatementId, date: string) => ({ statements: [{ id, date, evidence }] });
  const notesOf = (part: Partial<PatientFacts>, ordered: Partial<OrderFact> = {}) =>
    ids(review({ ...READY, ...part }, ordered).notes);

  test.each<[string, string, Partial<PatientFacts>]>([
    ['pregnancy', '2025-05-20', {}],
    ['opioid-taper', '2025-09-20', {}],
    ['rfa-denied-by-plan', '2024-03-20', {}],
  ])('%s: told on %s it is noted, told a day before it is not', (id, date) => {
    const before = new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
    expect(notesOf(told(id as StatementId, date))).toEqual([id]);
    expect(notesOf(told(id as StatementId, before))).toEqual([]);
  });

  test('a pregnancy that the problem list never closed', () => {
    const condition = (date: string) => ({
      conditions: [{ concepts: ['pregnancy'], recognisedBy: 'code' as const, date, evidence }],
    });
    expect(notesOf(condition('2025-12-01'))).toEqual(['pregnancy']);
    expect(notesOf(condition('2019-12-01'))).toEqual([]);
  });

  test.each([
    ['2025-09-20', 'urgent-evaluation'],
    ['2025-09-19', 'radiofrequency-first'],
  ])('signs of cauda equina told on %s: %s', (date, decision) => {
    expect(review({ ...READY, ...told('cauda-equina-signs', date) }).decision).toBe(decision);
  });

  test.each<[string, Partial<InterventionFact>, readonly string[]]>([
    ['of the ordered side', { date: '2026-03-01', laterality: 'left' }, ['rfa-planned']],
    ['of the other side', { date: '2026-03-01', laterality: 'right' }, []],
    ['of years ago', { date: '2019-03-01', laterality: 'left' }, []],
  ])('a plan of an ablation %s', (_of, plan, expected) => {
    const interventions = [block(85), rfa(null, { status: 'planned', ...plan })];
    expect(notesOf({ interventions }, { laterality: 'left' })).toEqual(expected);
  });

  const positive = (laterality: 'left' | 'right', date: string) =>
    exam(['faber', 'thigh-thrust']).map((fact) => ({ ...fact, laterality, date }));

  test.each([
    ['of the ordered side', positive('left', '2026-02-24'), 1],
    ['of the other side', positive('right', '2026-02-24'), 0],
    ['of more than two years ago', positive('left', '2024-03-19'), 0],
  ])('provocation tests %s', (_of, provocation, limited) => {
    const { conflicts } = review({ ...READY, provocation }, { laterality: 'left' });
    expect(ids(conflicts)).toHaveLength(limited);
  });

  test.each([
    ['one side', 'left' as const, 1],
    ['two sides', 'right' as const, 0],
  ])('injections of %s that answered differently', (_of, laterality, discordant) => {
    const weak = intervention('transforaminal-epidural', { laterality, ...relief(20) });
    const interventions = [block(85, { laterality: 'left' }), weak];
    expect(ids(review({ interventions }).conflicts).filter((id) => id.startsWith('discordant'))).toHaveLength(
      discordant,
    );
  });
});
