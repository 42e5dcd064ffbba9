/**
 * Loads synthetic charts into a FHIR R4 server: one transaction of PUTs per chart, so that loading twice changes nothing.
 * As a command: npx tsx test/hapi/load.ts <FHIR base> [folder of charts]
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bundle, FhirResource } from 'fhir/r4.js';

/** A synthetic patient with all that belongs to it. */
export interface Chart {
  readonly file: string;
  readonly resources: readonly FhirResource[];
}

/** The charts that the embedded sandbox serves. */
export const sandboxCharts = fileURLToPath(new URL('../../src/sandbox/charts/', import.meta.url));

/** Milliseconds: the first transaction of a fresh HAPI FHIR server takes seconds, the later ones far less. */
const TRANSACTION_TIMEOUT = 120_000;
const METADATA_TIMEOUT = 5_000;
/** Milliseconds: a server in a container makes its tables before it first answers. */
const STARTUP_PATIENCE = 300_000;

/**
 * The charts of a folder, in the order of the file names: its *.json files that hold a Bundle. Left out are
 * *.order.json files: those orders are drafts inside a hook call, which no FHIR server has stored yet.
 */
export async function readCharts(folder = sandboxCharts): Promise<readonly Chart[]> {
  const names = await readdir(folder);
  const files = names.filter((name) => name.endsWith('.json') && !name.endsWith('.order.json')).sort();
  const charts = await Promise.all(files.map((file) => readChart(folder, file)));
  return charts.filter((chart) => chart !== undefined);
}

async function readChart(folder: string, file: string): Promise<Chart | undefined> {
  const content: unknown = JSON.parse(await readFile(path.join(folder, file), 'utf8'));
  if (!isBundle(content)) return undefined;
  const resources = (content.entry ?? []).map((entry) => entry.resource);
  return { file, resources: resources.filter((resource) => resource !== undefined) };
}

function isBundle(content: unknown): content is Bundle<FhirResource> {
  return (
    typeof content === 'object' &&
    content !== null &&
    'resourceType' in content &&
    content.resourceType === 'Bundle'
  );
}

/** A transaction that puts every resource under its own id. */
export function toTransaction(resources: readonly FhirResource[]): Bundle<FhirResource> {
  const entry = resources.map((resource) => ({
    resource,
    request: { method: 'PUT' as const, url: `${resource.resourceType}/${resource.id ?? ''}` },
  }));
  return { resourceType: 'Bundle', type: 'transaction', entry };
}

/**
 * Loads charts one after the other.
 * @param base of the FHIR server, without trailing slash
 * @throws Error naming the file and what the server answered, at the first chart the server refuses
 */
export async function loadCharts(base: string, charts: readonly Chart[]): Promise<void> {
  for (const { file, resources } of charts) {
    const response = await fetch(base, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json', prefer: 'return=minimal' },
      body: JSON.stringify(toTransaction(resources)),
      signal: AbortSignal.timeout(TRANSACTION_TIMEOUT),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${file}: status ${response.status}: ${answer.slice(0, 1_000)}`);
  }
}

/**
 * Waits until a FHIR server answers its CapabilityStatement.
 * @throws Error when it has not after five minutes
 */
export async function waitForServer(base: string): Promise<void> {
  for (const end = performance.now() + STARTUP_PATIENCE; performance.now() < end;) {
    if (await answers(base)) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error(`no FHIR server answered at ${base}`);
}

async function answers(base: string): Promise<boolean> {
  try {
    return (await fetch(`${base}/metadata`, { signal: AbortSignal.timeout(METADATA_TIMEOUT) })).ok;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [base, folder] = process.argv.slice(2);
  if (base === undefined) throw new Error('usage: load.ts <FHIR base> [folder of charts]');
  await waitForServer(base);
  const charts = await readCharts(folder);
  await loadCharts(base, charts);
  for (const { file, resources } of charts) console.log(`${file}: ${resources.length} resources`);
}
