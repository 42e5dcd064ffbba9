/** Ids that are none by FHIR R4 (datatypes, id), and ids that come twice: an answer refers to nothing by them. */
import { bundle, draft, orderSign, physicalTherapy, post, prefetched, procedure, review } from './service.js';

const block = procedure('lbb', '64451', {
  note: [{ text: 'Bilateral. 85% relief of usual pain for 6 hours.' }],
});
const prefetch = prefetched({ procedures: bundle(physicalTherapy(), block) });
const LONG = 'x'.repeat(65);

async function deletedIn(...orders: readonly object[]) {
  const { cards, extension } = await review(orderSign(orders, { prefetch }));
  const suggestions = cards.flatMap(({ suggestions: offered = [] }) => offered);
  const removed = suggestions.map(({ actions }) => actions.flatMap(({ resourceId }) => resourceId ?? []));
  return { cards, removed, order: extension?.['stepwise-cds.evaluation'].orders[0] };
}

test.each(['<script>`x`', 'a b', 'a_b', '..', LONG])(
  'RT-2, ACT-4: a draft of id %j is reviewed, and no action is offered that would name it',
  async (id) => {
    const { cards, removed } = await deletedIn(draft({ id }));
    expect(cards.length).toBeGreaterThan(0);
    expect(removed.flat()).toEqual([]);
    expect(JSON.stringify(cards)).not.toContain(id === '..' ? 'ServiceRequest/..' : id);
  },
);

const companion = (id: string | undefined) =>
  draft({ id, code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64999' }] } });

test.each([
  ['the neurectomy has no id', draft({ id: undefined }), companion('draft-2')],
  ['the neurectomy has an id that is none', draft({ id: 'order_64772' }), companion('draft-2')],
  ['what is ordered with it has no id', draft(), companion(undefined)],
])(
  'SUG-3: nothing that would leave a part of the operation is offered where %s',
  async (_name, ...orders) => {
    const { cards, removed } = await deletedIn(...orders);
    expect(cards.length).toBeGreaterThan(0);
    expect(removed.flat()).toEqual([]);
    expect(JSON.stringify(cards)).not.toContain('"type":"create"');
  },
);

test('SUG-3: where each can be named, both are replaced', async () => {
  const { removed } = await deletedIn(draft(), companion('draft-2'));
  expect(removed).toContainEqual(['ServiceRequest/draft-1', 'ServiceRequest/draft-2']);
});

test('ACT-4: two drafts of one id are deleted once, and are one order', async () => {
  const { removed, order } = await deletedIn(draft(), draft({ note: [{ text: 'second unit' }] }));
  const some = removed.filter((ids) => ids.length > 0);
  expect(some.length).toBeGreaterThan(0);
  for (const ids of some) expect(ids).toEqual(['ServiceRequest/draft-1']);
  expect(order).not.toHaveProperty('coveredOrders');
});

test.each([
  ['patientId', LONG],
  ['patientId', '<script>'],
  ['encounterId', LONG],
])('CTX-2: a %s that is no id of FHIR is 400, and names the place and not the value', async (name, id) => {
  const { context, ...call } = orderSign([draft()]);
  const { status, text } = await post({ ...call, context: { ...context, [name]: id } });
  expect(status).toBe(400);
  expect(JSON.parse(text)).toMatchObject({ issue: [{ expression: [`context.${name}`] }] });
  expect(text).not.toContain(id);
});
