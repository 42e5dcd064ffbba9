/**
 * A copy of a resource in which what breaks FHIR's shapes is left out: lists that are none, list entries that are no
 * objects, complex values that are strings. What is left can be read like any resource; nothing is made up.
 */
export function wellFormed<T extends object>(resource: T): T {
  return cleaned(resource) as T;
}

/** Elements that the mappers read as lists of objects. */
const LISTS: ReadonlySet<string> = new Set([
  'coding',
  'note',
  'bodySite',
  'reasonCode',
  'reasonReference',
  'category',
  'contained',
  'orderDetail',
  'presentedForm',
  'content',
  'result',
  'report',
  'related',
  'component',
  'interpretation',
  'dosageInstruction',
  'identifier',
  'followUp',
  'partOf',
  'focus',
]);

/** Elements that the mappers read as objects. Observation.bodySite is one, elsewhere it is a list. */
const OBJECTS: ReadonlySet<string> = new Set([
  'code',
  'subject',
  'patient',
  'outcome',
  'statusReason',
  'type',
  'context',
  'period',
  'performedPeriod',
  'effectivePeriod',
  'onsetPeriod',
  'occurrencePeriod',
  'clinicalStatus',
  'verificationStatus',
  'medicationCodeableConcept',
  'valueCodeableConcept',
  'valueQuantity',
  'attachment',
  'timing',
  'repeat',
  'boundsPeriod',
  'dispenseRequest',
  'validityPeriod',
  'method',
  'meta',
]);

/** Elements that the mappers read as strings. */
const STRINGS =
  /^(?:text|display|reference|system|url|data|contentType|title|status|intent|conclusion|valueString|.*DateTime|start|end|issued|date|authoredOn)$/;

function cleaned(value: object): object {
  const isObservation = 'resourceType' in value && value.resourceType === 'Observation';
  const entries = Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    const kept = keep(name, member, isObservation);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return Object.fromEntries(entries);
}

function keep(name: string, member: unknown, isObservation: boolean): unknown {
  if (LISTS.has(name) && !(isObservation && name === 'bodySite')) return listOf(member);
  if (OBJECTS.has(name) || (isObservation && name === 'bodySite')) return objectOf(name, member);
  if (name === 'text') return typeof member === 'string' ? member : objectOf(name, member);
  if (STRINGS.test(name)) return typeof member === 'string' ? member : undefined;
  return member;
}

function listOf(member: unknown): readonly object[] | undefined {
  if (!Array.isArray(member)) return undefined;
  return member.filter((item): item is object => isObject(item)).map(cleaned);
}

/** `code` and `type` are codes (strings) inside a Coding and concepts elsewhere: both are kept. */
function objectOf(name: string, member: unknown): unknown {
  if (isObject(member)) return cleaned(member);
  const mayBeCode = name === 'code' || name === 'type';
  return mayBeCode && typeof member === 'string' ? member : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
