import type { Procedure } from 'fhir/r4.js';
import type { CareClass, InterventionKind, StatementId } from '../evaluation/facts.js';
import type { MappingContext } from './mapper.js';
import type { ProcedureMeaning } from './procedure-kind.js';

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

/** A Procedure that was not done because the patient did not want it, as its statusReason says: a refusal like one in a note. */
export function addRefusal(
  { status, statusReason }: Procedure,
  { intervention, care }: ProcedureMeaning,
  { reference, date }: { readonly reference: string; readonly date?: string },
  { terminology, collected }: MappingContext,
): void {
  const id = (intervention && OF_INTERVENTION[intervention]) ?? (care && OF_CARE[care]);
  if (status !== 'not-done' || !id) return;
  if (!terminology.conceptsOf(statusReason).concepts.includes('patient-refusal')) return;
  const words = statusReason?.text ?? statusReason?.coding?.[0]?.display;
  const excerpt = typeof words === 'string' ? { excerpt: words.slice(0, 200) } : {};
  collected.statements.push({
    id,
    ...(date && { date }),
    evidence: [{ reference, ...(date && { date }), ...excerpt }],
  });
}
