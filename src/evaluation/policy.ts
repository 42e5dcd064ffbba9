import type {
  AblationOutcomeParams,
  BlockReliefParams,
  ConservativeCareParams,
  OtherDiagnosisParams,
  PriorProcedureParams,
  RedFlagParams,
} from './criterion-params.js';
import type { Condition, ConsiderationDefinition } from './consideration-definition.js';
import type { Quantity, TimeSpan } from './dates.js';
import type { ConflictId, Decision, GeneratorFinding, NoteId, StepId, StepState } from './evaluation.js';
import type {
  DataKind,
  InterventionKind,
  ProvocationTestId,
  ReportFinding,
  Severity,
  StatementId,
} from './facts.js';

export type { Condition, ConsiderationDefinition } from './consideration-definition.js';

/**
 * hooks/<service>/policy.json: everything a clinician may dispute. Criteria of a closed set of kinds with typed,
 * named quantities; decisions as an ordered list of rules over them. No operators, paths or arithmetic in the data.
 */
export interface Policy {
  readonly id: string;
  readonly version: string;
  readonly effectiveDate: string;
  readonly title: string;
  readonly order: OrderParams;
  readonly names: Names;
  readonly criteria: readonly Criterion[];
  /** First rule that holds decides. The last has no condition. */
  readonly decisions: readonly DecisionRule[];
  readonly painGenerators: PainGeneratorParams & Stated;
  readonly conflicts: readonly ConflictDefinition[];
  readonly notes: readonly NoteDefinition[];
  readonly considerations: readonly ConsiderationDefinition[];
  readonly wouldChange: readonly SupplementDefinition[];
}

export interface Source {
  readonly citation: string;
  readonly url?: string;
  readonly certainty: 'high' | 'moderate' | 'low' | 'very-low' | 'contested' | 'consensus' | 'administrative';
}

/** Short labels of the closed vocabularies, for sentences and cards. */
export interface Names {
  readonly interventions: Readonly<Record<InterventionKind, string>>;
  readonly findings: Readonly<Record<GeneratorFinding, string>>;
  readonly tests: Readonly<Record<ProvocationTestId, string>>;
}

/** The sentence and where it comes from stand beside its machine form. */
export interface Stated {
  readonly sentence: string;
  readonly source: Source;
}

/** Which orders the policy reviews; value set ids. Read by mapping/. */
export interface OrderParams {
  readonly reviewed: string;
  readonly companions: readonly string[];
  /** Coded reasons, body sites or words that make the indication the sacroiliac joint. */
  readonly indicated: readonly string[];
  /** Words or codes that state another indication: no review. */
  readonly otherIndication: readonly string[];
  /** The procedure kind that the reviewed order would be. */
  readonly procedure: InterventionKind;
}

export type CriterionKind =
  | 'red-flags'
  | 'other-diagnosis'
  | 'order-indication'
  | 'conservative-care'
  | 'block-relief'
  | 'ablation-outcome'
  | 'prior-procedure';

interface CriterionOf<K extends CriterionKind, P> extends Stated {
  readonly id: string;
  readonly kind: K;
  readonly params: P;
  /** Kinds of data whose absence this criterion would otherwise claim. */
  readonly reads: readonly DataKind[];
  /** How a complete search that found nothing is read. */
  readonly whenAbsent: 'unknown' | 'not-met';
  readonly whyAbsent: string;
  /** The pathway step it answers for; criteria without one are gates. */
  readonly step?: StepId;
  /** By the result's `because`: one sentence, and for unknown what would settle it. {placeholders} are declared. */
  readonly says: Readonly<Record<string, { readonly reason: string; readonly missing?: string }>>;
}

export type Criterion =
  | CriterionOf<'red-flags', RedFlagParams>
  | CriterionOf<'other-diagnosis', OtherDiagnosisParams>
  | CriterionOf<'order-indication', Record<string, never>>
  | CriterionOf<'conservative-care', ConservativeCareParams>
  | CriterionOf<'block-relief', BlockReliefParams>
  | CriterionOf<'ablation-outcome', AblationOutcomeParams>
  | CriterionOf<'prior-procedure', PriorProcedureParams>;

export type CriterionOfKind<K extends CriterionKind> = Extract<Criterion, { kind: K }>;

export interface DecisionRule {
  readonly decision: Decision;
  /** The decision in a few words, for a sentence that ends in it. */
  readonly label: string;
  readonly sentence: string;
  readonly all?: readonly Condition[];
  readonly any?: readonly Condition[];
  readonly none?: readonly Condition[];
}

export interface PainGeneratorParams {
  /** Report findings that are generators. */
  readonly findings: readonly {
    readonly finding: ReportFinding;
    readonly subtype?: string;
    readonly generator: GeneratorFinding;
  }[];
  /** Problem-list value sets that are generators. */
  readonly conditions: readonly { readonly valueSet: string; readonly generator: GeneratorFinding }[];
  /** A negative block of exactly this target and level rules the finding out. */
  readonly excludedBy: readonly {
    readonly generator: GeneratorFinding;
    readonly block: InterventionKind;
    readonly reliefBelow: Quantity;
  }[];
  /** A completed treatment aimed at the finding and level, with at least this relief. */
  readonly treatedBy: readonly {
    readonly generator: GeneratorFinding;
    readonly treatment: InterventionKind;
    readonly minimumRelief: Quantity;
  }[];
  /** What the second card's headline names: these findings, from this severity on (unstated severity counts). */
  readonly headline: { readonly generators: readonly GeneratorFinding[]; readonly minimumSeverity: Severity };
}

interface ConflictOf<K extends ConflictId, P> extends Stated {
  readonly id: K;
  readonly params: P;
  readonly reason: string;
}

export type ConflictDefinition =
  | ConflictOf<
      'diagnosis-mismatch',
      { readonly fitting: readonly string[]; readonly notFitting: readonly string[] }
    >
  | ConflictOf<
      'discordant-block-response',
      {
        readonly targets: readonly InterventionKind[];
        readonly comparedWith: readonly InterventionKind[];
        readonly minimumRelief: Quantity;
        readonly difference: Quantity;
      }
    >
  | ConflictOf<
      'limited-provocation-specificity',
      {
        readonly atMostPositive: number;
        readonly specificityPercent: number;
        readonly notCounted: readonly string[];
        /** An older examination says nothing of the present. */
        readonly lookback: TimeSpan;
      }
    >
  | ConflictOf<'laterality-mismatch', { readonly targets: readonly InterventionKind[] }>
  | ConflictOf<'conflicting-block-relief', { readonly criterion: string }>
  | ConflictOf<'side-contradicted', { readonly targets: readonly InterventionKind[] }>
  | ConflictOf<'status-contradicted-by-text', { readonly targets: readonly InterventionKind[] }>;

/** Where a note comes from; all that are given are looked at. */
export interface NoteDefinition {
  readonly id: NoteId;
  /** May name the {side} of the procedures that it is about, as an adjective or nothing. */
  readonly sentence: string;
  /** What is older than this says nothing of the present; without it, age does not matter. */
  readonly lookback?: TimeSpan;
  readonly conditions?: readonly string[];
  readonly medications?: readonly string[];
  readonly statements?: readonly StatementId[];
  readonly procedures?: {
    readonly kinds: readonly InterventionKind[];
    readonly status: 'completed' | 'planned';
    readonly onOrderedSide?: boolean;
  };
  readonly provocation?: readonly string[];
  readonly records?: boolean;
  readonly orderWithoutCode?: boolean;
}

/**
 * A fact that is missing, as the criterion's answer it would lead to. Each is supplied in turn where the present
 * answer, or what is true beside it, is one of `onlyWhen`, the decisions are taken anew, and it is named when the decision changes.
 */
export interface SupplementDefinition {
  readonly criterion: string;
  readonly onlyWhen: readonly string[];
  /** Not where one of these is true beside the answer. */
  readonly unless?: readonly string[];
  /** All answers are taken anew as if these had been read whole, with nothing more in them; `because` is what is hoped for. */
  readonly reading?: readonly DataKind[];
  readonly state: StepState;
  readonly because: string;
  /** What else would then be true (CriterionResult.also). */
  readonly also?: readonly string[];
  readonly sentence: string;
}
