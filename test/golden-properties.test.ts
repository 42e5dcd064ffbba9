import { checkHookRequest } from '../src/cds-hooks/hook-request.js';
import { composeServices } from '../src/compose.js';
import { readConfig } from '../src/config.js';
import type { Evaluation } from '../src/evaluation/evaluation.js';
import { silentLog } from '../src/log.js';
import { createMetrics } from '../src/metrics.js';
import { createSandbox } from '../src/sandbox/sandbox.js';
import { goldenCases, SERVICES } from './golden-case.js';

/** What must not matter to an answer: how the records came, and records that have nothing to do with it. */
const BASE = 'http://127.0.0.1:9/fhir';
const now = () => performance.now();
const newUuid = () => crypto.randomUUID();
const { services, close } = composeServices({
  config: { ...readConfig({ SERVICES: SERVICES.join(',') }), deadlineMs: 10_000 },
  log: silentLog(),
  metrics: createMetrics({ processMetrics: false }),
  ambient: { now, date: () => new Date('2026-03-20T12:00:00Z'), random: () => 0.5, newUuid },
});
afterAll(close);

type Entry = { readonly resource: Readonly<Record<string, unknown>> };
type Change = (entries: readonly Entry[], key: string, patientId: string) => readonly Entry[];

const unrelated: Readonly<Record<string, (patient: string) => Readonly<Record<string, unknown>>>> = {
  conditions: (patient) => ({
    resourceType: 'Condition',
    id: 'unrelated-condition',
    subject: { reference: `Patient/${patient}` },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'J30.2' }], text: 'Hay fever' },
  }),
  procedures: (patient) => ({
    resourceType: 'Procedure',
    id: 'unrelated-procedure',
    status: 'completed',
    subject: { reference: `Patient/${patient}` },
    performedDateTime: '2025-11-11',
    code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '45378' }], text: 'Colonoscopy' },
  }),
  medicationRequests: (patient) => ({
    resourceType: 'MedicationRequest',
    id: 'unrelated-medicine',
    status: 'active',
    intent: 'order',
    subject: { reference: `Patient/${patient}` },
    medicationCodeableConcept: { text: 'Levothyroxine 50 mcg tablet' },
  }),
};

const CHANGES: Readonly<Record<string, Change>> = {
  'the order of the resources': (entries) => entries.toReversed(),
  'a resource that comes twice': (entries) => entries.flatMap((entry) => [entry, entry]),
  'references that are absolute': (entries) =>
    JSON.parse(
      JSON.stringify(entries).replaceAll(/"reference":"([A-Z][A-Za-z]+\/)/g, `"reference":"${BASE}/$1`),
    ) as readonly Entry[],
  'resources of something else': (entries, key, patientId) => {
    const resource = unrelated[key]?.(patientId);
    return resource ? [{ resource }, ...entries] : entries;
  },
};

describe.each(SERVICES)('%s: nothing changes with', (service) => {
  const cases = goldenCases(service).filter(({ delivered }) => !delivered);
  const charts = cases.map(({ chart }) => chart);
  const wait = () => Promise.resolve();
  const sandbox = createSandbox({ now: () => Date.now(), randomId: newUuid, wait, charts });
  const served = services.find(({ definition }) => definition.id === service);
  if (!served) throw new Error(`${service} is not served`);

  /** The orders of the evaluation, for a record whose searches are changed. */
  async function ordersOf(patientId: string, change: Change): Promise<Evaluation['orders'] | undefined> {
    const { fhirServer, ...request } = sandbox.orderSign(patientId, {
      sandboxUrl: BASE,
      hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472',
      prefetch: served?.definition.prefetch ?? {},
    });
    const prefetch = Object.fromEntries(
      Object.entries(request.prefetch ?? {}).map(([key, value]) => {
        const bundle = value as { readonly entry?: readonly Entry[] };
        const isBundle = (value as { resourceType?: string }).resourceType === 'Bundle';
        return [key, isBundle ? { ...bundle, entry: change(bundle.entry ?? [], key, patientId) } : value];
      }),
    );
    const { request: checked } = checkHookRequest({ ...request, prefetch }, served?.definition.hooks ?? []);
    const answer = await served?.call(checked, { deadlineAt: now() + 10_000 });
    return (answer?.extension?.['stepwise-cds.evaluation'] as Evaluation | undefined)?.orders;
  }

  test.each(Object.entries(CHANGES))(
    '%s',
    async (_what, change) => {
      const changed: string[] = [];
      for (const { chart, name } of cases) {
        const before = await ordersOf(chart.patientId, (entries) => entries);
        const after = await ordersOf(chart.patientId, change);
        if (JSON.stringify(after) !== JSON.stringify(before)) changed.push(name);
      }
      expect(changed).toEqual([]);
    },
    120_000,
  );
});
