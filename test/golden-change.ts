import { checkHookRequest } from '../src/cds-hooks/hook-request.js';
import type { Card } from '../src/cds-hooks/card.types.js';
import { composeServices } from '../src/compose/services.js';
import { readConfig } from '../src/config/config.js';
import type { Assessment } from '../src/evaluation/evaluate.js';
import type { Evaluation } from '../src/evaluation/evaluation.js';
import { silentLog } from '../src/log.js';
import { createMetrics } from '../src/metrics.js';
import type { Chart } from '../src/sandbox/charts.js';
import { createSandbox } from '../src/sandbox/sandbox.js';
import { goldenCases, SERVICES, withoutUuids, type GoldenCase } from './golden-case.js';

/** Answers to golden charts of which something was changed on the way. */

/** A FHIR server that is named and never asked. */
export const BASE = 'http://127.0.0.1:9/fhir';

export interface Entry {
  readonly resource: Readonly<Record<string, unknown>>;
}

/** What the search of one prefetch key found, changed. */
export type Change = (entries: readonly Entry[], key: string, patientId: string) => readonly Entry[];

export interface Answered {
  readonly cards: readonly Card[];
  readonly orders: Evaluation['orders'];
  readonly excluded: NonNullable<Evaluation['excluded']>;
  /** How many records of each kind were read, and whether they were all. */
  readonly data: Evaluation['data'];
}

export const unchanged: Change = (entries) => entries;

/** The cases of a service whose whole record comes by its searches. */
export function searchedCases(service: string): readonly GoldenCase[] {
  return goldenCases(service).filter(({ delivered }) => !delivered);
}

/**
 * Answers of one service on one day, from prefetch alone.
 * @param today YYYY-MM-DD
 */
export function answering(service: string, charts: readonly Chart[], today = '2026-03-20') {
  const now = () => performance.now();
  const newUuid = () => crypto.randomUUID();
  /** Of every answer in turn, with what no answer holds: each criterion's answers, those of the gates too. */
  const assessments: Assessment[] = [];
  const { services, close } = composeServices({
    recorder: { newUuid, reviewed: ({ assessment }) => assessments.push(assessment) },
    config: { ...readConfig({ SERVICES: SERVICES.join(',') }), deadlineMs: 10_000 },
    log: silentLog(),
    metrics: createMetrics({ processMetrics: false }),
    ambient: { now, date: () => new Date(`${today}T12:00:00Z`), random: () => 0.5, newUuid },
  });
  const wait = () => Promise.resolve();
  const sandbox = createSandbox({ now: () => Date.now(), randomId: newUuid, wait, charts });
  const served = services.find(({ definition }) => definition.id === service);
  if (!served) throw new Error(`${service} is not served`);

  /** @param delivered prefetch keys that come otherwise than by their search */
  async function answerTo(
    patientId: string,
    change: Change,
    delivered: GoldenCase['delivered'] = {},
  ): Promise<Answered> {
    const { fhirServer, ...request } = sandbox.orderSign(patientId, {
      sandboxUrl: BASE,
      hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472',
      prefetch: served?.definition.prefetch ?? {},
    });
    const prefetch = Object.fromEntries(
      Object.entries(request.prefetch ?? {}).map(([key, value]) => {
        const bundle = value as { readonly resourceType?: string; readonly entry?: readonly Entry[] };
        if (bundle.resourceType !== 'Bundle') return [key, value];
        return [key, { ...bundle, entry: change(bundle.entry ?? [], key, patientId) }];
      }),
    );
    Object.assign(prefetch, delivered);
    const { request: checked } = checkHookRequest({ ...request, prefetch }, served?.definition.hooks ?? []);
    const answer = await served?.call(checked, { deadlineAt: now() + 10_000 });
    const evaluation = answer?.extension?.['stepwise-cds.evaluation'] as Evaluation | undefined;
    return {
      cards: withoutUuids(answer?.cards ?? []) as readonly Card[],
      orders: evaluation?.orders ?? [],
      excluded: evaluation?.excluded ?? [],
      data: evaluation?.data ?? [],
    };
  }
  return { answerTo, assessments: assessments as readonly Assessment[], close };
}
