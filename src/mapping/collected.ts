import type {
  ConditionFact,
  ConservativeCareFact,
  Exclusion,
  ExclusionReason,
  FindingFact,
  InterventionFact,
  MedicationFact,
  ProvocationCountFact,
  ProvocationFact,
  RecordNote,
  SetAside,
  StatementFact,
} from '../evaluation/facts.js';

/** An intervention as one resource tells it, before those that tell of one event are joined. */
export interface ToldIntervention extends InterventionFact {
  /** `record`: a Procedure or ServiceRequest of its own. `text`: words of a note or report about it. */
  readonly toldBy: 'record' | 'text';
  /** `Type/id` of Procedures that the resource itself points to. */
  readonly about?: string;
  /** Date of the note, where the words give no date of the event. */
  readonly toldOn?: string;
}

/** What the mappers gather, resource by resource. */
export interface Collected {
  readonly conditions: ConditionFact[];
  readonly interventions: ToldIntervention[];
  readonly setAside: SetAside[];
  readonly conservativeCare: ConservativeCareFact[];
  readonly findings: FindingFact[];
  readonly medications: MedicationFact[];
  readonly provocation: ProvocationFact[];
  readonly provocationCounts: ProvocationCountFact[];
  readonly statements: StatementFact[];
  readonly recordNotes: RecordNote[];
  readonly excluded: Exclusion[];
}

export function emptyCollection(): Collected {
  return {
    conditions: [],
    interventions: [],
    setAside: [],
    conservativeCare: [],
    findings: [],
    medications: [],
    provocation: [],
    provocationCounts: [],
    statements: [],
    recordNotes: [],
    excluded: [],
  };
}

export function exclude(collected: Collected, reference: string, why: ExclusionReason): void {
  collected.excluded.push({ why, evidence: { reference } });
}

/** Adds what one resource gave to what all gave. */
export function append(all: Collected, one: Collected): void {
  all.conditions.push(...one.conditions);
  all.interventions.push(...one.interventions);
  all.setAside.push(...one.setAside);
  all.conservativeCare.push(...one.conservativeCare);
  all.findings.push(...one.findings);
  all.medications.push(...one.medications);
  all.provocation.push(...one.provocation);
  all.provocationCounts.push(...one.provocationCounts);
  all.statements.push(...one.statements);
  all.recordNotes.push(...one.recordNotes);
  all.excluded.push(...one.excluded);
}
