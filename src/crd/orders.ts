import type { CodeableConcept, Reference } from 'fhir/r4.js';
import { placeOf } from '../cds-hooks/draft-orders.js';
import type { HookRequest, JsonObject } from '../cds-hooks/hook-request.types.js';
import { isJsonObject } from '../cds-hooks/json.js';
import { isFhirId } from '../cds-hooks/members.js';
import { isAbridged } from '../cds-hooks/processing.js';
import { CdsError, type CdsErrorCode } from '../errors.js';
import { recognise } from '../mapping/recognise.js';
import { isPatient, literalReference, ownReference, type Whose } from '../mapping/references.js';
import type { Terminology } from '../mapping/terminology.js';
import { isUnderstood } from '../mapping/understood.js';
import type { CoverageRule, RuledOrders } from './coverage-rules.types.js';

/** An order that something may be said of, as it was received. */
export interface CrdOrder {
  /** `Type/id`. */
  readonly reference: string;
  readonly resource: JsonObject;
  /** Where it stands in draftOrders, or among the orders dispatched. */
  readonly index: number;
  /** Where it stands in the call. */
  readonly place: string;
}

/** An order that a rule speaks of. */
export interface Claim {
  readonly order: CrdOrder;
  readonly rule: CoverageRule;
}

/** Types that may carry coverage-information, and the member that says what is ordered (section 22). */
const CODED_IN: Readonly<Record<string, string | undefined>> = {
  ServiceRequest: 'code',
  DeviceRequest: 'codeCodeableConcept',
  MedicationRequest: 'medicationCodeableConcept',
  NutritionOrder: undefined,
  VisionPrescription: undefined,
  CommunicationRequest: undefined,
};

export function isOrderType(type: string): boolean {
  return Object.hasOwn(CODED_IN, type);
}

const NOT_ORDERED: ReadonlySet<unknown> = new Set(['entered-in-error', 'revoked', 'cancelled', 'completed']);

/** Whether coverage is a question at all: what is not to be done needs none (CX-12), nor what is somebody else's. */
export function isOrdered(resource: JsonObject, whose: Whose): boolean {
  const { resourceType, status, doNotPerform } = resource;
  if (typeof resourceType !== 'string' || !isOrderType(resourceType)) return false;
  if (doNotPerform === true || NOT_ORDERED.has(status)) return false;
  const subject = resource['subject'] ?? resource['patient'];
  const patient = isReference(subject) ? isPatient(subject, whose) : 'unknown';
  return patient === 'unknown' || patient === 'yes';
}

function isReference(value: unknown): value is Reference {
  return isJsonObject(value);
}

/** Whom a call is about. */
export function whoseCall({ context: { patientId }, fhirServer }: HookRequest): Whose {
  return { patientId, fhirServer };
}

/** The orders of a call that a rule may be for, in order-select the selected ones (CC-10). */
export function ordersOf(request: HookRequest): readonly CrdOrder[] {
  const { draftOrders, selections } = request.context;
  const whose = whoseCall(request);
  return draftOrders.flatMap((order, index) => {
    const { resource } = order;
    if (!isOrdered(resource, whose)) return [];
    const reference = referenceOf(resource);
    if (selections && !selections.includes(reference)) return [];
    return [{ reference, resource, index, place: placeOf(order, index) }];
  });
}

/** `Type/` alone where it has no id; to be refused before anything is said of it. */
function referenceOf({ resourceType, id }: JsonObject): string {
  return `${typeof resourceType === 'string' ? resourceType : ''}/${typeof id === 'string' ? id : ''}`;
}

export interface Ruling {
  readonly rules: readonly CoverageRule[];
  readonly terminology: Terminology;
  /** Places in draftOrders of those that the service's policy reviews. */
  readonly reviewed: ReadonlySet<number>;
  /** What an order is refused as that is not as FHIR says. */
  readonly invalidAs: CdsErrorCode;
}

/**
 * The orders that a rule speaks of, each with the first that does.
 *
 * @throws CdsError `invalidAs` for one whose id or extensions are not as FHIR says, ERR_HOOK_REQUEST_UNPROCESSABLE for
 *   one that cannot be given back without an id of its own, and for one that FHIR forbids to process
 */
export function claimsOn(orders: readonly CrdOrder[], ruling: Ruling): readonly Claim[] {
  const claimed = new Set<string>();
  return orders.flatMap((order) => {
    const rule = ruling.rules.find(({ orders: ruled }) => isRuled(order, ruled, ruling));
    if (!rule) return [];
    refuseWhatIsNoFhir(order, ruling.invalidAs);
    refuseWhatCannotBeUpdated(order, claimed);
    claimed.add(order.reference);
    return [{ order, rule }];
  });
}

function isRuled(
  { resource, index }: CrdOrder,
  ruled: RuledOrders,
  { reviewed, terminology }: Ruling,
): boolean {
  if (ruled === 'any') return true;
  if (ruled === 'reviewed') return reviewed.has(index);
  const code = codeOf(resource);
  if ('concepts' in ruled)
    return ruled.concepts.some((reviewed) => recognise(code, { reviewed, companions: [] }, terminology));
  return (code.coding ?? []).some((coding) =>
    ruled.codes.some(({ system, code: wanted }) => system === coding.system && wanted === coding.code),
  );
}

/** What is ordered, as far as it is what FHIR says. */
function codeOf(resource: JsonObject): CodeableConcept {
  const { resourceType } = resource;
  const concept = resource[(typeof resourceType === 'string' && CODED_IN[resourceType]) || 'code'];
  if (!isJsonObject(concept)) return {};
  const { text, coding: sent } = concept;
  const codings: readonly unknown[] = Array.isArray(sent) ? sent : [];
  const coding = codings.filter(isJsonObject).map(({ system, code, display }) => ({
    ...(typeof system === 'string' && { system }),
    ...(typeof code === 'string' && { code }),
    ...(typeof display === 'string' && { display }),
  }));
  return { coding, ...(typeof text === 'string' && { text }) };
}

function refuseWhatIsNoFhir({ resource, place }: CrdOrder, invalidAs: CdsErrorCode): void {
  const { id, extension } = resource;
  if (id !== undefined && !isFhirId(id)) throw refusal(invalidAs, `${place}.id`, 'is not an id of FHIR');
  if (extension !== undefined && !Array.isArray(extension))
    throw refusal(invalidAs, `${place}.extension`, 'is not an array');
}

/** @param claimed `Type/id` of the orders before it */
function refuseWhatCannotBeUpdated(
  { resource, reference, place }: CrdOrder,
  claimed: ReadonlySet<string>,
): void {
  if (resource['id'] === undefined) throw unprocessable(`${place}.id`, 'is needed to update the order');
  if (claimed.has(reference)) throw unprocessable(`${place}.id`, 'is that of another order of the call');
  if (!isUnderstood(resource))
    throw unprocessable(place, 'has a modifierExtension or implicitRules that this service does not know');
  // ACT-3: what is updated is the whole order, so that all it was sent without would be removed.
  if (isAbridged(resource)) throw unprocessable(place, 'is not the whole order, and cannot be updated');
}

function unprocessable(expression: string, reason: string): CdsError {
  return refusal('ERR_HOOK_REQUEST_UNPROCESSABLE', expression, reason);
}

function refusal(code: CdsErrorCode, expression: string, reason: string): CdsError {
  return new CdsError(code, `${expression} ${reason}`, { expression });
}

/**
 * The coverages that an order says it is billed to: `Coverage/<id>`, `#<id>` of one that it contains (CTX-9), or the
 * whole address of one on another server.
 */
export function insuranceOf({ insurance }: JsonObject, whose: Whose): readonly string[] {
  const references: readonly unknown[] = Array.isArray(insurance) ? insurance : [];
  return references.filter(isReference).flatMap((one) => {
    const { reference } = one;
    const isInside = typeof reference === 'string' && reference.startsWith('#');
    if (isInside || literalReference(one) === undefined) return isInside ? [reference] : [];
    return ownReference(one, whose) ?? reference ?? [];
  });
}
