import type { Meta, Resource } from 'fhir/r4.js';

/** A resource with a logical id, as a chart file holds it. */
export interface IdentifiedResource extends Resource {
  readonly id: string;
}

/** A resource as the sandbox serves it: with its version and the instant of its last change. */
export interface StoredResource extends IdentifiedResource {
  readonly meta: Meta & { readonly versionId: string; readonly lastUpdated: string };
}

/** FHIR R4 `id`. A leading dot is refused beside it, for `..` would be a path. */
const ID = /^(?!\.)[A-Za-z0-9\-.]{1,64}$/;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value may be the logical id of a resource. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/** Whether a value is a resource with a type and a usable id. Nothing else of it is checked. */
export function isIdentifiedResource(value: unknown): value is IdentifiedResource {
  return isObject(value) && typeof value['resourceType'] === 'string' && isId(value['id']);
}

/** The resource with version and instant stamped into its meta; everything else as it was. */
export function stamp(resource: IdentifiedResource, versionId: string, lastUpdated: string): StoredResource {
  return { ...resource, meta: { ...resource.meta, versionId, lastUpdated } };
}

/** `Type/id`. */
export function referenceTo(resource: IdentifiedResource): string {
  return `${resource.resourceType}/${resource.id}`;
}

/** All values at a dotted path, lists laid flat: `participant.actor` gives every participant's actor. */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  return path.split('.').reduce<readonly unknown[]>((found, name) => found.flatMap(child(name)), [value]);
}

function child(name: string): (parent: unknown) => readonly unknown[] {
  return (parent) => {
    if (!isObject(parent) || !Object.hasOwn(parent, name)) return [];
    const value = parent[name];
    if (!Array.isArray(value)) return [value];
    const list: readonly unknown[] = value;
    return list;
  };
}
