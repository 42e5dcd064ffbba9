import type { HookRequest, JsonObject } from '../cds-hooks/hook-request.types.js';
import { isJsonObject } from '../cds-hooks/json.js';
import { isFhirId } from '../cds-hooks/members.js';
import { keepText } from '../cds-hooks/source-text.js';
import { CdsError } from '../errors.js';
import type { Attachment } from '../fhir/retrieval.js';
import type { ReadCall, Retriever } from '../fhir/retriever.types.js';
import { literalReference } from '../mapping/references.js';
import { isOrderType } from './orders.js';
import { resourcesIn } from './read-coverages.js';

/**
 * The call with the orders that are dispatched in the place of drafts: from prefetch, under whatever key they came,
 * else from the FHIR server, there as bytes, for they go back as they are written.
 *
 * @throws CdsError ERR_FHIR_DATA_UNAVAILABLE naming the order that could not be had: nothing can be said on it
 */
export async function withDispatchedOrders(retriever: Retriever, call: ReadCall): Promise<HookRequest> {
  const { request } = call;
  const { dispatchedOrders = [] } = request.context;
  if (request.hook !== 'order-dispatch') return request;
  const nameless = dispatchedOrders.findIndex(isNameless);
  if (nameless >= 0) throw notHad(placeIn(request, nameless));
  const wanted = [...new Set(dispatchedOrders.map(orderIn))].filter((reference) => reference !== undefined);
  const sent = sentWith(request);
  const left = wanted.filter((reference) => !sent.has(reference));
  const read = left.length > 0 ? await readFrom(retriever, call, left) : new Map<string, JsonObject>();
  const draftOrders = wanted.map((reference) => {
    const resource = sent.get(reference) ?? read.get(reference);
    const named = dispatchedOrders.findIndex((one) => orderIn(one) === reference);
    const place = placeIn(request, named);
    if (resource && nameOf(resource) === reference) return { resource, place };
    throw notHad(place);
  });
  return { ...request, context: { ...request.context, draftOrders } };
}

/** `Type/id` of what is dispatched; undefined where coverage is no question of it. */
function orderIn(dispatched: string): string | undefined {
  const reference = literalReference({ reference: dispatched }) ?? dispatched;
  const [type = '', id = ''] = reference.split('/');
  return isOrderType(type) && isFhirId(id) ? reference : undefined;
}

/** Whether it is of a type of orders, and of no id that FHIR has: nobody could read it. */
function isNameless(dispatched: string): boolean {
  const [type = ''] = dispatched.split('/');
  return isOrderType(type) && orderIn(dispatched) === undefined;
}

function placeIn({ context: { orderPlace } }: HookRequest, index: number): string {
  return orderPlace ?? `context.dispatchedOrders[${index}]`;
}

function notHad(expression: string): CdsError {
  return new CdsError(
    'ERR_FHIR_DATA_UNAVAILABLE',
    'an order that is dispatched was not sent and could not be read',
    { expression },
  );
}

function nameOf({ resourceType, id }: JsonObject): string | undefined {
  return typeof resourceType === 'string' && typeof id === 'string' ? `${resourceType}/${id}` : undefined;
}

/** What came along, by `Type/id`; the first of a name counts. */
function sentWith({ prefetch }: HookRequest): ReadonlyMap<string | undefined, JsonObject> {
  const resources = Object.values(prefetch).flatMap(resourcesIn);
  return new Map(resources.toReversed().map((one) => [nameOf(one), one]));
}

/** Servers differ in the type they call FHIR JSON by. */
const CONTENT_TYPES = ['application/fhir+json', 'application/json'];

/** All of them in one go: so the retriever reads a few at a time. */
async function readFrom(
  retriever: Retriever,
  call: ReadCall,
  references: readonly string[],
): Promise<ReadonlyMap<string, JsonObject>> {
  const found = new Map<string, JsonObject>();
  let left = references;
  for (const contentType of CONTENT_TYPES) {
    const urls = left.map((url) => ({ url, contentType }));
    const read = await retriever.readAttachments({ ...call, urls });
    for (const [url, attachment] of read) {
      const resource = attachment.status === 'read' ? toResource(attachment.bytes) : undefined;
      if (resource) found.set(url, resource);
    }
    left = left.filter((url) => isOfOtherType(read.get(url)));
    if (left.length === 0) break;
  }
  return found;
}

/** An answer that was read as no FHIR JSON may be called so by another type. */
function isOfOtherType(attachment: Attachment | undefined): boolean {
  return attachment?.status === 'unavailable' && attachment.missing === 'server-error';
}

function toResource(bytes: Uint8Array): JsonObject | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const resource: unknown = JSON.parse(text);
    if (!isJsonObject(resource)) return undefined;
    keepText(resource, text);
    return resource;
  } catch {
    return undefined;
  }
}
