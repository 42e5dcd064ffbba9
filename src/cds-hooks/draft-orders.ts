import { CdsError } from '../errors.js';
import type { HookRequest } from './hook-request.types.js';
import { isJsonObject } from './json.js';
import { mayBeProcessed } from './processing.js';

type DraftOrder = HookRequest['context']['draftOrders'][number];

/**
 * Reads `context.draftOrders` (CTX-4 to CTX-6): a Bundle of any type or none, with or without `fullUrl` and
 * `entry`. Entries without a resource that names its type are skipped and counted.
 *
 * @throws CdsError ERR_HOOK_REQUEST_INVALID when it is missing or no Bundle, ERR_HOOK_REQUEST_UNPROCESSABLE when FHIR
 *   forbids to process it or one of its entries
 */
export function toDraftOrders(value: unknown): { draftOrders: readonly DraftOrder[]; skipped: number } {
  const entries = entriesOf(value);
  const draftOrders: DraftOrder[] = [];
  for (const [index, entry] of entries.entries()) {
    const order = toDraftOrder(entry);
    if (order) draftOrders.push(index === draftOrders.length ? order : { ...order, place: entryAt(index) });
  }
  return { draftOrders, skipped: entries.length - draftOrders.length };
}

/** Where the order of that index in `draftOrders` stands in the call. */
export function placeOf({ place }: { readonly place?: string }, index: number): string {
  return place ?? entryAt(index);
}

function entryAt(index: number): string {
  return `context.draftOrders.entry[${index}].resource`;
}

function invalid(expression: string, reason: string): CdsError {
  return new CdsError('ERR_HOOK_REQUEST_INVALID', `${expression} ${reason}`, { expression });
}

function entriesOf(value: unknown): readonly unknown[] {
  if (value === undefined) throw invalid('context.draftOrders', 'is missing');
  if (!isJsonObject(value) || value['resourceType'] !== 'Bundle')
    throw invalid('context.draftOrders', 'is not a Bundle');
  const entries = value['entry'] ?? [];
  if (!Array.isArray(entries)) throw invalid('context.draftOrders.entry', 'is not an array');
  refuseUnlessProcessable(value, 'context.draftOrders');
  for (const [index, entry] of entries.entries())
    if (isJsonObject(entry)) refuseUnlessProcessable(entry, `context.draftOrders.entry[${index}]`);
  return entries;
}

/** What may turn orders into their contrary is not passed over in silence. */
function refuseUnlessProcessable(element: object, expression: string): void {
  if (mayBeProcessed(element)) return;
  const reason = 'has a modifierExtension or implicitRules that this service does not know';
  throw new CdsError('ERR_HOOK_REQUEST_UNPROCESSABLE', `${expression} ${reason}`, { expression });
}

function toDraftOrder(entry: unknown): DraftOrder | undefined {
  if (!isJsonObject(entry)) return undefined;
  const { fullUrl, resource } = entry;
  if (!isJsonObject(resource) || typeof resource['resourceType'] !== 'string') return undefined;
  return typeof fullUrl === 'string' && fullUrl !== '' ? { fullUrl, resource } : { resource };
}
