/**
 * FHIR R4 forbids to process a Bundle with rules of its own, or an entry with a modifier extension, and a server says of
 * a Bundle that something was left out: nothing is called absent on one, prefetched or fetched.
 */
import { countingServer, bundle, draft, orderSign, post, prefetched, procedure, review } from './service.js';

const RULES = { implicitRules: 'http://x.example/rules' };
const MODIFIED = { modifierExtension: [{ url: 'http://x.example/not', valueBoolean: true }] };
const SUBSETTED = { meta: { tag: [{ code: 'SUBSETTED' }] } };
const block = procedure('lbb', '64451', {
  note: [{ text: 'Bilateral. 85% relief of usual pain for 6 hours.' }],
});

type Part = Readonly<Record<string, unknown>>;

async function proceduresOf(prefetch: Part, fhirServer?: string) {
  const request = orderSign([draft()], { prefetch, ...(fhirServer !== undefined && { fhirServer }) });
  const { extension } = await review(request);
  const evaluation = extension?.['stepwise-cds.evaluation'];
  const data = evaluation?.data.find(({ kind }) => kind === 'procedures');
  const ablation = evaluation?.orders[0]?.steps.find(({ id }) => id === 'radiofrequency-ablation');
  return [data?.state, data?.count, ablation?.state];
}

const odd: readonly (readonly [string, object, readonly unknown[]])[] = [
  ['rules of its own', { ...bundle(block), ...RULES }, ['unavailable', undefined, 'unknown']],
  ['nothing in it, and rules of its own', { ...bundle(), ...RULES }, ['unavailable', undefined, 'unknown']],
  ['a modifier extension', { ...bundle(block), ...MODIFIED }, ['unavailable', undefined, 'unknown']],
  ['the tag SUBSETTED', { ...bundle(block), ...SUBSETTED }, ['partial', 1, 'unknown']],
  [
    'nothing in it, no total, and the tag SUBSETTED',
    { ...bundle(), total: undefined, ...SUBSETTED },
    ['unavailable', undefined, 'unknown'],
  ],
  [
    'an entry with a modifier extension',
    {
      ...bundle(block),
      total: 2,
      entry: [{ resource: block }, { resource: procedure('p', '1'), ...MODIFIED }],
    },
    ['partial', 1, 'unknown'],
  ],
];

test.each(odd)('a prefetched Bundle with %s', async (_name, procedures, expected) => {
  expect(await proceduresOf(prefetched({ procedures }))).toEqual(expected);
});

test.each(odd)('a fetched Bundle with %s', async (_name, answer, expected) => {
  const server = await countingServer(200, answer);
  const { procedures: _asked, ...prefetch } = prefetched();
  expect(await proceduresOf(prefetch, server.url)).toEqual(expected);
  await server.close();
});

test('a Bundle of none, said by its total, is whole whatever its tag', async () => {
  const procedures = { ...bundle(), ...SUBSETTED };
  expect((await proceduresOf(prefetched({ procedures })))[0]).toBe('complete');
});

test.each<[string, Part, string]>([
  ['the Bundle has rules of its own', RULES, 'context.draftOrders'],
  [
    'an entry has a modifier extension',
    { entry: [{ resource: draft(), ...MODIFIED }] },
    'context.draftOrders.entry[0]',
  ],
])(
  'draft orders that may not be processed are not passed over in silence: %s',
  async (_name, part, place) => {
    const { context, ...call } = orderSign([draft()]);
    const draftOrders = { ...context.draftOrders, ...part };
    const { status, body } = await post({ ...call, context: { ...context, draftOrders } });
    expect(status).toBe(422);
    expect(body).toMatchObject({ issue: [{ expression: [place] }] });
  },
);
