/** JSON as it came, before anyone has looked at it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** An access token for `fhirServer`; transient: never stored, logged or sent elsewhere (FA-4, FA-5). */
export interface FhirAuthorization {
  readonly accessToken: string;
  readonly scope: string;
  readonly subject: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly patient?: string;
}

/** order-dispatch is served in CRD mode alone. */
export type ServedHook = 'order-sign' | 'order-select' | 'order-dispatch';

/** One call, checked at the door (REQ-1 to REQ-10, CTX-1 to CTX-11). Everything unknown was dropped. */
export interface HookRequest {
  readonly hook: ServedHook;
  readonly hookInstance: string;
  /** Base URL without trailing slash. */
  readonly fhirServer?: string;
  /** Present only when all of it was usable; an unusable one is as if absent (FA-1). */
  readonly fhirAuthorization?: FhirAuthorization;
  readonly context: {
    /** Not in order-dispatch. */
    readonly userId?: string;
    /** Bare id. */
    readonly patientId: string;
    readonly encounterId?: string;
    /** The resources of draftOrders, each a JSON object with a string resourceType; fullUrl where it was given. */
    readonly draftOrders: readonly {
      readonly fullUrl?: string;
      readonly resource: JsonObject;
      /** Where it stands in the call; absent where that is the entry of its own index. */
      readonly place?: string;
    }[];
    /** order-select only: `Type/id`. */
    readonly selections?: readonly string[];
    /** order-dispatch only: `Type/id`; draftOrders is empty then. */
    readonly dispatchedOrders?: readonly string[];
    /** Where the order is named in version 1.0 of order-dispatch. */
    readonly orderPlace?: string;
  };
  /** Raw values by key; `null` is kept, for it means "looked, and there is nothing". */
  readonly prefetch: Readonly<Record<string, Json>>;
  /** Of the call's extensions those that CRD defines, as they were sent. */
  readonly extension?: JsonObject;
}
