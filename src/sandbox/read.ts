import { etag, fhirAnswer, versionHeaders, type Answer, type FhirRequest } from './answer.js';
import { FhirRefusal } from './outcome.js';
import type { StoredResource } from './resource.js';
import type { ResourceStore } from './store.js';

/**
 * Reads one resource. A Binary comes raw unless Accept or _format asks for FHIR.
 * @throws FhirRefusal 404 unknown, 410 deleted
 */
export function read(store: ResourceStore, type: string, id: string, request: FhirRequest): Answer {
  const resource = store.read(type, id);
  if (resource === undefined) throw new FhirRefusal(404, 'not-found', `No such ${type}`);
  if (resource === 'deleted') throw new FhirRefusal(410, 'deleted', `This ${type} was deleted`);
  const headers = versionHeaders(resource);
  if (request.header('if-none-match') === etag(resource)) return { status: 304, headers };
  const raw = type === 'Binary' ? rawContent(resource, request) : undefined;
  return raw
    ? { status: 200, headers: { ...headers, ...raw.headers }, body: raw.body }
    : fhirAnswer(200, resource, headers);
}

function rawContent(
  binary: StoredResource,
  request: FhirRequest,
): Required<Omit<Answer, 'status'>> | undefined {
  const { contentType, data } = readBinary(binary);
  const accept = request.header('accept') ?? '';
  if (contentType === undefined || data === undefined || request.query.has('_format')) return undefined;
  if (accept.includes('fhir+json') || (accept.includes('/json') && !contentType.includes('json')))
    return undefined;
  return { headers: { 'content-type': contentType }, body: Buffer.from(data, 'base64') };
}

function readBinary(binary: StoredResource): { contentType?: string; data?: string } {
  const contentType = 'contentType' in binary ? binary.contentType : undefined;
  const data = 'data' in binary ? binary.data : undefined;
  return {
    ...(typeof contentType === 'string' ? { contentType } : {}),
    ...(typeof data === 'string' ? { data } : {}),
  };
}
