/** Coverage information on the orders themselves (section 22): G-80, G-81, G-86, G-87, G-91, G-92, G-93. */
import { bundle, draft, prefetched } from '../review/service.js';
import {
  coverage,
  coverageInformationOf,
  crdOrderSign,
  crdService,
  OTHER_PAYER,
  informationOn,
  rfa,
  siteRules,
  valuesOf,
  VERSIONS,
  type CrdAnswer,
} from './service.js';
import { faultsOfCoverageInformation } from './structure.js';

const CPT = 'http://www.ama-assn.org/go/cpt';

/** The order without what CRD may change. */
function withoutCoverageInformation(resource: Readonly<Record<string, unknown>>): unknown {
  const { extension, ...rest } = resource;
  const others = (Array.isArray(extension) ? extension : []).filter(
    ({ url }: { url: string }) => !url.includes('ext-coverage-information'),
  );
  return { ...rest, ...(others.length > 0 && { extension: others }) };
}

describe.each(VERSIONS)('CRD %s', (version) => {
  const service = crdService(version);
  const answer = async (request: unknown): Promise<CrdAnswer> => {
    const response = await service.post(request).expect(200);
    return response.body as CrdAnswer;
  };
  test('G-80, MIN-2, MIN-3: one update for each order that a rule speaks of, and nothing else changed', async () => {
    const orders = [draft({ extension: [{ url: 'https://ehr.example/x', valueString: 'kept' }] }), rfa()];
    const { systemActions = [] } = await answer(crdOrderSign(orders));
    expect(systemActions.map(({ type, resource }) => [type, resource['id']])).toEqual([
      ['update', 'draft-1'],
      ['update', 'draft-rfa'],
    ]);
    for (const [index, { resource, description, ...rest }] of systemActions.entries()) {
      expect(Object.keys(rest)).toEqual(['type']);
      expect(description).toContain('Example Health Plan');
      expect(withoutCoverageInformation(resource)).toEqual(orders[index]);
      const [information, ...more] = coverageInformationOf(resource);
      expect(more).toEqual([]);
      expect(information && faultsOfCoverageInformation(information, version)).toEqual([]);
    }
  });

  test('64772 is not covered, and says why; 64625 as the payer has it', async () => {
    const [[neurectomy], ablations] = await informationOn(service, crdOrderSign([draft(), rfa()]));
    expect(valuesOf(neurectomy, 'covered')).toEqual(['not-covered']);
    expect(valuesOf(neurectomy, 'pa-needed')).toEqual([]);
    expect(valuesOf(neurectomy, 'reason')).toEqual([{ text: expect.stringContaining('unproven') }]);
    const [ablation] = ablations ?? [neurectomy];
    expect(valuesOf(ablation, 'covered')).toEqual(['covered']);
    expect(valuesOf(ablation, 'pa-needed')).toEqual(['auth-needed']);
    expect(valuesOf(ablation, 'doc-needed')).toEqual(['clinical']);
    const other = coverage({ payor: [{ identifier: OTHER_PAYER }], subscriberId: 'EA12345678' });
    const [[elsewhere]] = await informationOn(service, crdOrderSign([rfa()], [other]));
    expect(valuesOf(elsewhere, 'covered')).toEqual(['not-covered']);
  });

  test('G-81, MIN-4: nothing is sent when nothing is new; another day is nothing new', async () => {
    const first = await answer(crdOrderSign());
    const updated = structuredClone(first.systemActions?.[0]?.resource) as never;
    expect(await answer(crdOrderSign([updated]))).not.toHaveProperty('systemActions');
    const older = JSON.parse(
      JSON.stringify(updated).replace('"valueDate":"2026-03-20"', '"valueDate":"2026-01-02"'),
    );
    expect(await answer(crdOrderSign([older]))).not.toHaveProperty('systemActions');
  });

  test('CI-5: what was said before of the same coverage is replaced, what others said stays', async () => {
    const [[information]] = await informationOn(service, crdOrderSign());
    const earlier = JSON.parse(JSON.stringify(information).replace('not-covered', 'conditional')) as object;
    const others = JSON.parse(
      JSON.stringify(information).replace('Coverage/cov-1', 'Coverage/elsewhere'),
    ) as object;
    const [replaced] = await informationOn(service, crdOrderSign([draft({ extension: [others, earlier] })]));
    expect(replaced).toEqual([others, information]);
  });

  test('the assertion id stays for one order and coverage, from call to call and start to start', async () => {
    const ids = async (request: unknown, from = service) => {
      const { body } = await from.post(request).expect(200);
      return (body as CrdAnswer).systemActions?.flatMap(({ resource }) =>
        coverageInformationOf(resource).flatMap((one) => valuesOf(one, 'coverage-assertion-id')),
      );
    };
    const first = await ids(crdOrderSign());
    expect(first).toEqual([
      expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
    ]);
    expect(await ids(crdOrderSign(), crdService(version))).toEqual(first);
    expect(await ids(crdOrderSign([draft({ id: 'draft-2' })]))).not.toEqual(first);
    expect(await ids(crdOrderSign([draft()], [coverage({ id: 'cov-2' })]))).not.toEqual(first);
  });

  test('G-87, CI-3: two coverages that the order names have distinct ids', async () => {
    const insurance = [{ reference: 'Coverage/cov-1' }, { reference: 'Coverage/cov-2' }];
    const [both] = await informationOn(
      service,
      crdOrderSign([draft({ insurance })], [coverage(), coverage({ id: 'cov-2' })]),
    );
    expect(both.map((one) => valuesOf(one, 'coverage')[0])).toEqual(insurance);
    expect(new Set(both.map((one) => valuesOf(one, 'coverage-assertion-id')[0])).size).toBe(2);
  });

  test('G-87: two billing codes of one coverage have one id', async () => {
    const split = ['64625', '64640'].map((code) => ({
      ...({ covered: 'covered', paNeeded: 'no-auth' } as const),
      billingCodes: [{ system: CPT, code }],
    }));
    const path = siteRules(([first, second]) =>
      first && second ? [first, { ...second, default: { determinations: split as never } }] : [],
    );
    const { body } = await crdService(version, { coverage: path })
      .post(crdOrderSign([rfa()]))
      .expect(200);
    const both = coverageInformationOf((body as CrdAnswer).systemActions?.[0]?.resource);
    expect(both.map((one) => valuesOf(one, 'billingCode'))).toEqual(
      ['64625', '64640'].map((code) => [{ system: CPT, code }]),
    );
    expect(new Set(both.flatMap((one) => valuesOf(one, 'coverage-assertion-id'))).size).toBe(1);
  });

  test('G-91, MIN-6: who is still choosing is not asked for documents', async () => {
    const request = crdOrderSign([rfa()]);
    const select = { ...request, hook: 'order-select' };
    const selections = ['ServiceRequest/draft-rfa'];
    const [[information]] = await informationOn(service, {
      ...select,
      context: { ...request.context, selections },
    });
    expect(valuesOf(information, 'doc-needed')).toEqual([]);
    expect(valuesOf(information, 'pa-needed')).toEqual(['auth-needed']);
    expect(faultsOfCoverageInformation(information, version)).toEqual([]);
  });

  test('CC-10: in order-select nothing is said of what is not selected', async () => {
    const request = crdOrderSign([draft(), rfa()]);
    const context = { ...request.context, selections: ['ServiceRequest/draft-rfa'] };
    const { systemActions = [] } = await answer({ ...request, hook: 'order-select', context });
    expect(systemActions.map(({ resource }) => resource['id'])).toEqual(['draft-rfa']);
  });

  test('G-92, CX-12: an order not to do something needs no coverage', async () => {
    expect(await answer(crdOrderSign([rfa({ doNotPerform: true })]))).toEqual({ cards: [] });
  });

  test.each([
    ['somebody else’s order', { subject: { reference: 'Patient/somebody-else' } }],
    ['an order entered in error', { status: 'entered-in-error' }],
    ['an order that no rule is for', { code: { coding: [{ system: CPT, code: '72148' }] } }],
  ])('nothing is said, and nothing is asked, of %s', async (_name, part) => {
    const request = crdOrderSign([rfa(part)], []);
    expect(await answer({ ...request, prefetch: {}, fhirServer: 'http://127.0.0.1:9/fhir' })).toEqual({
      cards: [],
    });
  });

  test('MIN-2: an order in words alone is recognised by them, unless its code says something else', async () => {
    const text = 'Cooled RFA of the sacral lateral branches S1-S3';
    const [[information]] = await informationOn(service, crdOrderSign([rfa({ code: { text } })]));
    expect(valuesOf(information, 'pa-needed')).toEqual(['auth-needed']);
    const facet = { coding: [{ system: CPT, code: '64635' }], text };
    expect(await answer(crdOrderSign([rfa({ code: facet })]))).toEqual({ cards: [] });
  });

  test('the rule for what the policy reviews is not for another indication', async () => {
    const code = { coding: [{ system: CPT, code: '64772' }] };
    const order = draft({ code, reasonCode: [{ text: 'Intercostal neuralgia' }] });
    expect(await answer(crdOrderSign([order]))).toEqual({ cards: [] });
  });

  test('what an order is for has to be known before it is said not to be covered for that', async () => {
    const order = draft({
      code: { coding: [{ system: CPT, code: '64772' }] },
      reasonCode: [{ text: 'Pain' }],
    });
    const [[information]] = await informationOn(service, crdOrderSign([order]));
    expect(valuesOf(information, 'covered')).toEqual(['conditional']);
    expect(faultsOfCoverageInformation(information, version)).toEqual([]);
  });

  test('a site’s rule for any order is for those outside the policy, too', async () => {
    const determinations = [{ covered: 'covered', paNeeded: 'no-auth' }] as const;
    const path = siteRules((rules) => [
      ...rules,
      { id: 'other', orders: 'any', default: { determinations } },
    ]);
    const imaging = { resourceType: 'DeviceRequest', id: 'brace', status: 'draft', intent: 'order' };
    const { body } = await crdService(version, { coverage: path })
      .post(crdOrderSign([imaging]))
      .expect(200);
    const { cards, systemActions = [], extension } = body as CrdAnswer;
    expect([cards, extension]).toEqual([[], undefined]);
    expect(systemActions.map(({ resource }) => resource['id'])).toEqual(['brace']);
  });

  test('G-93, CX-7: without a FHIR server or token, everything prefetched, it answers all the same', async () => {
    const request = crdOrderSign();
    expect(request).not.toHaveProperty('fhirServer');
    expect((await answer(request)).systemActions).toHaveLength(1);
  });

  test.each([
    ['US Core 3.1.1: subscriberId', { subscriberId: 'EA12345678' }],
    [
      'US Core 6.1.0, 7.0.0: an identifier of type MB',
      {
        subscriberId: undefined,
        identifier: [
          {
            type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MB' }] },
            value: 'EA12345678',
          },
        ],
      },
    ],
  ])('G-98, MIN-11: the same decision from %s', async (_name, part) => {
    const payor = [{ identifier: OTHER_PAYER }];
    const [[information]] = await informationOn(
      service,
      crdOrderSign([rfa()], [coverage({ payor, ...part })]),
    );
    expect(valuesOf(information, 'reason')).toEqual([{ text: expect.stringContaining('not a benefit') }]);
  });

  test('the payer is known from a contained Organization, and from one in any prefetch key', async () => {
    const organization = { resourceType: 'Organization', id: 'payer', identifier: [{ ...OTHER_PAYER }] };
    const contained = coverage({
      contained: [organization],
      payor: [{ reference: '#payer' }],
      subscriberId: 'EA12345678',
    });
    const referred = coverage({ payor: [{ reference: 'Organization/payer' }], subscriberId: 'EA12345678' });
    const beside = { prefetch: prefetched({ coverage: bundle(referred, organization) }) };
    for (const request of [crdOrderSign([rfa()], [contained]), crdOrderSign([rfa()], [], beside)]) {
      const [[information]] = await informationOn(service, request);
      expect(valuesOf(information, 'covered')).toEqual(['not-covered']);
    }
  });
});
