import type { CdsErrorCode } from '../errors.js';
import type { CdsResponse } from './card.types.js';
import type { HookRequest, JsonObject, ServedHook } from './hook-request.types.js';

/** One prefetch key of a service: the published template and the kind of data it fills. */
export interface PrefetchKey {
  /** Root-primitive template inside the recommended query subset (PT-1 to PT-11). */
  readonly template: string;
  /** One of evaluation's DATA_KINDS; several keys may fill one kind. */
  readonly kind: string;
}

/** hooks/<service>/service.json, checked at start-up. */
export interface ServiceDefinition {
  readonly id: string;
  /** Served only where the settings name it. */
  readonly offByDefault?: true;
  /** One discovery entry each, under the same id (DISC-10). */
  readonly hooks: readonly ServedHook[];
  readonly title: string;
  readonly description: string;
  readonly usageRequirements?: string;
  readonly prefetch: Readonly<Record<string, PrefetchKey>>;
  /** Of each of its entries in discovery (EXT-1); not part of the file. */
  readonly extension?: JsonObject;
}

/** Who calls, as its token proved; there is none where no trusted clients are set. */
export interface Caller {
  /** The client's issuer, as it is configured. */
  readonly client: string;
  readonly tenant?: string;
  /** Evaluate and record, but answer without cards. */
  readonly shadow?: true;
}

export interface CallContext {
  /** On the clock of performance.now(), milliseconds: the answer has to leave by then. */
  readonly deadlineAt: number;
  /** On the same clock: when the call came in. */
  readonly arrivedAt?: number;
  readonly requestId?: string;
  readonly caller?: Caller;
  /** Somebody looks at the evidence: nothing was ordered, so nothing is recorded or counted. */
  readonly unrecorded?: true;
}

/** A call and its answer, whole: protected health information. The access token is not part of it. */
export interface KeptCall {
  readonly service: string;
  readonly requestId: string;
  readonly caller?: Caller;
  readonly status: number;
  /** JSON. */
  readonly request: string;
  /** JSON, as it was sent. */
  readonly response: string;
}

/** A service as the HTTP layer serves it. The response it returns is finished (uuids, rules) by cds-hooks/response. */
export interface ServedService {
  readonly definition: ServiceDefinition;
  /** Set where the service speaks CRD. */
  readonly crd?: {
    /** What a call is refused as that breaks the rules of CDS Hooks: 400 in one version, 422 in another. */
    readonly invalidAs: CdsErrorCode;
  };
  call(request: HookRequest, context: CallContext): Promise<CdsResponse>;
}
