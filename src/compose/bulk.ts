import { readFile } from 'node:fs/promises';
import type { Ambient } from './services.js';
import { readBulkConfig, type Environment } from '../config/config.js';
import { StartupError } from '../errors.js';
import { downloadExport } from '../fhir/bulk/download.js';
import { tokenSource, type BackendClient } from '../fhir/bulk/token-source.js';
import { FhirBase } from '../fhir/fhir-base.js';

export interface BulkSurroundings {
  readonly environment: Environment;
  readonly ambient: Ambient;
  readonly progress: { readonly write: (text: string) => void };
}

/** What is exported, and where it goes. */
export interface BulkExport {
  /** Base URL of the FHIR server. */
  readonly place: string;
  readonly group?: string;
  readonly types: ReadonlySet<string>;
  readonly folder: string;
}

/** Runs a bulk export into a folder, with SMART Backend Services where a client is set. @throws StartupError */
export async function exportTo(
  { place, group, types, folder }: BulkExport,
  { environment, ambient, progress }: BulkSurroundings,
): Promise<void> {
  const base = FhirBase.parse(place);
  if (!base) throw new StartupError('replay', 'the export has to be a folder, a file or an http(s) base URL');
  const client = await readClient(environment);
  const clock = { epoch: () => ambient.date().getTime(), newUuid: ambient.newUuid };
  progress.write(`exporting from ${base.href}\n`);
  await downloadExport({ base, types: [...types].sort(), ...(group !== undefined && { group }) }, folder, {
    ...(client && { token: tokenSource({ base, client, ...clock }) }),
    epoch: clock.epoch,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

/** Undefined where no client is set: the server has to be open then. */
async function readClient(environment: Environment): Promise<BackendClient | undefined> {
  const { clientId, keyFile, scope } = readBulkConfig(environment);
  if (clientId === undefined || keyFile === undefined) return undefined;
  try {
    const key = JSON.parse(await readFile(keyFile, 'utf8')) as BackendClient['key'];
    return { clientId, key, scope };
  } catch {
    // A parser's message may quote the key.
    throw new StartupError('BULK_KEY_FILE', 'is no file with a private key as a JWK');
  }
}
