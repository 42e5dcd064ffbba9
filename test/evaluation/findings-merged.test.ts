import type { FindingFact } from '../../src/evaluation/facts.js';
import { mergedFindings, survivingFindings } from '../../src/evaluation/pain-generators/surviving.js';
import { finding } from './facts.js';

const [OLD, NEW] = ['2025-01-15', '2026-01-15'];
const standing = (...facts: readonly FindingFact[]) =>
  survivingFindings(facts).map(({ finding: name, level }) => [name, level].filter(Boolean).join(' '));

describe('findings of several reports', () => {
  test('the newest report says side and severity; an older one adds its evidence', () => {
    const [merged] = mergedFindings([
      finding({ date: OLD, laterality: 'left', severity: 'severe' }),
      finding({ date: NEW, laterality: 'right', severity: 'mild' }),
    ]);
    expect(merged).toMatchObject({ laterality: 'right', severity: 'mild' });
    expect(merged?.evidence).toHaveLength(2);
  });

  const bySide = (...facts: readonly Partial<FindingFact>[]) =>
    mergedFindings(facts.map((fact) => finding(fact)))
      .map(({ laterality, severity }) => [laterality, severity].filter(Boolean).join(' '))
      .sort();

  test.each<[string, readonly Partial<FindingFact>[], readonly string[]]>([
    [
      'sides of one severity join',
      [
        { laterality: 'left', severity: 'mild' },
        { laterality: 'right', severity: 'mild' },
      ],
      ['bilateral mild'],
    ],
    [
      'sides of their own severity stay apart, each with its worst',
      [
        { laterality: 'left', severity: 'mild' },
        { laterality: 'right', severity: 'severe' },
        { laterality: 'right', severity: 'moderate' },
      ],
      ['left mild', 'right severe'],
    ],
    [
      'what is said of both is said of each',
      [
        { laterality: 'bilateral', severity: 'mild' },
        { laterality: 'left', severity: 'severe' },
      ],
      ['left severe', 'right mild'],
    ],
    [
      'a severity of both alone parts nothing',
      [{ laterality: 'bilateral', severity: 'severe' }, { laterality: 'bilateral' }],
      ['bilateral severe'],
    ],
    ['nor does one without a side', [{ severity: 'severe' }, { laterality: 'left' }], ['left severe']],
    [
      'an older report joins or parts nothing',
      [
        { date: OLD, laterality: 'left', severity: 'severe' },
        { date: NEW, laterality: 'right', severity: 'mild' },
      ],
      ['right mild'],
    ],
  ])('within one report %s', (_, facts, expected) => expect(bySide(...facts)).toEqual(expected));

  test('the denial of one side leaves the other', () =>
    expect(
      mergedFindings([
        finding({ date: OLD, laterality: 'left', severity: 'severe' }),
        finding({ date: OLD, laterality: 'right', severity: 'mild' }),
        finding({ date: NEW, laterality: 'right', negated: true }),
      ]).map(({ laterality, negatedLater }) => ({ laterality, negatedLater })),
    ).toEqual([
      { laterality: 'left', negatedLater: false },
      { laterality: 'right', negatedLater: true },
    ]));

  test('of two severities the worse stands, whichever was written first', () => {
    const severities = ['moderate', 'severe'] as const;
    for (const order of [severities, severities.toReversed()])
      expect(mergedFindings(order.map((severity) => finding({ severity })))[0]?.severity).toBe('severe');
  });

  test('of two reports of one day the same one stands, in whatever order they came', () => {
    const [a, b] = (['mild', 'severe'] as const).map((severity) =>
      finding({ severity, evidence: [{ reference: `DiagnosticReport/${severity}` }] }),
    ) as [FindingFact, FindingFact];
    expect(mergedFindings([a, b])).toEqual(mergedFindings([b, a]));
  });

  test('the segment stands for its vertebra, whichever report names it', () => {
    const pars = (level: string, date: string) => finding({ finding: 'pars-defect', level, date });
    for (const [older, newer] of [
      ['L3', 'L3-L4'],
      ['L3-L4', 'L3'],
    ] as const)
      // prettier-ignore
      expect(standing(pars(older, OLD), pars(newer, NEW))).toEqual(['pars-defect L3-L4']);
  });

  test.each<[string, Partial<FindingFact>, readonly string[]]>([
    ['of the same level', { date: NEW }, []],
    ['without a level', { date: NEW, level: undefined } as never, []],
    ['of another level', { date: NEW, level: 'L3-L4' }, ['foraminal-stenosis L5-S1']],
    ['of another finding', { date: NEW, finding: 'central-stenosis' }, ['foraminal-stenosis L5-S1']],
    ['of an older report', { date: '2024-01-15' }, ['foraminal-stenosis L5-S1']],
    ['of the same day', { date: OLD }, ['foraminal-stenosis L5-S1']],
    [
      'of another report of the same day',
      { date: OLD, evidence: [{ reference: 'DiagnosticReport/other' }] },
      ['foraminal-stenosis L5-S1'],
    ],
    ['of the past', { date: NEW, historical: true }, ['foraminal-stenosis L5-S1']],
  ])('a later denial %s', (_of, denial, expected) => {
    expect(standing(finding({ date: OLD }), finding({ negated: true, ...denial }))).toEqual(expected);
  });

  test.each<[string, Partial<FindingFact>, Partial<FindingFact>, boolean]>([
    ['of its side', { laterality: 'left' }, { laterality: 'left' }, true],
    ['of both sides', { laterality: 'left' }, { laterality: 'bilateral' }, true],
    ['of the other side', { laterality: 'left' }, { laterality: 'right' }, false],
    ['of one side, of what names none', {}, { laterality: 'right' }, false],
    ['of tumour, of an infection', { subtype: 'infection' }, { subtype: 'malignancy' }, false],
    ['of any mass, of an infection', { subtype: 'infection' }, {}, false],
    ['of any mass, of a tumour', { subtype: 'malignancy' }, {}, true],
    ['of a tumour, of a mass that is not named', {}, { subtype: 'malignancy' }, true],
    ['of an acute one, of an old one', { acuity: 'old' }, { acuity: 'acute' }, false],
    ['of an acute one, of one of unknown age', {}, { acuity: 'acute' }, true],
  ])('a denial %s', (_of, seen, denial, denied) => {
    const about = { finding: 'tumor-or-infection', level: 'L4-L5' } as const;
    const facts = [
      finding({ ...about, ...seen, date: OLD }),
      finding({ ...about, ...denial, date: NEW, negated: true }),
    ];
    expect(standing(...facts)).toHaveLength(denied ? 0 : 1);
  });

  test('a sound hip denies no sacroiliitis', () => {
    const joint = { finding: 'hip-or-si-pathology', level: undefined } as never;
    expect(
      standing(
        finding({ ...(joint as object), subtype: 'sacroiliitis', date: OLD }),
        finding({ ...(joint as object), subtype: 'hip', negated: true, date: NEW }),
      ),
    ).toHaveLength(1);
  });

  test('levels and kinds stay apart, and what is not of the lumbar spine is left out', () => {
    expect(
      standing(
        finding({ level: 'L5-S1' }),
        finding({ level: 'L4-L5' }),
        finding({ level: 'L4-L5', finding: 'central-stenosis' }),
        finding({ level: 'C5-C6' }),
      ),
    ).toEqual(['foraminal-stenosis L5-S1', 'foraminal-stenosis L4-L5', 'central-stenosis L4-L5']);
  });
});
