/**
 * A resource without what breaks FHIR's shapes: lists that are none, list entries that are no objects, complex values
 * that are strings. What is left can be read like any resource; nothing is made up. One that breaks nothing, as
 * nearly all, is returned as it is.
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

/** Whether an element of this name is read by the mappers, and may hold others. */
export function isReadElement(name: string): boolean {
  return READ.has(name);
}

const READ: ReadonlySet<string> = new Set([...LISTS, ...OBJECTS]);

/** Elements that the mappers read as strings. */
const STRINGS =
  /^(?:text|display|reference|system|url|data|contentType|title|status|intent|conclusion|valueString|.*DateTime|start|end|issued|date|authoredOn)$/;

function cleaned(value: object): object {
  const isObservation = 'resourceType' in value && value.resourceType === 'Observation';
  let changed: Record<string, unknown> | undefined;
  const members = value as Readonly<Record<string, unknown>>;
  // What JSON.parse made inherits nothing that could be listed.
  for (const name in members) {
    const member = members[name];
    const kept = keep(name, member, isObservation);
    if (kept === member) continue;
    changed ??= { ...value };
    changed[name] = kept;
  }
  return changed ? withoutUndefined(changed) : value;
}

function withoutUndefined(members: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined));
}

function keep(name: string, member: unknown, isObservation: boolean): unknown {
  switch (isObservation && name === 'bodySite' ? 'object' : shapeOf(name)) {
    case 'list':
      return listOf(member);
    case 'object':
      return objectOf(name, member);
    case 'text':
      return typeof member === 'string' ? member : objectOf(name, member);
    case 'string':
      return typeof member === 'string' ? member : undefined;
    case 'any':
      return member;
  }
}

type Shape = 'list' | 'object' | 'text' | 'string' | 'any';

/** Element names of FHIR are few; others, of which there may be any number, are not kept. */
const SHAPES = new Map<string, Shape>();
const MOST_SHAPES = 1_000;

function shapeOf(name: string): Shape {
  const known = SHAPES.get(name);
  if (known) return known;
  const shape = readShape(name);
  if (SHAPES.size < MOST_SHAPES) SHAPES.set(name, shape);
  return shape;
}

function readShape(name: string): Shape {
  if (LISTS.has(name)) return 'list';
  if (OBJECTS.has(name)) return 'object';
  if (name === 'text') return 'text';
  return STRINGS.test(name) ? 'string' : 'any';
}

function listOf(member: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(member)) return undefined;
  const items: readonly unknown[] = member;
  // Nearly every list is whole: only one that is not is made anew.
  return items.every((item) => isObject(item) && cleaned(item) === item)
    ? items
    : items.filter(isObject).map(cleaned);
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
