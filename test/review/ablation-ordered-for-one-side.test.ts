/** An ablation that is ordered for one of two sides is not said to be ordered for both, and does not stand for the whole order. */
import {
  bundle,
  draft,
  orderSign,
  PATIENT,
  physicalTherapy,
  prefetched,
  procedure,
  review,
} from './service.js';

const block = procedure('lbb', '64451', {
  bodySite: [{ text: 'Bilateral sacral lateral branches' }],
  note: [{ text: '85 % relief on both sides for 6 hours.' }],
});
const ablation = (site: string | undefined, id = 'sr') => ({
  resourceType: 'ServiceRequest',
  id,
  status: 'active',
  intent: 'order',
  subject: { reference: `Patient/${PATIENT}` },
  authoredOn: '2026-03-01',
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }] },
  ...(site !== undefined && { bodySite: [{ text: `${site} sacroiliac joint` }] }),
});

test.each<[string, readonly object[], string, boolean]>([
  ['one side', [ablation('Right')], 'RFA of the right S1-S3 lateral branches is planned', false],
  [
    'each side',
    [ablation('Right'), ablation('Left', 'other')],
    'RFA of the bilateral S1-S3 lateral branches is planned',
    true,
  ],
  ['both sides', [ablation('Bilateral')], 'RFA of the bilateral S1-S3 lateral branches is planned', true],
  ['a side not told', [ablation(undefined)], 'RFA of the S1-S3 lateral branches is planned', false],
])('of a bilateral order, for %s', async (_what, ablations, words, preselected) => {
  const prefetch = prefetched({
    procedures: bundle(physicalTherapy(), block),
    serviceRequests: bundle(...ablations),
  });
  const { cards } = await review(orderSign([draft()], { prefetch }));
  expect(cards[0]?.summary).toContain(words);
  const side = /RFA of the (\w+ )S1/.exec(words)?.[1] ?? '';
  expect(cards.at(-1)?.detail).toContain(`Already planned or ordered: ${side}radiofrequency ablation.`);
  const removal = cards[0]?.suggestions?.find(({ label }) => label.includes('already ordered'));
  expect(removal?.isRecommended ?? false).toBe(preselected);
});

test('one that is ordered for the side that needs none yet is not said to come before neurectomy of the other', async () => {
  const failed = (id: string, performedDateTime: string) =>
    procedure(id, '64625', {
      performedDateTime,
      bodySite: [{ text: 'Right sacroiliac joint' }],
      note: [{ text: 'Right. 10 % relief at 3 months.' }],
    });
  const prefetch = prefetched({
    procedures: bundle(physicalTherapy(), block, failed('a', '2025-05-01'), failed('b', '2025-09-01')),
    serviceRequests: bundle(ablation('Right')),
  });
  const { cards } = await review(orderSign([draft()], { prefetch }));
  expect(cards[0]?.summary).toContain('Cooled RFA of the left S1-S3 lateral branches is the missing step');
  const labels = (cards[0]?.suggestions ?? []).map(({ label }) => label);
  expect(labels.filter((label) => label.includes('already ordered'))).toEqual([]);
  expect(cards[0]?.suggestions?.some(({ isRecommended }) => isRecommended) ?? false).toBe(false);
});
