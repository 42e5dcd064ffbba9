import { ARTICLE } from './article.js';
import { addCodings, BINARIES, EPIC_PATIENT, opaque, shaped, SHAPES, SITE } from './epic-chart.js';
import type { Make } from './fhir-site.js';
import { asResource, listOf, outcome, rewrite, searchset, type JsonMap, type ResourceMap } from './json.js';

/** Epic's FHIR server and its calls, after recorded answers of its sandbox and its CDS Hooks tutorial. */

export const EPIC_PATH = '/interconnect-fhir-oauth/api/FHIR/R4';

const isVisitDiagnosis = (resource: ResourceMap): boolean =>
  JSON.stringify(resource['category'] ?? '').includes('encounter-diagnosis');
const NOT_AUTHORIZED = outcome(
  'warning',
  'suppressed',
  '59204',
  'Client not authorized for Condition - Encounter Diagnosis',
);
const NO_RESULTS = outcome('warning', 'processing', '4101', 'Resource request returns no results.');
const MAY_BE_MORE = outcome('information', 'informational', '4119', 'May not contain the entire record.');

/** What a search of a type brings, as Epic puts it. */
export function epicSearch(type: string, base: string, category?: readonly string[]): JsonMap {
  const ofType = SHAPES.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === type);
  const allowed = ofType.filter((resource) => type !== 'Condition' || !isVisitDiagnosis(resource));
  const wanted = allowed.filter(
    ({ category: own }) =>
      !category || category.some((code) => JSON.stringify(own ?? '').includes(`"${code}"`)),
  );
  const said = wanted.length === 0 ? [NO_RESULTS] : type === 'Condition' ? [NOT_AUTHORIZED] : [MAY_BE_MORE];
  return searchset([...wanted, ...said], {
    total: wanted.length,
    link: [{ relation: 'self', url: `${base}/${type}?patient=${EPIC_PATIENT}` }],
  });
}

/** References in prefetch are absolute. */
export const absolute = (value: JsonMap, base: string): JsonMap =>
  rewrite(value, (map) =>
    typeof map['reference'] === 'string' ? { ...map, reference: `${base}/${map['reference']}` } : map,
  );

const NEEDS_CATEGORY = new Set(['Observation', 'DiagnosticReport']);

/** Epic's server: a category demanded of some types, unknown parameters ignored, Binary as it is. */
export const epicServer: Make = ({ path: [type = '', id], query, base }) => {
  if (type === 'Binary') {
    const binary = BINARIES[id ?? ''];
    if (!binary) return { status: 403, body: outcome('fatal', 'forbidden', '4118', 'User not authorized.') };
    return { contentType: binary.contentType, body: binary.text };
  }
  if (type === 'Patient' && id === EPIC_PATIENT)
    return { body: SHAPES.find(({ resource }) => resource.id === id)?.resource ?? {} };
  const category = query
    .get('category')
    ?.split(',')
    .map((code) => code.split('|').pop() ?? code);
  if (NEEDS_CATEGORY.has(type) && !category && !query.has('code')) {
    const said = 'A required element is missing: either category or code is required.';
    return { status: 400, body: outcome('fatal', 'required', '59159', said) };
  }
  return { body: epicSearch(type, base, category) };
};

/** The order as it is drafted: dictionary code first, CPT by its OID, reasons in three systems side by side. */
export function epicRequest(base: string): JsonMap {
  const drafts = ARTICLE.draftOrders.map((draft) => {
    const resource = shaped(draft);
    return asResource({
      ...resource,
      code: addCodings(resource['code'], [
        { system: `${SITE}.2.696580`, code: 'SUR772', display: 'NEURECTOMY' },
      ]),
      reasonCode: listOf(resource['reasonCode']).map((reason) =>
        addCodings(reason, [
          { system: 'urn:oid:2.16.840.1.113883.6.96', code: '161891005' },
          { system: 'urn:oid:2.16.840.1.113883.6.103', code: '724.6' },
        ]),
      ),
    });
  });
  return {
    hook: 'order-sign',
    hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472',
    fhirServer: base,
    fhirAuthorization: {
      access_token: 'SECRET-ACCESS-TOKEN',
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'Condition.Search (Problems) (R4) Procedure.Search (Orders) (R4)',
      subject: 'client-id',
    },
    context: {
      userId: `PractitionerRole/${opaque('PractitionerRole', 'x')}`,
      patientId: EPIC_PATIENT,
      encounterId: opaque('Encounter', 'article-encounter'),
      draftOrders: {
        resourceType: 'Bundle',
        type: 'collection',
        entry: drafts.map((resource) => ({ resource })),
      },
    },
    extension: {
      'com.epic.cdshooks.request.bpa-trigger-action': '23',
      'com.epic.cdshooks.request.cds-hooks-su-version': '2.0',
    },
  };
}

/** Prefetch as a site's analysts typed it in: keys of their own, one search failed, one empty, some left out. */
export function analystsPrefetch(base: string): JsonMap {
  const search = (type: string) => absolute(epicSearch(type, base), base);
  return {
    item1: absolute(SHAPES.find(({ resource }) => resource.id === EPIC_PATIENT)?.resource ?? {}, base),
    problems: search('Condition'),
    item3: search('Procedure'),
    item4: search('DiagnosticReport'),
    medications: search('MedicationRequest'),
    item5: search('ServiceRequest'),
    '-user': outcome('fatal', 'not-found', '59001', 'No such practitioner.'),
  };
}

/** Prefetch of what the server shows in parts only, whole: a site that granted everything. */
export function allRead(base: string): JsonMap {
  const whole = (type: string) =>
    searchset(SHAPES.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === type));
  return {
    problems: absolute(whole('Condition'), base),
    flowsheets: absolute(whole('Observation'), base),
    notes: absolute(whole('DocumentReference'), base),
  };
}
