import type { CodeableConcept, Procedure } from 'fhir/r4.js';
import type { Laterality } from '../evaluation/evidence.js';
import type { CareClass, InterventionKind, StatementId } from '../evaluation/facts.js';
import { lateralityOf } from './laterality.js';
import type { MappingContext } from './mapper.js';
import type { ProcedureMeaning } from './procedure-kind.js';
import { clip } from './references.js';

const OF_INTERVENTION: Partial<Record<InterventionKind, StatementId>> = {
  'sacral-lateral-branch-rfa': 'rfa-declined',
  'lateral-branch-block': 'block-declined',
  'si-joint-injection': 'block-declined',
};
const OF_CARE: Partial<Record<CareClass, StatementId>> = {
  'physical-therapy': 'rehabilitation-declined',
  'home-exercise': 'rehabilitation-declined',
  chiropractic: 'rehabilitation-declined',
};

/** What the reason of an ablation that was not carried out may say beside a refusal: it is read like a note of it. */
const AGAINST: ReadonlySet<StatementId> = new Set(['rfa-denied-by-plan', 'rfa-advised-against']);
const NOT_CARRIED_OUT: ReadonlySet<string> = new Set(['not-done', 'on-hold', 'stopped']);

/** The record that says so, its day, and its side where it names one. */
interface RecordOf {
  readonly reference: string;
  readonly date?: string;
  readonly laterality?: Laterality | undefined;
}

/**
 * A Procedure that was not done because the patient did not want it, as its statusReason says: a refusal like one in a
 * note. So is what a payer denied, or somebody advised against.
 */
export function addRefusal(
  procedure: Procedure,
  { intervention, care }: ProcedureMeaning,
  { sites, ...told }: Omit<RecordOf, 'laterality'> & { readonly sites: readonly CodeableConcept[] },
  context: MappingContext,
): void {
  const { status, statusReason } = procedure;
  if (!NOT_CARRIED_OUT.has(status)) return;
  const of = { ...told, laterality: lateralityOf([procedure.code, ...sites], context.terminology) };
  const id = (intervention && OF_INTERVENTION[intervention]) ?? (care && OF_CARE[care]);
  const words = statusReason?.text ?? statusReason?.coding?.[0]?.display;
  const reason = typeof words === 'string' ? words : undefined;
  const isRefused = () => context.terminology.conceptsOf(statusReason).concepts.includes('patient-refusal');
  if (status === 'not-done' && id && isRefused()) addStatement(id, of, reason, context);
  else addReasonAgainst(intervention, reason, of, context);
}

/** Why an ablation is not carried out, or waits, where that is a payer's denial or advice against it. */
export function addReasonAgainst(
  kind: InterventionKind | undefined,
  reason: string | undefined,
  of: RecordOf,
  context: MappingContext,
): void {
  if (kind !== 'sacral-lateral-branch-rfa' || !reason) return;
  for (const { id } of context.read(`RFA: ${reason}`).statements)
    if (AGAINST.has(id)) addStatement(id, of, reason, context);
}

function addStatement(
  id: StatementId,
  { reference, date, laterality }: RecordOf,
  reason: string | undefined,
  { collected }: MappingContext,
): void {
  const evidence = { reference, ...(date && { date }), ...(reason && { excerpt: clip(reason) }) };
  collected.statements.push({
    id,
    ...(date && { date }),
    ...(laterality && { laterality }),
    evidence: [evidence],
  });
}
