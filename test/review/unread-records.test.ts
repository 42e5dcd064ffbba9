/** Records that came and could not be read: what they would have said is not known, and nothing is called absent for it. */
import { bundle, draft, orderSign, prefetched, procedure, review, type ResourceJson } from './service.js';

async function reviewed(procedures: readonly ResourceJson[]) {
  const prefetch = prefetched({ procedures: bundle(...procedures) });
  const { cards, extension } = await review(orderSign([draft()], { prefetch }));
  const evaluation = extension?.['stepwise-cds.evaluation'];
  const [order] = evaluation?.orders ?? [];
  return {
    data: evaluation?.data.find(({ kind }) => kind === 'procedures'),
    ablation: order?.steps.find(({ id }) => id === 'radiofrequency-ablation')?.state,
    text: JSON.stringify(cards),
  };
}

test('all read: the ablation is missing', async () => {
  const { data, ablation } = await reviewed([procedure('eyes', '92014')]);
  expect([data?.state, ablation]).toEqual(['complete', 'not-met']);
});

test.each<[string, ResourceJson]>([
  ['no id', procedure('', '64625', { id: undefined })],
  ['an id that is none', procedure('a b', '64625')],
  ['no subject', procedure('x', '64625', { subject: undefined })],
  ['a subject that only a bundle knows', procedure('x', '64625', { subject: { reference: 'urn:uuid:1' } })],
  ['a note of two million characters', procedure('x', '64625', { note: [{ text: 'RFA '.repeat(500_000) }] })],
])('a procedure with %s: partial, and no step is called missing', async (_name, bad) => {
  const { data, ablation, text } = await reviewed([procedure('eyes', '92014'), bad]);
  expect(data).toMatchObject({ state: 'partial', reason: 'some of its records could not be read' });
  expect(ablation).toBe('unknown');
  expect(text).toContain('some of its records could not be read');
  expect(text).not.toMatch(/found in the records read/);
});

test('someone else’s record is no evidence, and takes nothing from what was read', async () => {
  const { data, ablation } = await reviewed([
    procedure('x', '64625', { subject: { reference: 'Patient/other' } }),
  ]);
  expect([data?.state, ablation]).toEqual(['complete', 'not-met']);
});
