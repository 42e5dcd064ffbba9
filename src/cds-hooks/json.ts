import type { JsonObject } from './hook-request.types.js';

/** True for `{…}`, false for arrays, null and primitives. Values come from JSON.parse, so members are JSON. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * True when arrays and objects are nested in more than `levels` levels (REQ-8). Itself recursive, but never
 * deeper than `levels`, so that whoever walks a resource afterwards cannot run out of stack.
 */
export function nestsDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((item) => nestsDeeperThan(item, levels - 1));
  return isJsonObject(value) && memberNestsDeeperThan(value, levels - 1);
}

// for-in, not Object.values: every body is walked, and this makes no array per object.
function memberNestsDeeperThan(object: JsonObject, levels: number): boolean {
  for (const name in object) {
    if (nestsDeeperThan(object[name], levels)) return true;
  }
  return false;
}
