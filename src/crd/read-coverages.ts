import type { Coverage, Organization, Resource } from 'fhir/r4.js';
import type { HookRequest, Json, JsonObject } from '../cds-hooks/hook-request.types.js';
import { isJsonObject } from '../cds-hooks/json.js';
import { isFhirId } from '../cds-hooks/members.js';
import type { PrefetchKey } from '../cds-hooks/service.types.js';
import { CdsError } from '../errors.js';
import type { ReadCall, Retriever } from '../fhir/retriever.types.js';
import { ownReference, type Whose } from '../mapping/references.js';
import { isUnderstood } from '../mapping/understood.js';
import { wellFormed } from '../mapping/well-formed.js';
import type { CoverageRules } from './coverage-rules.types.js';
import { insuranceOf, whoseCall } from './orders.js';
import {
  coveragesOf,
  isOrganization,
  payerOf,
  payersToLookUp,
  type OrganizationLookup,
  type ReadCoverages,
} from './payer-coverage.js';

/** The key that coverage is asked for under, as the guide's own example has it (CX-10). */
export const COVERAGE_PREFETCH: Readonly<Record<string, PrefetchKey>> = {
  coverage: { kind: 'coverage', template: 'Coverage?patient={{context.patientId}}&status=active' },
};

/** What coverages are read for. */
export interface CoverageQuestion {
  readonly rules: CoverageRules;
  /** Those that are billed to them. */
  readonly orders: readonly JsonObject[];
}

/**
 * The patient's coverages with their payers, from prefetch or the FHIR server, and those that stand in the orders
 * themselves. An Organization is read only where the Coverage names its payer by nothing but a reference to it.
 *
 * @throws CdsError ERR_FHIR_DATA_UNAVAILABLE when coverage was neither sent nor could be read, or FHIR forbids to
 *   process one of them
 */
export async function readCoverages(
  retriever: Retriever,
  call: ReadCall,
  { rules, orders }: CoverageQuestion,
): Promise<ReadCoverages> {
  const whose = whoseCall(call.request);
  const inside = new Map(orders.map((order) => [order, containedIn(order, whose)]));
  const { coverage: read } = await retriever.retrieve({ ...call, prefetch: COVERAGE_PREFETCH });
  const isNeeded = [...inside.values()].some((contained) => contained.length === 0);
  if (isNeeded && (!read || read.status === 'unavailable'))
    throw unavailable('the prefetch key coverage was not sent, and could not be read from the FHIR server');
  const items = read && read.status !== 'unavailable' ? read.items : [];
  const coverages = coveragesOf(items.map(wellFormed), whose);
  if (!coverages.every(isUnderstood))
    throw unavailable('a Coverage has a modifierExtension or implicitRules that this service does not know');
  const all = [...coverages, ...[...inside.values()].flat()];
  const lookUp = await lookUpPayers(retriever, call, [
    ...new Set(all.flatMap((one) => payersToLookUp(one, whose))),
  ]);
  const found = (prefix: string, some: readonly Coverage[]) =>
    some
      .filter(({ id }) => isFhirId(id))
      .map((coverage) => ({
        ...{ reference: `${prefix}${coverage.id ?? ''}`, coverage },
        payer: payerOf(coverage, rules, lookUp),
      }));
  return {
    coverages: found('Coverage/', coverages),
    contained: new Map([...inside].map(([order, some]) => [order, found('#', some)])),
    allRead: read?.status === 'complete',
    someNameless: !coverages.every(({ id }) => isFhirId(id)),
  };
}

function unavailable(reason: string): CdsError {
  return new CdsError('ERR_FHIR_DATA_UNAVAILABLE', reason, { expression: 'prefetch.coverage' });
}

/** The patient's coverages that an order contains and names; what they refer to inside stands in the order, too. */
function containedIn(order: JsonObject, whose: Whose): readonly Coverage[] {
  const names = insuranceOf(order, whose);
  const contained = Array.isArray(order['contained']) ? order['contained'].filter(isResource) : [];
  const named = contained.filter(({ id }) => typeof id === 'string' && names.includes(`#${id}`));
  return coveragesOf(
    named.map((one) => wellFormed({ ...one, contained })),
    whose,
  );
}

async function lookUpPayers(
  retriever: Retriever,
  call: ReadCall,
  references: readonly string[],
): Promise<OrganizationLookup> {
  const found = new Map(references.flatMap((reference) => sentWith(call.request, reference)));
  const left = references.filter(
    (reference) => !found.has(reference) && isFhirId(reference.split('/')[1] ?? ''),
  );
  // Keys are logged, and a reference may hold anything.
  const keys = new Map(left.map((reference, index) => [reference, `payer-${index + 1}`]));
  const prefetch = Object.fromEntries(
    left.map((reference) => [keys.get(reference) ?? '', { kind: 'organization', template: reference }]),
  );
  // Without the prefetch: what stands there was looked through.
  const request = { ...call.request, prefetch: {} };
  const read = left.length > 0 ? await retriever.retrieve({ ...call, request, prefetch }) : {};
  return (literal) => {
    const reference = ownReference({ reference: literal }, call.request);
    if (reference === undefined) return 'unread';
    const answer = read[keys.get(reference) ?? ''];
    const items = answer && answer.status !== 'unavailable' ? answer.items : [];
    const organization = found.get(reference) ?? items.find(isOrganization);
    if (organization) return wellFormed(organization);
    const isOutOfReach = answer?.status === 'unavailable' && answer.missing !== 'no-server';
    return isOutOfReach ? 'unread' : 'missing';
  };
}

/** An Organization that came along under any key. */
function sentWith({ prefetch }: HookRequest, reference: string): readonly [string, Organization][] {
  const resources = Object.values(prefetch).flatMap((value): readonly Resource[] => resourcesIn(value));
  const sent = resources.filter(isOrganization);
  const organization = sent.find(({ id }) => reference === `Organization/${id ?? ''}`);
  return organization ? [[reference, organization]] : [];
}

/** The resources of a prefetch value: itself, or a Bundle's. */
export function resourcesIn(value: Json): readonly (Resource & JsonObject)[] {
  if (!isJsonObject(value)) return [];
  if (value['resourceType'] !== 'Bundle') return isResource(value) ? [value] : [];
  const entries: readonly unknown[] = Array.isArray(value['entry']) ? value['entry'] : [];
  return entries.flatMap((entry) =>
    isJsonObject(entry) && isResource(entry['resource']) ? [entry['resource']] : [],
  );
}

function isResource(value: unknown): value is Resource & JsonObject {
  return isJsonObject(value) && typeof value['resourceType'] === 'string';
}
