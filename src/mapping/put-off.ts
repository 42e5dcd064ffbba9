import type { Laterality } from '../evaluation/evidence.js';
import type { InterventionKind } from '../evaluation/facts.js';
import type { Collected } from './collected.js';
import { evidenceOf } from './evidence.js';
import { clip } from './references.js';

/** "On hold: ablation of ... Authorization pending": the state of a record, what it is of, and each reason once. */
export function stateInWords(state: string, label: string, reasons: readonly (string | undefined)[]): string {
  const said = [label, ...new Set(reasons)].filter(Boolean).join('. ');
  return clip(said ? `${state}: ${said}` : state);
}

interface OfRecord {
  readonly reference: string;
  readonly kind: InterventionKind | undefined;
  readonly date?: string | undefined;
  readonly laterality?: Laterality | undefined;
}

/** A record that puts an ablation off, or says not to do it, speaks against it as a note would. */
export function addPutOff(
  { reference, kind, date, laterality }: OfRecord,
  words: string,
  collected: Collected,
): void {
  if (kind !== 'sacral-lateral-branch-rfa') return;
  collected.statements.push({
    id: 'rfa-advised-against',
    ...(date && { date }),
    ...(laterality && { laterality }),
    stands: true,
    evidence: evidenceOf(reference, date, words),
  });
}
