import type { CodeableConcept, Resource, ServiceRequest } from 'fhir/r4.js';
import { CdsError } from '../errors.js';
import type { Laterality } from '../evaluation/evidence.js';
import type { OrderFact, OrderReason } from '../evaluation/facts.js';
import type { OrderParams } from '../evaluation/policy.js';
import { joinAll, shareSide } from '../evaluation/sides.js';
import { calendarDay } from '../evaluation/dates.js';
import { lateralityOf, lateralityOfText } from './laterality.js';
import { indicationOf, reasonsOf, type Reason, type ReasonConditions } from './order-indication.js';
import type { DraftOrder, ReviewedDraft, ReviewedOrders } from './order.types.js';
import { recognise } from './recognise.js';
import { isPatient, isReference, referenceTo, type Whose } from './references.js';
import type { Terminology } from './terminology.js';
import { isUnderstood } from './understood.js';
import { wellFormed } from './well-formed.js';
import { allOf } from '../lists.js';

const NOT_ORDERED: ReadonlySet<string> = new Set(['entered-in-error', 'revoked', 'completed']);

/**
 * The drafts that the policy reviews, among all ServiceRequests of the call; undefined when there is none. Looks at
 * every draft and every coding. In order-select only `selections` are looked at (CTX-8).
 *
 * @throws CdsError ERR_HOOK_REQUEST_UNPROCESSABLE for one that the policy reviews and that FHIR forbids to process
 */
export function reviewedOrders(
  draftOrders: readonly DraftOrder[],
  call: Whose & { readonly selections?: readonly string[] },
  params: OrderParams,
  terminology: Terminology,
): ReviewedOrders | undefined {
  const requests = allOf(draftOrders, (entry, index) => serviceRequest(entry, index, call));
  const selections = call.selections && new Set(call.selections);
  const chosen = requests.filter(({ reference }) => !selections || selections.has(reference));
  const recognised = allOf(chosen, (draft) => {
    const by = recognise(draft.request.code, params, terminology);
    return by ? [{ draft, by }] : [];
  });
  const [first] = recognised;
  if (!first) return undefined;
  for (const { draft } of recognised) refuseUnlessUnderstood(draft);
  const byCode = recognised.find(({ by }) => by.by === 'code') ?? first;
  const reviewed = recognised.map(({ draft }) => draft);
  const isReviewed = new Set(reviewed);
  const others = chosen.filter((draft) => !isReviewed.has(draft) && isUnderstood(draft.request));
  const companions = others.filter(({ request }) => isCompanion(request.code, params, terminology));
  return {
    drafts: [byCode.draft, ...reviewed.filter((draft) => draft !== byCode.draft), ...companions],
    recognisedBy: byCode.by.by,
    ...(byCode.by.code && { code: byCode.by.code }),
    beside: others.map(({ request }) => request),
  };
}

function serviceRequest(order: DraftOrder, index: number, whose: Whose): readonly ReviewedDraft[] {
  const { fullUrl, resource, place = `context.draftOrders.entry[${index}].resource` } = order;
  if (!isServiceRequest(resource) || resource.doNotPerform === true || NOT_ORDERED.has(resource.status))
    return [];
  const subject = isPatient(resource.subject, whose);
  if (subject === 'no' || subject === 'elsewhere') return [];
  const reference = referenceTo(resource) ?? fullUrl ?? 'ServiceRequest';
  const request = { ...wellFormed(resource), code: conceptOf(resource.code) };
  return [{ reference, request, index, place }];
}

/** What the modifiers of an order may turn into its contrary is neither reviewed nor passed over in silence. */
function refuseUnlessUnderstood({ request, place: expression }: ReviewedDraft): void {
  if (isUnderstood(request)) return;
  throw new CdsError(
    'ERR_HOOK_REQUEST_UNPROCESSABLE',
    `${expression} has a modifierExtension or implicitRules that this service does not know, and was not reviewed`,
    { expression },
  );
}

/** An order whose code is no concept has none. */
function conceptOf(code: unknown): CodeableConcept {
  return typeof code === 'object' && code !== null ? wellFormed(code) : {};
}

function isServiceRequest(resource: unknown): resource is ServiceRequest {
  return (
    typeof resource === 'object' &&
    resource !== null &&
    (resource as Resource).resourceType === 'ServiceRequest'
  );
}

function isCompanion(
  code: CodeableConcept | undefined,
  params: OrderParams,
  terminology: Terminology,
): boolean {
  return (code?.coding ?? []).some((coding) =>
    terminology.conceptsOfCoding(coding).some((id) => params.companions.includes(id)),
  );
}

/**
 * The order as the policy sees it; undefined when it states another indication than the sacroiliac joint, for then
 * the policy has nothing to say. `conditions` are those of the chart that a reasonReference may name.
 */
export function toOrderFact(
  orders: ReviewedOrders,
  conditions: ReasonConditions,
  params: OrderParams,
  terminology: Terminology,
): OrderFact | undefined {
  const reasons = reasonsOf(orders, conditions);
  const indication = indicationOf(orders, reasons, params, terminology);
  if (indication === 'other') return undefined;
  const concepts = reasons.map(({ codings }) =>
    allOf(codings, (coding) => terminology.conceptsOfCoding(coding)),
  );
  const requests = orders.drafts.map(({ request }) => request);
  const laterality = sideOf(requests, reasons, terminology);
  const otherSide = reasonOfOtherSide(reasons, laterality, params, terminology);
  const [first, ...rest] = orders.drafts;
  // Two drafts of one id are one order to whoever reads of it.
  const isOnce = (reference: string, index: number, all: readonly string[]) =>
    !isReference(reference) || (reference !== first.reference && all.indexOf(reference) === index);
  const authoredOn = calendarDay(first.request.authoredOn);
  return {
    reference: first.reference,
    coveredOrders: rest.map(({ reference }) => reference).filter(isOnce),
    ...(orders.code && { code: orders.code }),
    recognisedBy: orders.recognisedBy,
    ...(laterality && { laterality }),
    indication,
    reasonConcepts: [...new Set(concepts.flat())],
    reasonEvidence: reasons.map(({ evidence }) => evidence).filter(({ reference }) => isReference(reference)),
    ownReasons: allOf(reasons, (reason, index) => ownReason(reason, concepts[index] ?? [], orders)),
    ...(otherSide && { otherSideReason: otherSide.evidence }),
    ...(authoredOn && { authoredOn }),
  };
}

function ownReason(
  { evidence }: Reason,
  concepts: readonly string[],
  { drafts }: ReviewedOrders,
): readonly OrderReason[] {
  const isOwn = drafts.some(({ reference }) => reference === evidence.reference);
  return isOwn && concepts.length > 0 ? [{ concepts, evidence }] : [];
}

/** A reason that is of the joint and names another side than the order: which of them is meant is not known. */
function reasonOfOtherSide(
  reasons: readonly Reason[],
  laterality: Laterality | undefined,
  { indicated }: OrderParams,
  terminology: Terminology,
): Reason | undefined {
  return reasons.find(({ codings, words }) => {
    const side = lateralityOfText(words);
    if (side === undefined || shareSide(side, laterality)) return false;
    const concepts = terminology.conceptsOf({ coding: [...codings], text: words }).concepts;
    return concepts.some((id) => indicated.includes(id));
  });
}

/** Site, code and modifiers first; else the order's own note; else the words of its reasons. */
function sideOf(
  requests: readonly ServiceRequest[],
  reasons: readonly Reason[],
  terminology: Terminology,
): Laterality | undefined {
  const coded = joinAll(
    requests.map((request) =>
      lateralityOf([request.code, ...(request.bodySite ?? []), ...(request.orderDetail ?? [])], terminology),
    ),
  );
  const notes = allOf(requests, ({ note = [], patientInstruction }) => [
    ...note.map(({ text }) => text),
    patientInstruction ?? '',
  ]);
  return (
    coded ??
    lateralityOfText(notes.join(' ')) ??
    lateralityOfText(reasons.map(({ words }) => words).join(' '))
  );
}
