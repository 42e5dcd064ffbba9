import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCharts, type Chart } from '../src/sandbox/charts.js';
import { isIdentifiedResource, type IdentifiedResource } from '../src/sandbox/resource.js';

/** One clinical situation: the chart, the order that is signed, and the whole answer. */
export interface GoldenCase {
  readonly service: string;
  readonly name: string;
  readonly title: string;
  readonly why: string;
  readonly chart: Chart;
  /** Prefetch keys delivered otherwise than the EHR's own searches would: a failed search, a stranger's record. */
  readonly delivered?: Readonly<Record<string, unknown>>;
  readonly expectedPath: string;
  /** Its chart is one of the sandbox's synthetic patients. */
  readonly isSandboxPatient: boolean;
}

const FOLDER = 'test/cases';

/** The services that have cases, those that are off by default too. */
export const SERVICES: readonly string[] = readdirSync(FOLDER).sort();

/**
 * The cases of test/cases/<service>/<situation>/: case.json (title, why; `patient` for a chart of the sandbox), else
 * order.json (draft orders) and ehr/*.json (resources of the patient whose id is the situation). prefetch.json, where
 * there is one, holds whole values of prefetch keys; such a case is answered from prefetch alone.
 */
export function goldenCases(service: string): readonly GoldenCase[] {
  const charts = new Map(loadCharts().map((chart) => [chart.patientId, chart]));
  return readdirSync(join(FOLDER, service))
    .sort()
    .map((name) => {
      const folder = join(FOLDER, service, name);
      const described = readJson(join(folder, 'case.json')) as {
        title: string;
        why: string;
        patient?: string;
      };
      const chart = described.patient ? charts.get(described.patient) : chartOf(folder, name);
      if (!chart) throw new Error(`${folder}: there is no patient ${described.patient ?? ''} in the sandbox`);
      return {
        service,
        name,
        title: described.title,
        why: described.why,
        chart,
        ...deliveredIn(folder),
        expectedPath: join(folder, 'expected.json'),
        isSandboxPatient: described.patient !== undefined,
      };
    });
}

function chartOf(folder: string, patientId: string): Chart {
  const files = readdirSync(join(folder, 'ehr')).sort();
  return {
    patientId,
    title: patientId,
    situation: patientId,
    resources: files.flatMap((file) => resourcesIn(join(folder, 'ehr', file))),
    draftOrders: resourcesIn(join(folder, 'order.json')),
  };
}

function deliveredIn(folder: string): Pick<GoldenCase, 'delivered'> {
  const path = join(folder, 'prefetch.json');
  return existsSync(path) ? { delivered: readJson(path) as Readonly<Record<string, unknown>> } : {};
}

/** A file holds one resource or a list of them. */
function resourcesIn(path: string): readonly IdentifiedResource[] {
  const content = readJson(path);
  const resources: readonly unknown[] = Array.isArray(content) ? content : [content];
  if (!resources.every(isIdentifiedResource)) throw new Error(`${path}: not resources with ids`);
  return resources;
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

export function hasExpected({ expectedPath }: GoldenCase): boolean {
  return existsSync(expectedPath);
}

/** An answer without what differs by design from call to call: the uuids of cards and suggestions. */
export function withoutUuids(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) => (key === 'uuid' ? undefined : value));
}
