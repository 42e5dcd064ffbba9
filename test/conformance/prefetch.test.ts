/** Part A 4 and 6 of the CDS Hooks checklist, seen from outside: what is asked of the FHIR server, and with what token. */
import { faultsOfAnswer } from '../cds-hooks/schemas.js';
import { bundle, draft, orderSign, post, prefetched, procedure, review } from '../review/service.js';
import { AUTHORIZATION, startFhir, without } from './fhir-access.js';

let server: Awaited<ReturnType<typeof startFhir>>;
beforeEach(async () => {
  server = await startFhir();
});
afterEach(() => server.fhir.stop());

const access = () => server.access();
const fetching = (authorization?: object) =>
  orderSign([draft()], { prefetch: {}, ...server.access(authorization) });
const evaluationOf = (body: {
  readonly extension?: Readonly<
    Record<string, { readonly data: readonly { kind: string; state: string }[] }>
  >;
}) => body.extension?.['stepwise-cds.evaluation'];

describe('prefetch and the FHIR server', () => {
  test('G-30, PF-3: everything prefetched costs no call', async () => {
    await review(orderSign([draft()], access()));
    expect(server.fhir.urls).toEqual([]);
  });

  test.each<[string, string]>([
    ['patient', 'Patient/p1'],
    ['conditions', 'Condition?patient=p1'],
    ['procedures', 'Procedure?patient=p1'],
    ['medicationRequests', 'MedicationRequest?patient=p1'],
  ])('G-31, G-32, PF-2, PF-5, PF-7, FA-2: %s absent costs one call, with the token', async (key, url) => {
    await review(orderSign([draft()], { prefetch: without(prefetched(), key), ...access() }));
    expect(server.fhir.seen.map(({ url: asked, authorization }) => [asked, authorization])).toEqual([
      [`/fhir/r4/${url}`, 'Bearer SECRET-T'],
    ]);
  });

  test('CTX-7: a draft is used as it was sent, and never asked for', async () => {
    await review(fetching());
    expect(server.fhir.urls).not.toEqual([]);
    expect(server.fhir.urls.filter((url) => url.includes('draft-1'))).toEqual([]);
  });

  test.each(['bearer', 'BEARER'])('FA-1: token_type %s is Bearer (RFC 6749, 7.1)', async (token_type) => {
    await review(fetching({ ...AUTHORIZATION, token_type }));
    expect(new Set(server.fhir.seen.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer SECRET-T']),
    );
  });

  test('FA-3: a server without authorization is asked without a token', async () => {
    await review(orderSign([draft()], { prefetch: {}, fhirServer: server.fhir.base }));
    expect(new Set(server.fhir.seen.map(({ authorization }) => authorization))).toEqual(new Set([undefined]));
  });

  test.each([
    'user/*.read',
    'user/*.rs',
    'patient/Condition.rs launch',
    'Condition.Search (Problems) (R4)',
    '',
  ])('FA-7: the scope is not judged: %j', async (scope) => {
    await review(fetching({ ...AUTHORIZATION, scope }));
    expect(new Set(server.fhir.seen.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer SECRET-T']),
    );
  });

  test.each<[string, object]>([
    ['token_type mac', { ...AUTHORIZATION, token_type: 'mac' }],
    ['expires_in as a text', { ...AUTHORIZATION, expires_in: '300' }],
    ...Object.keys(AUTHORIZATION).map(
      (name) => [`no ${name}`, without(AUTHORIZATION, name)] as [string, object],
    ),
    ['a token that breaks the header', { ...AUTHORIZATION, access_token: 'a\r\nX: 1' }],
  ])('G-14, FA-1: %s: no call bears a bad token, and nothing fails', async (_name, authorization) => {
    const { status, text } = await post(fetching(authorization));
    expect([200, 412]).toContain(status);
    expect(text).not.toContain('SECRET-T');
    expect(new Set(server.fhir.seen.map((seen) => seen.authorization))).toEqual(new Set([undefined]));
  });

  test('G-33, PF-1, PF-8: neither prefetch nor server: 412 that names the keys', async () => {
    const { status, body } = await post(without(orderSign([draft()]), 'prefetch'));
    expect(status).toBe(412);
    expect(body.issue[0].details.text).toMatch(/conditions, procedures, diagnosticReports/);
  });

  test.each<[string, unknown, string]>([
    ['null', null, 'complete'],
    ['an empty Bundle', bundle(), 'complete'],
    ['a Bundle', bundle(procedure('x', '92014')), 'complete'],
    ['an OperationOutcome', { resourceType: 'OperationOutcome', issue: [] }, 'unavailable'],
    [
      'a Bundle of someone else’s',
      bundle(procedure('x', '92014', { subject: { reference: 'Patient/q' } })),
      'partial',
    ],
  ])('G-35, G-36: procedures: %s is not asked again', async (_name, procedures, state) => {
    const { text, body } = await post(
      orderSign([draft()], { prefetch: prefetched({ procedures }), ...access() }),
    );
    expect(faultsOfAnswer(text)).toEqual([]);
    expect(evaluationOf(body)?.data.find(({ kind }) => kind === 'procedures')?.state).toBe(state);
    expect(server.fhir.urls).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['a text', 'x'],
    ['a number', 7],
    ['a list', []],
    ['an empty object', {}],
    ['a Patient', { resourceType: 'Patient', id: 'p1' }],
    ['a Bundle of other types', bundle({ resourceType: 'Device', id: 'd' })],
    ['a Bundle whose entry is no list', { resourceType: 'Bundle', entry: {} }],
    ['a count without resources', { resourceType: 'Bundle', type: 'searchset', total: 3 }],
  ])('G-38: procedures: %s is as if absent', async (_name, procedures) => {
    await review(orderSign([draft()], { prefetch: prefetched({ procedures }), ...access() }));
    expect(server.fhir.urls).toEqual(['/fhir/r4/Procedure?patient=p1']);
  });
});
