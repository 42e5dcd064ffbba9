import type { HookRequest, JsonObject } from '../cds-hooks/hook-request.types.js';
import type { PrefetchKey } from '../cds-hooks/service.types.js';
import { textOf } from '../cds-hooks/members.js';

/** What is known of how whole an export is. */
export interface Completeness {
  /** Types the export holds, or was asked for: without a resource of the patient, there is none. */
  readonly types: ReadonlySet<string>;
  /** Types of which something of this patient was lost: broken or too large. */
  readonly lost: ReadonlySet<string>;
}

export interface HistoricalOrder {
  readonly patientId: string;
  readonly draftOrders: readonly JsonObject[];
  /** What the chart held. */
  readonly resources: Iterable<JsonObject>;
  readonly completeness: Completeness;
}

/**
 * The order-sign call that the EHR would have made, with everything prefetched: the live service reads nothing else
 * into it. A type that the export does not hold is reported as failed, not as empty; one of which something was lost
 * has a further page that nobody can fetch.
 */
export function toRequest(
  order: HistoricalOrder,
  prefetch: Readonly<Record<string, PrefetchKey>>,
): HookRequest {
  const byType = new Map<string, JsonObject[]>();
  for (const resource of order.resources) {
    const type = textOf(resource, 'resourceType');
    const some = byType.get(type);
    if (some) some.push(resource);
    else byType.set(type, [resource]);
  }
  return {
    hook: 'order-sign',
    hookInstance: REPLAYED,
    context: {
      userId: 'Practitioner/replay',
      patientId: order.patientId,
      draftOrders: order.draftOrders.map((resource) => ({ resource })),
    },
    prefetch: Object.fromEntries(
      Object.entries(prefetch).map(([key, { template }]) => {
        const type = typeOf(template);
        return [key, valueOf(type, byType.get(type) ?? [], order.completeness)];
      }),
    ),
  };
}

/** Unique is not needed: nothing of a replay is recorded. */
const REPLAYED = '00000000-0000-4000-8000-000000000000';

/** The resource type that a prefetch template asks for: `Condition?patient=…`, `Patient/…`. */
export function typeOf(template: string): string {
  return template.split(/[?/]/, 1)[0] ?? '';
}

function valueOf(type: string, resources: readonly JsonObject[], { types, lost }: Completeness): JsonObject {
  const known = types.has(type) || lost.has(type);
  if (resources.length === 0 && (!known || type === 'Patient')) return NOT_EXPORTED;
  if (type === 'Patient') return resources[0] ?? NOT_EXPORTED;
  return {
    ...{ resourceType: 'Bundle', type: 'searchset' },
    entry: resources.map((resource) => ({ resource })),
    ...(lost.has(type) && { link: [{ relation: 'next', url: LOST }] }),
  };
}

const LOST = 'lost-in-the-export';
const NOT_EXPORTED: JsonObject = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'not-supported' }],
};
