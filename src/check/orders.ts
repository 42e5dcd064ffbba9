import type { JsonObject } from '../cds-hooks/hook-request.types.js';

/** Whom and what a call is made for. */
export interface OrderFor {
  readonly patientId: string;
  readonly hookInstance: string;
  /** Base URL; with it the service reads the chart itself. */
  readonly fhirServer?: string;
}

/** An `order-sign` call with an order that the pathway reviews; nothing is prefetched. */
export function reviewedCall(order: OrderFor): JsonObject {
  return callWith(order, {
    code: {
      coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }],
      text: 'Neurectomy of the sacral lateral branches, bilateral',
    },
    reasonCode: [{ text: 'Sacroiliac joint pain' }],
  });
}

/** The same with an order that is none of the pathway's: answered without a card, read and recorded nothing. */
export function unrelatedCall(order: OrderFor): JsonObject {
  return callWith(order, { code: { text: 'Complete blood count' } });
}

function callWith({ patientId, hookInstance, fhirServer }: OrderFor, order: JsonObject): JsonObject {
  const resource = {
    ...{ resourceType: 'ServiceRequest', id: 'check-order', status: 'draft', intent: 'order' },
    subject: { reference: `Patient/${patientId}` },
    ...order,
  };
  return {
    ...{ hook: 'order-sign', hookInstance },
    ...(fhirServer !== undefined && { fhirServer }),
    context: {
      userId: 'Practitioner/check',
      patientId,
      draftOrders: { resourceType: 'Bundle', type: 'collection', entry: [{ resource }] },
    },
  };
}
