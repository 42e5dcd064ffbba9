import type { CdsResponse } from './card.types.js';
import type { JsonObject } from './hook-request.types.js';
import { isJsonObject } from './json.js';
import { itemsIn, membersIn, skipSpace, type Span } from './json-text.js';

/** Texts of resources, by the objects that stand for them; gone with the call. */
const texts = new WeakMap<JsonObject, string>();

/** The resource as JSON: as it was received, or has to be sent, where that is known. */
export function textOf(resource: JsonObject): string {
  return texts.get(resource) ?? JSON.stringify(resource);
}

/** Has this resource sent as this text, which says the same. */
export function keepText(resource: JsonObject, text: string): void {
  texts.set(resource, text);
}

/**
 * Remembers how the orders of a hook request were written: those of draftOrders, or in order-dispatch, where the
 * orders may come in prefetch, all that came there.
 *
 * @param body what JSON.parse made of the text
 */
export function keepTextsOfOrders(body: unknown, text: string): void {
  if (!isJsonObject(body)) return;
  const root: Written = { value: body, text, span: { start: skipSpace(text, 0), end: text.length } };
  const bundles =
    body['hook'] === 'order-dispatch'
      ? membersOf(memberOf(root, 'prefetch'))
      : [memberOf(memberOf(root, 'context'), 'draftOrders')];
  for (const bundle of bundles) {
    for (const entry of itemsOf(memberOf(bundle, 'entry'))) keep(memberOf(entry, 'resource'));
    keep(bundle);
  }
}

/** A value and where it is written. */
interface Written {
  readonly value: unknown;
  readonly text: string;
  readonly span: Span;
}

function keep(written: Written | undefined): void {
  if (!isJsonObject(written?.value) || written.value['resourceType'] === 'Bundle') return;
  keepText(written.value, written.text.slice(written.span.start, written.span.end));
}

function memberOf(object: Written | undefined, name: string): Written | undefined {
  if (!isJsonObject(object?.value)) return undefined;
  const span = membersIn(object.text, object.span.start).get(name);
  return span && { value: object.value[name], text: object.text, span };
}

function membersOf(object: Written | undefined): readonly Written[] {
  const { value, text, span: whole } = object ?? {};
  if (!isJsonObject(value) || text === undefined || !whole) return [];
  return [...membersIn(text, whole.start)].map(([name, span]) => ({ value: value[name], text, span }));
}

function itemsOf(array: Written | undefined): readonly Written[] {
  if (!array || !Array.isArray(array.value)) return [];
  const { text, value } = array;
  const items: readonly unknown[] = value;
  return itemsIn(text, array.span.start).map((span, index) => ({ value: items[index], text, span }));
}

/** A finished response as JSON without white space of ours; resources of system actions as they are to be sent. */
export function toJson(response: CdsResponse): string {
  const { systemActions = [], ...rest } = response;
  if (systemActions.length === 0) return JSON.stringify(response);
  const actions = systemActions.map((action) => {
    if (action.type === 'delete') return JSON.stringify(action);
    const { resource, ...members } = action;
    return `${JSON.stringify(members).slice(0, -1)},"resource":${textOf(resource)}}`;
  });
  return `${JSON.stringify(rest).slice(0, -1)},"systemActions":[${actions.join(',')}]}`;
}
