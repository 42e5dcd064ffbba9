import type { JsonObject } from '../cds-hooks/hook-request.types.js';

/** A member of a resource that has to be text; empty where it is not. */
export function textMember(resource: JsonObject, name: string): string {
  const value = resource[name];
  return typeof value === 'string' ? value : '';
}
