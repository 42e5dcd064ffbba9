import type { Laterality, SomeEvidence } from './evidence.js';

/** Sentences of a note that matter to the policy beside findings and procedures. */
export type StatementId =
  | 'rfa-denied-by-plan'
  | 'cauda-equina-signs'
  | 'groin-pain'
  | 'opioid-taper'
  | 'pregnancy'
  | 'bleeding-risk'
  | 'inflammatory-disease'
  | 'inflammatory-signs'
  | 'ablation-without-target'
  | 'ablation-spoken-of'
  | 'rfa-declined'
  | 'rfa-advised-against'
  | 'block-declined'
  | 'rehabilitation-declined'
  | 'rfa-accepted'
  | 'block-accepted'
  | 'rehabilitation-accepted'
  | 'implanted-device'
  | 'chronic-pain';

export interface StatementFact {
  readonly id: StatementId;
  /** Of the record that states it. */
  readonly date?: string;
  /** Of what it states, where that is told: FHIR date, may be partial. */
  readonly eventDate?: string;
  /** The side it is of, where a record of its own names one (an order not to do it); words of a note are of any. */
  readonly laterality?: Laterality;
  /** It is the state of a record (on hold), which stands until another record changes it, however old. */
  readonly stands?: true;
  readonly evidence: SomeEvidence;
}
