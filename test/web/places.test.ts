/** Where findings and procedures stand on the spine and on the timeline. */
import {
  MIDDLE,
  heightOfLevel,
  pointsOf,
  spread,
  targetOf,
} from '../../src/web/static/shared/spine-places.js';
import { eventsOf, place, spanOf } from '../../src/web/static/shared/timeline-places.js';
import { durationText, nameOf, partsOf, reliefText } from '../../src/web/static/shared/names.js';
import type { Intervention, OrderEvaluation, PainGenerator } from '../../src/evaluation/evaluation.js';

const evidence = [{ reference: 'DiagnosticReport/r', date: '2026-01-15', excerpt: 'words' }] as const;
const generator = (more: Partial<PainGenerator>): PainGenerator => ({
  finding: 'foraminal-stenosis',
  status: 'unaddressed',
  evidence,
  ...more,
});
const block = (more: Partial<Intervention>): Intervention => ({
  kind: 'lateral-branch-block',
  status: 'completed',
  evidence: [{ reference: 'Procedure/p' }],
  ...more,
});

describe('the spine, seen from behind: the patient’s left is on the left', () => {
  test.each([
    ['left', [-1]],
    ['right', [1]],
    ['bilateral', [-1, 1]],
    [undefined, [-1, 1]],
  ] as const)('a finding whose side is %s', (laterality, sides) => {
    const points = pointsOf(generator({ level: 'L5-S1', ...(laterality && { laterality }) }));
    expect(points.map(({ x }) => Math.sign(x - MIDDLE))).toEqual(sides);
  });

  test('levels go down from L1-L2 to S3', () => {
    const heights = ['L1-L2', 'L2-L3', 'L3-L4', 'L4-L5', 'L5-S1', 'S1', 'S2', 'S3'].map((level) =>
      heightOfLevel(level),
    );
    expect(heights).toEqual([...heights].sort((a, b) => Number(a) - Number(b)));
    expect(new Set(heights).size).toBe(8);
  });

  test.each(['C5-C6', 'T12', undefined])('a finding at %s is not drawn, but listed', (level) => {
    expect(pointsOf(generator({ ...(level && { level }) }))).toEqual([]);
  });

  test('a central finding is in the middle', () => {
    expect(
      pointsOf(generator({ finding: 'central-stenosis', level: 'L4-L5', laterality: 'left' }))[0]?.x,
    ).toBe(MIDDLE);
  });

  test('a sacral block aims at the side it was done on', () => {
    expect(targetOf(block({}), 'left')?.x).toBeLessThan(MIDDLE);
    expect(targetOf(block({}), 'right')?.x).toBeGreaterThan(MIDDLE);
  });

  test('an epidural without a level has no target', () => {
    expect(targetOf(block({ kind: 'transforaminal-epidural' }), 'left')).toBeUndefined();
  });

  test('labels keep their distance and stay on the drawing', () => {
    const heights = [...spread([{ y: 590 }, { y: 590 }, { y: 580 }], 36)].sort((a, b) => a - b);
    expect(heights[1]! - heights[0]!).toBeGreaterThanOrEqual(36);
    expect(heights[2]).toBeLessThanOrEqual(580);
  });
});

describe('the timeline', () => {
  const order: OrderEvaluation = {
    reference: 'ServiceRequest/o',
    decision: 'radiofrequency-first',
    steps: [
      {
        id: 'conservative-care',
        state: 'met',
        because: 'long-enough',
        evidence: [{ reference: 'Procedure/pt', date: '2025-09-02' }],
      },
      {
        id: 'diagnostic-blocks',
        state: 'met',
        because: 'positive',
        notCounted: [
          { why: 'wrong-target', evidence: { reference: 'Procedure/tfesi' } },
          { why: 'planned', evidence: { ...block({}).evidence[0], excerpt: 'to be repeated' } },
          { why: 'planned', evidence: { reference: 'Procedure/planned' } },
        ],
      },
    ],
    interventions: [
      block({
        date: '2026-03-03',
        reliefPercent: { low: 80, high: 90 },
        reliefDuration: 'PT6H',
        outcome: 'positive',
      }),
      block({
        kind: 'transforaminal-epidural',
        date: '2026-02-03',
        evidence: [{ reference: 'Procedure/tfesi' }],
      }),
      block({
        ...{ kind: 'sacral-lateral-branch-rfa', status: 'planned', date: '2026-04-01' },
        evidence: [{ reference: 'Procedure/planned' }],
      }),
      block({ kind: 'facet-rfa' }),
    ],
    painGenerators: [generator({})],
  };
  const { events, undated } = eventsOf(order, '2026-03-20');
  const titled = (title: RegExp) => events.find((event) => title.test(event.title));

  test('relief stands beside the block, with how long it lasted', () => {
    expect(titled(/Sacral block/)).toMatchObject({
      lane: 'Blocks',
      result: '80–90 % for 6 h',
      state: 'positive',
    });
  });

  test('what does not count says why; other words of the same record are not meant', () => {
    expect(titled(/TFESI/)?.why).toBe('another target');
    expect(titled(/Sacral block/)?.why).toBeUndefined();
  });

  test('beside why a block does not count stands its relief alone, so that both fit', () => {
    const evidence = [{ reference: 'Procedure/tfesi' }] as const;
    const facet = { kind: 'medial-branch-block', date: '2025-12-09', reliefDuration: 'PT6H' } as const;
    const { events: shown } = eventsOf(
      { ...order, interventions: [block({ ...facet, reliefPercent: { low: 10, high: 20 }, evidence })] },
      '2026-03-20',
    );
    expect(shown.find(({ lane }) => lane === 'Blocks')).toMatchObject({
      result: '10–20 %',
      why: 'another target',
    });
  });

  test('what counts for one side is not struck for the other', () => {
    const right = { reference: 'Procedure/right', excerpt: '30% relief' };
    const ablation = { kind: 'sacral-lateral-branch-rfa', date: '2025-06-03', outcome: 'failed' } as const;
    const { events: both } = eventsOf(
      {
        ...order,
        steps: [
          {
            ...{ id: 'radiofrequency-ablation', state: 'met', because: 'failed-enough', side: 'right' },
            evidence: [right],
          },
          {
            ...{ id: 'radiofrequency-ablation', state: 'not-met', because: 'none-found', side: 'left' },
            notCounted: [{ why: 'wrong-side', evidence: right }],
          },
        ],
        interventions: [block({ ...ablation, levels: ['S1', 'S2', 'S3', 'L5'], evidence: [right] })],
      },
      '2026-03-20',
    );
    const shown = both.find(({ lane }) => lane === 'Ablation');
    expect(shown).toMatchObject({ title: 'Sacral RFA L5–S3', state: 'failed' });
    expect(shown?.why).toBeUndefined();
  });

  test('what is planned is planned, and relief that is not recorded is a question', () => {
    expect(titled(/RFA/)).toMatchObject({ lane: 'Ablation', state: 'planned', result: 'planned' });
    expect(titled(/RFA/)?.why).toBeUndefined();
    expect(titled(/TFESI/)?.result).toBe('relief ?');
  });

  test('every lane has its events; what has no date is told apart', () => {
    expect(new Set(events.map(({ lane }) => lane))).toEqual(
      new Set(['Conservative', 'Blocks', 'Ablation', 'Surgery', 'Imaging']),
    );
    expect(undated.map(({ kind }) => kind)).toEqual(['facet-rfa']);
  });

  test('two events on one day stand in two rows, far ones share one', () => {
    const at = (day: string) => ({ lane: 'Blocks' as const, day, title: 'x', state: 'done', evidence: [] });
    const all = [at('2025-01-01'), at('2025-01-01'), at('2026-01-01')];
    expect(place(all, spanOf(all)).map(({ row }) => row)).toEqual([0, 1, 0]);
  });

  test.each([
    ['end to end', 'a label of 20 letter', 'a label of 20 letter', [0, 1]],
    ['short ones at both ends', 'short', 'short', [0, 0]],
  ])('labels that do not fit beside each other stand below each other: %s', (_what, first, last, rows) => {
    const event = { lane: 'Blocks' as const, state: 'done', evidence: [], result: '-' };
    const both = [
      { ...event, day: '2024-01-01', title: first },
      { ...event, day: '2026-01-01', title: last },
    ];
    expect(place(both, spanOf(both)).map(({ row }) => row)).toEqual(rows);
  });

  test('long words are cut where the panel ends, at the end of a word, and nowhere before', () => {
    const title = 'Completed a 12-week course of supervised physical therapy, 2 visits per week';
    const event = { lane: 'Conservative' as const, title, state: 'done', evidence: [] };
    const all = ['2025-01-01', '2025-07-02', '2026-01-01'].map((day) => ({ ...event, day }));
    const [first, middle, last] = place(all, spanOf(all)).map((one) => one.event.title);
    expect(first).toBe('Completed a 12-week course of …');
    expect(last).toBe(first);
    expect(middle).toBe('Completed a …');
  });

  test('a single event stands in the middle', () => {
    const one = [{ lane: 'Blocks' as const, day: '2025-01-01', title: 'x', state: 'done', evidence: [] }];
    expect(place(one, spanOf(one))[0]?.share).toBe(0.5);
  });
});

describe('words', () => {
  test('dates and percentages are told apart, so that no line ends within one', () => {
    expect(partsOf('Relief 80-90 % on 2026-02-03, L5-S1.')).toEqual([
      ...['Relief ', '80-90 %', ' on ', '2026-02-03', ', L5-S1.'],
    ]);
    expect(partsOf('none')).toEqual(['none']);
  });

  test.each([
    ['PT6H', '6 h'],
    ['P3M', '3 mo'],
    ['PT30M', '30 min'],
    ['P2W', '2 wk'],
    ['soon', undefined],
    [undefined, undefined],
  ])('the duration %s is %s', (duration, words) => {
    expect(durationText(duration)).toBe(words);
  });

  test('an exact relief is one number, a range two', () => {
    expect(reliefText({ low: 0, high: 0 })).toBe('0 %');
    expect(reliefText({ low: 80, high: 90 })).toBe('80–90 %');
    expect(reliefText(undefined)).toBeUndefined();
  });

  test('an id that nobody named is shown as words', () => {
    expect(nameOf('some-new-step')).toBe('Some new step');
  });
});
