/** Writes a generated export as FHIR Bulk Data does: NDJSON files by type, several for the longer ones, some packed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FhirResource } from 'fhir/r4.js';
import { ablationTruthsOf } from './ablations.js';
import { drawPatient, truthOf } from './patient.js';
import { seeded } from '../../../src/sandbox/seeded.js';
import { resourcesOf } from './resources.js';
import { addTruth, emptyTruth, type ExportTruth } from './truth.js';

export interface ExportOptions {
  readonly patients: number;
  readonly seed: number;
  /** Resources of one file. */
  readonly linesPerFile: number;
}

/** The export below `folder`, its truth beside it in `<folder>.truth.json`; the same seed gives the same bytes. */
export function writeExport(folder: string, options: ExportOptions): ExportTruth {
  mkdirSync(folder, { recursive: true });
  const files = new Files(folder, options.linesPerFile);
  const random = seeded(options.seed);
  const truth = emptyTruth();
  for (let number = 0; number < options.patients; number += 1) {
    const patient = drawPatient(number, random);
    addTruth(truth, truthOf(patient), ablationTruthsOf(patient));
    for (const resource of resourcesOf(patient, random)) files.add(resource);
  }
  files.close();
  writeFileSync(`${folder}.truth.json`, `${JSON.stringify(truth, null, 2)}\n`);
  return truth;
}

/** Files under way, in memory until they are full: a few megabytes for each type. */
class Files {
  readonly #lines = new Map<string, string[]>();
  readonly #written = new Map<string, number>();

  constructor(
    private readonly folder: string,
    private readonly linesPerFile: number,
  ) {}

  add(resource: FhirResource): void {
    const type = resource.resourceType;
    const lines = this.#lines.get(type) ?? [];
    lines.push(JSON.stringify(resource));
    this.#lines.set(type, lines);
    if (lines.length === this.linesPerFile) this.#write(type, lines);
  }

  close(): void {
    for (const [type, lines] of this.#lines) if (lines.length > 0) this.#write(type, lines);
  }

  /** Every other file of the longest type is packed. */
  #write(type: string, lines: readonly string[]): void {
    const number = (this.#written.get(type) ?? 0) + 1;
    const packed = type === 'Observation' && number % 2 === 0;
    const text = `${lines.join('\n')}\n`;
    const name = `${type}.${number}.ndjson${packed ? '.gz' : ''}`;
    writeFileSync(path.join(this.folder, name), packed ? gzipSync(text, { level: 1 }) : text);
    this.#written.set(type, number);
    this.#lines.set(type, []);
  }
}
