import { FhirBase } from './fhir-base.js';

/** What a server is called that no setting names: a developer's own, or any on a list that is a pattern. */
const OTHER = 'other';

/**
 * Names for metrics, from a closed set: the base URL as it was agreed, under which a call's server lies. Whatever
 * else a call may send as its fhirServer is `other`.
 */
export function serverNames(agreed: readonly string[]): (base: FhirBase) => string {
  const bases = agreed.map((server) => FhirBase.parse(server)).filter((base) => base !== undefined);
  return ({ url }) => bases.find((base) => base.contains(url))?.href ?? OTHER;
}

/** Resource types this service asks for; in the path of a server's own links anything might stand. */
const TYPES: readonly string[] = [
  ...['Binary', 'Condition', 'Coverage', 'DiagnosticReport', 'DocumentReference', 'MedicationRequest'],
  ...['Observation', 'Organization', 'Patient', 'Procedure', 'ServiceRequest'],
];

/** The resource type that a URL under a base asks for, from a closed set. */
export function typeIn(base: FhirBase, url: URL): string {
  const [type = ''] = url.href.slice(base.href.length + 1).split(/[/?]/, 1);
  return TYPES.includes(type) ? type : OTHER;
}
