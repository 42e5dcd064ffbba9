import type { ConditionFact, OrderFact, PatientFacts } from '../../src/evaluation/facts.js';
import type { Decision } from '../../src/evaluation/evaluation.js';
import { block, care, dataStates, finding, READY, review, rfa } from './facts.js';

function condition(...concepts: readonly string[]): ConditionFact {
  return { concepts, recognisedBy: 'code', evidence: [{ reference: `Condition/${concepts.join('-')}` }] };
}

describe('decisions in their order of precedence', () => {
  test.each<[string, Partial<PatientFacts>, Partial<OrderFact>, Decision]>([
    [
      'a red flag outranks everything',
      { ...READY, conditions: [condition('malignancy'), condition('inflammatory-spondyloarthritis')] },
      {},
      'urgent-evaluation',
    ],
    [
      'one entry that is inflammatory disease among other things',
      { ...READY, conditions: [condition('sij-pain', 'inflammatory-spondyloarthritis')] },
      {},
      'other-diagnosis-first',
    ],
    [
      'inflammatory disease outranks an unclear indication',
      { ...READY, conditions: [condition('inflammatory-spondyloarthritis')] },
      { indication: 'unclear' },
      'other-diagnosis-first',
    ],
    [
      'an unclear indication outranks unread data',
      { data: dataStates({ procedures: 'unavailable' }) },
      { indication: 'unclear' },
      'indication-unclear',
    ],
    [
      'unread procedures outrank conservative care not done',
      { conservativeCare: [care({ status: 'not-done' })], data: dataStates({ procedures: 'unavailable' }) },
      {},
      'insufficient-data',
    ],
    [
      'conservative care not done outranks a missing block',
      { conservativeCare: [care({ status: 'not-done' })] },
      {},
      'conservative-care-first',
    ],
    [
      'a missing block outranks a missing ablation',
      { conservativeCare: [care()] },
      {},
      'diagnostic-blocks-first',
    ],
    ['a missing ablation', READY, {}, 'radiofrequency-first'],
    [
      'an undocumented earlier step does not hide a missing later one',
      { interventions: [block(85)] },
      {},
      'radiofrequency-first',
    ],
    ['one failed ablation', { ...READY, interventions: [block(85), rfa(20)] }, {}, 'repeat-radiofrequency'],
    [
      'everything failed',
      { ...READY, interventions: [block(85), rfa(20), rfa(20, { date: '2025-10-01' })] },
      {},
      'individual-review',
    ],
    ['a chart that was read and is empty', {}, {}, 'diagnostic-blocks-first'],
    [
      'unread conditions do not hide what the procedures show',
      { ...READY, data: dataStates({ conditions: 'unavailable' }) },
      {},
      'radiofrequency-first',
    ],
  ])('%s', (_name, part, ordered, decision) => {
    expect(review(part, ordered).decision).toBe(decision);
  });
});

describe('conservative care: at least 4 weeks with active rehabilitation', () => {
  const visits = (...days: readonly string[]) => days.map((start) => ({ start }));
  const state = (...given: Parameters<typeof care>[0][]) =>
    review({ conservativeCare: given.map((one) => care({ weeks: undefined, ...one } as never)) }).steps[0]
      ?.state;

  test.each([
    ['met at exactly 4 weeks', [{ weeks: 4 }], 'met'],
    ['not met at 3 weeks', [{ weeks: 3 }], 'not-met'],
    ['met by a period of 28 days', [{ start: '2025-09-01', end: '2025-09-28' }], 'met'],
    ['not met by a period of 27 days', [{ start: '2025-09-01', end: '2025-09-27' }], 'not-met'],
    ['met by four visits', [{ visits: 4 }], 'met'],
    [
      'met by dated visits on four days',
      visits('2025-06-02', '2025-06-04', '2025-06-09', '2025-06-11'),
      'met',
    ],
    ['unknown by dated visits on three days', visits('2025-06-02', '2025-06-04', '2025-06-09'), 'unknown'],
    ['met by two dated visits four weeks apart', visits('2025-06-02', '2025-06-29'), 'met'],
    ['unknown by two dated visits a year apart', visits('2024-06-02', '2025-06-02'), 'unknown'],
    ['unknown without a duration', [{}], 'unknown'],
    ['unknown with medicines only', [{ care: 'medication' as const, weeks: 20 }], 'unknown'],
    [
      'met by therapy of unstated length within a long course of medicines',
      [{}, { care: 'medication' as const, start: '2025-08-01', end: '2025-11-01' }],
      'met',
    ],
    ['not met when it was declined', [{ status: 'not-done' as const }], 'not-met'],
    ['unknown when it is only planned', [{ status: 'planned' as const }], 'unknown'],
    ['unknown when nothing is documented', [], 'unknown'],
  ])('%s', (_name, given, expected) => {
    expect(state(...given)).toBe(expected);
  });
});

describe('red flags', () => {
  test.each([
    [
      'suspected metastasis in a report',
      finding({ finding: 'tumor-or-infection', subtype: 'malignancy', uncertain: true }),
      'malignancy',
    ],
    ['a mass that the report does not name', finding({ finding: 'tumor-or-infection' }), 'malignancy'],
    ['discitis', finding({ finding: 'tumor-or-infection', subtype: 'infection' }), 'infection'],
    ['an acute fracture', finding({ finding: 'fracture', level: 'L1', acuity: 'acute' }), 'acute-fracture'],
    [
      'a fracture of unstated age in a recent report',
      finding({ finding: 'fracture', level: 'L1' }),
      'acute-fracture',
    ],
  ])('%s raises %#', (_name, seen, id) => {
    expect(review({ ...READY, findings: [seen] }).redFlags).toEqual([{ id, evidence: seen.evidence }]);
  });

  test.each([
    ['a haemangioma', finding({ finding: 'tumor-or-infection', subtype: 'benign' })],
    ['an old fracture', finding({ finding: 'fracture', level: 'L1', acuity: 'old' })],
    [
      'a fracture of unstated age in an old report',
      finding({ finding: 'fracture', level: 'L1', date: '2025-08-01' }),
    ],
    ['a negated finding', finding({ finding: 'fracture', negated: true })],
    ['a suspicion more than two years old', finding({ finding: 'tumor-or-infection', date: '2024-03-19' })],
  ])('%s raises none', (_name, seen) => {
    expect(review({ ...READY, findings: [seen] }).redFlags).toBeUndefined();
  });

  test('a later report that denies it takes it back', () => {
    const findings = [
      finding({ finding: 'tumor-or-infection', level: undefined, date: '2026-01-01' } as never),
      finding({
        finding: 'tumor-or-infection',
        level: undefined,
        negated: true,
        date: '2026-02-01',
      } as never),
    ];
    expect(review({ ...READY, findings }).redFlags).toBeUndefined();
  });
});

describe('wouldChange', () => {
  test('names what leads to another decision, and to which', () => {
    const changes = review(READY).wouldChange ?? [];
    expect(changes.join(' ')).toMatch(/2 failed ablations .* individual review/);
  });

  test('counts an ablation that worked as showing the source, as the decision does', () => {
    const { decision, wouldChange } = review({ conservativeCare: [care()] });
    expect(decision).toBe('diagnostic-blocks-first');
    expect(wouldChange).toContainEqual(
      expect.stringMatching(/ablation that worked, .* 50 % for 3 months\): repeat/),
    );
  });

  test('is absent where nothing would change it', () => {
    const evaluated = review({
      ...READY,
      interventions: [block(85), rfa(20), rfa(20, { date: '2025-10-01' })],
    });
    expect(evaluated.wouldChange).toBeUndefined();
  });

  test('never names the decision that stands', () => {
    for (const part of [{}, READY, { interventions: [block(60)] }, { interventions: [block(null)] }]) {
      const { decision, wouldChange = [] } = review(part);
      expect(wouldChange.filter((sentence) => sentence.endsWith(`${decision}.`))).toEqual([]);
    }
  });
});
