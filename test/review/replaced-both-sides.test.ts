/** What is proposed for one side takes the place of the order for both: its actions say that the other side's goes too. */
import { bundle, draft, orderSign, physicalTherapy, prefetched, procedure, review } from './service.js';

const LEFT = { bodySite: [{ text: 'Left sacral lateral branches' }] };
const RIGHT = { bodySite: [{ text: 'Right sacral lateral branches' }] };
const positive = { note: [{ text: '85 % relief for 6 hours.' }] };
const blocks = [
  procedure('l', '64451', { ...LEFT, ...positive }),
  procedure('r', '64451', { ...RIGHT, ...positive }),
];
const failed = ['2024-09-05', '2025-05-05'].map((performedDateTime, index) =>
  procedure(`rfa-${index}`, '64625', {
    ...LEFT,
    performedDateTime,
    note: [{ text: '10 % relief at 3 months.' }],
  }),
);

async function deleteDescriptions(
  procedures: readonly object[],
  order: object = {},
): Promise<readonly unknown[]> {
  const prefetch = prefetched({ procedures: bundle(physicalTherapy(), ...procedures) });
  const { cards } = await review(orderSign([draft({ ...order })], { prefetch }));
  const actions = cards.flatMap(({ suggestions = [] }) => suggestions).flatMap((one) => one.actions);
  return actions
    .filter(({ type }) => type === 'delete')
    .map((one) => (one as { description?: string }).description);
}

test('where the left side is done with and the right one decides', async () => {
  const told = await deleteDescriptions([...blocks, ...failed]);
  expect(told.length).toBeGreaterThan(0);
  expect(new Set(told)).toEqual(new Set(['Remove the whole neurectomy order, that for the other side too']));
});

test.each([
  ['both sides decide alike', blocks, {}],
  [
    'one side is ordered',
    blocks,
    {
      code: {
        coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }],
        text: 'Neurectomy, right',
      },
      reasonCode: [{ text: 'Right sacroiliac joint pain' }],
    },
  ],
])('not where %s', async (_what, procedures, order) => {
  const told = await deleteDescriptions(procedures, order);
  expect(new Set(told)).toEqual(new Set(['Remove the neurectomy order']));
});
