/** What an order's reasonReference names: the patient's own reason says what it is for, and its side; another's says nothing. */
import { bundle, draft, orderSign, prefetched, reviewOrder, type ResourceJson } from './service.js';

const RIGHT = { text: 'Right sacroiliac joint pain' };
const SIJ = { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M53.3' }] };
const bare = {
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }] },
  reasonCode: undefined,
};

test.each([
  ['contained', { reference: '#c' }, { contained: [{ resourceType: 'Condition', id: 'c', code: RIGHT }] }],
  ['of the chart', { reference: 'Condition/si' }, {}],
  ['in words', { display: 'Right sacroiliac joint pain' }, {}],
])('the side that a reason referred to names is the order’s: %s', async (_where, reference, part) => {
  const order = draft({ ...bare, ...part, reasonReference: [reference] });
  const condition = {
    resourceType: 'Condition',
    id: 'si',
    subject: { reference: 'Patient/p1' },
    code: RIGHT,
  };
  const prefetch = prefetched({ conditions: bundle(condition) });
  expect((await reviewOrder(orderSign([order], { prefetch }))).laterality).toBe('right');
});

describe('a reason that is not this patient’s says nothing', () => {
  const reason = (part: object): ResourceJson => ({
    resourceType: 'Condition',
    id: 'si',
    subject: { reference: 'Patient/p1' },
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: SIJ,
    ...part,
  });
  const other = { subject: { reference: 'Patient/other' } };
  const referringTo = (reference: object, part: object = {}) =>
    draft({ ...bare, reasonReference: [reference], ...part });
  const ours = 'http://127.0.0.1:9/fhir';

  test.each<[string, ResourceJson, ResourceJson]>([
    ['a Condition of another patient', referringTo({ reference: 'Condition/si' }), reason(other)],
    [
      'the words that the order has of it',
      referringTo({ reference: 'Condition/si', display: 'Sacroiliac joint pain' }),
      reason(other),
    ],
    [
      'one of another server with the id of one here',
      referringTo({ reference: 'http://elsewhere.example/fhir/Condition/si' }),
      reason({}),
    ],
    [
      'one of another patient within the order',
      referringTo({ reference: '#c' }, { contained: [reason({ ...other, id: 'c' })] }),
      reason({ id: 'none', code: { text: 'Cough' } }),
    ],
  ])('%s', async (_name, order, condition) => {
    const prefetch = prefetched({ conditions: bundle(condition) });
    const { decision } = await reviewOrder(orderSign([order], { prefetch, fhirServer: ours }));
    expect(decision).toBe('indication-unclear');
  });

  test.each([
    ['by the address of the call’s server', referringTo({ reference: `${ours}/Condition/si` })],
    ['within the order', referringTo({ reference: '#c' }, { contained: [reason({ id: 'c' })] })],
    [
      'within the order, its subject left to the order',
      referringTo({ reference: '#c' }, { contained: [reason({ id: 'c', subject: undefined })] }),
    ],
  ])('the patient’s own %s does', async (_name, order) => {
    const prefetch = prefetched({ conditions: bundle(reason({})) });
    const { decision } = await reviewOrder(orderSign([order], { prefetch, fhirServer: ours }));
    expect(decision).toBe('diagnostic-blocks-first');
  });
});
