import type { Resource } from 'fhir/r4.js';

/**
 * What became of one prefetch key or search (part A 6 of the CDS Hooks checklist).
 * A positive finding may rest on a partial read; an absence may not.
 */
export type Retrieval =
  | { readonly status: 'complete'; readonly source: RetrievalSource; readonly items: readonly Resource[] }
  | {
      readonly status: 'partial';
      readonly source: RetrievalSource;
      readonly items: readonly Resource[];
      readonly missing: MissingReason;
    }
  | { readonly status: 'unavailable'; readonly missing: MissingReason };

export type RetrievalSource = 'prefetch' | 'fhir-server' | 'both';

/** Closed, so that words and metric labels can be made of it. */
export type MissingReason =
  | 'no-server' // no usable prefetch and no FHIR server to ask
  | 'client-error-reported' // the EHR sent an OperationOutcome in place of the data
  | 'not-authorized' // 401, 403, or a partial authorization inside a 200
  | 'deadline' // not there in time
  | 'server-error' // 5xx, reset, unreadable answer
  | 'rejected' // 400 that could not be mended
  | 'too-large' // page, byte or entry limit
  | 'next-page-not-followed' // further pages could not be fetched
  | 'unreadable' // entries came without the resource they stand for, or may not be processed
  | 'abridged'; // the answer is said to be a part of what there is

/** By the key of the service's prefetch template. */
export type Retrievals = Readonly<Record<string, Retrieval>>;

/** An attachment or Binary that was asked for. */
export type Attachment =
  | { readonly status: 'read'; readonly contentType: string; readonly bytes: Uint8Array }
  | { readonly status: 'unavailable'; readonly missing: MissingReason | 'not-found' };
