import type { Coverage, Identifier, Organization, Resource } from 'fhir/r4.js';
import { isJsonObject } from '../cds-hooks/json.js';
import { CdsError } from '../errors.js';
import { isPatient, isReference, literalReference, ownReference, type Whose } from '../mapping/references.js';
import { isInTime } from './coverage-period.js';
import type { CoverageRules, Payer } from './coverage-rules.types.js';

/** A coverage of the patient, and what is known of its payer. */
export interface PatientCoverage {
  /** `Coverage/<id>`; `#<id>` of one that stands in the order itself. */
  readonly reference: string;
  readonly coverage: Coverage;
  readonly payer: PayerFinding;
}

/** The coverages of a patient that were read. */
export interface ReadCoverages {
  readonly coverages: readonly PatientCoverage[];
  /** Those that an order contains and names, by the order. */
  readonly contained: ReadonlyMap<object, readonly PatientCoverage[]>;
  /** False when there may be others that did not come. */
  readonly allRead: boolean;
  /** True when some have no id of FHIR's form, so that no answer could refer to them. */
  readonly someNameless?: boolean;
}

/** One of the payers that rules speak of; another; none that is named; or one that could not be looked up. */
export type PayerFinding =
  | { readonly kind: 'known'; readonly id: string; readonly payer: Payer }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unnamed' }
  | { readonly kind: 'unread' };

/** Whether a coverage stands at the time of the call; what it does not say itself is not known. */
export type Standing =
  'active' | 'inactive' | 'period-unclear' | 'status-unstated' | 'member-unknown' | 'member-unstated';

/** An Organization that was looked for by a literal reference: found, not there, or out of reach. */
export type OrganizationLookup = (reference: string) => Organization | 'missing' | 'unread';

export function isCoverage(resource: Resource): resource is Coverage {
  return resource.resourceType === 'Coverage';
}

/** The coverages that are the patient's: someone else's, and those entered in error, are none. */
export function coveragesOf(resources: readonly Resource[], whose: Whose): readonly Coverage[] {
  return resources.filter(isCoverage).filter(({ status, beneficiary }) => {
    // FHIR R4: a beneficiary has to be there; where it names nobody, the search by patient vouches for it.
    const patient = isPatient(beneficiary, whose);
    return status !== 'entered-in-error' && (patient === 'unknown' || patient === 'yes');
  });
}

/** References to Organizations that have to be looked up before the payer of a coverage is known. */
export function payersToLookUp(coverage: Coverage, whose: Whose): readonly string[] {
  return payorsOf(coverage).flatMap(({ identifier, reference }) => {
    const organization = ownReference({ ...(reference !== undefined && { reference }) }, whose);
    return identifier || !organization?.startsWith('Organization/') ? [] : [organization];
  });
}

function payorsOf({ payor }: Coverage): readonly Coverage['payor'][number][] {
  return Array.isArray(payor) ? payor.filter((one: unknown) => isJsonObject(one)) : [];
}

/** Who pays, by identifier alone: of the reference, of a contained Organization, or of one that was looked up. */
export function payerOf(
  coverage: Coverage,
  { payers }: CoverageRules,
  lookUp: OrganizationLookup,
): PayerFinding {
  const found = payorsOf(coverage).map((payor) => identifiersOf(payor, coverage, lookUp));
  const identifiers = found.flatMap((one) => (one === 'unread' ? [] : one));
  const known = Object.entries(payers).find(([, payer]) =>
    payer.identifiers.some((own) =>
      identifiers.some(({ system, value }) => system === own.system && value === own.value),
    ),
  );
  if (known) return { kind: 'known', id: known[0], payer: known[1] };
  if (found.includes('unread')) return { kind: 'unread' };
  return { kind: identifiers.length > 0 ? 'foreign' : 'unnamed' };
}

function identifiersOf(
  { identifier, reference }: Coverage['payor'][number],
  { contained = [] }: Coverage,
  lookUp: OrganizationLookup,
): readonly Identifier[] | 'unread' {
  if (identifier) return [identifier];
  if (reference === undefined) return [];
  const inside = contained.filter(isOrganization).find((one) => reference === `#${one.id ?? ''}`);
  if (inside) return namesOf(inside);
  if (!literalReference({ reference })?.startsWith('Organization/')) return [];
  const organization = lookUp(reference);
  if (organization === 'unread') return 'unread';
  return organization === 'missing' ? [] : namesOf(organization);
}

export function isOrganization(resource: Resource): resource is Organization {
  return resource.resourceType === 'Organization';
}

function namesOf({ identifier }: Organization): readonly Identifier[] {
  return Array.isArray(identifier) ? identifier : [];
}

/** @param at milliseconds since 1970 */
export function standingOf({ coverage, payer }: PatientCoverage, at: number): Standing {
  const { status, period } = coverage;
  const inTime = isInTime(period, at);
  if (NOT_IN_FORCE.has(status) || inTime === 'no') return 'inactive';
  if (inTime === 'unknown') return 'period-unclear';
  // FHIR R4 has a status in each Coverage, of these codes; without one nothing says that it is not in force.
  if (status !== 'active') return 'status-unstated';
  const form = payer.kind === 'known' ? payer.payer.memberId : undefined;
  if (form === undefined) return 'active';
  const ids = memberIdsOf(coverage);
  if (ids.length === 0) return 'member-unstated';
  return ids.some((id) => new RegExp(form).test(id)) ? 'active' : 'member-unknown';
}

const NOT_IN_FORCE: ReadonlySet<unknown> = new Set(['cancelled', 'draft', 'entered-in-error']);

/** In US Core 3.1.1 and HRex the subscriberId; from US Core 6.1.0 on also an identifier of type MB (G-98). */
function memberIdsOf({ subscriberId, identifier = [] }: Coverage): readonly string[] {
  const members = identifier.filter(({ type }) => type?.coding?.some(({ code }) => code === 'MB'));
  const ids: readonly unknown[] = [subscriberId, ...members.map(({ value }) => value)];
  return ids.filter((id) => typeof id === 'string').filter((id) => id !== '');
}

/**
 * The coverages that an order is billed to: those it names itself, be they inside it, else the one the patient has.
 *
 * @param insurance references of the order's own
 * @throws CdsError ERR_COVERAGE_REFUSED when there is none, several of which none is named, or none of ours (hook-13),
 *   or when it may be one that did not come, or that no answer could refer to;
 *   ERR_FHIR_DATA_UNAVAILABLE when not all were read and none that was is named: it may be billed to another
 */
export function billedCoverages(
  read: ReadCoverages,
  order: { readonly resource: object; readonly insurance: readonly string[] },
  at: number,
): readonly PatientCoverage[] {
  const all = [...read.coverages, ...(read.contained.get(order.resource) ?? [])];
  const named = all.filter(({ reference }) => order.insurance.includes(reference));
  if (named.length === 0) refuseUnlessAllCame(read, order.insurance);
  const meant = named.length > 0 ? named : all;
  const inForce = meant.filter((one) => standingOf(one, at) !== 'inactive');
  const billed = inForce.length > 0 ? inForce : meant;
  if (billed.length > 1 && named.length === 0)
    throw refused('the patient has several Coverages, and the order names none of them');
  const ours = billed.filter(({ payer: { kind } }) => kind === 'known' || kind === 'unread');
  if (ours.length > 0) return ours;
  const isNamed = billed.some(({ payer: { kind } }) => kind === 'foreign');
  throw refused(
    isNamed
      ? 'the payer of the Coverage is not one of this service'
      : 'the Coverage names no payer.identifier',
  );
}

/** Which it is billed to can be told without its naming one only where all came. */
function refuseUnlessAllCame(
  { coverages, allRead, someNameless }: ReadCoverages,
  insurance: readonly string[],
): void {
  if (someNameless) throw refused('a Coverage has no id of the form that FHIR has');
  if (!allRead) throw notAllRead();
  if (coverages.length === 0) throw refused('the patient has no Coverage that could be read');
  // One that is named and did not come may be the patient's second: who asks sends the first alone (CX-9).
  if (insurance.some((reference) => reference.startsWith('#')))
    throw refused("the order names a Coverage inside it that is not there, or not the patient's");
  if (!insurance.every((reference) => isReference(reference)))
    throw refused('the order names a Coverage on another server');
}

function notAllRead(): CdsError {
  const reason = 'not all Coverages of the patient could be read, and the order names none that was';
  return new CdsError('ERR_FHIR_DATA_UNAVAILABLE', reason, { expression: 'prefetch.coverage' });
}

function refused(reason: string): CdsError {
  return new CdsError('ERR_COVERAGE_REFUSED', reason, { expression: 'prefetch.coverage' });
}
