import type { CodeableConcept } from 'fhir/r4.js';
import type { CareClass, InterventionKind } from '../evaluation/facts.js';
import { wordsOf } from './laterality.js';
import type { MappingContext } from './mapper.js';

/** Value sets that name an intervention whatever else the record says. */
const BY_CONCEPT: readonly (readonly [string, InterventionKind])[] = [
  ['sacral-lateral-branch-rfa', 'sacral-lateral-branch-rfa'],
  ['lateral-branch-block', 'lateral-branch-block'],
  ['neurectomy-order', 'neurectomy'],
  ['neurectomy-procedure', 'neurectomy'],
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

/** Codes of other or older meaning, which are the sacral one only when site or words say so. */
const LEGACY: readonly (readonly [string, InterventionKind])[] = [
  ['lateral-branch-block-legacy', 'lateral-branch-block'],
  ['sacral-lateral-branch-rfa-legacy', 'sacral-lateral-branch-rfa'],
];
const SITE_CONCEPTS: ReadonlySet<string> = new Set([
  'body-site-si-joint',
  'body-site-sacral-lateral-branch',
  'sij-indication-text',
]);

const CARE: readonly (readonly [string, CareClass])[] = [
  ['physical-therapy', 'physical-therapy'],
  ['chiropractic', 'chiropractic'],
  ['acupuncture', 'acupuncture'],
];

export interface ProcedureMeaning {
  readonly intervention?: InterventionKind;
  readonly care?: CareClass;
  readonly recognisedBy: 'code' | 'text';
}

/**
 * What a Procedure or ServiceRequest is, by code, else by words; legacy codes only with a sacral or SI joint site.
 * A code of an interlaminar or caudal epidural is caudal when the words say so.
 */
export function meaningOf(
  code: CodeableConcept | undefined,
  sites: readonly CodeableConcept[],
  context: MappingContext,
): ProcedureMeaning | undefined {
  const { concepts, recognisedBy } = context.terminology.conceptsOf(code);
  const has = ([concept]: readonly [string, unknown]) => concepts.includes(concept);
  const direct = BY_CONCEPT.find(has) ?? (isSacral(code, sites, context) ? LEGACY.find(has) : undefined);
  if (direct) return { intervention: direct[1], recognisedBy };
  if (concepts.includes('interlaminar-or-caudal')) {
    const caudal = /\bcaudal\b/i.test([code, ...sites].map(wordsOf).join(' '));
    return { intervention: caudal ? 'caudal-epidural' : 'interlaminar-epidural', recognisedBy };
  }
  const care = CARE.find(has);
  return care && { care: care[1], recognisedBy };
}

function isSacral(
  code: CodeableConcept | undefined,
  sites: readonly CodeableConcept[],
  context: MappingContext,
): boolean {
  const coded = sites.flatMap((site) => context.terminology.conceptsOf(site).concepts);
  const worded = context.terminology.conceptsOfText([code, ...sites].map(wordsOf).join('; '));
  return [...coded, ...worded].some((concept) => SITE_CONCEPTS.has(concept));
}
