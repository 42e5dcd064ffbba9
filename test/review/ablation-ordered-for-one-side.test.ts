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
  const removal = cards[0]?.suggestions?.find(({ label }) => label.includes('already ordered'));
  expect(removal?.isRecommended ?? false).toBe(preselected);
});
