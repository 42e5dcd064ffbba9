/**
 * What the report reader finds in one text (contracts: text-findings.schema.json, and what mapping/ needs beside it).
 * Offsets are UTF-16 code units into the text that was read, end exclusive.
 */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export type TextLaterality = 'left' | 'right' | 'bilateral';

export interface TextFinding extends Span {
  readonly finding:
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
  /** Segment L4-L5, or a vertebra (L1, T12, S1) for fracture, tumour, pars; null when the text names none. */
  readonly level: string | null;
  readonly laterality: TextLaterality | null;
  /** Upper bound of a range: mild to moderate is moderate. */
  readonly severity: 'mild' | 'moderate' | 'severe' | null;
  readonly negated: boolean;
  /** Asked for, planned, a relative's, or only to be ruled out. */
  readonly hypothetical?: boolean;
  /** Of the past, or of the comparison study. */
  readonly historical?: boolean;
  /** Hedged: probable, questionable, cannot be excluded. */
  readonly uncertain?: boolean;
  readonly acuity?: 'acute' | 'old';
  /** What was named, where the finding is a family: `malignancy`, `infection`, `benign`, `sacroiliitis`, `hip`, `si-degeneration`. */
  readonly subtype?: 'malignancy' | 'infection' | 'benign' | 'sacroiliitis' | 'hip' | 'si-degeneration';
}

export interface TextRelief extends Span {
  readonly low: number;
  readonly high: number;
  /** Derived from a pair of pain scores ("NRS 8/10 to 2/10"). */
  readonly computed?: boolean;
  /** False when the text places the relief elsewhere than low back, buttock or SI region (groin). */
  readonly ofIndexPain?: boolean;
  /** Where relief was elsewhere alone: the words that say of the low back, buttock or SI pain that it did not change. */
  readonly unchanged?: Span;
  /** Where the text gives a side its own: low and high are then the range of all that is told. */
  readonly bySide?: Readonly<
    Partial<Record<'left' | 'right', { readonly low: number; readonly high: number }>>
  >;
  /** ISO 8601, how long the relief lasted ("for 6 hours" PT6H, "for three months" P3M). */
  readonly duration?: string;
  /** ISO 8601, how long after the procedure it was measured ("at 6 weeks" P6W). */
  readonly measuredAfter?: string;
}

export type TextInterventionKind =
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
  | 'trigger-point-injection';

/** What a text says about how a procedure was done and what it brought. */
export interface InterventionDetail {
  /** S1, S2, S3, L5 for nerves; L4-L5 for segments. */
  readonly levels: readonly string[];
  readonly laterality?: TextLaterality;
  readonly technique?: 'cooled' | 'conventional' | 'pulsed';
  /** `steroid` also when mixed with a local anaesthetic. */
  readonly drug?: 'local-anaesthetic' | 'steroid';
  readonly relief?: TextRelief;
  /** ISO 8601, how long it helped, where the text does not say how much ("helped for about a week" P1W). */
  readonly reliefDuration?: string;
  /** The text says that it was not done as planned ("no lesions made", "aborted", "only S1 and S2 lesioned"). */
  readonly notCarriedThrough?: boolean;
  /** Where its own note says so. */
  readonly endedAt?: Span;
  /** Called failed, where the text gives no share of relief. */
  readonly calledFailed?: boolean;
}

export interface TextIntervention extends InterventionDetail, Span {
  readonly kind: TextInterventionKind;
  readonly status: 'completed' | 'planned' | 'not-done' | 'stopped' | 'unknown';
  /** ISO date the text gives for it, may be partial (2025, 2025-11, 2025-11-03). */
  readonly date?: string;
  /** That date stands in a line of its own ("DATE OF SERVICE: ..."): it is the day of the note's own procedure. */
  readonly datedByLabel?: true;
}

export interface TextProvocation extends Span {
  readonly test:
    'faber' | 'thigh-thrust' | 'distraction' | 'compression' | 'gaenslen' | 'sacral-thrust' | 'fadir';
  readonly result: 'positive' | 'negative';
  readonly laterality: TextLaterality | null;
}

/** "3/5 SIJ provocative tests positive". */
export interface TextProvocationCount extends Span {
  readonly positive: number;
  readonly of: number;
}

/** Conservative care that a note tells of. */
export interface TextCare extends Span {
  readonly care:
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
  /** `not-done`: the text says it was never tried or was declined. */
  readonly status: 'done' | 'planned' | 'not-done';
  /** For medication: nsaid, acetaminophen, opioid, gabapentinoid, muscle-relaxant, antidepressant. */
  readonly medicationClass?: string;
  readonly weeks?: number;
  /** Weeks from its beginning to the day of the text: it lasted no longer ("started 3 weeks ago"). */
  readonly weeksAtMost?: number;
  readonly visits?: number;
  /** The text says that it was stopped. */
  readonly ended?: boolean;
}

/** Sentences that matter to the policy beside findings and procedures; negated and hypothetical ones are left out. */
export interface TextStatement extends Span {
  readonly id:
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
  /** ISO date the text gives for what it states, may be partial. */
  readonly date?: string;
}

export interface ReportReading {
  readonly findings: readonly TextFinding[];
  readonly interventions: readonly TextIntervention[];
  readonly provocation: readonly TextProvocation[];
  readonly provocationCounts: readonly TextProvocationCount[];
  readonly care: readonly TextCare[];
  readonly statements: readonly TextStatement[];
  /** What the text says of the procedure it belongs to; only when `about` was given (see ReadOptions). */
  readonly about?: InterventionDetail;
}

export interface ReadOptions {
  /**
   * The procedure whose own note this text is. Relief, technique, side, levels, drug and "no lesions made" that the
   * text does not tie to another procedure are then read as its own and returned in `about`.
   */
  readonly about?: TextInterventionKind;
}
