import { ARTICLE } from './article.js';
import type { Answer, Asked, Make } from './fhir-site.js';
import {
  asResource,
  inlineTexts,
  isMap,
  listOf,
  rewrite,
  searchset,
  without,
  type Json,
  type JsonMap,
  type ResourceMap,
} from './json.js';

/** The article's patient as Oracle Health (Millennium) delivers a chart, after its documentation. */

export const ORACLE_TENANT = '0b8a0111-e8e6-4c26-a91c-5069cbc6b1ca';
export const ORACLE_PATH = `/r4/${ORACLE_TENANT}`;
export const ORACLE_PATIENT = '12724066';
const CODE_SETS = `https://fhir.cerner.com/${ORACLE_TENANT}/codeSet`;
const UNKNOWN = { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' };

/** Ids are numbers; the patient's is the one that a call names. */
const shaped = (resource: ResourceMap): ResourceMap =>
  asResource({
    ...rewrite(resource, (map) =>
      map['reference'] === `Patient/${ARTICLE.patientId}`
        ? { ...map, reference: `Patient/${ORACLE_PATIENT}`, display: 'SAMPLETON, AVERY JO' }
        : map,
    ),
    id: resource.resourceType === 'Patient' ? ORACLE_PATIENT : resource.id,
  });

const codingsOf = (concept: Json | undefined): readonly JsonMap[] =>
  isMap(concept) ? listOf(concept['coding']).filter(isMap) : [];

/** Three renditions by absolute URL, none inline; body region in the title alone; a category of no meaning. */
function report(resource: ResourceMap, base: string): ResourceMap {
  if (resource['conclusion'] === undefined) return resource;
  const url = (rendition: string) => `${base}/Binary/${rendition}-${resource.id}`;
  const title = isMap(resource['code']) ? resource['code']['text'] : undefined;
  return asResource({
    ...without(resource, 'conclusion', 'effectiveDateTime'),
    category: [{ coding: [UNKNOWN], text: 'Unknown' }],
    code: {
      coding: [
        { system: `${CODE_SETS}/72`, code: '4056673', display: 'Radiology Report', userSelected: true },
        { system: 'http://loinc.org', code: '75490-3' },
      ],
      text: 'Radiology Reports',
    },
    effectivePeriod: { end: resource['effectiveDateTime'] },
    presentedForm: [
      { contentType: 'application/pdf', url: url('TR'), title },
      { contentType: 'application/xml', url: url('XML'), title },
      { contentType: 'text/html', url: url('XR'), title },
    ],
  });
}

/** Codes as charge entry writes them: a stray semicolon, userSelected. */
const procedure = (resource: ResourceMap): ResourceMap =>
  asResource({
    ...resource,
    code: {
      ...(isMap(resource['code']) && resource['code']),
      coding: codingsOf(resource['code']).map((coding) => ({
        ...coding,
        display: typeof coding['display'] === 'string' ? `${coding['display']};` : ';',
        userSelected: true,
      })),
    },
  });

const note = (resource: ResourceMap, base: string): ResourceMap =>
  asResource({
    ...resource,
    content: [{ attachment: { contentType: 'text/html', url: `${base}/Binary/XR-${resource.id}` } }],
  });

/** A surgery of long ago with a bare year, and a free-text case without any code. */
const OLD: readonly ResourceMap[] = [
  { resourceType: 'Procedure', id: '2572391', code: { text: 'Appendectomy;' }, performedDateTime: '2002' },
  { resourceType: 'Procedure', id: '2572392', code: { text: 'Knee arthroscopy' } },
].map((one) => ({ ...one, status: 'completed', subject: { reference: `Patient/${ORACLE_PATIENT}` } }));

/** Returned unless it is filtered out: here it would deny what the true report shows. */
const erroneous = (base: string): ResourceMap =>
  asResource({
    ...report(
      shaped(
        ARTICLE.resources.find(({ id }) => id === 'article-mri-lumbar') ??
          asResource({ resourceType: '', id: '' }),
      ),
      base,
    ),
    id: 'erroneous',
    status: 'entered-in-error',
  });

function chartOf(base: string): readonly ResourceMap[] {
  const shapers: Readonly<Record<string, (resource: ResourceMap, base: string) => ResourceMap>> = {
    DiagnosticReport: report,
    Procedure: procedure,
    DocumentReference: note,
  };
  const chart = ARTICLE.resources.map((one) => {
    const shape = shapers[one.resourceType] ?? ((same: ResourceMap) => same);
    return shape(shaped(one), base);
  });
  return [...chart, ...OLD, erroneous(base)];
}

const html = (text: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>${text
    .split('\n\n')
    .map(
      (part) =>
        `<div class="section"><pre>${part.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre></div>`,
    )
    .join('')}</body></html>`;

/** Raw bytes for the rendition asked for; `application/json` is refused, with nothing in the body. */
function binary(id: string, accept: string): Answer {
  if (/^application\/json/.test(accept)) return { status: 406, body: '' };
  const original = ARTICLE.resources.find((one) => id === `XR-${one.id}`);
  const [text] = inlineTexts(original?.['presentedForm'] ?? original?.['content']);
  const words = text ?? original?.['conclusion'];
  return typeof words === 'string'
    ? { contentType: 'text/html', body: html(words) }
    : { status: 404, contentType: 'text/plain', body: 'Not Found' };
}

/** What each type may be searched by; anything else is refused in plain text. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  Condition: ['patient', 'clinical-status', 'category', 'encounter'],
  Procedure: ['patient', 'date'],
  DiagnosticReport: ['patient', 'category', 'code', 'date', '_count'],
  Observation: ['patient', 'category', 'code', 'date', '_count'],
  MedicationRequest: ['patient', 'status', 'intent', '_count'],
  ServiceRequest: ['patient', 'code', '_count'],
  DocumentReference: ['patient', 'category', 'type', 'date', '_count'],
};
const DEFAULT_PAGE = 2;

function refusal({ path: [type = ''], query }: Asked, needs: readonly string[]): Answer | undefined {
  const plain = (body: string): Answer => ({ status: 400, contentType: 'text/plain', body });
  const known = PARAMETERS[type] ?? [];
  const strange = [...query.keys()].find((name) => !known.includes(name));
  if (strange !== undefined) return plain(`${strange}: unsupported parameter`);
  const needed = needs.includes(type) && !query.has('category');
  return needed ? plain('Missing required parameter: category must be provided') : undefined;
}

/** A page, with the token of the next in a link of its own make. */
function page({ path: [type = ''], query, base }: Asked): JsonMap {
  const found = chartOf(base).filter(({ resourceType }) => resourceType === type);
  const context = query.get('-pageContext');
  const start = Number(context ?? 0);
  const size = Number(query.get('_count') ?? DEFAULT_PAGE);
  const next = `${base}/${type}?patient=${ORACLE_PATIENT}&-pageContext=${start + size}&-pageDirection=NEXT`;
  return searchset(found.slice(start, start + size), {
    link: [
      { relation: 'self', url: `${base}/${type}?patient=${ORACLE_PATIENT}` },
      ...(start + size < found.length ? [{ relation: 'next', url: next }] : []),
    ],
  });
}

/** Oracle's server. @param needs types that it searches by category only */
export const oracleServer =
  (needs: readonly string[] = []): Make =>
  (asked) => {
    const { path, query, accept, base } = asked;
    const [type = '', id] = path;
    if (type === 'Binary') return binary(id ?? '', accept);
    const body = chartOf(base).find((one) => type === 'Patient' && one.id === id);
    if (body) return { contentType: 'application/json+fhir', body };
    const refused = query.has('-pageContext') ? undefined : refusal(asked, needs);
    return refused ?? { contentType: 'application/json+fhir', body: page(asked) };
  };

/** The site's own order: a code of its catalogue, and words that only this site writes. */
export const LOCAL_ORDER = {
  coding: [{ system: `${CODE_SETS}/200`, code: '271990772', display: 'Neuro Proc 772', userSelected: true }],
  text: 'Neuro Proc 772 Bilat',
};

export function oracleRequest(base: string, code: JsonMap = LOCAL_ORDER): JsonMap {
  const [draft] = ARTICLE.draftOrders.map(shaped);
  const order = asResource({ ...without(draft ?? {}, 'orderDetail', 'note'), id: '11223344', code });
  return {
    hook: 'order-sign',
    hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472',
    fhirServer: base,
    fhirAuthorization: {
      ...{ access_token: 'SECRET-ACCESS-TOKEN', token_type: 'Bearer', expires_in: 570 },
      ...{ scope: 'user/Condition.read user/Binary.read', subject: 'client-id' },
    },
    context: {
      userId: 'Practitioner/593923',
      patientId: ORACLE_PATIENT,
      draftOrders: { resourceType: 'Bundle', type: 'collection', entry: [{ resource: order }] },
    },
  };
}
