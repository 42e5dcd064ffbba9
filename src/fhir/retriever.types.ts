import type { HookRequest } from '../cds-hooks/hook-request.types.js';
import type { PrefetchKey } from '../cds-hooks/service.types.js';
import type { Failure } from './failure.js';
import type { FhirBase } from './fhir-base.js';
import type { RetrievalLimits } from './limits.js';
import type { Lookup } from './private-addresses.js';
import type { Attachment, MissingReason, Retrievals } from './retrieval.js';
import type { ServerProfileName } from './server-profile.js';

/** What a call needs to be read for, and how long that may take. */
export interface ReadCall {
  readonly request: HookRequest;
  /** Milliseconds, on the clock of `now`. */
  readonly deadlineAt: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  readonly client?: ClientPolicy;
}

/** What is agreed with the trusted client that made the call. */
export interface ClientPolicy {
  /** In place of the retriever's own: FHIR servers of this client. */
  readonly allowed?: (url: URL) => boolean;
  /** Refuse a call whose fhirServer is not allowed even when nothing has to be fetched from it. */
  readonly checkAlways?: boolean;
  /** How its server wants to be asked; learnt from the server when it is not said. */
  readonly profile?: ServerProfileName;
  /** Its analysts type prefetch in: what stands under keys of theirs counts as what we asked for (Epic). */
  readonly foreignKeys?: boolean;
}

export interface RetrieveCall extends ReadCall {
  readonly prefetch: Readonly<Record<string, PrefetchKey>>;
}

export interface AttachmentsCall extends ReadCall {
  /** Relative to the FHIR base or absolute under it. contentType is the attachment's own. */
  readonly urls: readonly { readonly url: string; readonly contentType?: string }[];
}

export interface Retriever {
  /**
   * Reads every key of the service: from prefetch where it was sent, else from the FHIR server, in parallel. By the
   * deadline what has come is returned; what has not is partial or unavailable. Faults of the server never throw.
   *
   * @throws CdsError ERR_FHIR_SERVER_REFUSED when something has to be fetched (or `checkAlways`) and `fhirServer` is
   *   not on the allow-list, before any request leaves
   */
  retrieve(call: RetrieveCall): Promise<Retrievals>;
  /**
   * Reads attachments by their `url`, the key of the result. Those outside the FHIR server's base are not asked for,
   * nor is a FHIR server that is not on the allow-list: a call that was answered from prefetch alone stays answered.
   * Never throws.
   */
  readAttachments(call: AttachmentsCall): Promise<ReadonlyMap<string, Attachment>>;
  /** Loads what asking a FHIR server takes, so that the first call that needs one does not wait for it. */
  prepare?(): Promise<void>;
  /** Ends open reads and closes the sockets. */
  close(): Promise<void>;
}

export interface RetrieverOptions {
  /** Whether a FHIR base URL may be asked, by configuration; see allowList. */
  readonly allowed: (url: URL) => boolean;
  readonly limits?: Partial<RetrievalLimits>;
  /** Milliseconds, monotonic: performance.now. */
  readonly now: () => number;
  /** From 0 to below 1: Math.random. */
  readonly random: () => number;
  /** Refuse names that resolve to private addresses; for everywhere but development. */
  readonly publicAddressesOnly?: boolean;
  /** Base URLs a server writes into its links, by the base URL clients send: a server behind a proxy gives its own. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  readonly lookup?: Lookup;
  readonly log?: (event: RetrievalEvent) => void;
  /** Headers by which a FHIR server can tell the trace that a request belongs to; asked for each. */
  readonly traceHeaders?: () => Readonly<Record<string, string>>;
  /** Told of every read of a FHIR server, retries within it. */
  readonly onRead?: (read: ServerRead) => void;
  /** Told of every call for which the deadline came before all was read. */
  readonly onDeadline?: () => void;
}

/** One read, without anything of what was read. */
export interface ServerRead {
  readonly base: FhirBase;
  /** Resource type, from a closed set; `other` where the URL does not begin with one. */
  readonly type: string;
  readonly outcome: 'answered' | Failure['reason'];
  readonly durationMs: number;
}

/** What happened, without anything of a patient: types, counts, closed words, and the base URL as configured. */
export type RetrievalEvent =
  | {
      readonly event: 'fhir.retrieved';
      readonly key: string;
      readonly status: 'complete' | 'partial' | 'unavailable';
      readonly source?: 'prefetch' | 'fhir-server' | 'both';
      readonly missing?: MissingReason;
      readonly count: number;
      readonly durationMs: number;
    }
  | {
      readonly event: 'fhir.attachments-read';
      readonly asked: number;
      readonly read: number;
      readonly durationMs: number;
    }
  | { readonly event: 'fhir.server-left-alone' | 'fhir.server-back'; readonly server: string };
