import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import { CdsError } from '../errors.js';
import type { Determination, Reason } from './coverage-rules.types.js';
import { brokenInvariant } from './invariants.js';
import { part, REASON_SYSTEM, type CrdProfile } from './profile.js';

export const COVERAGE_INFORMATION =
  'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information';

/** What one assertion is about. */
export interface Assertion {
  /** `Coverage/<id>`, as the client knows it; the same string wherever it is sent (CI-7). */
  readonly coverage: string;
  /** The same for one order and coverage (CI-3). */
  readonly id: string;
  /** The day of the call, YYYY-MM-DD. */
  readonly date: string;
}

/**
 * The FHIR extension of one determination, in the form of a version (section 22 of the guide).
 *
 * @throws CdsError ERR_INTERNAL naming the invariant that the determination breaks
 */
export function coverageInformation(
  determination: Determination,
  { coverage, id, date }: Assertion,
  profile: CrdProfile,
): JsonObject {
  const said = profile.inWords(determination);
  const broken = brokenInvariant(determination) ?? brokenInvariant(said);
  if (broken !== undefined) throw new CdsError('ERR_INTERNAL', broken);
  const extension = [
    part('coverage', { valueReference: { reference: coverage } }),
    ...codes('covered', [said.covered]),
    ...codes('pa-needed', said.paNeeded ? [said.paNeeded] : []),
    ...codes('doc-needed', profile.docNeeded(said.docNeeded ?? [])),
    ...codes('doc-purpose', said.docPurpose ?? []),
    ...codes('info-needed', said.infoNeeded ?? []),
    ...(said.billingCodes ?? []).map((coding) => part('billingCode', { valueCoding: { ...coding } })),
    ...(said.reasons ?? []).map((reason) =>
      part('reason', { valueCodeableConcept: conceptOf(reason, profile) }),
    ),
    ...(said.details ?? []).map((detail) => ({ extension: profile.detail(detail), url: 'detail' })),
    ...(said.questionnaires ?? []).map((canonical) => part('questionnaire', { valueCanonical: canonical })),
    part('date', { valueDate: date }),
    part('coverage-assertion-id', { valueString: id }),
    ...(said.satisfiedPaId === undefined
      ? []
      : [part('satisfied-pa-id', { valueString: said.satisfiedPaId })]),
    ...(said.contacts ?? []).map((contact) => part('contact', profile.contact(contact))),
  ];
  return { extension, url: COVERAGE_INFORMATION };
}

function codes(url: string, values: readonly string[]): readonly JsonObject[] {
  return values.map((valueCode) => part(url, { valueCode }));
}

/** Where the version lacks the code, its own words stand in its place. */
function conceptOf({ code, text }: Reason, { reasonCodes }: CrdProfile): JsonObject {
  if (code === undefined || !reasonCodes.includes(code))
    return { text: text ?? REASON_TEXT[code ?? 'technical'] };
  return { coding: [{ system: REASON_SYSTEM, code }], text: text ?? REASON_TEXT[code] };
}

const REASON_TEXT: Readonly<Record<NonNullable<Reason['code']>, string>> = {
  'gold-card': 'The ordering practitioner needs no prior authorization',
  'detail-code': 'The code ordered is not specific enough',
  'no-member-found': 'The member could not be found',
  'no-active-coverage': 'The coverage is not in force',
  'coverage-not-found': 'The coverage could not be found',
  'auth-out-network': 'Prior authorization is needed out of network',
  technical: 'Coverage cannot be determined for technical reasons',
};
