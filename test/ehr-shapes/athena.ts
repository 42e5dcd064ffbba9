import { ARTICLE } from './article.js';
import type { Make } from './fhir-site.js';
import {
  asResource,
  inlineTexts,
  rewrite,
  searchset,
  without,
  type JsonMap,
  type ResourceMap,
} from './json.js';

/** The article's patient as athenahealth delivers a chart: its implementation guide and integrators' observations. */

export const ATHENA_PATH = '/fhir/r4';
export const ATHENA_PATIENT = 'a-195900.E-14914';
const FHIR_JSON = 'application/fhir+json';

const shaped = (resource: ResourceMap): ResourceMap =>
  asResource({
    ...rewrite(resource, (map) =>
      map['reference'] === `Patient/${ARTICLE.patientId}`
        ? { ...map, reference: `Patient/${ATHENA_PATIENT}` }
        : map,
    ),
    id: resource.resourceType === 'Patient' ? ATHENA_PATIENT : `a-195900.${resource.id}`,
  });

/** One rendition, by a relative url, of a content type that is no MIME type; no conclusion. */
const report = (resource: ResourceMap): ResourceMap =>
  asResource({
    ...without(resource, 'conclusion'),
    extension: [
      {
        url: 'https://fhir.athena.io/StructureDefinition/ah-superseded-diagnostic-report',
        valueReference: { reference: 'DiagnosticReport/a-195900.gone' },
      },
    ],
    presentedForm: [{ contentType: 'ASCII Text', url: `Binary/DD-${resource.id}` }],
  });

const note = (resource: ResourceMap): ResourceMap =>
  asResource({
    ...resource,
    content: [{ attachment: { contentType: 'text/rtf', url: `Binary/DD-${resource.id}` } }],
  });

const CHART = ARTICLE.resources.map((one) => {
  const resource = shaped(one);
  if (one['conclusion'] !== undefined) return report(resource);
  return one.resourceType === 'DocumentReference' ? note(resource) : resource;
});

const rtf = (text: string): string =>
  `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs20 ${text.replaceAll('%', "\\'25").replaceAll('\n', '\\par\n')}}`;

/** A Binary in FHIR JSON, whatever is asked for. */
function binary(id: string): JsonMap | undefined {
  const original = ARTICLE.resources.find((one) => id === `DD-a-195900.${one.id}`);
  const [text] = inlineTexts(original?.['presentedForm'] ?? original?.['content']);
  const words = text ?? original?.['conclusion'];
  if (typeof words !== 'string') return undefined;
  const isNote = original?.resourceType === 'DocumentReference';
  return {
    ...{ resourceType: 'Binary', id, contentType: isNote ? 'text/rtf' : 'ASCII Text' },
    data: Buffer.from(isNote ? rtf(words) : words).toString('base64'),
  };
}

export const athenaServer: Make = ({ path: [type = '', id = ''] }) => {
  if (type === 'Binary') {
    const body = binary(id);
    return body ? { contentType: FHIR_JSON, body } : { status: 404, body: '' };
  }
  const read = CHART.find((one) => one.resourceType === type && one.id === id);
  if (read) return { body: read };
  return { body: searchset(CHART.filter(({ resourceType }) => resourceType === type)) };
};

export function athenaRequest(base: string): JsonMap {
  return {
    hook: 'order-sign',
    hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472',
    fhirServer: base,
    fhirAuthorization: {
      ...{ access_token: 'SECRET-ACCESS-TOKEN', token_type: 'Bearer', expires_in: 3600 },
      ...{ scope: 'user/*.read', subject: 'client-id' },
    },
    context: {
      userId: 'Practitioner/a-195900.Provider-1',
      patientId: ATHENA_PATIENT,
      draftOrders: {
        resourceType: 'Bundle',
        type: 'collection',
        entry: ARTICLE.draftOrders.map((draft) => ({ resource: shaped(draft) })),
      },
    },
  };
}
