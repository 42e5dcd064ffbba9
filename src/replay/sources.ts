import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isJsonObject } from '../cds-hooks/json.js';
import { StartupError } from '../errors.js';
import type { SourceFile } from './plan.js';

/** An export that lies in a folder. */
export interface ExportFolder {
  readonly folder: string;
  readonly sources: readonly SourceFile[];
  /** Types it was asked for, where a manifest of the bulk export tells. */
  readonly askedFor?: readonly string[];
  /** The time of the export, where a manifest tells. */
  readonly transactionTime?: string;
}

const NDJSON = /\.(?:ndjson|jsonl)(?:\.gz)?$/i;
/** The manifest of FHIR Bulk Data, as `replay` downloads it, or as someone has kept it beside the files. */
export const MANIFEST = 'manifest.json';

/**
 * The NDJSON files below a folder, or the one file that is named.
 * @throws StartupError when there is none
 */
export async function openExport(place: string): Promise<ExportFolder> {
  const about = await stat(place).catch(() => undefined);
  if (!about) throw new StartupError(place, 'is not there');
  const folder = about.isDirectory() ? place : path.dirname(place);
  const names = about.isDirectory()
    ? (await readdir(place, { recursive: true })).filter((name) => NDJSON.test(name))
    : [path.basename(place)];
  const sources = await Promise.all(names.map((name) => describe(folder, name)));
  if (sources.length === 0) throw new StartupError(place, 'holds no .ndjson or .ndjson.gz file');
  return {
    ...{ folder, sources: sources.toSorted((a, b) => (a.name < b.name ? -1 : 1)) },
    ...(about.isDirectory() && (await readManifest(path.join(place, MANIFEST)))),
  };
}

async function describe(folder: string, name: string): Promise<SourceFile> {
  const { size, mtimeMs } = await stat(path.join(folder, name));
  return { name: name.replaceAll(path.sep, '/'), bytes: size, changedMs: Math.round(mtimeMs) };
}

async function readManifest(file: string): Promise<Pick<ExportFolder, 'askedFor' | 'transactionTime'>> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return {};
  const manifest = parse(text, file);
  const { request, transactionTime } = manifest;
  const asked =
    typeof request === 'string' && URL.canParse(request) ? new URL(request).searchParams.getAll('_type') : [];
  return {
    ...(asked.length > 0 && { askedFor: asked.flatMap((types) => types.split(',')).sort() }),
    ...(typeof transactionTime === 'string' && { transactionTime }),
  };
}

function parse(text: string, file: string) {
  try {
    const manifest = JSON.parse(text) as unknown;
    if (isJsonObject(manifest)) return manifest;
  } catch {
    // Said below.
  }
  throw new StartupError(file, 'is no manifest of a bulk export');
}
