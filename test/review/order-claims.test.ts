/** What the order's own words say was done: no evidence of it, and no ground to call it missing and propose it. */
import { bundle, draft, orderSign, physicalTherapy, prefetched, procedure, review } from './service.js';

const block = procedure('lbb', '64451', { note: [{ text: 'Bilateral. 85 % relief for 6 hours.' }] });

async function answerTo(order: Readonly<Record<string, unknown>>, ...more: readonly object[]) {
  const prefetch = prefetched({ procedures: bundle(physicalTherapy(), block, ...more) });
  const { cards, extension } = await review(orderSign([draft(order)], { prefetch }));
  const evaluation = extension?.['stepwise-cds.evaluation'].orders[0];
  return {
    ablation: evaluation?.steps.find(({ id }) => id === 'radiofrequency-ablation')?.state,
    decision: evaluation?.decision,
    detail: cards[0]?.detail ?? '',
    proposed: JSON.stringify(cards[0]?.suggestions ?? []).includes('64625'),
  };
}

test.each([
  'Pt failed left and right SIJ cooled RFA x2 at outside clinic (3/2024, 2/2025), 20% relief at 3 months each.',
  'Failed SIJ RFA at another hospital.',
  'Status post radiofrequency ablation of both SI joints without benefit.',
])('a note on the order: %s', async (text) => {
  const { ablation, detail, proposed } = await answerTo({ note: [{ text }] });
  expect(ablation).toBe('unknown');
  expect(proposed).toBe(false);
  expect(detail).toContain('ServiceRequest/draft-1');
  expect(detail).not.toContain('No completed ablation');
});

test('the reason of the order is read, too', async () => {
  const reasonCode = [{ text: 'Bilateral SI joint pain, failed SIJ RFA 3/2024' }];
  expect(await answerTo({ reasonCode })).toMatchObject({ ablation: 'unknown', proposed: false });
});

test.each([
  'Chronic bilateral SI joint pain.',
  'No prior SIJ RFA.',
  'RFA of the SI joint is not covered by the plan.',
])('nothing claimed: %s', async (text) => {
  expect(await answerTo({ note: [{ text }] })).toMatchObject({ ablation: 'not-met' });
});

test('where the record shows an ablation, the record speaks', async () => {
  const ablation = procedure('rfa', '64625', {
    performedDateTime: '2025-01-10',
    note: [{ text: 'Bilateral. 10 % relief at 3 months.' }],
  });
  const answer = await answerTo({ note: [{ text: 'Failed SIJ RFA.' }] }, ablation);
  expect(answer).toMatchObject({ ablation: 'not-met', decision: 'repeat-radiofrequency' });
});
