import type { DomainResource } from 'fhir/r4.js';
import type { InterventionKind } from '../evaluation/facts.js';
import type { MappingTools } from '../mapping/patient-facts.js';
import { decodeNarrative, readReport, type PhraseBook, type ReportReading } from '../report-text/index.js';

/** Reads texts for one call; equal texts are read once. */
export function toReader(phraseBook: PhraseBook): Pick<MappingTools, 'read' | 'narrative'> {
  const readings = new Map<string, ReportReading>();
  return {
    read: (text: string, about?: InterventionKind) => {
      const key = `${about ?? ''}|${text}`;
      const known = readings.get(key);
      if (known) return known;
      const reading = readReport(text, phraseBook, about ? { about } : {});
      readings.set(key, reading);
      return reading;
    },
    narrative: ({ text }: DomainResource) =>
      typeof text?.div === 'string' ? decodeNarrative(text.div) : undefined,
  };
}
