/**
 * Pain scores that belong to a block and are not called before or after: their time tells, where the clock of all three
 * is known and they are of one session.
 */
import { leftBlock } from './left-chart.js';
import { bundle, draft, orderSign, PATIENT, physicalTherapy, prefetched, reviewOrder } from './service.js';

const LEFT = {
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }], text: 'Neurectomy, left' },
  reasonCode: [{ text: 'Left sacroiliac joint pain' }],
};
const block = (performedDateTime: string) => ({ ...leftBlock, note: undefined, performedDateTime });
const score = (id: string, value: number, effectiveDateTime: string, part: object = {}) => ({
  ...{ resourceType: 'Observation', id, status: 'final', effectiveDateTime, valueQuantity: { value } },
  subject: { reference: `Patient/${PATIENT}` },
  code: { coding: [{ system: 'http://loinc.org', code: '72514-3' }], text: 'Pain NRS' },
  partOf: [{ reference: 'Procedure/lbb' }],
  ...part,
});

async function blocks(performed: string, ...scores: readonly object[]) {
  const prefetch = prefetched({
    procedures: bundle(physicalTherapy(), block(performed)),
    observations: bundle(...scores),
  });
  const { steps, interventions = [] } = await reviewOrder(orderSign([draft(LEFT)], { prefetch }));
  const step = steps.find(({ id }) => id === 'diagnostic-blocks');
  return [step?.state, interventions[0]?.reliefPercent?.low];
}

const AT = '2026-01-10T10:00:00-05:00';

test.each<[string, readonly object[], readonly unknown[]]>([
  [
    'one before and one after: what they give',
    [score('a', 8, '2026-01-10T09:30:00-05:00'), score('b', 1, '2026-01-10T15:40:00Z')],
    ['met', 88],
  ],
  [
    'too little',
    [score('a', 7, '2026-01-10T09:30:00-05:00'), score('b', 3, '2026-01-10T10:40:00-05:00')],
    ['not-met', 57],
  ],
  [
    'both before',
    [score('a', 8, '2026-01-10T09:00:00-05:00'), score('b', 1, '2026-01-10T09:30:00-05:00')],
    ['unknown', undefined],
  ],
  [
    'two after: which of them counts is not known',
    [
      score('a', 8, '2026-01-10T09:30:00-05:00'),
      score('b', 1, '2026-01-10T10:40:00-05:00'),
      score('c', 6, '2026-01-10T12:40:00-05:00'),
    ],
    ['unknown', undefined],
  ],
  [
    'a clock without a zone',
    [score('a', 8, '2026-01-10T09:30:00'), score('b', 1, '2026-01-10T10:40:00')],
    ['unknown', undefined],
  ],
  ['a day alone', [score('a', 8, '2026-01-10'), score('b', 1, '2026-01-11')], ['unknown', undefined]],
  [
    'one of weeks later',
    [score('a', 8, '2026-01-10T09:30:00-05:00'), score('b', 1, '2026-02-10T10:40:00-05:00')],
    ['unknown', undefined],
  ],
  [
    'that belong to no procedure',
    [
      score('a', 8, '2026-01-10T09:30:00-05:00', { partOf: undefined }),
      score('b', 1, '2026-01-10T10:40:00-05:00', { partOf: undefined }),
    ],
    ['unknown', undefined],
  ],
])('%s', async (_what, scores, told) => {
  expect(await blocks(AT, ...scores)).toEqual(told);
});

test('of a block whose day alone is known nothing is told by the clock', async () => {
  const scores = [score('a', 8, '2026-01-10T09:30:00-05:00'), score('b', 1, '2026-01-10T10:40:00-05:00')];
  expect(await blocks('2026-01-10', ...scores)).toEqual(['unknown', undefined]);
});
