import { CdsError } from '../errors.js';
import { toDraftOrders } from './draft-orders.js';
import { toFhirAccess } from './fhir-access.js';
import type { HookRequest, Json, JsonObject, ServedHook } from './hook-request.types.js';
import { isJsonObject } from './json.js';
import { isFhirId } from './members.js';

/** What was odd about a call that is answered all the same; closed, so that a log line may carry it. */
export type HookRequestWarning =
  | 'hook-instance-not-uuid' // REQ-3: unique is enough for us
  | 'user-type-unknown' // CTX-3: neither Practitioner nor PractitionerRole
  | 'fhir-authorization-unusable' // FA-1: read on without a token
  | 'draft-order-unreadable'; // CTX-4: an entry without a resource, skipped

export interface CheckedHookRequest {
  readonly request: HookRequest;
  readonly warnings: readonly HookRequestWarning[];
}

/**
 * Checks a parsed body against the envelope and context rules (REQ-1 to REQ-10, CTX-1 to CTX-11) and drops what
 * nobody asked for; unknown members are ignored at every level (TR-7).
 *
 * @param hooks the hooks that the called service id serves
 * @throws CdsError ERR_HOOK_REQUEST_INVALID with the place, ERR_HOOK_NOT_SERVED when the id does not serve the hook
 */
export function checkHookRequest(body: unknown, hooks: readonly ServedHook[]): CheckedHookRequest {
  if (!isJsonObject(body)) throw new CdsError('ERR_HOOK_REQUEST_INVALID', 'the body is not a JSON object');
  const hook = toHook(body['hook'], hooks);
  const hookInstance = requiredString(body['hookInstance'], 'hookInstance');
  const access = toFhirAccess(body);
  const sentContext = requiredObject(body['context'], 'context');
  const { context, skipped } = toContext(sentContext, hook);
  const prefetch = toPrefetch(body['prefetch']);
  const extension = agreedExtension(body['extension']);
  const request = {
    ...{ hook, hookInstance, ...access, context, prefetch },
    ...(extension && { extension }),
  };
  return { request, warnings: toWarnings(request, body, skipped) };
}

function invalid(expression: string, reason: string): CdsError {
  return new CdsError('ERR_HOOK_REQUEST_INVALID', `${expression} ${reason}`, { expression });
}

function requiredString(value: unknown, expression: string): string {
  if (value === undefined) throw invalid(expression, 'is missing');
  if (typeof value !== 'string') throw invalid(expression, 'is not a string');
  if (value === '') throw invalid(expression, 'is empty');
  return value;
}

function requiredObject(value: unknown, expression: string): JsonObject {
  if (value === undefined) throw invalid(expression, 'is missing');
  if (!isJsonObject(value)) throw invalid(expression, 'is not an object');
  return value;
}

function toHook(value: unknown, hooks: readonly ServedHook[]): ServedHook {
  const sent = requiredString(value, 'hook');
  const hook = hooks.find((served) => served === sent);
  if (hook !== undefined) return hook;
  throw new CdsError('ERR_HOOK_NOT_SERVED', `hook is not served by this id; served: ${hooks.join(', ')}`, {
    expression: 'hook',
  });
}

function toContext(
  context: JsonObject,
  hook: ServedHook,
): { context: HookRequest['context']; skipped: number } {
  const patientId = toBareId(requiredString(context['patientId'], 'context.patientId'), 'context.patientId');
  if (hook === 'order-dispatch') {
    return { context: { patientId, draftOrders: [], ...toDispatchedOrders(context) }, skipped: 0 };
  }
  const userId = toUserId(context['userId']);
  const encounterId = toEncounterId(context['encounterId']);
  const { draftOrders, skipped } = toDraftOrders(context['draftOrders']);
  const checked = {
    userId,
    patientId,
    ...(encounterId !== undefined && { encounterId }),
    draftOrders,
    ...(hook === 'order-select' && { selections: toSelections(context['selections']) }),
  };
  return { context: checked, skipped };
}

// `Type/id`; the type is not held against a list and the id not against FHIR's alphabet: it is only passed on.
const TYPE_AND_ID = /^\w+\/[^\s/]+$/;

function toUserId(value: Json | undefined): string {
  return toTypeAndId(value, 'context.userId');
}

// CTX-2. No reference to a resource of another form of id can be told to be one, so nothing could be read of it.
function toBareId(id: string, expression: string): string {
  if (!isFhirId(id)) throw invalid(expression, 'is not a bare id of a FHIR resource');
  return id;
}

// Optional, and no part of the review needs it: null and "" are read as absent.
function toEncounterId(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return toBareId(requiredString(value, 'context.encounterId'), 'context.encounterId');
}

function toSelections(value: unknown): readonly string[] {
  if (value === undefined) throw invalid('context.selections', 'is missing');
  if (!Array.isArray(value)) throw invalid('context.selections', 'is not an array');
  return value.map((item, index) => requiredString(item, `context.selections[${index}]`));
}

/** Each may have to be read from the FHIR server; who dispatches names a handful. */
const MOST_DISPATCHED = 100;

/** `dispatchedOrders` of the hook's version 1.1, or the one `order` of 1.0 (CTX-11). */
function toDispatchedOrders(
  context: JsonObject,
): Pick<HookRequest['context'], 'dispatchedOrders' | 'orderPlace'> {
  toTypeAndId(context['performer'], 'context.performer');
  const { dispatchedOrders, order } = context;
  if (dispatchedOrders === undefined) {
    const orderPlace = order === undefined ? 'context.dispatchedOrders' : 'context.order';
    return { dispatchedOrders: [toTypeAndId(order, orderPlace)], orderPlace };
  }
  if (!Array.isArray(dispatchedOrders) || dispatchedOrders.length === 0)
    throw invalid('context.dispatchedOrders', 'is not an array with an order in it');
  if (dispatchedOrders.length > MOST_DISPATCHED)
    throw invalid('context.dispatchedOrders', `names more than ${MOST_DISPATCHED} orders`);
  const checked = dispatchedOrders.map((item: Json, index) =>
    toTypeAndId(item, `context.dispatchedOrders[${index}]`),
  );
  return { dispatchedOrders: checked };
}

function toTypeAndId(value: Json | undefined, expression: string): string {
  const reference = requiredString(value, expression);
  if (!TYPE_AND_ID.test(reference)) throw invalid(expression, 'is not of the form Type/id');
  return reference;
}

/** The extensions that Da Vinci CRD agrees on; those of others are nothing to us (EXT-1, EXT-2). */
function agreedExtension(value: Json | undefined): JsonObject | undefined {
  const agreed = Object.entries(isJsonObject(value) ? value : {}).filter(([name]) => AGREED.test(name));
  return agreed.length > 0 ? Object.fromEntries(agreed) : undefined;
}

const AGREED = /^davinci-crd\./;

function toPrefetch(value: unknown): HookRequest['prefetch'] {
  if (value === undefined || value === null) return {};
  if (!isPrefetch(value)) throw invalid('prefetch', 'is not an object');
  return value;
}

// What JSON.parse made has no undefined member.
function isPrefetch(value: unknown): value is Readonly<Record<string, Json>> {
  return isJsonObject(value);
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** The shape of a UUID of any version, in either case (REQ-3). */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

const ORDERING_USER = /^Practitioner(?:Role)?\//;

function toWarnings(
  request: HookRequest,
  body: JsonObject,
  skippedOrders: number,
): readonly HookRequestWarning[] {
  const warnings: HookRequestWarning[] = [];
  if (!isUuid(request.hookInstance)) warnings.push('hook-instance-not-uuid');
  const { userId } = request.context;
  if (userId !== undefined && !ORDERING_USER.test(userId)) warnings.push('user-type-unknown');
  if ((body['fhirAuthorization'] ?? undefined) !== undefined && request.fhirAuthorization === undefined)
    warnings.push('fhir-authorization-unusable');
  if (skippedOrders > 0) warnings.push('draft-order-unreadable');
  return warnings;
}
