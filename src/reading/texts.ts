import { hash } from 'node:crypto';
import type { DomainResource } from 'fhir/r4.js';
import { LRUCache } from 'lru-cache';
import type { InterventionKind } from '../evaluation/facts.js';
import type { MappingTools } from '../mapping/guarded.js';
import { decodeNarrative, readReport, type PhraseBook, type ReportReading } from '../report-text/index.js';

export type Reader = Pick<MappingTools, 'read' | 'narrative'>;

/** UTF-16 units; some thirty full pages. A longer text holds up every other call, and the answer would come too late. */
export const LONGEST_TEXT = 100_000;

/** Readings kept, and the length of their texts together, in UTF-16 units: some 10 MB. */
const KEPT = { max: 5_000, maxSize: 2_000_000 };

/**
 * Reads texts; one for the process. A chart comes again with every order of its patient, and reading is the dearest
 * part of a call, so readings are kept, within bounds, by a digest of the text: no word of a patient stays here.
 */
export function toReader(phraseBook: PhraseBook): Reader {
  const readings = new LRUCache<string, ReportReading>(KEPT);
  return {
    read: (text: string, about?: InterventionKind) => {
      if (text.length > LONGEST_TEXT) throw new RangeError('text too long to be read within a call');
      const key = `${about ?? ''}|${hash('sha256', text, 'base64')}`;
      const known = readings.get(key);
      if (known) return known;
      const reading = readReport(text, phraseBook, about ? { about } : {});
      readings.set(key, reading, { size: text.length + 1 });
      return reading;
    },
    narrative: ({ text }: DomainResource) =>
      typeof text?.div === 'string' ? narrativeIn(text.div) : undefined,
  };
}

function narrativeIn(xhtml: string): string {
  const text = decodeNarrative(xhtml);
  if (text === undefined) throw new RangeError('narrative nested too deep to be read');
  return text;
}
