import type { Procedure } from 'fhir/r4.js';
import { isOfOtherRegion } from './body-region.js';
import { labelOf, wordsOf } from './laterality.js';
import type { MappingContext } from './mapper.js';
import { allOf } from '../lists.js';

/** Value sets of ablations whose words or codes name another place. */
const ELSEWHERE = ['other-region-rfa', 'basivertebral-ablation', 'facet-rfa', 'body-site-hip'];

/**
 * A completed ablation of which neither code, words nor body site say of what: it may be of the sacroiliac joint, and
 * is stated like one that a note tells of without its target.
 */
export function addAblationOfUnknownSite(
  procedure: Procedure,
  { reference, date }: { readonly reference: string; readonly date?: string },
  { terminology, collected, read }: MappingContext,
): void {
  const { code, bodySite = [], reasonCode = [], status } = procedure;
  if (status !== 'completed') return;
  const named = [code, ...bodySite, ...reasonCode];
  const words = named.map(wordsOf).filter(Boolean).join(', ').replaceAll(';', ',');
  const concepts = [
    ...allOf(named, (one) => terminology.conceptsOf(one).concepts),
    ...terminology.conceptsOfText(words),
  ];
  if (!concepts.includes('rfa-site-unspecified')) return;
  if (ELSEWHERE.some((concept) => concepts.includes(concept)) || isOfOtherRegion(words)) return;
  // Words of other organs are the reader's: "radiofrequency ablation; heart" is told of no nerve.
  const told = read(`Underwent ${words}.`).statements.some(({ id }) => id === 'ablation-without-target');
  if (!told) return;
  const dated = date ? { date } : {};
  collected.statements.push({
    id: 'ablation-without-target',
    ...dated,
    ...(date && { eventDate: date }),
    evidence: [{ reference, ...dated, excerpt: labelOf(code) }],
  });
}
