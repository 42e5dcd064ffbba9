import { readdirSync, readFileSync } from 'node:fs';
import { compilePhraseBook, type PhraseBook } from '../../src/report-text/index.js';

const MAPPINGS = new URL('../../fhir-mappings/', import.meta.url);

/** The report code systems as they are shipped, parsed. */
export function codeSystems(): unknown[] {
  const files = readdirSync(MAPPINGS).filter((file) => file.startsWith('CodeSystem-'));
  return files.map((file): unknown => JSON.parse(readFileSync(new URL(file, MAPPINGS), 'utf8')));
}

export const book: PhraseBook = compilePhraseBook(codeSystems());
