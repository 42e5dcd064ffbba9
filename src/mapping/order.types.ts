import type { ServiceRequest } from 'fhir/r4.js';

/** An entry of draftOrders as the hook delivered it. */
export interface DraftOrder {
  readonly fullUrl?: string;
  readonly resource: Readonly<Record<string, unknown>>;
  /** Where it stands in the call; absent where that is the entry of its own index. */
  readonly place?: string;
}

/** Drafts of one intent that the policy reviews. */
export interface ReviewedOrders {
  /** The reviewed drafts, then the companions beside them; as delivered. */
  readonly drafts: readonly [ReviewedDraft, ...ReviewedDraft[]];
  readonly recognisedBy: 'code' | 'text';
  readonly code?: string;
  /** Other drafts of this patient, which may say what the order is for. */
  readonly beside: readonly ServiceRequest[];
}

export interface ReviewedDraft {
  /** `ServiceRequest/<id>`, or the entry's fullUrl where it has no id. */
  readonly reference: string;
  readonly request: ServiceRequest;
  /** Where it stands in draftOrders. */
  readonly index: number;
  /** Where it stands in the call. */
  readonly place: string;
}
