import type { CodeableConcept, Coding } from 'fhir/r4.js';

/** Id of a ValueSet under fhir-mappings/, for example `sij-pain`: the policy's and the mappers' only name for codes. */
export type ConceptId = string;

/** The value sets, compiled at start-up (artifacts/ makes it). */
export interface Terminology {
  /** The value sets that hold a coding; system may be the URL, its `urn:oid:` twin, or an alias. */
  conceptsOfCoding(coding: Coding): readonly ConceptId[];
  /**
   * The value sets that hold any coding of a concept, and those whose text patterns match its text or a display.
   * `recognisedBy` is `text` when no code did.
   */
  conceptsOf(concept: CodeableConcept | undefined): {
    readonly concepts: readonly ConceptId[];
    readonly recognisedBy: 'code' | 'text';
  };
  /** The value sets whose text patterns match free words (medication names, order text). */
  conceptsOfText(text: string): readonly ConceptId[];
}
