/**
 * Every golden case in CRD mode, both versions: the checks of the Inferno CRD server suite (part C of the catalogue),
 * and for a few key situations the whole answer. UPDATE_GOLDEN=1 rewrites those.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { Fhir } from 'fhir';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { faultsOf } from '../cds-hooks/schemas.js';
import { goldenCases, readJson, withoutUuids, type GoldenCase } from '../golden-case.js';
import { infernoChecks, type InfernoResult } from './inferno.js';
import { bundle } from '../review/service.js';
import { coverage, coverageInformationOf, crdService, SERVICE, VERSIONS, type CrdAnswer } from './service.js';

const SERVICES = [SERVICE, 'sij-rfa-review'];
const update = process.env['UPDATE_GOLDEN'] === '1';
const WHOLE = ['article', 'red-flag', 'order-indication-unclear', 'rfa-failed-twice'];

const casesOf = new Map(SERVICES.map((id) => [id, goldenCases(id)]));
const sandboxes = new Map(
  [...casesOf].map(([id, cases]) => [
    id,
    createSandbox({
      now: () => Date.now(),
      randomId: () => crypto.randomUUID(),
      wait: () => Promise.resolve(),
      charts: cases.map(({ chart }) => chart),
    }),
  ]),
);

/** The order-sign of a case with everything prefetched, and a coverage where its chart has none. */
function requestOf(
  sandbox: Sandbox | undefined,
  { chart, delivered }: GoldenCase,
  templates: Readonly<Record<string, { template: string }>>,
) {
  if (!sandbox) throw new Error('no sandbox for this service');
  const { fhirServer: _none, ...request } = sandbox.orderSign(chart.patientId, {
    sandboxUrl: 'http://127.0.0.1:9/fhir',
    hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472',
    prefetch: templates,
  });
  const own = chart.resources.filter(
    ({ resourceType }) => resourceType === 'Coverage' || resourceType === 'Organization',
  );
  const made = coverage({ beneficiary: { reference: `Patient/${chart.patientId}` } });
  const covered = own.some(({ resourceType }) => resourceType === 'Coverage') ? own : [made];
  return { ...request, prefetch: { ...request.prefetch, ...delivered, coverage: bundle(...covered) } };
}

const fhir = new Fhir();

/** FHIR R4 itself: what an order lacked when it was sent is none of our faults. */
function faultsInR4(resource: object): readonly string[] {
  return fhir
    .validate(resource)
    .messages.map(({ location, message }) => `${location ?? ''} ${message ?? ''}`);
}

const SERVED = VERSIONS.flatMap((version) => SERVICES.map((id) => [version, id] as const));

describe.each(SERVED)('CRD %s, %s', (version, id) => {
  const service = crdService(version, { services: id });
  const { prefetch: templates = {}, hooks = [] } = service.composed.services[0]?.definition ?? {};
  const seen = new Set<string>();

  /** 3.4: the same orders while they are still being chosen. */
  const expectSelected = async (request: ReturnType<typeof requestOf>, name: string) => {
    const drafts = (request.context.draftOrders.entry ?? []).flatMap(({ resource }) => resource ?? []);
    const selections = drafts.map((order) => `${order.resourceType}/${order.id ?? ''}`);
    const context = { ...request.context, selections };
    const { status, body } = await service.post({ ...request, hook: 'order-select', context }, id);
    const call = { draftOrders: drafts as never, body: body as unknown, version, isSecondary: true };
    expect([name, status, faultsOf('response', body), infernoChecks(call).faults]).toEqual([
      name,
      200,
      [],
      [],
    ]);
    for (const { resource } of (body as CrdAnswer).systemActions ?? [])
      expect(JSON.stringify(coverageInformationOf(resource))).not.toMatch(
        /"valueCode":"(?:clinical|admin|both)"/,
      );
  };

  test.each((casesOf.get(id) ?? []).map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const request = requestOf(sandboxes.get(id), one, templates);
    const { status, body } = await service.post(request, id);
    expect(status).toBe(200);
    expect(faultsOf('response', body)).toEqual([]);
    const draftOrders = (request.context.draftOrders.entry ?? []).map(({ resource }) => resource);
    const { cards: usual } = readJson(one.expectedPath) as { cards: unknown[] };
    if (usual.length === 0) {
      expect(body).toEqual({ cards: [] });
      return;
    }
    const { faults, types }: InfernoResult = infernoChecks({
      draftOrders: draftOrders as never,
      body,
      version,
    });
    expect(faults).toEqual([]);
    for (const { resource } of (body as CrdAnswer).systemActions ?? []) {
      const sent = draftOrders.find((order) => order?.id === resource['id']);
      expect(faultsInR4(resource)).toEqual(faultsInR4(sent ?? {}));
    }
    for (const type of types) seen.add(type);
    if (hooks.includes('order-select')) await expectSelected(request, name);
    if (id !== SERVICE || !WHOLE.includes(name)) return;
    const path = `test/crd/expected/${name}.${version}.json`;
    if (update) writeFileSync(path, `${JSON.stringify(withoutUuids(body), null, 2)}\n`);
    expect(existsSync(path)).toBe(true);
    expect(withoutUuids(body)).toEqual(readJson(path));
  });

  test('3.7: references, instructions and alternatives were among the answers', () => {
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'external-reference',
        'instructions',
        'alternate-request',
        ...(id === SERVICE ? ['additional-orders', 'form'] : []),
      ]),
    );
  });
});

test('the checks find what is wrong', () => {
  const bad = {
    cards: [
      {
        summary: ' ',
        indicator: 'success',
        source: { label: 'x' },
        links: [{ label: 'x', url: 'x', type: 'absolute' }],
      },
    ],
    systemActions: [{ type: 'update', resource: { resourceType: 'ServiceRequest', id: 'x' } }],
  };
  const { faults } = infernoChecks({ draftOrders: [], body: bad, version: '2.2' });
  expect(faults).toEqual([
    ...['summary', 'indicator', 'source.topic', 'link', 'action.description'],
    'no coverage information received',
  ]);
  expect(infernoChecks({ draftOrders: [], body: { cards: [] }, version: '2.2' }).faults).toHaveLength(1);
});
