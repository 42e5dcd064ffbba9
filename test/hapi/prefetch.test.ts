/**
 * The test catalogue's prefetch rows and what goes over the wire, against a real HAPI FHIR server behind a proxy that
 * remembers what was asked: G-15, G-16, G-30 to G-40. G-41, the check of templates at the start, asks no server; it is
 * in test/cds-hooks/prefetch.test.ts. G-33 and G-34 differ on purpose: 412 only where none of conditions, procedures and
 * reports could be had.
 */
import {
  FaultProxy,
  late,
  never,
  only,
  page,
  pages,
  redirect,
  reset,
  status,
  type Fault,
} from './fault-proxy.js';
import { readJson, withoutUuids } from '../golden-case.js';
import { articleCall, Reviewing, TOKEN, type Answer } from './reviewing.js';

const hapi = process.env['HAPI_BASE_URL'] ?? '';
const EXPECTED = readJson('test/cases/sij-neurectomy-review/article/expected.json');
/** Nothing here is about time: a loaded machine must not cut an answer short. */
const DEADLINE_MS = 8_000;

let elsewhere: FaultProxy;
let proxy: FaultProxy;
let reviewing: Reviewing;
beforeEach(async () => {
  elsewhere = await FaultProxy.start(hapi);
  proxy = await FaultProxy.start(hapi);
  reviewing = await new Reviewing(DEADLINE_MS).start();
});
afterEach(async () => {
  await reviewing.stop();
  await proxy.stop();
  await elsewhere.stop();
});

type Prefetch = Readonly<Record<string, unknown>>;

/** A call with every key prefetched but those named. */
function call(absent: readonly string[] = [], more: Prefetch = {}) {
  const kept = Object.entries(reviewing.prefetch).filter(([key]) => !absent.includes(key));
  const request = articleCall(proxy.base, Object.fromEntries(kept));
  return { ...request, prefetch: { ...request.prefetch, ...more } };
}
const everyKey = () => Object.keys(reviewing.prefetch);
const isWhole = (answer: Answer): void => {
  expect(answer.status).toBe(200);
  expect(withoutUuids(answer.body)).toEqual(EXPECTED);
};
const stateOf = ({ body }: Answer, kind: string) =>
  body.extension?.['stepwise-cds.evaluation'].data.find((one) => one.kind === kind)?.state;
const asked = () => proxy.seen.map(({ url }) => url);

const OUTCOME = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };

describe('prefetch is used key by key', () => {
  test('G-30 every key: no call, the whole answer', async () => {
    isWhole(await reviewing.review(call()));
    expect(asked()).toEqual([]);
  });

  test('G-31 a key that the decision can do without is absent: one call', async () => {
    isWhole(await reviewing.review(call(['medicationRequests'])));
    expect(asked()).toEqual(['MedicationRequest?patient=article']);
  });

  test('G-32 a needed key is absent: one call, the template with its token replaced, the bearer token', async () => {
    isWhole(await reviewing.review(call(['procedures'])));
    expect(proxy.seen).toEqual([{ url: 'Procedure?patient=article', authorization: `Bearer ${TOKEN}` }]);
  });

  test('G-33 one needed key and no fhirServer: answered, and said to be unread', async () => {
    const { fhirServer, fhirAuthorization, ...without } = call(['procedures']);
    const answer = await reviewing.review(without);
    expect([answer.status, stateOf(answer, 'procedures')]).toEqual([200, 'unavailable']);
    expect(answer.body.cards?.[0]?.summary).toMatch(/no recommendation is made/);
  });

  test('G-33 none of the needed keys and no fhirServer: 412 naming them', async () => {
    const { fhirServer, fhirAuthorization, ...without } = call([
      'conditions',
      'procedures',
      'diagnosticReports',
    ]);
    const answer = await reviewing.review(without);
    expect(answer.status).toBe(412);
    expect(answer.text).toMatch(/conditions, procedures, diagnosticReports/);
  });

  test.each<[string, Fault]>([
    ['401', status(401)],
    ['403', status(403)],
    ['404', status(404)],
    ['500', status(500)],
    ['no answer', never],
    ['an HTML page', page],
    ['a reset', reset],
  ])('G-34 %s to every search: 412', async (_name, fault) => {
    await reviewing.stop();
    reviewing = await new Reviewing(1000).start();
    proxy.fault = fault;
    const answer = await reviewing.review(call(everyKey()));
    expect(answer.status).toBe(412);
    expect(answer.text).toMatch(/procedures/);
  });

  test('G-34 404 to the read of the patient alone: there is none, and the rest is answered', async () => {
    proxy.fault = only('Patient', status(404));
    const answer = await reviewing.review(call(['patient']));
    expect([answer.status, stateOf(answer, 'patient')]).toEqual([200, 'complete']);
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['an empty Bundle', { resourceType: 'Bundle', type: 'searchset', total: 0 }],
  ])('G-35 %s in place of procedures: none, no call', async (_name, procedures) => {
    const answer = await reviewing.review(call(['procedures'], { procedures }));
    expect([answer.status, stateOf(answer, 'procedures')]).toEqual([200, 'complete']);
    expect(asked()).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['an OperationOutcome', OUTCOME],
    [
      'a Bundle with one',
      {
        resourceType: 'Bundle',
        type: 'searchset',
        entry: [{ resource: OUTCOME, search: { mode: 'outcome' } }],
      },
    ],
  ])('G-36 %s in place of procedures: not asked again, unread', async (_name, procedures) => {
    const answer = await reviewing.review(call(['procedures'], { procedures }));
    expect([answer.status, stateOf(answer, 'procedures')]).toEqual([200, 'unavailable']);
    expect(asked()).toEqual([]);
  });

  describe('G-37 a first page with a link to the next', () => {
    const firstPage = async () =>
      JSON.parse(
        (await (await fetch(`${hapi}/Procedure?patient=article&_count=2`)).text()).replaceAll(
          hapi,
          proxy.base,
        ),
      ) as unknown;

    test('with the token: the others are read from where the link says, with it', async () => {
      isWhole(await reviewing.review(call(['procedures'], { procedures: await firstPage() })));
      expect(proxy.seen.length).toBeGreaterThan(1);
      for (const { url, authorization } of proxy.seen) {
        expect(url).toContain('_getpages=');
        expect(authorization).toBe(`Bearer ${TOKEN}`);
      }
    });

    test('without a server: partial, and nothing is concluded from the rest', async () => {
      const { fhirServer, fhirAuthorization, ...without } = call(['procedures'], {
        procedures: await firstPage(),
      });
      const answer = await reviewing.review(without);
      expect([answer.status, stateOf(answer, 'procedures')]).toEqual([200, 'partial']);
    });
  });

  test.each<[string, unknown]>([
    ['a Patient', { resourceType: 'Patient', id: 'article' }],
    ['a text', 'x'],
    ['an empty object', {}],
  ])('G-38 %s in place of procedures: as if absent', async (_name, procedures) => {
    isWhole(await reviewing.review(call(['procedures'], { procedures })));
    expect(asked()).toEqual(['Procedure?patient=article']);
  });

  test.each<[string, unknown]>([
    ['a key nobody declared', { zebra: null }],
    ['an empty object', {}],
    ['null', null],
    ['none', undefined],
  ])('G-39 prefetch: %s, all is read, each query once', async (_name, prefetch) => {
    isWhole(await reviewing.review({ ...call(), prefetch }));
    const templates = Object.values(reviewing.prefetch).map(({ template }) => template);
    const expected = templates.map((template) => template.replace('{{context.patientId}}', 'article'));
    expect(asked().sort()).toEqual(expected.sort());
  });

  test('G-40 reads are under way together, not one after the other', async () => {
    const waiting: (() => void)[] = [];
    // Nobody is answered before all are here: one after the other they would never come.
    proxy.fault = async ({ pass }) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === everyKey().length) for (const go of waiting) go();
      });
      await pass();
    };
    isWhole(await reviewing.review(call(everyKey())));
    expect(proxy.overlap).toBe(everyKey().length);
  });
});

describe('G-15, G-16 where the token goes', () => {
  test.each<[string, () => Fault]>([
    ['a redirect to another server', () => only('Procedure', redirect(elsewhere.base))],
    [
      'a next link to another server',
      () => pages({ type: 'Procedure', next: (link) => link.replace(proxy.base, elsewhere.base) }),
    ],
  ])('%s: not followed, the token is sent to the first server alone', async (_name, fault) => {
    proxy.fault = fault();
    const answer = await reviewing.review(call(['procedures']));
    expect(answer.status).toBe(200);
    expect(stateOf(answer, 'procedures')).not.toBe('complete');
    expect(new Set(proxy.seen.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${TOKEN}`]),
    );
    expect(elsewhere.seen).toEqual([]);
  });

  test.each<[string, Fault]>([
    ['slow', late(50)],
    ['refused', status(401)],
    ['failing', status(500)],
    ['broken off', reset],
    ['no FHIR', page],
  ])('%s: neither log, answer nor metrics tell the token or the query', async (_name, fault) => {
    proxy.fault = fault;
    const { text } = await reviewing.review(call(everyKey()));
    for (const told of [text, reviewing.log.join(''), await reviewing.metrics()])
      expect(told).not.toMatch(/SECRET-T|patient=article|_getpages/);
    expect(reviewing.log.length).toBeGreaterThan(0);
  });
});
