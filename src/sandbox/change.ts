import { etag, fhirAnswer, versionHeaders, type Answer, type FhirRequest } from './answer.js';
import { FhirRefusal } from './outcome.js';
import { isIdentifiedResource, isObject, type IdentifiedResource } from './resource.js';
import type { Overlay } from './store.js';

/** What a change needs from outside. */
export interface Change {
  readonly overlay: Overlay;
  /** Instant of the change, ISO 8601. */
  readonly at: string;
}

/** Creates under an id of the server's. @throws FhirRefusal 400 or 422 for a body that is no such resource */
export function create(change: Change, type: string, newId: string, request: FhirRequest): Answer {
  return put(change, { ...bodyOf(request), id: newId }, type, request.base);
}

/**
 * Creates or replaces the resource at an id.
 * @throws FhirRefusal 400 or 422 for a body that is no such resource, 412 when If-Match names another version
 */
export function update(change: Change, type: string, id: string, request: FhirRequest): Answer {
  const body = bodyOf(request);
  if (body['id'] !== id)
    throw new FhirRefusal(400, 'invalid', 'The id of the resource is not the one of the address');
  const before = change.overlay.read(type, id);
  const expected = request.header('if-match');
  if (expected !== undefined && (before === undefined || before === 'deleted' || etag(before) !== expected))
    throw new FhirRefusal(412, 'conflict', 'If-Match names another version');
  return put(change, body, type, request.base);
}

/** Deletes; what is not there is as good as deleted. */
export function remove(change: Change, type: string, id: string): Answer {
  change.overlay.delete(type, id);
  return { status: 204, headers: {} };
}

function bodyOf(request: FhirRequest): Readonly<Record<string, unknown>> {
  const body = parse(request.body);
  if (!isObject(body)) throw new FhirRefusal(400, 'structure', 'The body is not a JSON object');
  return body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FhirRefusal(400, 'structure', 'The body is not JSON');
  }
}

function put(change: Change, body: unknown, type: string, base: string): Answer {
  const { stored, created } = change.overlay.put(resourceOf(body, type), change.at);
  const location = `${base}/${type}/${stored.id}/_history/${stored.meta.versionId}`;
  return fhirAnswer(created ? 201 : 200, stored, { ...versionHeaders(stored), location });
}

function resourceOf(body: unknown, type: string): IdentifiedResource {
  if (!isIdentifiedResource(body))
    throw new FhirRefusal(422, 'structure', 'Not a resource with a type and a usable id');
  if (body.resourceType !== type) throw new FhirRefusal(422, 'invalid', `resourceType is not ${type}`);
  return body;
}
