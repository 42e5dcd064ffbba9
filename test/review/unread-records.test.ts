/** Records that came and could not be read: what they would have said is not known, and nothing is called absent for it. */
import { bundle, draft, orderSign, prefetched, procedure, review, type ResourceJson } from './service.js';

async function reviewed(procedures: readonly ResourceJson[], given: Readonly<Record<string, unknown>> = {}) {
  const prefetch = prefetched({ ...given, procedures: bundle(...procedures) });
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

const others = (id: string, patient = 'other') =>
  procedure(id, '64625', { subject: { reference: `Patient/${patient}` } });

test('someone else’s record beside the patient’s own is no evidence, and takes nothing from what was read', async () => {
  const { data, ablation } = await reviewed([procedure('eyes', '92014'), others('x')]);
  expect([data?.state, ablation]).toEqual(['complete', 'not-met']);
});

test('a search that found nothing found nothing', async () => {
  const { data, ablation } = await reviewed([]);
  expect([data?.state, ablation]).toEqual(['complete', 'not-met']);
});

test('a search that found others’ records alone was not answered for this patient', async () => {
  const { data, ablation, text } = await reviewed([others('x'), others('y', 'another')]);
  expect([data?.state, ablation]).toEqual(['partial', 'unknown']);
  expect(text).not.toMatch(/found in the records read/);
});

test('records under an id that the patient was merged with are not this id’s, and nothing is called absent', async () => {
  const merged = {
    resourceType: 'Patient',
    id: 'p1',
    link: [{ other: { reference: 'Patient/new' }, type: 'replaced-by' }],
  };
  const own = procedure('eyes', '92014');
  const { data, ablation } = await reviewed([own, others('x', 'new')], { patient: merged });
  expect([data?.state, ablation]).toEqual(['partial', 'unknown']);
  const apart = await reviewed([own, others('x')], { patient: merged });
  expect([apart.data?.state, apart.ablation]).toEqual(['complete', 'not-met']);
});

test.each([[{ link: 'x' }], [{ link: [null] }], [{ link: [{ other: 7 }] }], [{ link: [{}] }]])(
  'a patient with %j is read as one without',
  async (broken) => {
    const patient = { resourceType: 'Patient', id: 'p1', ...broken };
    expect((await reviewed([procedure('eyes', '92014')], { patient })).data?.state).toBe('complete');
  },
);
