import type { Evidence, Laterality, SomeEvidence } from './evidence.js';
import type { DataKind, DataState, Exclusion, RecordNote } from './records.js';
import type { StatementFact } from './statements.js';

/**
 * The evaluation model: what the record says about one patient, in the policy's terms. Made by mapping/,
 * read by evaluation/. Knows no FHIR: a fact carries the reference it came from and nothing else of it.
 */

export * from './records.js';
export * from './statements.js';

export type InterventionKind =
  | 'lateral-branch-block'
  | 'si-joint-injection'
  | 'medial-branch-block'
  | 'transforaminal-epidural'
  | 'interlaminar-epidural'
  | 'caudal-epidural'
  | 'sacral-lateral-branch-rfa'
  | 'facet-rfa'
  | 'si-fusion'
  | 'lumbar-fusion'
  | 'neurectomy'
  | 'hip-injection'
  /** Or into a bursa. */
  | 'trigger-point-injection';

export type InterventionStatus =
  'completed' | 'planned' | 'not-done' | 'stopped' | 'entered-in-error' | 'unknown';

export type Technique = 'cooled' | 'conventional' | 'pulsed';

/** Percent of pain relieved. "80-90%" is 80, 90; "about 80%" 80, 80; "at least 85%" 85, 100; "none" 0, 0. */
export interface Relief {
  readonly low: number;
  readonly high: number;
  /** Derived from a pair of pain scores. */
  readonly computed?: boolean;
  /** It was measured only as more, or less, than one of the two (FHIR Quantity.comparator): it may be anything between. */
  readonly isBound?: boolean;
  /** False when the relief was somewhere else than the pain the order is for. */
  readonly ofIndexPain?: boolean;
}

/** One event: a block, an injection, an ablation, an operation. Resources that tell of one event are one fact. */
export interface InterventionFact {
  readonly kind: InterventionKind;
  readonly status: InterventionStatus;
  /** FHIR date or dateTime, may be partial (2024, 2024-05). */
  readonly date?: string;
  /** As named: S1, S2, S3, L5 for nerves; L4-L5 for segments. */
  readonly levels: readonly string[];
  readonly laterality?: Laterality;
  readonly technique?: Technique;
  /** What was injected; absent when not recorded. `steroid` also when mixed with a local anaesthetic. */
  readonly drug?: 'local-anaesthetic' | 'steroid';
  readonly relief?: Relief;
  /** ISO 8601 duration of the relief (PT6H, P3M). */
  readonly reliefDuration?: string;
  /** How long after the event the relief was measured, ISO 8601; absent when the record does not say. */
  readonly reliefMeasuredAfter?: string;
  /** How long after the event the note was written that tells the relief, where that is all that is known. */
  readonly reliefToldAfter?: string;
  /** The text says it was not carried through ("no lesions made") though the status says completed. */
  readonly contradictedByText?: boolean;
  /** Called failed, without a share of relief. */
  readonly calledFailed?: boolean;
  /** Its own record names different sides, in its words and in its body site. `laterality` is then absent. */
  readonly sideContradicted?: boolean;
  /** The report it rests on is preliminary. */
  readonly preliminary?: boolean;
  readonly evidence: SomeEvidence;
}

/** A record about an intervention that says nothing of this patient's: someone else's, or one that could not be read. */
export interface SetAside {
  readonly kind: InterventionKind;
  readonly why: 'other-patient' | 'unreadable';
  /** An unreadable report or note of a Procedure that was read: it tells of no further one. */
  readonly isOfKnown?: boolean;
  /** FHIR date of an unreadable report or note. */
  readonly date?: string;
  readonly evidence: SomeEvidence;
}

export type CareClass =
  | 'physical-therapy'
  | 'home-exercise'
  | 'chiropractic'
  | 'medication'
  | 'activity-modification'
  | 'rest'
  | 'bracing'
  | 'acupuncture'
  | 'behavioural'
  | 'unspecified';

/** A piece of conservative care. */
export interface ConservativeCareFact {
  readonly care: CareClass;
  readonly status: 'done' | 'planned' | 'not-done' | 'stopped' | 'entered-in-error' | 'unknown';
  /** For medication: the class, for example `nsaid`. */
  readonly medicationClass?: string;
  readonly start?: string;
  readonly end?: string;
  /** Whole or part weeks, where the record gives a duration. */
  readonly weeks?: number;
  /** Weeks from its beginning to the day of the record: it had lasted no longer by then. */
  readonly weeksAtMost?: number;
  readonly visits?: number;
  /** The record says that it was stopped: it did not go on after the day of the record. */
  readonly ended?: boolean;
  readonly evidence: SomeEvidence;
}

export type ReportFinding =
  | 'facet-arthropathy'
  | 'foraminal-stenosis'
  | 'central-stenosis'
  | 'spondylolisthesis'
  | 'pars-defect'
  | 'disc-herniation'
  | 'disc-bulge'
  | 'nerve-root-compression'
  | 'fracture'
  | 'hip-or-si-pathology'
  | 'endplate-change'
  | 'tumor-or-infection';

export type Severity = 'mild' | 'moderate' | 'severe';

/** A finding in the text of one report. Hypothetical ones (indication, "rule out", a relative's) are left out. */
export interface FindingFact {
  readonly finding: ReportFinding;
  /** L5-S1, or a vertebra (L3) where the text names one; absent when none is named. */
  readonly level?: string;
  readonly laterality?: Laterality;
  readonly severity?: Severity;
  readonly negated: boolean;
  /** Of the past, or of the comparison study. */
  readonly historical?: boolean;
  readonly uncertain?: boolean;
  readonly acuity?: 'acute' | 'old';
  /** What exactly was named, where the finding is a family: malignancy, infection, sacroiliitis, hip ... */
  readonly subtype?: string;
  readonly date?: string;
  readonly preliminary?: boolean;
  readonly evidence: SomeEvidence;
}

/** A live entry of the problem list or an encounter diagnosis: active, not refuted, of this patient. */
export interface ConditionFact {
  /** Ids of the ValueSets (fhir-mappings/) that hold one of its codes or words. */
  readonly concepts: readonly string[];
  /** `text` when only the words, and no code, say so. */
  readonly recognisedBy: 'code' | 'text';
  readonly laterality?: Laterality;
  /** Spinal level named in its text. */
  readonly level?: string;
  /** Of its onset, else of its recording. */
  readonly date?: string;
  /** FHIR date on which the record says that it began. */
  readonly onset?: string;
  /** Of a diagnosis that stands only with a visit, as it was made there and may have passed: FHIR date of the last day told of it. */
  readonly visit?: string;
  /** FHIR date of its end, where no status says whether it is over. */
  readonly ends?: string;
  readonly evidence: SomeEvidence;
}

/** A medicine the patient takes or took. */
export interface MedicationFact {
  /** Ids of the medication ValueSets (nsaid, anticoagulant ...). */
  readonly concepts: readonly string[];
  readonly current: boolean;
  readonly start?: string;
  readonly end?: string;
  readonly evidence: SomeEvidence;
}

export type ProvocationTestId =
  'faber' | 'thigh-thrust' | 'distraction' | 'compression' | 'gaenslen' | 'sacral-thrust' | 'fadir';

export interface ProvocationFact {
  readonly test: ProvocationTestId;
  readonly result: 'positive' | 'negative';
  readonly laterality?: Laterality;
  readonly date?: string;
  readonly evidence: SomeEvidence;
}

/** "3 of 6 provocation tests positive". */
export interface ProvocationCountFact {
  readonly positive: number;
  readonly of: number;
  readonly date?: string;
  readonly evidence: SomeEvidence;
}

/** A coded reason that stands in the order itself, by the ValueSet ids of its codes. */
export interface OrderReason {
  readonly concepts: readonly string[];
  readonly evidence: Evidence;
}

/** One intent: the orders the policy reviews, folded together. */
export interface OrderFact {
  readonly reference: string;
  readonly coveredOrders: readonly string[];
  readonly code?: string;
  readonly recognisedBy: 'code' | 'text';
  readonly laterality?: Laterality;
  /** `sacroiliac`: reason, body site, text or companion order says so. `unclear`: none of them says anything. */
  readonly indication: 'sacroiliac' | 'unclear';
  /** ValueSet ids of the order's coded reasons. */
  readonly reasonConcepts: readonly string[];
  readonly reasonEvidence: readonly Evidence[];
  /** Those that the order states itself; what it only refers to is told by its own record. */
  readonly ownReasons: readonly OrderReason[];
  /** A sacroiliac reason of the order whose words name another side than its site, code or modifiers. */
  readonly otherSideReason?: Evidence;
  /** FHIR date the order was written; absent when the order does not say. */
  readonly authoredOn?: string;
}

export interface PatientFacts {
  readonly conditions: readonly ConditionFact[];
  /** Entries of what is only one of several possible diagnoses, or still to be ruled out: no diagnosis, and no evidence of one. */
  readonly possible?: readonly ConditionFact[];
  readonly interventions: readonly InterventionFact[];
  readonly setAside: readonly SetAside[];
  readonly conservativeCare: readonly ConservativeCareFact[];
  readonly findings: readonly FindingFact[];
  readonly medications: readonly MedicationFact[];
  readonly provocation: readonly ProvocationFact[];
  readonly provocationCounts: readonly ProvocationCountFact[];
  readonly statements: readonly StatementFact[];
  readonly recordNotes: readonly RecordNote[];
  readonly excluded: readonly Exclusion[];
  readonly data: readonly DataState[];
  /** Kinds that this call could not have at all: not granted, not served, not sent. No search for them failed midway. */
  readonly notOffered?: readonly DataKind[];
}
