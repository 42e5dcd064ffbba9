/** The FHIR R4 resources of a drawn patient. */
import type { FhirResource } from 'fhir/r4.js';
import { ablationsOf } from './ablations.js';
import type { DrawnPatient } from './patient.js';
import type { Random } from '../../../src/sandbox/seeded.js';

const CPT = 'http://www.ama-assn.org/go/cpt';
const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm';
const LOINC = 'http://loinc.org';
const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';

/** Makes what is common to all resources of a patient. */
class Chart {
  readonly resources: FhirResource[] = [];
  #count = 0;

  constructor(readonly patient: DrawnPatient) {}

  get subject() {
    return { reference: `Patient/${this.patient.id}` };
  }

  get bodySite() {
    return [{ text: `${this.patient.side} sacroiliac joint` }];
  }

  id(): string {
    this.#count += 1;
    return `${this.patient.id}-${this.#count}`;
  }

  /** YYYY-MM-DD, so many days after the order (negative: before). */
  date(days: number): string {
    return new Date((this.patient.day + days) * 86_400_000).toISOString().slice(0, 10);
  }

  /** @param days of its doing, and of its recording where that was another day; after the order */
  procedure(
    [days, recordedDays = days]: readonly [number, number?],
    code: string,
    text: string,
    more: object,
  ): void {
    this.resources.push({
      ...{ resourceType: 'Procedure', id: this.id(), status: 'completed', subject: this.subject },
      meta: { lastUpdated: `${this.date(recordedDays)}T18:00:00Z` },
      code: { coding: [{ system: CPT, code }], text },
      performedDateTime: this.date(days),
      ...more,
    });
  }
}

export function resourcesOf(patient: DrawnPatient, random: Random): readonly FhirResource[] {
  const chart = new Chart(patient);
  chart.resources.push({
    ...{ resourceType: 'Patient', id: patient.id, gender: random() < 0.5 ? 'female' : 'male' },
    birthDate: String(1940 + Math.floor(random() * 50)),
  });
  addOrder(chart);
  addConservativeCare(chart);
  addBlock(chart);
  addAblations(chart);
  addImaging(chart);
  addConditions(chart);
  addUnrelated(chart, random);
  addVitals(chart, random);
  return chart.resources;
}

function addOrder(chart: Chart): void {
  const { order, indication } = chart.patient;
  if (order === 'none') return;
  const reason =
    indication === 'sacroiliac'
      ? { coding: [{ system: ICD10, code: 'M53.3' }], text: 'Chronic sacroiliac joint pain' }
      : { text: 'Greater occipital neuralgia' };
  const sacroiliac = indication === 'sacroiliac';
  const code = {
    coding: [{ system: CPT, code: '64772' }],
    text: sacroiliac ? 'Neurectomy of sacral lateral branches' : 'Neurectomy, greater occipital nerve',
  };
  const what = { code, reasonCode: [reason], ...(sacroiliac && { bodySite: chart.bodySite }) };
  const id = chart.id();
  if (order !== 'procedure')
    chart.resources.push({
      ...{ resourceType: 'ServiceRequest', id, status: 'completed', intent: 'order', subject: chart.subject },
      authoredOn: `${chart.date(0)}T15:30:00Z`,
      ...what,
    });
  if (order === 'order') return;
  const performed = order === 'procedure' ? 0 : 40;
  const basedOn = order === 'procedure' ? {} : { basedOn: [{ reference: `ServiceRequest/${id}` }] };
  chart.procedure([performed], '64772', code.text, { ...what, ...basedOn });
}

function addConservativeCare(chart: Chart): void {
  const { conservative } = chart.patient;
  const therapy = 'Physical therapy';
  if (conservative === 'declined')
    chart.procedure([-200], '97110', therapy, {
      status: 'not-done',
      statusReason: { text: 'Patient declined' },
    });
  if (conservative !== 'done') return;
  chart.procedure([-300, -237], '97110', therapy, {
    performedDateTime: undefined,
    performedPeriod: { start: chart.date(-300), end: chart.date(-237) },
    note: [{ text: 'Ten visits of lumbopelvic stabilisation, then discharged to a home program.' }],
  });
}

function addBlock(chart: Chart): void {
  const { block } = chart.patient;
  if (block === 'none') return;
  const relief = block === 'negative' ? '30% relief' : '85% relief of the usual buttock pain for 6 hours';
  const performed = block === 'done-later' ? 20 : -120;
  const more = { bodySite: chart.bodySite, note: [{ text: `${relief}.` }] };
  const recorded = block === 'recorded-later' ? 15 : performed;
  chart.procedure([performed, recorded], '64451', 'Sacral lateral branch block', more);
}

const FAILED = 'Follow-up at 12 weeks: 20% relief.';
const COOLED = '17-gauge cooled probes, 60 C for 150 seconds at L5 dorsal ramus and S1-S3.';

const NOTES = {
  failed: `${COOLED} ${FAILED}`,
  unknown: `${COOLED} No complications.`,
  none: COOLED,
} as const;
const ABLATION = 'Cooled radiofrequency ablation, sacral lateral branches';

function addAblations(chart: Chart): void {
  for (const { ordered, performed, outcome } of ablationsOf(chart.patient)) {
    const id = ordered === undefined ? undefined : orderAblation(chart, ordered, performed !== undefined);
    const basedOn = id === undefined ? {} : { basedOn: [{ reference: `ServiceRequest/${id}` }] };
    const more = { bodySite: chart.bodySite, note: [{ text: NOTES[outcome] }], ...basedOn };
    if (performed !== undefined) chart.procedure([performed], '64625', ABLATION, more);
  }
}

/** @returns the id of the order */
function orderAblation(chart: Chart, days: number, isDone: boolean): string {
  const id = chart.id();
  chart.resources.push({
    ...{ resourceType: 'ServiceRequest', id, status: isDone ? 'completed' : 'revoked', intent: 'order' },
    ...{ subject: chart.subject, bodySite: chart.bodySite, authoredOn: `${chart.date(days)}T10:00:00Z` },
    code: { coding: [{ system: CPT, code: '64625' }], text: ABLATION },
    reasonCode: [{ text: 'Chronic sacroiliac joint pain' }],
  });
  return id;
}

function addImaging(chart: Chart): void {
  const { stenosis } = chart.patient;
  if (stenosis === 'none') return;
  chart.resources.push({
    ...{ resourceType: 'DiagnosticReport', id: chart.id(), status: 'final', subject: chart.subject },
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'RAD' }] }],
    code: { coding: [{ system: LOINC, code: '24968-0' }], text: 'MRI lumbar spine' },
    effectiveDateTime: chart.date(-90),
    issued: `${chart.date(stenosis === 'before' ? -89 : 3)}T09:00:00Z`,
    conclusion: `L5-S1: Severe ${chart.patient.side.toLowerCase()} neural foraminal stenosis.`,
  });
}

function addConditions(chart: Chart): void {
  const { metastasis } = chart.patient;
  const add = (days: number, code: string, text: string): void => {
    chart.resources.push({
      ...{ resourceType: 'Condition', id: chart.id(), subject: chart.subject },
      clinicalStatus: { coding: [{ system: CLINICAL, code: 'active' }] },
      code: { coding: [{ system: ICD10, code }], text },
      recordedDate: chart.date(days),
    });
  };
  add(-1000, 'J30.2', 'Other seasonal allergic rhinitis');
  if (metastasis !== 'none')
    add(metastasis === 'before' ? -30 : 60, 'C79.51', 'Secondary malignant neoplasm of bone');
}

/** A note and a medicine that say nothing of the order, for half of the patients each: the export holds their types. */
function addUnrelated(chart: Chart, random: Random): void {
  if (random() < 0.5)
    chart.resources.push({
      ...{ resourceType: 'DocumentReference', id: chart.id(), status: 'current', subject: chart.subject },
      date: `${chart.date(-400)}T12:00:00Z`,
      content: [{ attachment: { contentType: 'text/plain', data: EYE_EXAMINATION } }],
    });
  if (random() < 0.5)
    chart.resources.push({
      ...{ resourceType: 'MedicationRequest', id: chart.id(), status: 'active', intent: 'order' },
      subject: chart.subject,
      authoredOn: chart.date(-700),
      medicationCodeableConcept: { text: 'lisinopril 10 mg oral tablet' },
    });
}

const EYE_EXAMINATION = Buffer.from('Annual eye examination. Vision 20/20 on both sides.').toString('base64');

function addVitals(chart: Chart, random: Random): void {
  const { vitals, lastVisit } = chart.patient;
  const last = lastVisit === 'after-14-months' ? 425 : 120;
  for (let one = 0; one < vitals; one += 1) {
    const days = one === 0 ? last : Math.floor(-1000 + random() * 1100);
    chart.resources.push({
      ...{ resourceType: 'Observation', id: chart.id(), status: 'final', subject: chart.subject },
      code: { coding: [{ system: LOINC, code: '8867-4' }], text: 'Heart rate' },
      effectiveDateTime: chart.date(days),
      valueQuantity: { value: 55 + Math.floor(random() * 50), unit: '/min' },
    });
  }
}
