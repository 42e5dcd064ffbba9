/** Quantities with a comparator are no exact values, and two pain scores are compared only in one unit. */
import { bundle, draft, orderSign, prefetched, procedure, reviewOrder } from './service.js';

type Part = Readonly<Record<string, unknown>>;

const block = procedure('lbb', '64451', { bodySite: [{ text: 'Bilateral' }] });

const observation = (id: string, text: string, valueQuantity: Part) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject: { reference: 'Patient/p1' },
  partOf: [{ reference: 'Procedure/lbb' }],
  effectiveDateTime: '2026-01-10',
  code: { text },
  valueQuantity,
});

async function stepWith(treatment: object, step: string, ...observations: readonly object[]) {
  const prefetch = prefetched({ procedures: bundle(treatment), observations: bundle(...observations) });
  const { steps } = await reviewOrder(orderSign([draft()], { prefetch }));
  return steps.find(({ id }) => id === step);
}

describe('relief of a block, in percent', () => {
  test.each<[string, Part, string]>([
    ['85', { value: 85 }, 'met'],
    ['60', { value: 60 }, 'not-met'],
    ['more than 80: even its worst value passes', { value: 80, comparator: '>' }, 'met'],
    ['80 or more', { value: 80, comparator: '>=' }, 'met'],
    ['less than 85: it may be none', { value: 85, comparator: '<' }, 'unknown'],
    ['more than 40: it may be all', { value: 40, comparator: '>' }, 'unknown'],
    ['less than 20: even its best value does not pass', { value: 20, comparator: '<' }, 'not-met'],
    ['20 or less', { value: 20, comparator: '<=' }, 'not-met'],
    ['a comparator that R4 does not have', { value: 85, comparator: 'ad' }, 'unknown'],
  ])('%s', async (_name, part, state) => {
    const relief = observation('o', 'Pain relief after lateral branch block', {
      unit: '%',
      code: '%',
      ...part,
    });
    expect((await stepWith(block, 'diagnostic-blocks', relief))?.state).toBe(state);
  });
});

describe('relief of an Observation that breaks FHIR', () => {
  test.each<[string, object]>([
    ['partOf is no list', { partOf: { reference: 'Procedure/lbb' } }],
    ['partOf holds what is no reference', { partOf: [null, 'Procedure/lbb'] }],
    ['component is no list', { component: { valueQuantity: { value: 85 } } }],
  ])('%s: the rest of the chart is read', async (_name, wrong) => {
    const relief = { ...observation('o', 'Pain relief', { value: 85, unit: '%' }), ...wrong };
    expect((await stepWith(block, 'diagnostic-blocks', relief))?.id).toBe('diagnostic-blocks');
  });
});

describe('pain scores before and after a block', () => {
  const scores = (before: Part, after: Part) => [
    observation('a', 'Pain severity before the procedure', before),
    observation('b', 'Pain severity after the procedure', after),
  ];

  test.each<[string, Part, Part, string]>([
    ['8 and 1', { value: 8 }, { value: 1 }, 'met'],
    ['8 and 6', { value: 8 }, { value: 6 }, 'not-met'],
    ['8 and more than 1', { value: 8 }, { value: 1, comparator: '>' }, 'unknown'],
    ['less than 8 and 1', { value: 8, comparator: '<' }, { value: 1 }, 'unknown'],
    ['80 mm and 5 cm', { value: 80, unit: 'mm' }, { value: 5, unit: 'cm' }, 'unknown'],
    [
      '8 cm and 20 mm',
      { value: 8, unit: 'cm', code: 'cm' },
      { value: 20, unit: 'mm', code: 'mm' },
      'unknown',
    ],
    ['80 mm and 10 millimeters', { value: 80, unit: 'mm' }, { value: 10, unit: 'millimeters' }, 'met'],
    ['points written in two ways', { value: 8, unit: '{score}', code: '{score}' }, { value: 1 }, 'met'],
    ['points of ten written in two ways', { value: 8, unit: '/10' }, { value: 1, unit: 'points' }, 'met'],
    ['points of ten and of a hundred', { value: 8, unit: '/10' }, { value: 1, unit: '/100' }, 'unknown'],
  ])('%s', async (_name, before, after, state) => {
    expect((await stepWith(block, 'diagnostic-blocks', ...scores(before, after)))?.state).toBe(state);
  });
});

test('an ablation whose relief may be enough has not failed', async () => {
  const ablation = procedure('rfa', '64625', {
    bodySite: [{ text: 'Bilateral' }],
    performedDateTime: '2025-06-10',
  });
  const seen = (comparator: string, value: number) => ({
    ...observation('o', 'Pain relief', { value, comparator, unit: '%', code: '%' }),
    partOf: [{ reference: 'Procedure/rfa' }],
    effectiveDateTime: '2025-09-12',
  });
  const why = async (...of: Parameters<typeof seen>) =>
    (await stepWith(ablation, 'radiofrequency-ablation', seen(...of)))?.notCounted?.map((one) => one.why) ??
    [];
  expect(await why('<', 60)).toEqual(['outcome-unknown']);
  expect(await why('>', 40)).toEqual(['outcome-unknown']);
  expect(await why('<', 20)).not.toContain('outcome-unknown');
});
