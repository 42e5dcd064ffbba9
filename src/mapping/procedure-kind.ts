import type { CodeableConcept } from 'fhir/r4.js';
import type { CareClass, InterventionKind } from '../evaluation/facts.js';
import { wordsOf } from './laterality.js';
import type { MappingContext } from './mapper.js';
import { allOf } from '../lists.js';

/** Value sets that name an intervention whatever else the record says. */
const BY_CONCEPT: readonly (readonly [string, InterventionKind])[] = [
  ['sacral-lateral-branch-rfa', 'sacral-lateral-branch-rfa'],
  ['lateral-branch-block', 'lateral-branch-block'],
  ['facet-rfa', 'facet-rfa'],
  ['medial-branch-block', 'medial-branch-block'],
  ['transforaminal-epidural', 'transforaminal-epidural'],
  ['caudal-epidural', 'caudal-epidural'],
  ['interlaminar-epidural', 'interlaminar-epidural'],
  ['si-joint-injection', 'si-joint-injection'],
  ['si-fusion', 'si-fusion'],
  ['lumbar-fusion', 'lumbar-fusion'],
  ['hip-injection', 'hip-injection'],
  ['trigger-point-injection', 'trigger-point-injection'],
];

/** Codes of other, older or wider meaning: which intervention they are only the site or the words can say. */
const BY_SITE: readonly (readonly [concept: string, site: string, InterventionKind])[] = [
  ['lateral-branch-block-legacy', 'sacral', 'lateral-branch-block'],
  ['sacral-lateral-branch-rfa-legacy', 'sacral', 'sacral-lateral-branch-rfa'],
  ['rfa-site-unspecified', 'sacral', 'sacral-lateral-branch-rfa'],
  ['large-joint-injection', 'trochanter', 'trigger-point-injection'],
  ['large-joint-injection', 'hip', 'hip-injection'],
  ['neurectomy-procedure', 'sacral', 'neurectomy'],
];
const SITES: Readonly<Record<string, string>> = {
  'body-site-si-joint': 'sacral',
  'body-site-sacral-lateral-branch': 'sacral',
  'sij-indication-text': 'sacral',
  'body-site-hip': 'hip',
  'body-site-trochanter': 'trochanter',
};

const CARE: readonly (readonly [string, CareClass])[] = [
  ['physical-therapy', 'physical-therapy'],
  ['home-exercise', 'home-exercise'],
  ['chiropractic', 'chiropractic'],
  ['acupuncture', 'acupuncture'],
  ['bracing', 'bracing'],
  ['behavioural-therapy', 'behavioural'],
];

export interface ProcedureMeaning {
  readonly intervention?: InterventionKind;
  readonly care?: CareClass;
  readonly recognisedBy: 'code' | 'text';
}

/**
 * What a Procedure or ServiceRequest is: by its codes; by its words only where no code says anything. Codes of
 * wider or older meaning count with the site that makes them ours.
 */
export function meaningOf(
  code: CodeableConcept | undefined,
  sites: readonly CodeableConcept[],
  context: MappingContext,
): ProcedureMeaning | undefined {
  const { terminology } = context;
  const coded = allOf(code?.coding ?? [], (coding) => terminology.conceptsOfCoding(coding));
  const named = [code, ...sites];
  const byCode = meaningOfConcepts(coded, named, context);
  if (byCode) return { ...byCode, recognisedBy: 'code' };
  const byWords = meaningOfConcepts(terminology.conceptsOfText(wordsOf(code)), named, context);
  return byWords && { ...byWords, recognisedBy: 'text' };
}

function meaningOfConcepts(
  concepts: readonly string[],
  named: readonly (CodeableConcept | undefined)[],
  context: MappingContext,
): Omit<ProcedureMeaning, 'recognisedBy'> | undefined {
  if (concepts.length === 0) return undefined;
  const has = ([concept]: readonly [string, ...unknown[]]) => concepts.includes(concept);
  const intervention = BY_CONCEPT.find(has)?.[1] ?? bySite(BY_SITE.filter(has), named, context);
  if (intervention) return { intervention };
  if (concepts.includes('interlaminar-or-caudal')) return { intervention: epiduralOf(named) };
  const care = CARE.find(has)?.[1];
  return care && { care };
}

/** A code for interlaminar or caudal is caudal when the words say so. */
function epiduralOf(named: readonly (CodeableConcept | undefined)[]): InterventionKind {
  return /\bcaudal\b/i.test(named.map(wordsOf).join(' ')) ? 'caudal-epidural' : 'interlaminar-epidural';
}

function bySite(
  candidates: typeof BY_SITE,
  named: readonly (CodeableConcept | undefined)[],
  { terminology }: MappingContext,
): InterventionKind | undefined {
  if (candidates.length === 0) return undefined;
  const coded = allOf(named, (one) => terminology.conceptsOf(one).concepts);
  const worded = terminology.conceptsOfText(named.map(wordsOf).join('; '));
  const sites = new Set(allOf([...coded, ...worded], (concept) => SITES[concept] ?? []));
  return candidates.find(([, site]) => sites.has(site))?.[2];
}
