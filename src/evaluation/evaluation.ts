import type { Evidence, Laterality, Side, SomeEvidence } from './evidence.js';
import type {
  DataState,
  Exclusion,
  InterventionKind,
  InterventionStatus,
  Relief,
  Severity,
  Technique,
} from './facts.js';

/** The result, shaped as contracts/evaluation.schema.json. Absent values and empty lists are left out. */

export const DECISIONS = [
  'urgent-evaluation',
  'other-diagnosis-first',
  'indication-unclear',
  'insufficient-data',
  'conservative-care-first',
  'diagnostic-blocks-first',
  'radiofrequency-first',
  'repeat-radiofrequency',
  'individual-review',
] as const;
export type Decision = (typeof DECISIONS)[number];

export const STEP_IDS = [
  'conservative-care',
  'diagnostic-blocks',
  'radiofrequency-ablation',
  'neurectomy',
] as const;
export type StepId = (typeof STEP_IDS)[number];

export type StepState = 'met' | 'not-met' | 'unknown';

export type NotCountedReason =
  | 'entered-in-error'
  | 'not-done'
  | 'planned'
  | 'status-unknown'
  | 'stopped'
  | 'wrong-target'
  | 'wrong-side'
  | 'outcome-unknown'
  | 'too-old'
  | 'not-ablation'
  | 'therapeutic-not-diagnostic'
  | 'equivocal-relief'
  | 'status-contradicted-by-text'
  | 'other-patient'
  | 'unreadable'
  | 'negative-relief'
  | 'relief-at-other-site'
  | 'relief-not-recorded'
  | 'too-recent'
  | 'preliminary'
  | 'side-not-recorded'
  | 'side-contradicted'
  | 'outcome-contradicted'
  | 'worked-before'
  | 'failed-too'
  | 'before-neurectomy'
  | 'not-alone';

export interface NotCounted {
  readonly why: NotCountedReason;
  /** As it is sent: a reason finer than `why`. */
  readonly because?: NotCountedReason;
  readonly evidence: Evidence;
}

export interface Step {
  readonly id: StepId;
  readonly state: StepState;
  /** Which of its criterion's answers it is: the code by which cards and pages choose their words. */
  readonly because: string;
  /** The state in the words of the service's cards, where they are at hand. */
  readonly label?: string;
  readonly side?: Side;
  readonly reason?: string;
  readonly missing?: string;
  readonly evidence?: SomeEvidence;
  readonly notCounted?: readonly NotCounted[];
  readonly attempts?: { readonly counted: number; readonly required: number };
}

export type GeneratorFinding =
  | 'facet-arthropathy'
  | 'foraminal-stenosis'
  | 'central-stenosis'
  | 'spondylolisthesis'
  | 'pars-defect'
  | 'disc-herniation'
  | 'nerve-root-compression'
  | 'radiculopathy'
  | 'fracture'
  | 'hip-pathology'
  | 'inflammatory-sacroiliitis'
  | 'endplate-change'
  | 'spondylosis';

export interface PainGenerator {
  readonly finding: GeneratorFinding;
  readonly level?: string;
  readonly laterality?: Laterality;
  readonly severity?: Severity;
  readonly status: 'unaddressed' | 'treated' | 'excluded';
  readonly evidence: SomeEvidence;
}

export type ConflictId =
  | 'diagnosis-mismatch'
  | 'discordant-block-response'
  | 'limited-provocation-specificity'
  | 'laterality-mismatch'
  | 'conflicting-block-relief'
  | 'status-contradicted-by-text'
  | 'side-contradicted';

export interface Conflict {
  readonly id: ConflictId;
  /** As it is sent: which it is, finer than `id`. */
  readonly because?: ConflictId;
  readonly reason: string;
  readonly evidence?: SomeEvidence;
}

export type RedFlagId = 'malignancy' | 'infection' | 'cauda-equina' | 'acute-fracture';

export interface RedFlag {
  readonly id: RedFlagId;
  readonly evidence: SomeEvidence;
}

export type NoteId =
  | 'pregnancy'
  | 'anticoagulation'
  | 'prior-lumbar-fusion'
  | 'si-fusion-same-side'
  | 'hip-signs'
  | 'rfa-denied-by-plan'
  | 'report-amended'
  | 'report-unreadable'
  | 'rfa-planned'
  | 'opioid-taper'
  | 'no-procedure-code'
  | 'report-preliminary'
  | 'other-patient-record';

export interface Note {
  readonly id: NoteId;
  /** Of the procedures that it is about, as far as their records name a side; absent for a note about anything else. */
  readonly laterality?: Laterality;
  /** One of these records names none: it may be of any. */
  readonly sideNotTold?: true;
  readonly evidence?: SomeEvidence;
}

/** What has to be weighed before anything is proposed. Ids are the policy's own; readers take any. */
export interface Consideration {
  readonly id: string;
  readonly reason: string;
  /** Absent as it is sent where only a draft without an id shows it. */
  readonly evidence?: SomeEvidence;
}

export interface Intervention {
  readonly kind: InterventionKind;
  readonly status: InterventionStatus;
  readonly date?: string;
  readonly levels?: readonly string[];
  readonly laterality?: Laterality;
  readonly technique?: Technique;
  readonly reliefPercent?: Relief;
  readonly reliefDuration?: string;
  readonly outcome?: 'positive' | 'equivocal' | 'negative' | 'worked' | 'failed' | 'unknown';
  readonly evidence: SomeEvidence;
}

export interface OrderEvaluation {
  readonly reference: string;
  readonly code?: string;
  readonly recognisedBy?: 'code' | 'text';
  readonly coveredOrders?: readonly string[];
  readonly laterality?: Laterality;
  readonly decision: Decision;
  readonly decisionBySide?: readonly { readonly side: Side; readonly decision: Decision }[];
  readonly steps: readonly Step[];
  readonly painGenerators?: readonly PainGenerator[];
  readonly conflicts?: readonly Conflict[];
  readonly redFlags?: readonly RedFlag[];
  /** As it is sent: flags that only a draft raises of which nobody could cite a `Type/id`. */
  readonly redFlagsOfDraft?: readonly RedFlagId[];
  readonly interventions?: readonly Intervention[];
  readonly notes?: readonly Note[];
  readonly considerations?: readonly Consideration[];
  readonly wouldChange?: readonly string[];
}

export interface Evaluation {
  readonly schemaVersion: '1';
  readonly policy: { readonly id: string; readonly version: string; readonly sha256: string };
  /** Day the record was judged at, YYYY-MM-DD. */
  readonly asOf: string;
  readonly orders: readonly OrderEvaluation[];
  readonly data: readonly DataState[];
  readonly excluded?: readonly Exclusion[];
}
