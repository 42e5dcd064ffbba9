/** Writes a generated export as FHIR Bulk Data does: NDJSON files by type, several for the longer ones, some packed. */
import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { FhirResource } from 'fhir/r4.js';
import { drawPatient, truthOf } from './patient.js';
import { seeded } from './random.js';
import { resourcesOf } from './resources.js';
import { addTruth, emptyTruth, type ExportTruth } from './truth.js';

export interface ExportOptions {
  readonly patients: number;
  readonly seed: number;
  /** Resources of one file. */
  readonly linesPerFile: number;
}

/** The export below `folder`, its truth beside it in `<folder>.truth.json`; the same seed gives the same bytes. */
export async function writeExport(folder: string, options: ExportOptions): Promise<ExportTruth> {
  mkdirSync(folder, { recursive: true });
  const files = new Files(folder, options.linesPerFile);
  const random = seeded(options.seed);
  const truth = emptyTruth();
  for (let number = 0; number < options.patients; number += 1) {
    const patient = drawPatient(number, random);
    addTruth(truth, truthOf(patient));
    for (const resource of resourcesOf(patient, random)) await files.write(resource);
  }
  await files.close();
  writeFileSync(`${folder}.truth.json`, `${JSON.stringify(truth, null, 2)}\n`);
  return truth;
}

interface OpenFile {
  readonly stream: Writable;
  readonly closed: Promise<unknown>;
  readonly number: number;
  lines: number;
}

class Files {
  readonly #open = new Map<string, OpenFile>();

  constructor(
    private readonly folder: string,
    private readonly linesPerFile: number,
  ) {}

  async write(resource: FhirResource): Promise<void> {
    const file = await this.#fileOf(resource.resourceType);
    file.lines += 1;
    if (!file.stream.write(`${JSON.stringify(resource)}\n`)) await once(file.stream, 'drain');
  }

  async close(): Promise<void> {
    for (const file of this.#open.values()) await end(file);
  }

  async #fileOf(type: string): Promise<OpenFile> {
    const known = this.#open.get(type);
    if (known && known.lines < this.linesPerFile) return known;
    if (known) await end(known);
    const file = this.#create(type, (known?.number ?? 0) + 1);
    this.#open.set(type, file);
    return file;
  }

  /** Every other file of the longest type is packed. */
  #create(type: string, number: number): OpenFile {
    const packed = type === 'Observation' && number % 2 === 0;
    const file = createWriteStream(path.join(this.folder, `${type}.${number}.ndjson${packed ? '.gz' : ''}`));
    if (!packed) return { stream: file, closed: finished(file), number, lines: 0 };
    const stream = createGzip({ level: 1 });
    stream.pipe(file);
    return { stream, closed: finished(file), number, lines: 0 };
  }
}

async function end({ stream, closed }: OpenFile): Promise<void> {
  stream.end();
  await closed;
}
