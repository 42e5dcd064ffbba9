import type { Procedure } from 'fhir/r4.js';
import { evidenceOf } from './evidence.js';
import { labelOf } from './laterality.js';
import type { MappingContext } from './mapper.js';

/** A device that current can disturb, by the operation that placed it or a check of it: it is stated like one in a note. */
export function addImplantedDevice(
  { code, status }: Procedure,
  { reference, date }: { readonly reference: string; readonly date?: string },
  { terminology, collected }: MappingContext,
): void {
  if (status !== 'completed' || !terminology.conceptsOf(code).concepts.includes('implanted-device')) return;
  collected.statements.push({
    id: 'implanted-device',
    ...(date && { date }),
    evidence: evidenceOf(reference, date, labelOf(code)),
  });
}
