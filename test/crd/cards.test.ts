/** Card rules CC-1 to CC-10 (section 21) and response types (section 23): G-85, G-86, G-94. */
import { faultsOf } from '../cds-hooks/schemas.js';
import { bundle, draft, prefetched, procedure } from '../review/service.js';
import {
  coverage,
  crdOrderSign,
  crdService,
  OTHER_PAYER,
  rfa,
  VERSIONS,
  type CrdAnswer,
  type CrdCard,
} from './service.js';

const TOPICS = {
  '2.0.1': 'http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp',
  '2.2': 'http://terminology.hl7.org/CodeSystem/cdshooks-card-type',
};

describe.each(VERSIONS)('CRD %s', (version) => {
  const service = crdService(version);
  const cardsOf = async (request: unknown): Promise<readonly CrdCard[]> => {
    const { body } = await service.post(request).expect(200);
    expect(faultsOf('response', body)).toEqual([]);
    return (body as CrdAnswer).cards;
  };
  const associated = (card: CrdCard | undefined) => card?.extension?.['davinci-crd.associated-resource'];
  const reference = (id: string) =>
    version === '2.2' ? { reference: `ServiceRequest/${id}` } : `ServiceRequest/${id}`;

  test('G-85, CC-1 to CC-4: topic of the version, uuids, and the payer’s own name', async () => {
    const cards = await cardsOf(crdOrderSign());
    expect(cards.length).toBeGreaterThan(2);
    for (const { uuid, source, suggestions = [] } of cards) {
      expect(source.label).toBe('Example Health Plan');
      expect(source.topic.system).toBe(TOPICS[version]);
      const uuids = [uuid, ...suggestions.map((one) => one.uuid)];
      for (const one of uuids) expect(one).toMatch(/^[\da-f-]{36}$/);
      for (const { actions } of suggestions)
        for (const action of actions) expect(action).toHaveProperty('description');
    }
  });

  test('CC-4: another payer has another name', async () => {
    const other = coverage({ payor: [{ identifier: OTHER_PAYER }], subscriberId: 'EA12345678' });
    const cards = await cardsOf(crdOrderSign([draft()], [other]));
    expect(new Set(cards.map(({ source }) => source.label))).toEqual(new Set(['Example Advantage Plan']));
  });

  test('G-86, CC-6: of two orders the one that is meant is named for people and for programs', async () => {
    const cards = await cardsOf(
      crdOrderSign([draft(), rfa({ code: { ...(rfa()['code'] as object), text: 'RFA *x*' } })]),
    );
    const policies = cards.filter(({ links }) => links?.every(({ type }) => type === 'absolute'));
    const about = (id: string) =>
      policies.find((card) => JSON.stringify(associated(card)).includes(`/${id}"`));
    expect(associated(about('draft-1'))).toEqual([reference('draft-1')]);
    expect(associated(about('draft-rfa'))).toEqual([reference('draft-rfa')]);
    expect(about('draft-1')?.detail).toContain('About: Neurectomy of sacral lateral branches, bilateral.');
    expect(about('draft-rfa')?.detail).toContain('About: RFA \\*x\\*.');
    for (const card of cards) expect(card.detail).toContain('About: ');
  });

  test('CC-6: of one order nothing has to be told apart', async () => {
    for (const card of await cardsOf(crdOrderSign())) {
      expect(associated(card)).toEqual([reference('draft-1')]);
      expect(card.detail ?? '').not.toContain('About: ');
    }
  });

  test('CC-8: no card says what the order was told', async () => {
    for (const card of await cardsOf(crdOrderSign([draft(), rfa()]))) {
      expect(card.source.topic.code).not.toBe('coverage-info');
      expect(JSON.stringify(card)).not.toMatch(/is not covered by|unproven for sacroiliac joint pain/);
    }
  });

  test('an external reference with the policy, and instructions, each in its own shape', async () => {
    const cards = await cardsOf(crdOrderSign());
    const references = cards.filter(({ links }) => links?.every(({ type }) => type === 'absolute'));
    expect(references.map(({ links }) => links?.map(({ url }) => url))).toEqual([
      ['https://health-plan.example/policies/si-joint-neurectomy'],
    ]);
    const instructions = cards.filter(({ links, suggestions }) => !links && !suggestions);
    expect(instructions.map(({ detail }) => detail)).toContainEqual(
      expect.stringContaining('An exception has to be granted'),
    );
    for (const { suggestions, links } of cards) expect(Boolean(suggestions) && Boolean(links)).toBe(false);
  });

  test('G-94, RT-2: an alternative deletes orders of the call and creates one of the same type', async () => {
    const positive = procedure('block', '64451', { note: [{ text: '90% relief of SI joint pain' }] });
    const request = crdOrderSign([draft({ requester: { reference: 'Practitioner/dr' } })], [], {
      prefetch: prefetched({ coverage: bundle(coverage()), procedures: bundle(positive) }),
    });
    const [first] = await cardsOf(request);
    expect(first?.suggestions?.length).toBeGreaterThan(0);
    for (const { actions } of first?.suggestions ?? []) {
      expect(actions.map(({ type }) => type).sort()).toEqual(['create', 'delete']);
      const [removed, created] = ['delete', 'create'].map((type) =>
        actions.find((one) => one['type'] === type),
      );
      expect(removed?.['resourceId']).toBe('ServiceRequest/draft-1');
      expect(created?.['resource']).toMatchObject({ resourceType: 'ServiceRequest', status: 'draft' });
    }
  });

  test('crd-respar-1: an order with a companion is replaced whole, by two deletes, for half of it would stay ordered', async () => {
    const positive = procedure('block', '64451', { note: [{ text: '90% relief of SI joint pain' }] });
    const prefetch = prefetched({ coverage: bundle(coverage()), procedures: bundle(positive) });
    const [first] = await cardsOf(crdOrderSign([draft(), draft({ id: 'draft-2' })], [], { prefetch }));
    const [replacement] = first?.suggestions ?? [];
    expect(replacement?.actions.map(({ type, resourceId }) => [type, resourceId]).sort()).toEqual([
      ['create', undefined],
      ['delete', 'ServiceRequest/draft-1'],
      ['delete', 'ServiceRequest/draft-2'],
    ]);
  });

  test('a suggestion that only removes an order is none of the guide’s responses', async () => {
    const conditions = bundle({
      ...{ resourceType: 'Condition', id: 'tumour', subject: { reference: 'Patient/p1' } },
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C79.51' }] },
    });
    const prefetch = prefetched({ coverage: bundle(coverage()), conditions });
    const [urgent] = await cardsOf(crdOrderSign([draft()], [], { prefetch }));
    expect(urgent?.summary).toContain('Red flag');
    expect(urgent).not.toHaveProperty('suggestions');
  });
});
