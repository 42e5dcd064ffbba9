/** Which Coverage an order is billed to, and what is said on one that leaves out what FHIR has in it. CTX-9, G-90. */
import { bundle, prefetched } from '../review/service.js';
import {
  coverage,
  crdOrderSign,
  crdService,
  informationOn,
  OTHER_PAYER,
  PAYER,
  rfa,
  valuesOf,
  VERSIONS,
} from './service.js';
import { faultsOfCoverageInformation } from './structure.js';

const insured = (contained: readonly object[], part: Readonly<Record<string, unknown>> = {}) =>
  rfa({ contained, insurance: [{ reference: '#cc' }], ...part });
const inside = (part: Readonly<Record<string, unknown>> = {}) => coverage({ id: 'cc', ...part });

describe.each(VERSIONS)('CRD %s', (version) => {
  const service = crdService(version);
  const coveragesOf = async (request: unknown) =>
    (await informationOn(service, request)).map(([information]) => {
      expect(faultsOfCoverageInformation(information, version)).toEqual([]);
      return [valuesOf(information, 'coverage'), valuesOf(information, 'covered')];
    });
  const BILLED_INSIDE = [[{ reference: '#cc' }], ['covered']];

  test.each<[string, readonly object[]]>([
    ['no other', []],
    ['one of the patient beside it', [coverage()]],
  ])(
    'CTX-9: a Coverage that the order contains and names is the one it is billed to: %s',
    async (_n, all) => {
      expect(await coveragesOf(crdOrderSign([insured([inside()])], all))).toEqual([BILLED_INSIDE]);
    },
  );

  test('CTX-9: its payer may stand in the order, too', async () => {
    const payer = { resourceType: 'Organization', id: 'org', identifier: [PAYER] };
    const order = insured([inside({ payor: [{ reference: '#org' }] }), payer]);
    expect(await coveragesOf(crdOrderSign([order], []))).toEqual([BILLED_INSIDE]);
  });

  test('nothing has to be read for an order that contains its Coverage, and everything for another', async () => {
    const { coverage: _none, ...prefetch } = prefetched({ coverage: bundle() });
    const alone = crdOrderSign([insured([inside()])], [], { prefetch });
    expect(await coveragesOf(alone)).toEqual([BILLED_INSIDE]);
    await service
      .post(crdOrderSign([insured([inside()]), rfa({ id: 'other' })], [], { prefetch }))
      .expect(412);
  });

  test('each order has its own', async () => {
    const orders = [insured([inside()]), rfa({ id: 'other' })];
    expect(await coveragesOf(crdOrderSign(orders))).toEqual([
      BILLED_INSIDE,
      [[{ reference: 'Coverage/cov-1' }], ['covered']],
    ]);
  });

  test.each<[string, readonly object[], readonly object[]]>([
    ['is of somebody else', [inside({ beneficiary: { reference: 'Patient/else' } })], [coverage()]],
    ['is not there', [], [coverage()]],
    ['is there, and not named', [coverage({ id: 'another' })], []],
  ])('a contained Coverage that %s is none: 400', async (_name, contained, all) => {
    const { body } = await service.post(crdOrderSign([insured(contained)], all)).expect(400);
    expect(body).toMatchObject({ issue: [{ expression: ['prefetch.coverage'] }] });
  });

  test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ['no status', { status: undefined }, /in force/],
    ['a status that FHIR does not have', { status: 'pending' }, /in force/],
    ['no member id', { payor: [{ identifier: OTHER_PAYER }], subscriberId: undefined }, /member/],
    ['an empty member id', { payor: [{ identifier: OTHER_PAYER }], subscriberId: '' }, /member/],
  ])(
    'a Coverage with %s is neither covered nor not: what it leaves out is not known',
    async (_n, part, why) => {
      const [[information]] = await informationOn(service, crdOrderSign([rfa()], [coverage(part)]));
      const open = version === '2.2' ? 'indeterminate' : 'conditional';
      expect(valuesOf(information, 'covered')).toEqual([open]);
      expect(valuesOf(information, 'reason')).toEqual([{ text: expect.stringMatching(why) as unknown }]);
      expect(faultsOfCoverageInformation(information, version)).toEqual([]);
    },
  );

  test('a Coverage that is over is not in force, whatever its status', async () => {
    const over = coverage({ status: undefined, period: { end: '2025-12-31' } });
    const [[information]] = await informationOn(service, crdOrderSign([rfa()], [over]));
    expect(valuesOf(information, 'covered')).toEqual(['not-covered']);
  });

  describe('a reference to another server names nothing on the one of the call', () => {
    const SERVER = 'http://127.0.0.1:9/fhir';
    const organization = { resourceType: 'Organization', id: 'org', identifier: [PAYER] };
    const call = (insured: string, payor: string) =>
      crdOrderSign(
        [rfa({ insurance: [{ reference: insured }] })],
        [coverage({ payor: [{ reference: payor }] })],
        {
          fhirServer: SERVER,
          prefetch: prefetched({
            coverage: bundle(coverage({ payor: [{ reference: payor }] })),
            payer: organization,
          }),
        },
      );

    test.each([
      ['relative', 'Coverage/cov-1', 'Organization/org'],
      ['absolute', `${SERVER}/Coverage/cov-1`, `${SERVER}/Organization/org`],
    ])('%s ones of this server are taken', async (_name, insuredBy, payor) => {
      expect(await coveragesOf(call(insuredBy, payor))).toEqual([
        [[{ reference: 'Coverage/cov-1' }], ['covered']],
      ]);
    });

    test('CTX-9: a Coverage elsewhere is not ours of the same id: 400', async () => {
      const request = call('https://evil.example/fhir/Coverage/cov-1', 'Organization/org');
      const { body } = await service.post(request).expect(400);
      expect(body).toMatchObject({ issue: [{ expression: ['prefetch.coverage'] }] });
      expect(JSON.stringify(body)).not.toContain('evil');
    });

    test('a payer elsewhere is not ours of the same id: nothing is asserted', async () => {
      const request = call('Coverage/cov-1', 'https://evil.example/fhir/Organization/org');
      const open = version === '2.2' ? 'indeterminate' : 'conditional';
      expect(await coveragesOf(request)).toEqual([[[{ reference: 'Coverage/cov-1' }], [open]]]);
    });
  });
});
