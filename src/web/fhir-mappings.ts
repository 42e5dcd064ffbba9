import express, { type RequestHandler, type Router } from 'express';
import { assetOf, sendAsset, type Asset } from './assets.js';

/** A FHIR resource as it is published. */
export interface PublishedResource {
  readonly resourceType: string;
  readonly id?: string | undefined;
}

export interface FhirMappingsParts<R extends PublishedResource> {
  readonly resources: readonly R[];
  /** Several resources as one. */
  readonly bundle: (resources: readonly R[]) => PublishedResource;
}

const FHIR_JSON = 'application/fhir+json; charset=utf-8';

/**
 * The policies and lists as FHIR R4, to read: `/fhir-mappings` and `/fhir-mappings/<type>` are collections,
 * `/fhir-mappings/<type>/<id>` is one resource. Served everywhere, without a token: nothing of a patient is in them.
 * Each answer has an ETag, and 304 for who has it.
 */
export function fhirMappingsMount<R extends PublishedResource>(
  parts: FhirMappingsParts<R>,
): { readonly path: string; readonly router: Router } {
  const router = express.Router();
  router.get(['/', '/:type', '/:type/:id'], publish(parts));
  return { path: '/fhir-mappings', router };
}

function publish<R extends PublishedResource>({
  resources,
  bundle,
}: FhirMappingsParts<R>): RequestHandler<{ type?: string; id?: string }> {
  const made = new Map<string, Asset>();
  return (request, response, next) => {
    const { type, id } = request.params;
    const found = resources.filter(
      (one) => (type === undefined || one.resourceType === type) && (id === undefined || one.id === id),
    );
    const [first] = found;
    if (!first) {
      next();
      return;
    }
    const key = `${type ?? ''}/${id ?? ''}`;
    const asset = made.get(key) ?? toAsset(id === undefined ? bundle(found) : first);
    made.set(key, asset);
    sendAsset(asset, request, response);
  };
}

function toAsset(resource: PublishedResource): Asset {
  return assetOf(Buffer.from(JSON.stringify(resource)), FHIR_JSON);
}
