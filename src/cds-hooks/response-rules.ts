import { CdsError } from '../errors.js';

/** A builder of ours broke a rule: no fault of the caller, so 500, and the log says which rule and where. */
export function broken(rule: string, place: string): CdsError {
  return new CdsError('ERR_INTERNAL', rule, { expression: place });
}

type Members = Readonly<Record<string, unknown>>;

/** An object of a response; its members are not known to be anything yet. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The value without members and items that are undefined, null, "", [] or {} (TR-3); undefined when nothing is
 * left. A FHIR resource (an object that names its resourceType) is returned as it is, untouched.
 *
 * @param emptyItems what becomes of a list's item without any value: in an extension it is dropped; among cards,
 *   suggestions, actions and links it is a defect, kept as {} for the rules to find
 */
export function withoutEmpty(value: unknown, emptyItems: 'drop' | 'keep'): unknown {
  if (value === null || value === '') return undefined;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return withoutEmptyItems(value, emptyItems);
  const isResource = !isObject(value) || typeof value['resourceType'] === 'string';
  return isResource ? value : withoutEmptyMembers(value, emptyItems);
}

function withoutEmptyItems(
  items: readonly unknown[],
  emptyItems: 'drop' | 'keep',
): readonly unknown[] | undefined {
  // Copied only once something has to go: mostly nothing has.
  let kept: unknown[] | undefined;
  for (const [index, item] of items.entries()) {
    const sent = withoutEmpty(item, emptyItems) ?? (emptyItems === 'keep' ? {} : undefined);
    if (sent === item && kept === undefined) continue;
    kept ??= items.slice(0, index);
    if (sent !== undefined) kept.push(sent);
  }
  const all = kept ?? items;
  return all.length === 0 ? undefined : all;
}

function withoutEmptyMembers(object: Members, emptyItems: 'drop' | 'keep'): Members | undefined {
  let kept: Record<string, unknown> | undefined;
  let empty = true;
  for (const name in object) {
    const member = object[name];
    const sent = withoutEmpty(member, name === 'extension' ? 'drop' : emptyItems);
    if (sent === undefined || sent !== member) kept ??= membersBefore(object, name);
    if (sent === undefined) continue;
    if (kept !== undefined) kept[name] = sent;
    empty = false;
  }
  return empty ? undefined : (kept ?? object);
}

function membersBefore(object: Members, end: string): Record<string, unknown> {
  const names = Object.keys(object);
  return Object.fromEntries(names.slice(0, names.indexOf(end)).map((name) => [name, object[name]]));
}

/** Only these members, and `extension`: what a version or a client does not know is not sent (RS-3, SUG-4). */
export function checkMembers(
  value: unknown,
  names: readonly string[],
  rule: string,
  place: string,
): asserts value is Members {
  if (!isObject(value)) throw broken(`${rule}: an object`, place);
  for (const name in value) {
    if (name !== 'extension' && !names.includes(name)) throw broken(`${rule}: no other member`, place);
  }
}

/** A CDS Hooks extension is an object, never FHIR's array (EXT-1). */
export function checkExtension(value: unknown, place: string): void {
  if (value !== undefined && !isObject(value)) throw broken('EXT-1: extension is an object', place);
}

export function checkString(value: unknown, rule: string, place: string): asserts value is string {
  if (typeof value !== 'string' || value === '') throw broken(`${rule}: a string`, place);
}

export function checkOptionalString(value: unknown, rule: string, place: string): void {
  if (value !== undefined) checkString(value, rule, place);
}

/** An absolute http or https URL with a host (SRC-1, LINK-1). */
export function checkUrl(value: unknown, rule: string, place: string): asserts value is string {
  checkString(value, rule, place);
  if (!/^https?:\/\/[^/\s]/i.test(value) || !URL.canParse(value))
    throw broken(`${rule}: an absolute http(s) URL`, place);
}

/** COD-1. `display` is a string where it is given. */
export function checkCoding(value: unknown, place: string): asserts value is Members {
  checkMembers(value, ['system', 'code', 'display'], 'COD-1', place);
  checkString(value['system'], 'COD-1', `${place}.system`);
  checkString(value['code'], 'COD-1', `${place}.code`);
  checkOptionalString(value['display'], 'COD-1', `${place}.display`);
}

/** An array whose every item passes; absent is fine, empty is not there any more (TR-3). */
export function checkItems(
  value: unknown,
  rule: string,
  place: string,
  check: (item: unknown, place: string) => void,
): void {
  if (value === undefined) return;
  if (!Array.isArray(value)) throw broken(`${rule}: an array`, place);
  value.forEach((item: unknown, index) => {
    check(item, `${place}[${index}]`);
  });
}
