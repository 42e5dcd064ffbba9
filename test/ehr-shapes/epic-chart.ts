import { createHash } from 'node:crypto';
import { ARTICLE } from './article.js';
import {
  asResource,
  inlineTexts,
  isMap,
  listOf,
  rewrite,
  without,
  type Json,
  type JsonMap,
  type ResourceMap,
} from './json.js';

/** The article's patient as Epic delivers a chart (recorded answers of its sandbox, and its CDS Hooks tutorial). */

export const SITE = 'urn:oid:1.2.840.114350.1.13.861.1.7';
const SYSTEMS: Readonly<Record<string, string>> = {
  'http://www.ama-assn.org/go/cpt': 'urn:oid:2.16.840.1.113883.6.12',
  'http://snomed.info/sct': 'urn:oid:2.16.840.1.113883.6.96',
  'http://hl7.org/fhir/sid/icd-10-cm': 'urn:oid:2.16.840.1.113883.6.90',
};
/** Epic has no observation category `exam`. */
const CATEGORIES: Readonly<Record<string, string>> = { exam: 'smartdata', survey: 'vital-signs' };

export const opaque = (type: string, id: string): string =>
  `e${createHash('sha256').update(`${type}/${id}`).digest('base64url').replaceAll('_', '.').slice(0, 28)}3`;

export const EPIC_PATIENT = opaque('Patient', ARTICLE.patientId);

export const shaped = (resource: ResourceMap): ResourceMap =>
  asResource({
    ...rewrite(resource, (map) => withReference(withSystem(map))),
    id: opaque(resource.resourceType, resource.id),
  });

function withSystem(map: JsonMap): JsonMap {
  const { system, code } = map;
  if (typeof system !== 'string' || typeof code !== 'string') return map;
  if (system === 'http://loinc.org') return { system, code };
  if (/observation-category$/.test(system)) return { system, code: CATEGORIES[code] ?? code };
  return { ...map, system: SYSTEMS[system] ?? system };
}

function withReference(map: JsonMap): JsonMap {
  const [type, id] = typeof map['reference'] === 'string' ? map['reference'].split('/') : [];
  return type && id ? { ...map, reference: `${type}/${opaque(type, id)}` } : map;
}

const codingsOf = (concept: Json | undefined): readonly Json[] =>
  isMap(concept) ? listOf(concept['coding']) : [];
export const addCodings = (
  concept: Json | undefined,
  before: readonly Json[],
  after: readonly Json[] = [],
): JsonMap => ({
  ...(isMap(concept) ? concept : {}),
  coding: [...before, ...codingsOf(concept), ...after],
});

const html = (text: string): string =>
  `<html><body><div style="font-family: Arial; font-size: 10pt;">${text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('\n', '<br />')
    .replaceAll('. ', '.&nbsp;')}</div></body></html>`;

interface Shape {
  readonly resource: ResourceMap;
  /** Binaries by id. */
  readonly binaries: Readonly<Record<string, { readonly contentType: string; readonly text: string }>>;
}

/** Sections of the report in a Binary each, and the reason for the exam where others put a finding. */
function report(original: ResourceMap): Shape {
  const resource = shaped(original);
  const [narrative = ''] = inlineTexts(original['presentedForm']);
  const impression = typeof original['conclusion'] === 'string' ? original['conclusion'] : '';
  if (impression === '') return { resource, binaries: {} };
  const ids = { narrative: `${resource.id}N`, impression: `${resource.id}I`, document: `${resource.id}D` };
  const form = (id: string, title: string, contentType = 'text/html') => ({
    contentType,
    title,
    url: `Binary/${id}`,
  });
  return {
    resource: asResource({
      ...without(resource, 'conclusion'),
      category: [
        {
          coding: [{ system: `${SITE}.10.798268.30`, code: 'Imaging', display: 'Imaging' }],
          text: 'Imaging',
        },
        ...listOf(resource['category']),
      ],
      code: addCodings(resource['code'], [
        { system: 'urn:oid:2.16.840.1.113883.6.12', code: 'IMG2210', display: 'HB MRI' },
        { system: `${SITE}.2.696580`, code: '34555' },
      ]),
      conclusionCode: [
        {
          coding: [
            { system: 'urn:oid:2.16.840.1.113883.6.90', code: 'G83.4', display: 'Cauda equina syndrome' },
          ],
          text: 'Cauda equina syndrome',
        },
      ],
      presentedForm: [
        form(ids.narrative, 'Narrative'),
        form(ids.impression, 'Impression'),
        form(ids.document, 'Study Result Document', 'application/pdf'),
      ],
      result: [
        { reference: `Observation/${ids.narrative}`, display: 'Narrative' },
        { reference: `Observation/${ids.impression}`, display: 'Impression' },
      ],
    }),
    binaries: {
      [ids.narrative]: { contentType: 'text/html', text: html(narrative.split('IMPRESSION:')[0] ?? '') },
      [ids.impression]: { contentType: 'text/html', text: html(impression) },
    },
  };
}

function note(original: ResourceMap): Shape {
  const resource = shaped(original);
  const [text = ''] = inlineTexts(original['content']);
  const attachment = { contentType: 'text/html', url: `Binary/${resource.id}T` };
  return {
    resource: asResource({ ...resource, content: [{ attachment }] }),
    binaries: { [`${resource.id}T`]: { contentType: 'text/html', text: html(text) } },
  };
}

/** Charge codes beside CPT; what the site orders by its dictionary alone has no CPT. */
function procedure(original: ResourceMap): Shape {
  const resource = shaped(original);
  const local = { system: `${SITE}.2.696580`, code: `PRO${original.id.length}` };
  const dictionaryOnly = original.id.endsWith('physical-therapy');
  const code = dictionaryOnly
    ? { ...(isMap(resource['code']) && resource['code']), coding: [local] }
    : addCodings(resource['code'], [local]);
  return { resource: asResource({ ...resource, code }), binaries: {} };
}

/** The drug stands behind a reference, named by its display. */
function medication(original: ResourceMap): Shape {
  const resource = shaped(original);
  const concept = resource['medicationCodeableConcept'];
  const display = isMap(concept) ? concept['text'] : undefined;
  const medicationReference = { reference: `Medication/${resource.id}M`, display };
  return {
    resource: asResource({ ...without(resource, 'medicationCodeableConcept'), medicationReference }),
    binaries: {},
  };
}

const SHAPERS: Readonly<Record<string, (original: ResourceMap) => Shape>> = {
  DiagnosticReport: report,
  DocumentReference: note,
  Procedure: procedure,
  MedicationRequest: medication,
};

export const SHAPES = ARTICLE.resources.map((one) => {
  const shape = SHAPERS[one.resourceType] ?? ((same) => ({ resource: shaped(same), binaries: {} }));
  return shape(one);
});
export const BINARIES = Object.assign({}, ...SHAPES.map(({ binaries }) => binaries)) as Shape['binaries'];
