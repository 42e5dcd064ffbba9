import type { ConditionFact, FindingFact, InterventionFact } from '../../src/evaluation/facts.js';
import { facetSegments } from '../../src/evaluation/pain-generators/segments.js';
import { finding, intervention, READY, review } from './facts.js';

function generators(findings: readonly FindingFact[], interventions: readonly InterventionFact[] = []) {
  return (
    review({ ...READY, findings, interventions: [...(READY.interventions ?? []), ...interventions] })
      .painGenerators ?? []
  ).map(({ finding: name, level, laterality, severity, status }) =>
    [name, level, laterality, severity, status].filter(Boolean).join(' '),
  );
}

const facet = (level: string) => finding({ finding: 'facet-arthropathy', level });

describe('pain generators: merged by finding and level', () => {
  test('the newest report says side and severity', () => {
    const findings = [
      finding({ laterality: 'left', severity: 'mild', date: '2024-01-01' }),
      finding({ laterality: 'bilateral', severity: 'moderate', date: '2026-01-15' }),
    ];
    expect(generators(findings)).toEqual(['foraminal-stenosis L5-S1 bilateral moderate unaddressed']);
  });

  test('a later report that negates it rules it out', () => {
    const findings = [finding({ date: '2024-01-01' }), finding({ negated: true, date: '2026-01-15' })];
    expect(generators(findings)).toEqual(['foraminal-stenosis L5-S1 excluded']);
  });

  test('an earlier negation does not', () => {
    const findings = [finding({ negated: true, date: '2024-01-01' }), finding({ date: '2026-01-15' })];
    expect(generators(findings)).toEqual(['foraminal-stenosis L5-S1 unaddressed']);
  });

  test('a finding without a level is told by one of its kind with a level, not by one of another kind', () => {
    const unplaced = ({ level, ...fact }: FindingFact): FindingFact => fact;
    const stenosis = finding({});
    expect(generators([unplaced(facet('')), facet('L4-L5'), stenosis])).toEqual([
      'facet-arthropathy L4-L5 unaddressed',
      'foraminal-stenosis L5-S1 unaddressed',
    ]);
    expect(generators([unplaced(facet('')), stenosis])).toEqual([
      'facet-arthropathy unaddressed',
      'foraminal-stenosis L5-S1 unaddressed',
    ]);
  });

  test('are told from above downwards, whatever the order of the reports', () => {
    const levels = ['L5-S1', 'L3-L4', 'L4-L5'];
    expect(generators(levels.map(facet))).toEqual([
      'facet-arthropathy L3-L4 unaddressed',
      'facet-arthropathy L4-L5 unaddressed',
      'facet-arthropathy L5-S1 unaddressed',
    ]);
  });

  test('entries of the problem list stay apart by level and side', () => {
    const listed = (part: Partial<ConditionFact>, serial: number): ConditionFact => ({
      concepts: ['spondylolisthesis'],
      recognisedBy: 'code',
      evidence: [{ reference: `Condition/${serial}` }],
      ...part,
    });
    const conditions = ([{ level: 'L4-L5' }, { level: 'L3-L4' }, { laterality: 'left' }, { laterality: 'right' }, { level: 'L4-L5' }] as const).map(listed); // prettier-ignore
    const found = review({ ...READY, conditions }).painGenerators ?? [];
    expect(found.map(({ level, laterality, evidence }) => [level ?? laterality, evidence.length])).toEqual([
      ['left', 1],
      ['right', 1],
      ['L3-L4', 1],
      ['L4-L5', 2],
    ]);
  });

  test('a pars defect of L3 and one at L3-L4 are the same; one of L4 is not', () => {
    const pars = (level: string) => finding({ finding: 'pars-defect', level });
    expect(generators([pars('L3'), pars('L3-L4'), pars('L4')])).toEqual([
      'pars-defect L3-L4 unaddressed',
      'pars-defect L4 unaddressed',
    ]);
  });

  test('what is only negated is not listed; nor is the past, nor another region', () => {
    const findings = [finding({ negated: true }), finding({ historical: true }), finding({ level: 'C5-C6' })];
    expect(generators(findings)).toEqual([]);
  });
});

describe('pain generators: excluded by a negative block of that very target and level', () => {
  const mbb = (levels: readonly string[], low: number, more: Partial<InterventionFact> = {}) =>
    intervention('medial-branch-block', { levels, relief: { low, high: low }, ...more });

  test('not where another block of that target and level relieved the pain', () => {
    const answers = [mbb(['L4-L5'], 10, { date: '2025-05-01' }), mbb(['L4-L5'], 90, { date: '2025-06-01' })];
    expect(generators([facet('L4-L5')], answers)).toEqual(['facet-arthropathy L4-L5 unaddressed']);
    expect(generators([facet('L4-L5')], [answers[0] as InterventionFact, mbb(['L3-L4'], 90)])).toEqual([
      'facet-arthropathy L4-L5 excluded',
    ]);
  });

  test.each<[string, string, InterventionFact, string]>([
    ['at the level', 'L4-L5', mbb(['L4-L5'], 10), 'excluded'],
    ['by the nerves that supply it', 'L4-L5', mbb(['L3', 'L4'], 10), 'excluded'],
    ['by L4 and the L5 dorsal ramus', 'L5-S1', mbb(['L4', 'L5'], 10), 'excluded'],
    ['not at another level', 'L3-L4', mbb(['L4-L5', 'L5-S1'], 10), 'unaddressed'],
    ['not by one nerve of two', 'L4-L5', mbb(['L4'], 10), 'unaddressed'],
    ['not by a positive block', 'L4-L5', mbb(['L4-L5'], 80), 'unaddressed'],
    ['not at 50 %', 'L4-L5', mbb(['L4-L5'], 50), 'unaddressed'],
    [
      'not when the relief is not recorded',
      'L4-L5',
      intervention('medial-branch-block', { levels: ['L4-L5'] }),
      'unaddressed',
    ],
    ['not when it was planned', 'L4-L5', mbb(['L4-L5'], 10, { status: 'planned' }), 'unaddressed'],
  ])('%s', (_name, level, done, status) => {
    expect(generators([facet(level)], [done])).toEqual([`facet-arthropathy ${level} ${status}`]);
  });

  test('a right-sided block does not rule out both sides', () => {
    const both = finding({ finding: 'facet-arthropathy', level: 'L4-L5', laterality: 'bilateral' });
    expect(generators([both], [mbb(['L4-L5'], 0, { laterality: 'right' })])).toEqual([
      'facet-arthropathy L4-L5 bilateral unaddressed',
    ]);
  });

  test('a medial branch block says nothing of a stenosis', () => {
    expect(generators([finding()], [mbb(['L5-S1'], 0)])).toEqual(['foraminal-stenosis L5-S1 unaddressed']);
  });
});

describe('pain generators: treated by a completed treatment with enough relief', () => {
  const tfesi = (low: number, levels = ['L5-S1']) =>
    intervention('transforaminal-epidural', { levels, relief: { low, high: low } });

  test.each<[string, InterventionFact, string]>([
    ['at 50 %', tfesi(50), 'treated'],
    ['by root: L5 leaves at L5-S1', tfesi(60, ['L5']), 'treated'],
    [
      'by relief of the leg pain, which is the pain it was aimed at',
      { ...tfesi(60), relief: { low: 60, high: 60, ofIndexPain: false } },
      'treated',
    ],
    ['not at 30 %', tfesi(30), 'unaddressed'],
    ['not at another level', tfesi(90, ['L4-L5']), 'unaddressed'],
    ['not where the level is not recorded', tfesi(90, []), 'unaddressed'],
  ])('%s', (_name, done, status) => {
    expect(generators([finding()], [done])).toEqual([`foraminal-stenosis L5-S1 ${status}`]);
  });
});

test('a problem-list entry without a level adds nothing to a report that has one', () => {
  const listed = {
    concepts: ['spondylolisthesis'],
    recognisedBy: 'code' as const,
    evidence: [{ reference: 'Condition/a' }] as const,
  };
  const reported = finding({ finding: 'spondylolisthesis', level: 'L3-L4' });
  expect(review({ ...READY, conditions: [listed], findings: [reported] }).painGenerators).toHaveLength(1);
  expect(review({ ...READY, conditions: [listed] }).painGenerators).toEqual([
    { finding: 'spondylolisthesis', status: 'unaddressed', evidence: listed.evidence },
  ]);
});

test('nerves name the facet joint they supply, down from the highest that is lumbar enough to be read', () => {
  expect(facetSegments(['T10', 'T11'])).toEqual(['T11-T12']);
  expect(facetSegments(['L4', 'L5', 'C5'])).toEqual(['L5-S1']);
  expect(facetSegments(['L4'])).toEqual([]);
});
