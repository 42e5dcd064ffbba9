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
  readonly possible: ConditionFact[];
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
  /** `Type/id` of what has words that were not delivered: what they would say is not known. */
  readonly undelivered: string[];
}

export function emptyCollection(): Collected {
  return {
    conditions: [],
    possible: [],
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
    undelivered: [],
  };
}

export function exclude(collected: Collected, reference: string, why: ExclusionReason): void {
  collected.excluded.push({ why, evidence: { reference } });
}

/** Moves what one resource gave to what all gave; nothing is left where it was. */
export function moveAll(from: Collected, to: Collected): void {
  move(from.conditions, to.conditions);
  move(from.possible, to.possible);
  move(from.interventions, to.interventions);
  move(from.setAside, to.setAside);
  move(from.conservativeCare, to.conservativeCare);
  move(from.findings, to.findings);
  move(from.medications, to.medications);
  move(from.provocation, to.provocation);
  move(from.provocationCounts, to.provocationCounts);
  move(from.statements, to.statements);
  move(from.recordNotes, to.recordNotes);
  move(from.excluded, to.excluded);
  move(from.undelivered, to.undelivered);
}

function move<T>(from: T[], to: T[]): void {
  if (from.length === 0) return;
  for (const item of from) to.push(item);
  from.length = 0;
}
