import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { createApp } from '../../src/app.js';
import type { CoverageRule, CoverageRules } from '../../src/crd/coverage-rules.types.js';
import type { Recorder } from '../../src/call-service.js';
import type { JsonObject } from '../../src/cds-hooks/hook-request.types.js';
import { composeServices } from '../../src/compose/services.js';
import { readConfig } from '../../src/config/config.js';
import { COVERAGE_INFORMATION } from '../../src/crd/coverage-information.js';
import type { CrdVersion } from '../../src/crd/profile.js';
import { silentLog, type Log } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';
import { bundle, draft, orderSign, PATIENT, prefetched, SERVICE } from '../review/service.js';

export { SERVICE };
export const VERSIONS: readonly CrdVersion[] = ['2.0.1', '2.2'];
export const CALL = `/cds-services/${SERVICE}`;

/** As the shipped rules name it. */
export const PAYER = { system: 'urn:oid:2.16.840.1.113883.6.300', value: '99001' };
export const OTHER_PAYER = { system: 'urn:oid:2.16.840.1.113883.6.300', value: '99002' };
export const FOREIGN_PAYER = { system: 'urn:oid:2.16.840.1.113883.6.300', value: '00000' };

export interface CrdOptions {
  readonly services?: string;
  /** Path of a site's rules. */
  readonly coverage?: string;
  readonly recorder?: Recorder;
  readonly deadlineMs?: number;
  readonly log?: Log;
}

/** The application as it is served with CRD on. */
export function crdService(version: CrdVersion | 'off', options: CrdOptions = {}) {
  const { services = SERVICE, coverage, recorder, deadlineMs = 15_000, log = silentLog() } = options;
  const settings = {
    CRD: version,
    SERVICES: services,
    ...(coverage !== undefined && { CRD_COVERAGE: coverage }),
  };
  const config = { ...readConfig(settings), deadlineMs };
  const metrics = createMetrics({ processMetrics: false });
  const composed = composeServices({
    ...{ config, log, metrics },
    ambient: {
      now: () => performance.now(),
      date: () => new Date('2026-03-20T12:00:00Z'),
      random: () => 0.5,
      newUuid: () => crypto.randomUUID(),
    },
    ...(recorder && { recorder }),
  });
  const app = createApp({
    ...{ config, services: composed.services, log, metrics, clock: performance },
    newUuid: () => crypto.randomUUID(),
  });
  return {
    ...{ app, composed },
    post: (request: unknown, service = SERVICE) =>
      supertest(app)
        .post(`/cds-services/${service}`)
        .set('content-type', 'application/json')
        .send(typeof request === 'string' ? request : JSON.stringify(request)),
  };
}

export function coverage(part: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    resourceType: 'Coverage',
    id: 'cov-1',
    status: 'active',
    subscriberId: 'M-0001',
    beneficiary: { reference: `Patient/${PATIENT}` },
    relationship: { coding: [{ code: 'self' }] },
    payor: [{ identifier: PAYER, display: 'Example Health Plan' }],
    ...part,
  };
}

/** An order-sign call about orders, everything prefetched, with these coverages. */
export function crdOrderSign(
  orders: readonly object[] = [draft()],
  coverages: readonly object[] = [coverage()],
  part: Readonly<Record<string, unknown>> = {},
) {
  return orderSign(orders, { prefetch: prefetched({ coverage: bundle(...coverages) }), ...part });
}

export interface CrdAnswer {
  readonly cards: readonly CrdCard[];
  readonly systemActions?: readonly {
    readonly type: string;
    readonly description: string;
    readonly resource: JsonObject;
  }[];
  readonly extension?: Readonly<Record<string, unknown>>;
}

export interface CrdCard {
  readonly uuid: string;
  readonly summary: string;
  readonly detail?: string;
  readonly source: {
    readonly label: string;
    readonly topic: { readonly system: string; readonly code: string };
  };
  readonly links?: readonly { readonly url: string; readonly type: string }[];
  readonly suggestions?: readonly {
    readonly uuid: string;
    readonly actions: readonly Readonly<Record<string, unknown>>[];
  }[];
  readonly extension?: { readonly 'davinci-crd.associated-resource'?: readonly unknown[] };
}

/** The coverage-information extensions of a resource. */
export function coverageInformationOf(resource: JsonObject | undefined): readonly CoverageInformation[] {
  const extensions: readonly unknown[] = Array.isArray(resource?.['extension']) ? resource['extension'] : [];
  return extensions.filter(isCoverageInformation);
}

export interface CoverageInformation {
  readonly url: string;
  readonly extension: readonly Readonly<Record<string, unknown>>[];
}

function isCoverageInformation(extension: unknown): extension is CoverageInformation {
  return (extension as { url?: unknown }).url === COVERAGE_INFORMATION;
}

/** The values of one part: codes, strings, or whatever stands there. */
export function valuesOf({ extension }: CoverageInformation, url: string): readonly unknown[] {
  return extension
    .filter((part) => part['url'] === url)
    .map((part) => Object.entries(part).find(([name]) => name.startsWith('value'))?.[1]);
}

type Some = readonly [CoverageInformation, ...CoverageInformation[]];

/** What a call says of its orders, an entry for each order that is updated. */
export async function informationOn(
  service: ReturnType<typeof crdService>,
  request: unknown,
): Promise<readonly [Some, ...Some[]]> {
  const { systemActions = [] } = (await service.post(request).expect(200)).body as CrdAnswer;
  const found = systemActions.map(({ resource }) => coverageInformationOf(resource));
  if (found.length === 0 || found.some((one) => one.length === 0))
    throw new Error('nothing was said of an order');
  return found as unknown as readonly [Some, ...Some[]];
}

/** Path of a site's file: the shipped rules with some of them changed. */
export function siteRules(change: (rules: readonly CoverageRule[]) => readonly CoverageRule[]): string {
  const shipped = JSON.parse(readFileSync(`hooks/${SERVICE}/coverage.json`, 'utf8')) as CoverageRules;
  const path = join(mkdtempSync(join(tmpdir(), 'stepwise-')), 'coverage.json');
  writeFileSync(path, JSON.stringify({ [SERVICE]: { ...shipped, rules: change(shipped.rules) } }));
  return path;
}

const CPT = 'http://www.ama-assn.org/go/cpt';

/** A draft order of radiofrequency ablation. */
export function rfa(part: Readonly<Record<string, unknown>> = {}) {
  return draft({
    id: 'draft-rfa',
    code: { coding: [{ system: CPT, code: '64625' }], text: 'Cooled RFA' },
    ...part,
  });
}
