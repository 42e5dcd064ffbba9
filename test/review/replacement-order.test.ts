import {
  bundle,
  draft,
  orderSign,
  physicalTherapy,
  prefetched,
  procedure,
  review,
  type ResourceJson,
} from './service.js';

const codeOf = (code: string) => ({ code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code }] } });

describe('the replacement order', () => {
  const rich = draft({
    requester: { reference: 'Practitioner/dr' },
    encounter: { reference: 'Encounter/e1' },
    insurance: [{ reference: 'Coverage/c1' }],
    bodySite: [{ text: 'Bilateral S1-S3 lateral branches' }],
    note: [{ text: 'Patient prefers mornings' }],
    identifier: [{ value: 'order-4711' }],
    quantityQuantity: { value: 6 },
  });
  const block = procedure('lbb', '64451', {
    note: [{ text: 'Bilateral. 85% relief of usual pain for 6 hours.' }],
  });

  async function suggested() {
    const answer = await review(
      orderSign([rich], { prefetch: prefetched({ procedures: bundle(physicalTherapy(), block) }) }),
    );
    return answer.cards[0]?.suggestions?.[0];
  }

  test('carries patient, requester, encounter, insurance, reason, site and note, and nothing of the old order itself', async () => {
    const suggestion = await suggested();
    expect(suggestion?.isRecommended).toBe(true);
    const [remove, create] = suggestion?.actions ?? [];
    expect(remove).toMatchObject({ type: 'delete', resourceId: 'ServiceRequest/draft-1' });
    expect(create?.resource).toEqual({
      resourceType: 'ServiceRequest',
      status: 'draft',
      intent: 'order',
      authoredOn: '2026-03-20',
      code: {
        coding: [
          {
            system: 'http://www.ama-assn.org/go/cpt',
            code: '64625',
            display: 'RF ablation of nerves to SI joint',
          },
        ],
        text: 'Cooled radiofrequency ablation of the bilateral S1-S3 sacral lateral branches',
      },
      subject: { reference: 'Patient/p1' },
      requester: { reference: 'Practitioner/dr' },
      encounter: { reference: 'Encounter/e1' },
      insurance: [{ reference: 'Coverage/c1' }],
      reasonCode: [{ text: 'Chronic bilateral sacroiliac joint pain' }],
      bodySite: [{ text: 'Bilateral S1-S3 lateral branches' }],
      note: [{ text: 'Patient prefers mornings' }],
    });
  });

  test('is not offered again where the ablation is already ordered', async () => {
    const planned: ResourceJson = {
      resourceType: 'ServiceRequest',
      id: 'rfa',
      status: 'active',
      intent: 'order',
      subject: { reference: 'Patient/p1' },
      ...codeOf('64625'),
    };
    const answer = await review(
      orderSign([rich], {
        prefetch: prefetched({
          procedures: bundle(physicalTherapy(), block),
          serviceRequests: bundle(planned),
        }),
      }),
    );
    expect(answer.cards[0]?.suggestions?.[0]).toMatchObject({
      label: 'Remove this order; RFA is already ordered',
    });
    expect(JSON.stringify(answer.cards[0]?.suggestions?.[0])).not.toContain('create');
  });

  test('a note that speaks of the neurectomy is said to be the old order’s; others, and odd ones, stay as they are', async () => {
    const texts = ['Endoscopic S1-S3, general anaesthesia', 'Allergic to latex', 42, ' '];
    const order = draft({ note: [...texts.map((text) => ({ text, authorString: 'Dr A' })), 'odd', null] });
    const prefetch = prefetched({ procedures: bundle(physicalTherapy(), block) });
    const answer = await review(orderSign([order], { prefetch }));
    const [, create] = answer.cards[0]?.suggestions?.[0]?.actions ?? [];
    expect(create?.resource?.['note']).toEqual([
      {
        text: 'Note on the neurectomy order that this one replaces: Endoscopic S1-S3, general anaesthesia',
        authorString: 'Dr A',
      },
      ...texts.slice(1).map((text) => ({ text, authorString: 'Dr A' })),
      'odd',
      null,
    ]);
  });
});
