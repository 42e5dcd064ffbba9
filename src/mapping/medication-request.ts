import type { CodeableConcept, Medication, MedicationRequest, Resource } from 'fhir/r4.js';
import type { ConservativeCareFact } from '../evaluation/facts.js';
import { evidenceOf } from './evidence.js';
import { labelOf } from './laterality.js';
import type { MappingContext } from './mapper.js';
import { validDate } from './references.js';

/** Medicines that are conservative care of pain, and the class each value set is. */
const CARE_CLASSES: readonly string[] = [
  'nsaid',
  'acetaminophen',
  'opioid',
  'gabapentinoid',
  'muscle-relaxant',
  'antidepressant-for-pain',
  'oral-steroid',
];

const TAKEN: ReadonlySet<string> = new Set(['active', 'on-hold', 'completed', 'stopped']);
const NOT_ORDERED: ReadonlySet<string> = new Set(['proposal', 'plan', 'option']);

/** A medicine that was ordered: as conservative care, and for what the policy minds (bleeding risk). */
export function mapMedicationRequest(
  request: MedicationRequest,
  reference: string,
  context: MappingContext,
): void {
  if (request.doNotPerform === true || !TAKEN.has(request.status) || NOT_ORDERED.has(request.intent)) return;
  const medicine = medicineOf(request);
  const { concepts } = context.terminology.conceptsOf(medicine);
  if (concepts.length === 0) return;
  const label = labelOf(medicine);
  const period = periodOf(request);
  const evidence = evidenceOf(reference, period.start, label);
  context.collected.medications.push({ concepts, current: request.status === 'active', ...period, evidence });
  const medicationClass = CARE_CLASSES.find((id) => concepts.includes(id));
  if (!medicationClass) return;
  const care: ConservativeCareFact = {
    care: 'medication',
    medicationClass,
    status: 'done',
    ...period,
    evidence,
  };
  context.collected.conservativeCare.push(care);
}

/** The medicine by concept, by the contained Medication that is referred to, or by the reference's own words. */
function medicineOf({
  medicationCodeableConcept,
  medicationReference,
  contained = [],
}: MedicationRequest): CodeableConcept | undefined {
  if (medicationCodeableConcept) return medicationCodeableConcept;
  const inside = contained
    .filter(isMedication)
    .find(({ id }) => medicationReference?.reference === `#${id ?? ''}`);
  const text = medicationReference?.display;
  return inside?.code ?? (text === undefined ? undefined : { text });
}

function isMedication(resource: Resource): resource is Medication {
  return resource.resourceType === 'Medication';
}

/** When it is to be taken. How long it may be dispensed (validityPeriod) says nothing of that, but when it was begun. */
function periodOf(request: MedicationRequest): { readonly start?: string; readonly end?: string } {
  const bounds = request.dosageInstruction?.[0]?.timing?.repeat?.boundsPeriod;
  const dispensed = request.dispenseRequest?.validityPeriod;
  const start = validDate(bounds?.start ?? request.authoredOn ?? dispensed?.start);
  const end = validDate(bounds?.end);
  return { ...(start && { start }), ...(end && { end }) };
}
