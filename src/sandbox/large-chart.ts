import type {
  CodeableConcept,
  Condition,
  DiagnosticReport,
  Encounter,
  MedicationRequest,
  Observation,
  Procedure,
} from 'fhir/r4.js';
import type { Chart } from './charts.js';
import { isIdentifiedResource, type IdentifiedResource } from './resource.js';
import { seeded } from './seeded.js';

const ID = 'large-chart';
const subject = { reference: `Patient/${ID}` };
const CODE_SYSTEM = 'http://terminology.hl7.org/CodeSystem';

/** How many irrelevant resources of each kind: 1,500 together. */
const COUNTS = {
  encounters: 120,
  conditions: 160,
  procedures: 260,
  reports: 200,
  medications: 160,
  observations: 600,
};

/**
 * A long record: another chart's resources under new ids, behind twenty years of irrelevant ones, so that every
 * search has further pages and what matters lies on the last. The same resources on every call.
 */
export function largeChart(essentials: Chart): Chart {
  const random = seeded(20260320);
  const noise = [
    ...times(COUNTS.encounters, (n) => encounter(n, dayIn(random))),
    ...times(COUNTS.conditions, (n) => condition(n, dayIn(random), pick(CONDITIONS, random))),
    ...times(COUNTS.procedures, (n) => procedure(n, dayIn(random), pick(PROCEDURES, random))),
    ...times(COUNTS.reports, (n) => report(n, dayIn(random), pick(REPORTS, random))),
    ...times(COUNTS.medications, (n) => medication(n, dayIn(random), pick(MEDICATIONS, random))),
    ...times(COUNTS.observations, (n) => observation(n, dayIn(random), random())),
  ];
  return {
    patientId: ID,
    title: 'A very long record',
    situation:
      'The findings of the first patient behind 1,500 resources that have nothing to do with the order.',
    resources: [...noise, ...renamed(essentials.resources, essentials.patientId)],
    draftOrders: renamed(essentials.draftOrders, essentials.patientId),
  };
}

/** The resources with the patient's id, every id that starts with it, their name and numbers exchanged. */
function renamed(resources: readonly IdentifiedResource[], from: string): readonly IdentifiedResource[] {
  const ids = new RegExp(`"(id|reference|url)":"([A-Za-z]+/)?${from}(?=["-])`, 'g');
  const text = JSON.stringify(resources)
    .replace(ids, `"$1":"$2${ID}`)
    .replaceAll(/SYN-[0-9A-Z]+/g, 'SYN-00112')
    .replaceAll('Sampleton', 'Longrecord');
  const copies: unknown = JSON.parse(text);
  return Array.isArray(copies) ? copies.filter(isIdentifiedResource) : [];
}

function times<T>(count: number, make: (n: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, n) => make(n));
}

/** A day between 2006-01-01 and 2025-12-31. */
function dayIn(random: () => number): string {
  const [from, until] = [Date.UTC(2006, 0, 1), Date.UTC(2026, 0, 1)];
  return new Date(from + Math.floor(random() * (until - from))).toISOString().slice(0, 10);
}

interface Named {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

function pick(from: readonly [Named, ...Named[]], random: () => number): Named {
  return from[Math.floor(random() * from.length)] ?? from[0];
}

const named =
  (system: string) =>
  (code: string, display: string): Named => ({ system, code, display });
const icd = named('http://hl7.org/fhir/sid/icd-10-cm');
const cpt = named('http://www.ama-assn.org/go/cpt');
const loinc = named('http://loinc.org');
const rxnorm = named('http://www.nlm.nih.gov/research/umls/rxnorm');

const CONDITIONS: readonly [Named, ...Named[]] = [
  icd('J06.9', 'Acute upper respiratory infection, unspecified'),
  icd('H52.4', 'Presbyopia'),
  icd('L20.9', 'Atopic dermatitis, unspecified'),
  icd('N39.0', 'Urinary tract infection, site not specified'),
  icd('J30.2', 'Other seasonal allergic rhinitis'),
  icd('K02.9', 'Dental caries, unspecified'),
];
const PROCEDURES: readonly [Named, ...Named[]] = [
  cpt('99213', 'Office visit'),
  cpt('92014', 'Eye examination'),
  cpt('90686', 'Influenza immunization'),
  cpt('36415', 'Venous blood draw'),
  cpt('77067', 'Screening mammography'),
  cpt('93000', 'Electrocardiogram'),
];
const REPORTS: readonly [Named, ...Named[]] = [
  loinc('36643-5', 'XR Chest 2 Views'),
  loinc('24606-6', 'MG Breast Screening'),
  loinc('30746-2', 'XR Chest Portable'),
];
const MEDICATIONS: readonly [Named, ...Named[]] = [
  rxnorm('723', 'amoxicillin'),
  rxnorm('29046', 'lisinopril'),
  rxnorm('83367', 'atorvastatin'),
  rxnorm('10582', 'levothyroxine'),
];

function concept(coding: Named): CodeableConcept {
  return { coding: [{ ...coding }], text: coding.display };
}

function status(system: string, code: string): CodeableConcept {
  return { coding: [{ system: `${CODE_SYSTEM}/${system}`, code }] };
}

function at(n: number): { encounter: { reference: string } } {
  return { encounter: { reference: `Encounter/${ID}-visit-${n % COUNTS.encounters}` } };
}

function encounter(n: number, day: string): Encounter & IdentifiedResource {
  const code = { system: `${CODE_SYSTEM}/v3-ActCode`, code: 'AMB', display: 'ambulatory' };
  const period = { start: day, end: day };
  return {
    resourceType: 'Encounter',
    id: `${ID}-visit-${n}`,
    status: 'finished',
    class: code,
    subject,
    period,
  };
}

function condition(n: number, day: string, code: Named): Condition & IdentifiedResource {
  return {
    resourceType: 'Condition',
    id: `${ID}-problem-${n}`,
    clinicalStatus: status('condition-clinical', 'resolved'),
    verificationStatus: status('condition-ver-status', 'confirmed'),
    category: [status('condition-category', 'encounter-diagnosis')],
    code: concept(code),
    subject,
    ...at(n),
    onsetDateTime: day,
    abatementDateTime: day,
    recordedDate: day,
  };
}

function procedure(n: number, day: string, code: Named): Procedure & IdentifiedResource {
  return {
    resourceType: 'Procedure',
    id: `${ID}-service-${n}`,
    status: 'completed',
    code: concept(code),
    subject,
    ...at(n),
    performedDateTime: day,
  };
}

function report(n: number, day: string, code: Named): DiagnosticReport & IdentifiedResource {
  return {
    resourceType: 'DiagnosticReport',
    id: `${ID}-imaging-${n}`,
    status: 'final',
    category: [concept(loinc('LP29684-5', 'Radiology'))],
    code: concept(code),
    subject,
    ...at(n),
    effectiveDateTime: day,
    conclusion: 'No acute cardiopulmonary or breast finding. Routine follow-up.',
  };
}

function medication(n: number, day: string, code: Named): MedicationRequest & IdentifiedResource {
  return {
    resourceType: 'MedicationRequest',
    id: `${ID}-prescription-${n}`,
    status: 'completed',
    intent: 'order',
    medicationCodeableConcept: concept(code),
    subject,
    ...at(n),
    authoredOn: day,
  };
}

function observation(n: number, day: string, share: number): Observation & IdentifiedResource {
  return {
    resourceType: 'Observation',
    id: `${ID}-weight-${n}`,
    status: 'final',
    category: [status('observation-category', 'vital-signs')],
    code: concept(loinc('29463-7', 'Body weight')),
    subject,
    ...at(n),
    effectiveDateTime: day,
    valueQuantity: {
      value: Math.round(600 + share * 200) / 10,
      unit: 'kg',
      system: 'http://unitsofmeasure.org',
      code: 'kg',
    },
  };
}
