import type { CodeableConcept, Coding, Condition, Resource, ServiceRequest } from 'fhir/r4.js';
import type { Evidence } from '../evaluation/evidence.js';
import type { OrderFact } from '../evaluation/facts.js';
import type { OrderParams } from '../evaluation/policy.js';
import { labelOf, wordsOf } from './laterality.js';
import type { ReviewedOrders } from './order.types.js';
import { clip, isPatient, ownReference, type Whose } from './references.js';
import type { Terminology } from './terminology.js';
import { allOf } from '../lists.js';

/** What an order's reasonReference may name. */
export interface ReasonConditions extends Whose {
  /** The patient's own of the chart, by `Condition/<id>`. */
  readonly own: ReadonlyMap<string, Condition>;
  /** Those that came with the chart and are another patient's. */
  readonly ofOthers: ReadonlySet<string>;
}

/** Where no chart is at hand, or none is needed. */
export function noConditions({ patientId, fhirServer }: Whose): ReasonConditions {
  return { patientId, fhirServer, own: new Map(), ofOthers: new Set() };
}

export interface Reason {
  readonly codings: readonly Coding[];
  readonly words: string;
  /** By `Type/id`; of a draft without one, by what the call has in its place, which nobody could find. */
  readonly evidence: Evidence;
}

/** The reasons of all drafts: reasonCode, and the Condition behind a reasonReference (contained, or of the chart). */
export function reasonsOf(orders: ReviewedOrders, conditions: ReasonConditions): readonly Reason[] {
  return allOf(orders.drafts, ({ reference, request }) => [
    ...(request.reasonCode ?? []).map((code) => toReason(code, reference)),
    ...referredConditions(request, conditions).map(({ source, code }) => toReason(code, source ?? reference)),
  ]);
}

function toReason(code: CodeableConcept | undefined, reference: string): Reason {
  const words = wordsOf(code);
  const codes = allOf(code?.coding ?? [], (coding) => coding.code ?? []);
  const excerpt = clip([codes.join(', '), labelOf(code)].filter(Boolean).join(' '));
  return { codings: code?.coding ?? [], words, evidence: { reference, ...(excerpt && { excerpt }) } };
}

/** What is another patient's says nothing here, and neither do the words that the order has of it. */
function referredConditions(
  request: ServiceRequest,
  conditions: ReasonConditions,
): readonly { readonly source?: string; readonly code: CodeableConcept | undefined }[] {
  return allOf(request.reasonReference ?? [], (reference) => {
    const contained = (request.contained ?? []).find(({ id }) => reference.reference === `#${id ?? ''}`);
    if (contained && isCondition(contained)) {
      const belongs = isPatient(contained.subject, conditions);
      return belongs === 'no' || belongs === 'elsewhere' ? [] : [{ code: contained.code }];
    }
    const source = ownReference(reference, conditions);
    const condition = source ? conditions.own.get(source) : undefined;
    if (condition && source) return [{ source, code: condition.code }];
    const isForeign = source !== undefined && conditions.ofOthers.has(source);
    return reference.display && !isForeign ? [{ code: { text: reference.display } }] : [];
  });
}

function isCondition(resource: Resource): resource is Condition {
  return resource.resourceType === 'Condition';
}

/** Whether any reason can only be known from the chart. */
export function needsConditions({ drafts }: ReviewedOrders): boolean {
  return drafts.some(({ request }) =>
    (request.reasonReference ?? []).some(
      ({ reference }) => reference !== undefined && !reference.startsWith('#'),
    ),
  );
}

const ICD10 = /icd-10-cm|2\.16\.840\.1\.113883\.6\.90$/i;

/**
 * What the order is for. `sacroiliac` when a reason, a site, its words or an order beside it says so; `other` when
 * one of them states something else and none says sacroiliac; `unclear` when none says either.
 */
export function indicationOf(
  orders: ReviewedOrders,
  reasons: readonly Reason[],
  params: OrderParams,
  terminology: Terminology,
): OrderFact['indication'] | 'other' {
  const requests = [...orders.drafts.map(({ request }) => request), ...orders.beside];
  const codings = [...allOf(reasons, (reason) => reason.codings), ...allOf(requests, siteAndCodeOf)];
  const said = [
    ...allOf(codings, (coding) => terminology.conceptsOfCoding(coding)),
    ...terminology.conceptsOfText(
      [...reasons.map(({ words }) => words), ...requests.map(wordsOfOrder)].join('; '),
    ),
  ];
  if (said.some((id) => params.indicated.includes(id))) return 'sacroiliac';
  if (said.some((id) => params.otherIndication.includes(id))) return 'other';
  const unheardOf = allOf(reasons, (reason) => reason.codings).filter(
    ({ system, code }) => ICD10.test(system ?? '') && code !== undefined,
  );
  const allElsewhere =
    unheardOf.length > 0 && unheardOf.every((coding) => terminology.conceptsOfCoding(coding).length === 0);
  return allElsewhere ? 'other' : 'unclear';
}

function siteAndCodeOf({ code, bodySite = [] }: ServiceRequest): readonly Coding[] {
  return allOf([code, ...bodySite], (concept) => concept?.coding ?? []);
}

function wordsOfOrder(request: ServiceRequest): string {
  const { code, bodySite = [], orderDetail = [], note = [], patientInstruction = '' } = request;
  return [
    ...[code, ...bodySite, ...orderDetail].map(wordsOf),
    ...note.map(({ text }) => text),
    patientInstruction,
  ].join('; ');
}
