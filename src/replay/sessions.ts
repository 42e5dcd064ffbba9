import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import { isJsonObject } from '../cds-hooks/json.js';
import type { When } from './as-of/when.js';
import { datesOf } from './as-of/resource-dates.js';
import type { Versions } from './as-of/chart-at.js';

/** Orders that were signed together, as the hook would have delivered them, and when. */
export interface Session {
  readonly moment: When;
  /** The day it is counted for and judged at. */
  readonly day: When;
  /** `order`: ServiceRequests of one day. `procedure`: one that no order in the export led to. */
  readonly from: 'order' | 'procedure';
  readonly draftOrders: readonly JsonObject[];
  /** `Type/id` of what was ordered here or came of it: no evidence for it. */
  readonly own: ReadonlySet<string>;
}

/** Which orders a service reviews; asked of the service itself. */
export type IsReviewed = (draftOrders: readonly JsonObject[]) => boolean;

/** Days within which a procedure that names no order is taken for the performance of the last one before it. */
const PERFORMED_WITHIN_DAYS = 180;

const SIGNED_INTENTS: ReadonlySet<unknown> = new Set([
  ...['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order', undefined],
]);
const NEVER_SIGNED: ReadonlySet<unknown> = new Set(['draft', 'entered-in-error']);
const NEVER_DONE: ReadonlySet<unknown> = new Set(['entered-in-error', 'not-done', 'preparation']);

interface Dated {
  readonly reference: string;
  readonly resource: JsonObject;
  readonly when: When;
}

/** The sessions of one patient that a service reviews, the oldest first. */
export function sessionsOf(versions: Versions, isReviewed: IsReviewed): readonly Session[] {
  const orders = dated(versions, 'ServiceRequest', isSigned);
  const procedures = dated(versions, 'Procedure', ({ status }) => !NEVER_DONE.has(status));
  const ordered = byDay(orders)
    .map(toSession)
    .filter(({ draftOrders }) => isReviewed(draftOrders));
  const performed = procedures.filter(({ resource }) => isReviewed([orderOf(resource)]));
  const alone = performed.filter((procedure) => !ordered.some((session) => ledTo(session, procedure)));
  return [
    ...ordered.map((session) => ({
      ...session,
      own: new Set([...session.own, ...performed.filter((one) => ledTo(session, one)).map(referenceOf)]),
    })),
    ...byDay(alone).map(toProcedureSession),
  ].toSorted((a, b) => a.day.first - b.day.first);
}

const referenceOf = ({ reference }: Dated): string => reference;

function isSigned({ status, intent, doNotPerform }: JsonObject): boolean {
  return SIGNED_INTENTS.has(intent) && !NEVER_SIGNED.has(status) && doNotPerform !== true;
}

/** By date, then reference. Of several versions of one resource the first says when it was written. */
function dated(versions: Versions, type: string, isOne: (resource: JsonObject) => boolean): readonly Dated[] {
  const found: Dated[] = [];
  for (const [reference, all] of versions) {
    const resource = all.at(-1);
    if (resource?.['resourceType'] !== type || !isOne(resource)) continue;
    const { recorded, happened, changed } = datesOf(resource);
    const when = type === 'ServiceRequest' ? recorded : (happened ?? changed);
    if (when) found.push({ reference, resource, when });
  }
  return found.sort(
    (a, b) =>
      a.when.first - b.when.first ||
      (a.when.instant ?? 0) - (b.when.instant ?? 0) ||
      (a.reference < b.reference ? -1 : 1),
  );
}

/** What was written on one day was signed together: the service folds orders of one intent, and companions say more. */
function byDay(all: readonly Dated[]): readonly (readonly [Dated, ...Dated[]])[] {
  const days = new Map<number, [Dated, ...Dated[]]>();
  for (const one of all) {
    const day = days.get(one.when.first);
    if (day) day.push(one);
    else days.set(one.when.first, [one]);
  }
  return [...days.values()];
}

/** Signed when the last of them was written. */
function toSession(day: readonly [Dated, ...Dated[]]): Session {
  const last = day.at(-1) ?? day[0];
  return {
    moment: last.when,
    day: last.when,
    from: 'order',
    draftOrders: day.map(({ resource }) => asSigned(resource)),
    own: new Set(day.map(referenceOf)),
  };
}

/** As it was when it was signed: whatever became of it since. */
function asSigned(order: JsonObject): JsonObject {
  return { ...order, status: 'draft' };
}

/** What was done on a day was ordered before it: what that day wrote of it was not in the chart. */
function toProcedureSession(day: readonly [Dated, ...Dated[]]): Session {
  const { when } = day[0];
  return {
    moment: { first: when.first - 1, last: when.first - 1 },
    day: when,
    from: 'procedure',
    draftOrders: day.map(({ resource }) => orderOf(resource)),
    own: new Set(day.map(referenceOf)),
  };
}

/** The order that a procedure must have had: what, where and why, as the procedure says. */
function orderOf(procedure: JsonObject): JsonObject {
  const { id, subject, code, bodySite, reasonCode, reasonReference } = procedure;
  const authoredOn =
    procedure['performedDateTime'] ?? (procedure['performedPeriod'] as JsonObject | undefined)?.['start'];
  return {
    ...{ resourceType: 'ServiceRequest', status: 'draft', intent: 'order' },
    ...{ id, subject, code, bodySite, reasonCode, reasonReference, authoredOn },
  };
}

function ledTo({ own, moment, from }: Session, { resource, when }: Dated): boolean {
  if (from !== 'order') return false;
  const basedOn = Array.isArray(resource['basedOn']) ? (resource['basedOn'] as unknown[]) : [];
  const orders = basedOn.flatMap((one) =>
    isJsonObject(one) && typeof one['reference'] === 'string' ? [tailOf(one['reference'])] : [],
  );
  if (orders.length > 0) return orders.some((order) => own.has(order));
  return when.last >= moment.first && when.first - moment.last <= PERFORMED_WITHIN_DAYS;
}

function tailOf(reference: string): string {
  return reference.split('/').slice(-2).join('/');
}
