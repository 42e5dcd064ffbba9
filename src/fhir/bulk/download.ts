import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fetch } from 'undici';
import { StartupError } from '../../errors.js';
import type { FhirBase } from '../fhir-base.js';
import {
  authorized,
  awaitManifest,
  forget,
  kickOff,
  type BulkParts,
  type ExportRequest,
  type Manifest,
} from './export-job.js';

/**
 * Runs a bulk export and downloads its files into a folder, with the manifest beside them. Killed and begun again, it
 * goes on with the same export and the files that are missing.
 *
 * @throws StartupError naming the address and the status
 */
export async function downloadExport(
  request: ExportRequest,
  folder: string,
  parts: BulkParts,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const manifestFile = path.join(folder, 'manifest.json');
  if (existsSync(manifestFile)) return;
  const statusFile = path.join(folder, 'export-status');
  const known = await readFile(statusFile, 'utf8').catch(() => undefined);
  const statusUrl = known ?? (await kickOff(request, parts));
  if (known === undefined) await put(statusFile, statusUrl);
  const manifest = await awaitManifest(statusUrl, request.base, parts);
  for (const [index, file] of manifest.output.entries())
    await downloadFile(file.url, path.join(folder, `${file.type}.${index}.ndjson`), {
      ...{ parts, manifest, base: request.base },
    });
  await put(manifestFile, JSON.stringify(manifest));
  await forget(statusUrl, parts);
}

interface Download {
  readonly parts: BulkParts;
  readonly manifest: Manifest;
  readonly base: FhirBase;
}

const TRIES = 4;
/** Milliseconds before a file is tried again; doubled each time. */
const PAUSE_MS = 1_000;

async function downloadFile(url: string, file: string, download: Download): Promise<void> {
  if (existsSync(file)) return;
  for (let tries = 1; ; tries += 1) {
    const problem = await tryOnce(url, `${file}.unfinished`, download);
    if (problem === undefined) break;
    if (tries === TRIES) throw new StartupError(path.basename(file), `cannot be downloaded (${problem})`);
    await download.parts.wait(PAUSE_MS * 2 ** (tries - 1));
  }
  await rename(`${file}.unfinished`, file);
}

/** Undefined when the file is whole; else what went wrong, in a word. */
async function tryOnce(url: string, file: string, download: Download): Promise<string | undefined> {
  const headers = { accept: 'application/fhir+ndjson', ...(await headersFor(url, download)) };
  try {
    const response = await fetch(url, { redirect: 'error', headers });
    if (!response.ok || !response.body) return String(response.status);
    await pipeline(response.body, createWriteStream(file, { mode: 0o600 }));
    return undefined;
  } catch {
    return 'broke off';
  }
}

/** The token goes to the server it came from and nowhere else, whatever the manifest says. */
async function headersFor(
  url: string,
  { parts, manifest, base }: Download,
): Promise<Readonly<Record<string, string>>> {
  if (!manifest.requiresAccessToken) return {};
  if (new URL(url).origin === base.url.origin) return authorized(parts);
  throw new StartupError(base.href, 'keeps its files outside itself, where its token must not go');
}

async function put(file: string, content: string): Promise<void> {
  await writeFile(`${file}.unfinished`, content, { mode: 0o600 });
  await rename(`${file}.unfinished`, file);
}
