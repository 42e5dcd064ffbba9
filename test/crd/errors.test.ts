/** Section 19 of the guide: which trouble is which status, in each version. G-89, G-90, G-99. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundle, draft, prefetched } from '../review/service.js';
import {
  coverage,
  coverageInformationOf,
  crdOrderSign,
  crdService,
  FOREIGN_PAYER,
  informationOn,
  OTHER_PAYER,
  rfa,
  valuesOf,
  VERSIONS,
  type CrdAnswer,
} from './service.js';
import { faultsOfCoverageInformation } from './structure.js';

const NO_PAYER = { payor: [{ display: 'Some plan' }] };

describe.each(VERSIONS)('CRD %s', (version) => {
  const service = crdService(version);
  const refusal = async (request: unknown) => {
    const { status, body } = await service.post(request);
    const { resourceType, issue } = body as { resourceType: string; issue: { expression?: string[] }[] };
    expect(resourceType).toBe('OperationOutcome');
    return [status, ...(issue[0]?.expression ?? [])];
  };

  test('no JSON is 400; no call of CDS Hooks is 400 in 2.2 and 422 in 2.0.1', async () => {
    const status = version === '2.2' ? 400 : 422;
    expect(await refusal('{')).toEqual([400]);
    const { context, ...request } = crdOrderSign();
    expect(await refusal(request)).toEqual([status, 'context']);
    expect(await refusal({ ...request, context: { ...context, patientId: 'a/b' } })).toEqual([
      status,
      'context.patientId',
    ]);
    expect(await refusal({ ...crdOrderSign(), hook: 'patient-view' })).toEqual([400, 'hook']);
  });

  const notOfFhir = version === '2.2' ? 400 : 422;

  test('an order without id cannot be given back: 422', async () => {
    const place = 'context.draftOrders.entry[0].resource.id';
    expect(await refusal(crdOrderSign([draft({ id: undefined })]))).toEqual([422, place]);
  });

  test.each([null, {}, 'x'])(
    'an order whose extensions are %j is none of FHIR: 400 in 2.2',
    async (extension) => {
      const place = 'context.draftOrders.entry[0].resource.extension';
      expect(await refusal(crdOrderSign([draft({ extension })]))).toEqual([notOfFhir, place]);
    },
  );

  test('an order is refused by the place it has in the call, behind entries that are skipped', async () => {
    const { context, ...call } = crdOrderSign([rfa({ id: undefined })]);
    const { entry } = context.draftOrders as unknown as { entry: readonly object[] };
    const draftOrders = { ...(context.draftOrders as object), entry: [{}, ...entry] };
    const place = 'context.draftOrders.entry[1].resource.id';
    expect(await refusal({ ...call, context: { ...context, draftOrders } })).toEqual([422, place]);
  });

  test.each(['<script>`x`', 'a_b', 'x'.repeat(65)])(
    'CX-8: an order or a Coverage of id %j cannot be referred to: as no FHIR, and 400',
    async (id) => {
      const place = 'context.draftOrders.entry[0].resource.id';
      expect(await refusal(crdOrderSign([rfa({ id })]))).toEqual([notOfFhir, place]);
      const nameless = coverage({ id });
      expect(await refusal(crdOrderSign([rfa()], [nameless]))).toEqual([400, 'prefetch.coverage']);
      expect(await refusal(crdOrderSign([rfa()], [coverage(), nameless]))).toEqual([
        400,
        'prefetch.coverage',
      ]);
      const naming = rfa({ insurance: [{ reference: 'Coverage/cov-1' }] });
      await service.post(crdOrderSign([naming], [coverage(), nameless])).expect(200);
    },
  );

  test('MIN-3: two orders of one id cannot be told apart in an update: 422', async () => {
    const place = 'context.draftOrders.entry[1].resource.id';
    expect(await refusal(crdOrderSign([rfa(), rfa({ priority: 'urgent' })]))).toEqual([422, place]);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['a modifier extension', { modifierExtension: [{ url: 'http://x.example/void', valueBoolean: true }] }],
    ['implicit rules', { implicitRules: 'http://x.example/rules' }],
    ['the tag SUBSETTED', { meta: { tag: [{ code: 'SUBSETTED' }] } }],
  ])('an order that a rule of the payer alone speaks of, with %s: 422', async (_name, part) => {
    expect(await refusal(crdOrderSign([rfa(part)]))).toEqual([422, 'context.draftOrders.entry[0].resource']);
  });

  test.each([
    ['no Coverage', []],
    ['a Coverage of somebody else', [coverage({ beneficiary: { reference: 'Patient/somebody-else' } })]],
    ['a Coverage entered in error', [coverage({ status: 'entered-in-error' })]],
    ['two Coverages, of which the order names none', [coverage(), coverage({ id: 'cov-2' })]],
    ['a Coverage without payer identifier', [coverage(NO_PAYER)]],
    ['a Coverage of a payer that is not ours', [coverage({ payor: [{ identifier: FOREIGN_PAYER }] })]],
    [
      'a Coverage whose payer’s value is of another system',
      [coverage({ payor: [{ identifier: { value: '99001' } }] })],
    ],
  ])('G-89: %s is 400 with an OperationOutcome that names the place', async (_name, coverages) => {
    expect(await refusal(crdOrderSign([rfa()], coverages))).toEqual([400, 'prefetch.coverage']);
    expect(await refusal(crdOrderSign([draft()], coverages))).toEqual([400, 'prefetch.coverage']);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['a modifier extension', { modifierExtension: [{ url: 'http://x.example/void', valueBoolean: true }] }],
    ['implicit rules', { implicitRules: 'http://x.example/rules' }],
  ])('a Coverage with %s is 412: FHIR forbids to process it', async (_name, part) => {
    expect(await refusal(crdOrderSign([rfa()], [coverage(part)]))).toEqual([412, 'prefetch.coverage']);
  });

  test('coverage that was neither sent nor can be read is 412', async () => {
    const { prefetch } = crdOrderSign();
    const { coverage: _coverage, ...rest } = prefetch as Record<string, unknown>;
    expect(await refusal({ ...crdOrderSign(), prefetch: rest })).toEqual([412, 'prefetch.coverage']);
    const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };
    expect(await refusal(crdOrderSign([draft()], [], { prefetch: { ...rest, coverage: outcome } }))).toEqual([
      412,
      'prefetch.coverage',
    ]);
  });

  test.each([
    ['inactive coverage', 'no-active-coverage', { status: 'cancelled' }],
    ['coverage that has ended', 'no-active-coverage', { period: { end: '2026-03-19' } }],
    ['coverage that ended with a month', 'no-active-coverage', { period: { end: '2026-02' } }],
    ['coverage that has not begun', 'no-active-coverage', { period: { start: '2026-03-22' } }],
    ['an unknown member', 'no-member-found', { payor: [{ identifier: OTHER_PAYER }], subscriberId: 'X1' }],
  ])('G-90: %s is 200, not covered, and why', async (_name, code, part) => {
    const [[information]] = await informationOn(service, crdOrderSign([rfa()], [coverage(part)]));
    expect(valuesOf(information, 'covered')).toEqual(['not-covered']);
    const text: unknown = expect.stringMatching(/\S/);
    const coding = [{ system: 'http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp', code }];
    expect(valuesOf(information, 'reason')).toEqual([version === '2.2' ? { coding, text } : { text }]);
    expect(faultsOfCoverageInformation(information, version)).toEqual([]);
  });

  test.each([
    ['that ends today', { period: { end: '2026-03-20' } }],
    ['that ends this month', { period: { end: '2026-03' } }],
    ['that began today', { period: { start: '2026-03-20' } }],
  ])('coverage %s is in force', async (_name, part) => {
    const [[information]] = await informationOn(service, crdOrderSign([rfa()], [coverage(part)]));
    expect(valuesOf(information, 'covered')).toEqual(['covered']);
  });

  test('of an old and a new coverage the one in force counts', async () => {
    const old = coverage({ id: 'old', period: { end: '2025-12-31' } });
    const [[information]] = await informationOn(service, crdOrderSign([rfa()], [old, coverage()]));
    expect(valuesOf(information, 'coverage')).toEqual([{ reference: 'Coverage/cov-1' }]);
  });

  describe('G-90: the FHIR server is down', () => {
    let server: Server;
    let fhirServer: string;
    beforeAll(async () => {
      server = createServer((_request, response) => response.writeHead(500).end());
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      fhirServer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
    });
    afterAll(() => new Promise((resolve) => server.close(resolve)));

    const undetermined = async (request: object) => {
      const { status, body } = await service.post({ ...request, fhirServer });
      expect(status).toBe(200);
      const [action] = (body as CrdAnswer).systemActions ?? [];
      const [information] = coverageInformationOf(action?.resource);
      if (!information) throw new Error('nothing was said');
      expect(faultsOfCoverageInformation(information, version)).toEqual([]);
      const open = version === '2.2' ? 'indeterminate' : 'conditional';
      expect(valuesOf(information, 'covered')).toEqual([open]);
      expect(valuesOf(information, 'pa-needed')).toEqual([open]);
      return valuesOf(information, 'reason')[0] as { coding?: { code: string }[]; text: string };
    };

    test('the coverage is known and the chart is not: undetermined, for technical reasons, in words', async () => {
      const prefetch = { coverage: bundle(coverage()) };
      const { coding, text } = await undetermined({ ...crdOrderSign(), prefetch });
      expect(text).toContain('records');
      expect(coding?.map(({ code }) => code)).toEqual(version === '2.2' ? ['technical'] : undefined);
    });

    test('the payer cannot be looked up', async () => {
      const referred = coverage({ payor: [{ reference: 'Organization/payer' }] });
      const { text } = await undetermined(crdOrderSign([rfa()], [referred]));
      expect(text).toContain('payer');
    });

    test('a rule that rests on the order alone decides without the chart', async () => {
      const prefetch = { coverage: bundle(coverage()) };
      const [[information]] = await informationOn(service, {
        ...crdOrderSign([rfa()]),
        prefetch,
        fhirServer,
      });
      expect(valuesOf(information, 'covered')).toEqual(['covered']);
    });

    test('the coverage itself cannot be read: 412', async () => {
      expect(await refusal({ ...crdOrderSign([rfa()]), prefetch: {}, fhirServer })).toEqual([
        412,
        'prefetch.coverage',
      ]);
    });
  });

  test('a payer that is named by nothing but a reference nobody can follow is not named', async () => {
    const referred = coverage({ payor: [{ reference: 'Organization/..' }] });
    expect(await refusal(crdOrderSign([rfa()], [referred]))).toEqual([400, 'prefetch.coverage']);
  });

  test('G-99, conf-12: whatever optional element is missing, it is answered', async () => {
    const order = draft({ category: [{ text: 'surgery' }], insurance: [{ reference: 'Coverage/cov-1' }] });
    const optional = Object.keys(order).filter((name) => !['resourceType', 'id', 'code'].includes(name));
    const needed = ['resourceType', 'id', 'status', 'payor'];
    const ofCoverage = Object.keys(coverage()).filter((name) => !needed.includes(name));
    for (const name of optional) {
      const { [name]: _left, ...rest } = order;
      await service.post(crdOrderSign([rest])).expect(200);
    }
    for (const name of ofCoverage) {
      const { [name]: _left, ...rest } = coverage();
      await service.post(crdOrderSign([order], [rest])).expect(200);
    }
    const keys = Object.keys(prefetched()).filter((key) => key !== 'coverage');
    for (const key of keys) {
      const { [key]: _left, ...rest } = crdOrderSign().prefetch as Record<string, unknown>;
      await service.post({ ...crdOrderSign(), prefetch: rest }).expect(200);
    }
  });
});
