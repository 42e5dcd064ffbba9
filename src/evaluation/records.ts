import type { Evidence, SomeEvidence } from './evidence.js';

/** Facts about the records themselves: what was read, what was not, what was set aside. */

export const DATA_KINDS = [
  'patient',
  'conditions',
  'procedures',
  'diagnosticReports',
  'observations',
  'medications',
  'coverage',
  'serviceRequests',
  'appointments',
  'encounters',
  'documents',
  'familyHistory',
] as const;
export type DataKind = (typeof DATA_KINDS)[number];

/** What became of one search (contracts: evaluation.schema.json#/$defs/dataState). */
export interface DataState {
  readonly kind: DataKind;
  readonly state: 'complete' | 'partial' | 'unavailable';
  readonly source?: 'prefetch' | 'fhir-server' | 'both';
  /** Resources of the patient that were read. */
  readonly count?: number;
  /** Why it is not complete, in a clinician's words. */
  readonly reason?: string;
}

/** Things about the records themselves that the reader has to know. */
export interface RecordNote {
  readonly id: 'report-amended' | 'report-unreadable' | 'report-preliminary' | 'other-patient-record';
  readonly evidence: SomeEvidence;
}

export type ExclusionReason =
  | 'other-patient'
  | 'entered-in-error'
  | 'cancelled'
  | 'superseded'
  | 'other-body-region'
  | 'refuted'
  | 'resolved'
  | 'unreadable'
  | 'family-history';

/** A record that was read and set aside whole. */
export interface Exclusion {
  readonly why: ExclusionReason;
  readonly evidence: Evidence;
}
