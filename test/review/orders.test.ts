import {
  countingServer,
  draft,
  orderSign,
  review,
  reviewOrder,
  bundle,
  prefetched,
  type ResourceJson,
} from './service.js';

const codeOf = (code: string, system = 'http://www.ama-assn.org/go/cpt') => ({
  code: { coding: [{ system, code }] },
});

describe('which orders are reviewed', () => {
  test.each<[string, ResourceJson]>([
    ['CPT by URL', draft()],
    ['CPT by urn:oid', draft(codeOf('64772', 'urn:oid:2.16.840.1.113883.6.12'))],
    [
      'the second coding',
      draft({
        code: {
          coding: [
            { system: 'urn:site', code: 'X' },
            { system: 'http://www.ama-assn.org/go/cpt', code: '64772' },
          ],
        },
      }),
    ],
    [
      'words alone',
      draft({ code: { text: 'Endoscopic neurectomy of bilateral S1-S3 sacral lateral branches' } }),
    ],
    [
      'a site code with words',
      draft({
        code: {
          coding: [{ system: 'urn:site', code: '123', display: 'TRANSECTION SACRAL LATERAL BRANCH NERVES' }],
        },
      }),
    ],
    [
      'an unlisted code with words',
      draft({
        code: {
          coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64999' }],
          text: 'Endoscopic rhizotomy of sacral lateral branches',
        },
      }),
    ],
    ['status active (CTX-6, G-20)', draft({ status: 'active' })],
  ])('%s', async (_name, order) => {
    expect((await reviewOrder(orderSign([order]))).reference).toBe('ServiceRequest/draft-1');
  });

  test.each<[string, readonly ResourceJson[]]>([
    ['another order', [draft(codeOf('72148'))]],
    [
      'radiofrequency, even if its words name neurectomy',
      [
        draft({
          code: {
            coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }],
            text: 'RFA instead of neurectomy of sacral lateral branches',
          },
        }),
      ],
    ],
    ['doNotPerform', [draft({ doNotPerform: true })]],
    ['revoked', [draft({ status: 'revoked' })]],
    ['entered in error', [draft({ status: 'entered-in-error' })]],
    ['an order of someone else', [draft({ subject: { reference: 'Patient/other' } })]],
    ['no order', []],
    ['a medication order', [{ resourceType: 'MedicationRequest', id: 'm', status: 'draft' }]],
    ['a broken order', [{ resourceType: 'ServiceRequest', id: 'x', code: 'no concept' }]],
  ])('%s gets no card', async (_name, orders) => {
    expect(await review(orderSign(orders))).toEqual({ cards: [] });
  });

  test('an order that is not reviewed costs no FHIR call', async () => {
    const server = await countingServer();
    const request = orderSign([draft(codeOf('72148'))], { prefetch: {}, fhirServer: server.url });
    expect(await review(request)).toEqual({ cards: [] });
    expect(server.asked).toEqual([]);
    await server.close();
  });
});

describe('the indication decides whether the pathway applies', () => {
  const bare = {
    reasonCode: undefined,
    code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }] },
  };
  const icd = (code: string) => [{ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }] }];

  test.each<[string, ResourceJson]>([
    ['a coded reason', draft({ ...bare, reasonCode: icd('M53.3') })],
    ['M46.1, the everyday label', draft({ ...bare, reasonCode: icd('M46.1') })],
    ['a reason in words', draft({ ...bare, reasonCode: [{ text: 'SI joint dysfunction' }] })],
    [
      'the body site by code',
      draft({ ...bare, bodySite: [{ coding: [{ system: 'http://snomed.info/sct', code: '39723000' }] }] }),
    ],
    ['the body site in words', draft({ ...bare, bodySite: [{ text: 'S1, S2 and S3 lateral branches' }] })],
    ['the note', draft({ ...bare, note: [{ text: 'For refractory sacroiliac joint pain' }] })],
  ])('sacroiliac by %s', async (_name, order) => {
    expect((await reviewOrder(orderSign([order]))).decision).toBe('diagnostic-blocks-first');
  });

  test('sacroiliac by a companion order', async () => {
    const companion = draft({ id: 'draft-2', ...codeOf('64451'), reasonCode: undefined });
    expect((await reviewOrder(orderSign([draft(bare), companion]))).decision).toBe('diagnostic-blocks-first');
  });

  test('sacroiliac by the Condition that a reasonReference names', async () => {
    const condition: ResourceJson = {
      resourceType: 'Condition',
      id: 'si',
      subject: { reference: 'Patient/p1' },
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: icd('M53.3')[0],
    };
    const order = draft({ ...bare, reasonReference: [{ reference: 'Condition/si' }] });
    const request = orderSign([order], { prefetch: prefetched({ conditions: bundle(condition) }) });
    expect((await reviewOrder(request)).decision).toBe('diagnostic-blocks-first');
  });

  test.each<[string, ResourceJson]>([
    ['intercostal neuralgia', draft({ ...bare, reasonCode: icd('G58.0') })],
    ['occipital neuralgia in words', draft({ ...bare, reasonCode: [{ text: 'Occipital neuralgia' }] })],
    ['a code of another part of the body', draft({ ...bare, reasonCode: icd('K40.90') })],
  ])('%s gets no card', async (_name, order) => {
    expect(await review(orderSign([order]))).toEqual({ cards: [] });
  });

  test.each<[string, ResourceJson]>([
    ['nothing', draft(bare)],
    ['lumbar spondylosis alone', draft({ ...bare, reasonCode: icd('M47.816') })],
    ['low back pain', draft({ ...bare, reasonCode: icd('M54.50') })],
  ])('%s leaves the indication unclear, and says so', async (_name, order) => {
    expect((await reviewOrder(orderSign([order]))).decision).toBe('indication-unclear');
  });
});

describe('several drafts of one intent', () => {
  test('units, sides and the unlisted companion fold into one evaluation, one set of cards', async () => {
    const orders = [
      draft({
        id: 'left',
        bodySite: [{ text: 'Left S1-S3 lateral branches' }],
        code: codeOf('64772').code,
        reasonCode: undefined,
      }),
      draft({
        id: 'right',
        bodySite: [{ text: 'Right S1-S3 lateral branches' }],
        code: codeOf('64772').code,
        reasonCode: undefined,
      }),
      draft({ id: 'unlisted', ...codeOf('64999') }),
    ];
    const answer = await review(orderSign(orders));
    expect(answer.extension?.['stepwise-cds.evaluation'].orders).toHaveLength(1);
    expect(answer.extension?.['stepwise-cds.evaluation'].orders[0]).toMatchObject({
      reference: 'ServiceRequest/left',
      coveredOrders: ['ServiceRequest/right', 'ServiceRequest/unlisted'],
      laterality: 'bilateral',
    });
  });

  test('the card says which orders it is about when others are signed with them', async () => {
    const answer = await review(orderSign([draft(), draft({ id: 'mri', ...codeOf('72148') })]));
    expect(answer.cards[0]?.detail).toContain('This is about `ServiceRequest/draft-1`.');
  });

  test('order-select: only what is selected is reviewed (CTX-8, G-19)', async () => {
    const request = (selections: readonly string[]) => {
      const base = orderSign([draft(), draft({ id: 'mri', ...codeOf('72148') })]);
      return { ...base, hook: 'order-select', context: { ...base.context, selections } };
    };
    expect(await review(request(['ServiceRequest/mri']))).toEqual({ cards: [] });
    expect((await review(request(['ServiceRequest/draft-1']))).cards).not.toEqual([]);
  });
});
