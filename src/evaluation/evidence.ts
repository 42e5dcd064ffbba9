/** A side of the body. */
export type Side = 'left' | 'right';

/** The side a record or an order names; absent when it names none. */
export type Laterality = Side | 'bilateral';

/** Where a statement comes from (contracts: evaluation.schema.json#/$defs/evidence). */
export interface Evidence {
  /** `Type/id`, as the FHIR server knows it. */
  readonly reference: string;
  /** FHIR date or dateTime of the event itself, not of its recording. */
  readonly date?: string;
  /** The words relied on, at most 200 characters. */
  readonly excerpt?: string;
  /** UTF-16 offsets of the words into the decoded report text; only where they came from text. */
  readonly start?: number;
  readonly end?: number;
  /** Where relief is computed from two pain scores: on what gives both, or the later one. */
  readonly scores?: Scores;
}

/** Pain before and after, of one scale, where the words do not give them, and the percent of it that is gone. */
export interface Scores {
  readonly before?: number;
  readonly after?: number;
  readonly reliefPercent: number;
}

/** Evidence of something found: never empty. */
export type SomeEvidence = readonly [Evidence, ...Evidence[]];

/** Each statement once: the same words of the same resource are one. */
export function distinctEvidence(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(evidence.map((one) => [`${one.reference} ${one.excerpt ?? ''}`, one])).values()];
}
