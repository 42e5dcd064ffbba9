import type { Resource } from 'fhir/r4.js';
import { listOf, memberOf, textOf } from '../cds-hooks/members.js';

export type ServerProfileName = 'standard' | 'hapi' | 'epic' | 'oracle' | 'athena';

/** How one make of FHIR server wants to be asked. Data: what it changes is what its maker documents. */
export interface ServerProfile {
  readonly name: ServerProfileName;
  /** Lower-case words of its CapabilityStatement (software.name, publisher, implementation.description). */
  readonly signs: readonly string[];
  /** Parameters added to every search of a type (`*`: any), beyond the published template; dropped where refused. */
  readonly added: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What to give as `category` where the server demands one. */
  readonly categories: Readonly<Record<string, string>>;
}

// What dates a resource for the clinician, by the search parameter of its type: a chart is read from its newest end.
const DATED_BY: Readonly<Record<string, string>> = {
  Procedure: 'date',
  DiagnosticReport: 'date',
  Observation: 'date',
  DocumentReference: 'date',
  Encounter: 'date',
  Condition: 'recorded-date',
  ServiceRequest: 'authored',
  MedicationRequest: 'authoredon',
};

const IMAGING = 'http://loinc.org|LP29684-5';
const OBSERVATIONS = 'vital-signs,laboratory,survey,social-history,exam';
const CATEGORIES = {
  DiagnosticReport: IMAGING,
  Observation: OBSERVATIONS,
  Condition: 'problem-list-item,encounter-diagnosis',
};

export const SERVER_PROFILES: Readonly<Record<ServerProfileName, ServerProfile>> = {
  standard: { name: 'standard', signs: [], added: {}, categories: CATEGORIES },
  // Pages default to 20 and are cut to 200; a chart is worth seeing from its newest end.
  hapi: {
    name: 'hapi',
    signs: ['hapi fhir'],
    added: {
      '*': { _count: '200' },
      ...Object.fromEntries(
        Object.entries(DATED_BY).map(([type, date]) => [type, { _count: '200', _sort: `-${date}` }]),
      ),
    },
    categories: CATEGORIES,
  },
  // Ignores what it does not know without a word, rejects the categories procedure, therapy and activity.
  epic: {
    name: 'epic',
    signs: ['epic'],
    added: {},
    categories: { ...CATEGORIES, Observation: 'vital-signs,laboratory,smartdata,social-history' },
  },
  // Ten reports a page unless asked for up to a hundred; takes `_count` for neither Procedure nor Condition.
  oracle: {
    name: 'oracle',
    signs: ['oracle', 'cerner'],
    added: { DiagnosticReport: { _count: '100' }, Observation: { _count: '200' } },
    categories: CATEGORIES,
  },
  athena: { name: 'athena', signs: ['athena'], added: {}, categories: CATEGORIES },
};

/**
 * The profile of the make a CapabilityStatement names. One that is not known is asked for the newest first, by the
 * dates it says it can search by.
 */
export function profileOf(capabilities: Resource): ServerProfile {
  const words = [
    textOf(memberOf(capabilities, 'software'), 'name'),
    textOf(capabilities, 'publisher'),
    textOf(memberOf(capabilities, 'implementation'), 'description'),
  ];
  const text = words.join(' ').toLowerCase();
  const known = Object.values(SERVER_PROFILES).find(({ signs }) => signs.some((sign) => text.includes(sign)));
  return known ?? { ...SERVER_PROFILES.standard, added: newestFirst(capabilities) };
}

function newestFirst(capabilities: Resource): ServerProfile['added'] {
  const types = listOf(listOf(capabilities, 'rest')[0], 'resource');
  const sorted = Object.entries(DATED_BY).filter(([type, date]) =>
    types
      .filter((described) => memberOf(described, 'type') === type)
      .some((described) => searchesBy(described, date)),
  );
  return Object.fromEntries(sorted.map(([type, date]) => [type, { _sort: `-${date}` }]));
}

function searchesBy(described: unknown, parameter: string): boolean {
  return listOf(described, 'searchParam').some((known) => memberOf(known, 'name') === parameter);
}
