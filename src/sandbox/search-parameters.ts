import type { FhirResource } from 'fhir/r4.js';

/** The resource types the sandbox knows and what each can be searched by: a subset of FHIR R4's own list. */
export type ResourceType = FhirResource['resourceType'];

export type ParameterKind = 'token' | 'reference' | 'date' | 'string';

export interface SearchParameter {
  readonly kind: ParameterKind;
  /** Dotted paths into the resource; any of them may match. */
  readonly paths: readonly string[];
  /** For references: the only type it points to, which a bare id then means. */
  readonly target?: string;
}

type Parameters = Readonly<Record<string, SearchParameter>>;

const token = (...paths: string[]): SearchParameter => ({ kind: 'token', paths });
const string = (...paths: string[]): SearchParameter => ({ kind: 'string', paths });
const date = (...paths: string[]): SearchParameter => ({ kind: 'date', paths });
const reference = (...paths: string[]): SearchParameter => ({ kind: 'reference', paths });
const onlyTo = (target: string, ...paths: string[]): SearchParameter => ({
  kind: 'reference',
  paths,
  target,
});

const about = (path: string): Parameters => ({ patient: onlyTo('Patient', path), subject: reference(path) });
const encounter: Parameters = { encounter: onlyTo('Encounter', 'encounter') };
const identifier: Parameters = { identifier: token('identifier') };
const named: Parameters = {
  ...identifier,
  active: token('active'),
  name: string('name.family', 'name.given', 'name.text'),
  family: string('name.family'),
  given: string('name.given'),
};
const clinical: Parameters = {
  ...identifier,
  'clinical-status': token('clinicalStatus'),
  'verification-status': token('verificationStatus'),
  category: token('category'),
  code: token('code'),
};
const event: Parameters = {
  ...identifier,
  ...about('subject'),
  ...encounter,
  status: token('status'),
  category: token('category'),
  code: token('code'),
};

const BY_TYPE = {
  AllergyIntolerance: { ...clinical, patient: onlyTo('Patient', 'patient'), date: date('recordedDate') },
  Appointment: {
    ...identifier,
    patient: onlyTo('Patient', 'participant.actor'),
    actor: reference('participant.actor'),
    status: token('status'),
    'service-type': token('serviceType'),
    date: date('start'),
  },
  Binary: {},
  CarePlan: { ...event, date: date('period') },
  Condition: {
    ...clinical,
    ...about('subject'),
    ...encounter,
    'body-site': token('bodySite'),
    'onset-date': date('onsetDateTime', 'onsetPeriod'),
    'abatement-date': date('abatementDateTime', 'abatementPeriod'),
    'recorded-date': date('recordedDate'),
  },
  Coverage: {
    ...identifier,
    patient: onlyTo('Patient', 'beneficiary'),
    beneficiary: onlyTo('Patient', 'beneficiary'),
    status: token('status'),
    type: token('type'),
    payor: reference('payor'),
  },
  DiagnosticReport: {
    ...event,
    date: date('effectiveDateTime', 'effectivePeriod'),
    issued: date('issued'),
    result: onlyTo('Observation', 'result'),
    performer: reference('performer'),
    'based-on': reference('basedOn'),
  },
  DocumentReference: {
    ...identifier,
    ...about('subject'),
    status: token('status'),
    type: token('type'),
    category: token('category'),
    date: date('date'),
    period: date('context.period'),
    encounter: reference('context.encounter'),
  },
  Encounter: {
    ...identifier,
    ...about('subject'),
    status: token('status'),
    class: token('class'),
    type: token('type'),
    date: date('period'),
    participant: reference('participant.individual'),
  },
  FamilyMemberHistory: {
    ...identifier,
    patient: onlyTo('Patient', 'patient'),
    status: token('status'),
    relationship: token('relationship'),
    code: token('condition.code'),
    date: date('date'),
  },
  Immunization: {
    ...identifier,
    patient: onlyTo('Patient', 'patient'),
    status: token('status'),
    'vaccine-code': token('vaccineCode'),
    date: date('occurrenceDateTime'),
  },
  Location: { ...identifier, name: string('name'), status: token('status') },
  MedicationRequest: {
    ...identifier,
    ...about('subject'),
    ...encounter,
    status: token('status'),
    intent: token('intent'),
    category: token('category'),
    code: token('medicationCodeableConcept'),
    medication: onlyTo('Medication', 'medicationReference'),
    authoredon: date('authoredOn'),
    requester: reference('requester'),
  },
  MedicationStatement: {
    ...identifier,
    ...about('subject'),
    status: token('status'),
    code: token('medicationCodeableConcept'),
    effective: date('effectiveDateTime', 'effectivePeriod'),
  },
  Medication: { ...identifier, code: token('code'), status: token('status') },
  Observation: {
    ...event,
    date: date('effectiveDateTime', 'effectivePeriod', 'effectiveInstant'),
    'value-concept': token('valueCodeableConcept'),
    'has-member': reference('hasMember'),
    'part-of': reference('partOf'),
    performer: reference('performer'),
  },
  Organization: { ...identifier, active: token('active'), name: string('name'), type: token('type') },
  Patient: { ...named, birthdate: date('birthDate'), gender: token('gender') },
  Practitioner: named,
  PractitionerRole: {
    ...identifier,
    practitioner: onlyTo('Practitioner', 'practitioner'),
    organization: onlyTo('Organization', 'organization'),
  },
  Procedure: {
    ...event,
    date: date('performedDateTime', 'performedPeriod'),
    'based-on': reference('basedOn'),
    'part-of': reference('partOf'),
    performer: reference('performer.actor'),
  },
  ServiceRequest: {
    ...event,
    intent: token('intent'),
    'body-site': token('bodySite'),
    authored: date('authoredOn'),
    occurrence: date('occurrenceDateTime', 'occurrencePeriod'),
    requester: reference('requester'),
    'based-on': reference('basedOn'),
  },
} satisfies Partial<Record<ResourceType, Parameters>>;

/** By resource type, then by parameter name. */
export const SEARCH_PARAMETERS: Readonly<Record<string, Parameters>> = BY_TYPE;

/** Parameters that every type has. */
export const COMMON_PARAMETERS: Parameters = {
  _id: token('id'),
  _lastUpdated: date('meta.lastUpdated'),
  _security: token('meta.security'),
};

/** Undefined for a type or a parameter that the sandbox does not know. */
export function searchParameter(type: string, name: string): SearchParameter | undefined {
  const ofType = SEARCH_PARAMETERS[type];
  return ofType !== undefined && Object.hasOwn(ofType, name) ? ofType[name] : COMMON_PARAMETERS[name];
}

export function isKnownType(type: string): type is keyof typeof BY_TYPE {
  return Object.hasOwn(SEARCH_PARAMETERS, type);
}
