import type { Resource } from 'fhir/r4.js';
import { operationOutcome, type FhirRefusal } from './outcome.js';
import type { StoredResource } from './resource.js';

/** One call as the server sees it, whatever carried it. */
export interface FhirRequest {
  readonly method: string;
  /** Base URL as the client reached it, session and fault prefix included, without trailing slash. */
  readonly base: string;
  /** Decoded segments after the base. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** A header's value by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** As it was received; empty when there is none. */
  readonly body: string;
  /** Name of the what-if session, from the path or X-Sandbox-Session. */
  readonly session?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const FHIR_JSON = 'application/fhir+json; charset=utf-8';

export function fhirAnswer(status: number, resource: Resource, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': FHIR_JSON, ...headers }, body: JSON.stringify(resource) };
}

export function refusalAnswer(refusal: FhirRefusal): Answer {
  return fhirAnswer(refusal.status, operationOutcome(refusal.code, refusal.message));
}

/** ETag and Last-Modified of a stored resource. */
export function versionHeaders(resource: StoredResource): Record<string, string> {
  return {
    etag: etag(resource),
    'last-modified': new Date(resource.meta.lastUpdated).toUTCString(),
  };
}

export function etag(resource: StoredResource): string {
  return `W/"${resource.meta.versionId}"`;
}

/** Whether FHIR JSON satisfies the Accept header (none: anything does). */
export function acceptsJson(accept: string | undefined): boolean {
  return accept === undefined || accept === '' || /\*\/\*|application\/\*|[/+]json|\bjson\b/.test(accept);
}
