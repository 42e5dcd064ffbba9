/** A joint that was fused before is named by its side in the headline, where the order is not for that side alone. */
import { draft, bundle, orderSign, physicalTherapy, prefetched, procedure, review } from './service.js';

const SITES = { left: 'Left', right: 'Right', both: 'Bilateral' } as const;
const ordered = (side: keyof typeof SITES) =>
  draft({
    code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }] },
    bodySite: [{ text: `${SITES[side]} sacroiliac joint` }],
    reasonCode: [{ text: 'Sacroiliac joint pain' }],
  });
const block = procedure('lbb', '64451', {
  bodySite: [{ text: 'Bilateral sacral lateral branches' }],
  note: [{ text: '85 % relief on both sides for 6 hours.' }],
});
const fusion = (site: string | undefined, id = 'fusion', part: object = {}) =>
  procedure(id, '27279', {
    code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '27279' }] },
    performedDateTime: '2023-05-04',
    ...(site !== undefined && { bodySite: [{ text: `${site} sacroiliac joint` }] }),
    ...part,
  });
const another = fusion(undefined, 'other', { performedDateTime: '2021-02-03' });

test.each<[string, keyof typeof SITES, readonly object[], string]>([
  ['of the only side ordered', 'right', [fusion('Right')], 'the joint was fused before'],
  ['of one of two sides', 'both', [fusion('Right')], 'the right joint was fused before'],
  [
    'of both sides',
    'both',
    [fusion('Left'), fusion('Right', 'other')],
    'the joint of each side was fused before',
  ],
  [
    'of the only side ordered, and one without a side',
    'right',
    [fusion('Right'), another],
    'the joint was fused before',
  ],
  [
    'of one of two sides, and one without a side',
    'both',
    [fusion('Right'), another],
    'the right joint was fused before',
  ],
  ['without a side', 'left', [fusion(undefined)], 'the joint, its side not told, was fused before'],
])('fusion %s', async (_what, side, fusions, words) => {
  const prefetch = prefetched({ procedures: bundle(physicalTherapy(), block, ...fusions) });
  const { cards } = await review(orderSign([ordered(side)], { prefetch }));
  expect(cards[0]?.summary).toContain(words);
  expect(cards.at(-1)?.detail).toMatch(
    /Fusion of the sacroiliac joint is recorded for an ordered side, or without a side/u,
  );
});
