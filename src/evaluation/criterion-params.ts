import type { Quantity, TimeSpan } from './dates.js';
import type { RedFlagId } from './evaluation.js';
import type { CareClass, DataKind, InterventionKind, StatementId } from './facts.js';

/** The parameters of each kind of criterion: named quantities with units, and value sets by id. */

export interface RedFlagParams {
  readonly flags: readonly {
    readonly id: RedFlagId;
    /** As sentences call it: "infection". */
    readonly name: string;
    readonly valueSets: readonly string[];
    /** Subtypes of tumor-or-infection that raise it; `unspecified` for none named. */
    readonly subtypes: readonly string[];
    readonly statements: readonly StatementId[];
    /** Whether a fracture in a report raises it. */
    readonly fracture: boolean;
    /** Whether it passes: a diagnosis of a visit before `visitLookback` is asked about, and is no flag of now. */
    readonly passes: boolean;
  }[];
  readonly reportLookback: TimeSpan;
  readonly visitLookback: TimeSpan;
  /** Signs that a note tells of are of now: an older note says nothing of the present. */
  readonly signLookback: TimeSpan;
  /** A fracture that the report calls neither acute nor old is taken as acute only when the report is this new. */
  readonly fractureOfUnknownAge: TimeSpan;
}

export interface OtherDiagnosisParams {
  readonly valueSets: readonly string[];
  /** Of hip-or-si-pathology, as a report finds it. */
  readonly subtypes: readonly string[];
  /** As a note or report states it. */
  readonly statements: readonly StatementId[];
}

export interface ConservativeCareParams {
  readonly minimumDuration: TimeSpan;
  readonly minimumVisits: number;
  /** Dated records further apart than this belong to different courses. */
  readonly courseBreak: TimeSpan;
  /** Classes of which at least one has to be among what was tried. */
  readonly active: readonly CareClass[];
  /** Classes whose refusal means that it was not done; to refuse another treatment says nothing of these. */
  readonly refusalOf: readonly CareClass[];
  readonly lookback: TimeSpan;
}

export interface BlockReliefParams {
  readonly targets: readonly InterventionKind[];
  /** Blocks of something else, shown as found but not counted. */
  readonly otherTargets: readonly InterventionKind[];
  readonly minimumRelief: Quantity;
  readonly equivocalRelief: Quantity;
  readonly minimumPositive: number;
  readonly recommendedPositive: number;
  readonly lookback: TimeSpan;
  /** Blocks whose dates are not this far apart may be one that is told of twice. */
  readonly sessionsApart: TimeSpan;
  /** With a steroid given, relief counts as diagnostic only when it was seen within this time. */
  readonly anaestheticPhase: TimeSpan;
  /** Relief that is recorded as shorter than this counts, and the reader is told: an anaesthetic lasts longer. */
  readonly briefRelief: Quantity;
  /** Injections that mostly hold a steroid: where no drug is named, relief seen only later is not the anaesthetic's. */
  readonly mostlySteroid: readonly InterventionKind[];
  /** Operations on the same nerves: a block from before one no longer shows the source. */
  readonly outdatedBy: readonly InterventionKind[];
  /** Injections that may have relieved the same pain: given on the same day, the block's relief is not its own. */
  readonly confoundedBy: readonly InterventionKind[];
  /** Where relief may stand beside the procedure itself; while one of these is unread, it is not missing. */
  readonly outcomeIn: readonly DataKind[];
  /** Where a block may be told that no Procedure stands for; while one of these is unread, none is called missing. */
  readonly toldIn: readonly DataKind[];
}

export interface AblationOutcomeParams {
  readonly targets: readonly InterventionKind[];
  readonly otherTargets: readonly InterventionKind[];
  readonly successfulRelief: Quantity;
  readonly successfulDuration: TimeSpan;
  readonly judgedAfter: TimeSpan;
  readonly repeatAfter: TimeSpan;
  readonly failedAttempts: number;
  /** Ablations whose dates are not this far apart may be one that is told of twice. */
  readonly attemptsApart: TimeSpan;
  /** Without an outcome, an older one cannot be relied on. */
  readonly outcomeExpectedWithin: TimeSpan;
  /** As a note states one whose target it does not name: it may be of these targets, or of others. */
  readonly withoutTarget: readonly StatementId[];
  /** Where the outcome may stand beside the procedure itself; while one of these is unread, it is not missing. */
  readonly outcomeIn: readonly DataKind[];
  /** Where an ablation may be told that no Procedure stands for; while one of these is unread, none is called missing. */
  readonly toldIn: readonly DataKind[];
}

export interface PriorProcedureParams {
  readonly procedures: readonly InterventionKind[];
}
