import type { HookRequest, JsonObject } from '../cds-hooks/hook-request.types.js';
import { isJsonObject } from '../cds-hooks/json.js';
import { isFhirId } from '../cds-hooks/prefetch-template.js';
import { keepText } from '../cds-hooks/source-text.js';
import { CdsError } from '../errors.js';
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
  const wanted = dispatchedOrders.map((one) => literalReference({ reference: one }) ?? one);
  const orders = await Promise.all(
    wanted.map(async (reference, index) => {
      const [type = '', id = ''] = reference.split('/');
      if (!isOrderType(type) || !isFhirId(id)) return undefined;
      const resource = sentWith(request, type, id) ?? (await readFrom(retriever, call, reference));
      if (resource && resource['id'] === id && resource['resourceType'] === type) return { resource };
      throw new CdsError(
        'ERR_FHIR_DATA_UNAVAILABLE',
        'an order that is dispatched was not sent and could not be read',
        {
          expression: `context.dispatchedOrders[${index}]`,
        },
      );
    }),
  );
  const draftOrders = orders.filter((order) => order !== undefined);
  return { ...request, context: { ...request.context, draftOrders } };
}

function sentWith({ prefetch }: HookRequest, type: string, id: string): JsonObject | undefined {
  return Object.values(prefetch)
    .flatMap(resourcesIn)
    .find((one) => one.resourceType === type && one.id === id);
}

/** Servers differ in the type they call FHIR JSON by. */
const CONTENT_TYPES = ['application/fhir+json', 'application/json'];

async function readFrom(retriever: Retriever, call: ReadCall, url: string): Promise<JsonObject | undefined> {
  for (const contentType of CONTENT_TYPES) {
    const read = (await retriever.readAttachments({ ...call, urls: [{ url, contentType }] })).get(url);
    if (read?.status === 'read') return toResource(read.bytes);
    if (read?.missing !== 'server-error') return undefined;
  }
  return undefined;
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
