import { readFileSync } from 'node:fs';
import { isIdentifiedResource, isObject, valuesAt, type IdentifiedResource } from './resource.js';

/** One synthetic patient. Everything about them is made up. */
export interface Chart {
  /** Id of the Patient, and prefix of every other id. */
  readonly patientId: string;
  /** For a menu. */
  readonly title: string;
  /** The clinical situation in one sentence. */
  readonly situation: string;
  readonly resources: readonly IdentifiedResource[];
  /** What is about to be signed; not on the FHIR server (CTX-7). */
  readonly draftOrders: readonly IdentifiedResource[];
}

/** The files stay under src/; this holds from src/ and from dist/ alike. */
const CHARTS = new URL('../../src/sandbox/charts/', import.meta.url);

/**
 * Reads the synthetic patients that are files, in the order of patients.json.
 * @throws Error naming the file that is not what it should be
 */
export function loadCharts(): readonly Chart[] {
  const list = readJson('patients.json');
  if (!Array.isArray(list)) throw new Error('patients.json is not a list');
  return list.map(loadChart);
}

function loadChart(listed: unknown): Chart {
  const [patientId, title, situation] = ['id', 'title', 'situation'].map((name) => textAt(listed, name));
  if (!patientId || !title || !situation) throw new Error('patients.json: id, title and situation are texts');
  return {
    patientId,
    title,
    situation,
    resources: readBundle(`${patientId}.json`),
    draftOrders: readBundle(`${patientId}.order.json`),
  };
}

function textAt(value: unknown, name: string): string | undefined {
  const text = isObject(value) ? value[name] : undefined;
  return typeof text === 'string' ? text : undefined;
}

function readBundle(file: string): readonly IdentifiedResource[] {
  const resources = valuesAt(readJson(file), 'entry.resource');
  if (resources.length === 0 || !resources.every(isIdentifiedResource))
    throw new Error(`${file}: not a Bundle of resources with ids`);
  return resources;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, CHARTS), 'utf8'));
}
