import type { CodeableConcept, Observation } from 'fhir/r4.js';
import { isOfIndexRegion } from './body-region.js';
import { wordsOf } from './laterality.js';
import type { MappingContext } from './mapper.js';

/** When a pain score was taken, seen from the procedure. */
export type ScoreTime = 'before' | 'after' | undefined;

/** When a score was taken is no part of its scale: "Pain score before the procedure". */
const WHEN =
  /\b(?:before|after|prior to|following|baseline|at|on)\b.*$|\b(?:pre|post)(?:-?\w*)(?: (?:procedure|block|injection|rfa))?|[,:;()-]/gi;

/** What two scores have to share: the code, else the words without the time. */
export function scaleOf(code: CodeableConcept): string {
  const words = wordsOf(code).toLowerCase();
  return code.coding?.[0]?.code ?? words.replace(WHEN, ' ').replace(/\s+/g, ' ').trim();
}

const INDEX_SITES: readonly string[] = [
  'body-site-si-joint',
  'body-site-sacral-lateral-branch',
  'body-site-lumbar',
];

/** Whether a site is named, and is none where sacroiliac pain is felt. */
export function isElsewhere(site: CodeableConcept | undefined, { terminology }: MappingContext): boolean {
  const words = wordsOf(site);
  const isIndex =
    isOfIndexRegion(words) || terminology.conceptsOf(site).concepts.some((id) => INDEX_SITES.includes(id));
  return site !== undefined && words.length > 0 && !isIndex;
}

/** Before or after the procedure, by the words of the score and its notes. */
export function timing(words: string, observation: Observation): ScoreTime {
  const all = [words, ...(observation.note ?? []).map(({ text }) => text)].join(' ');
  if (/\b(?:pre|before|prior|baseline)\b|\bpre-?(?:proc|block|inj|rfa)/i.test(all)) return 'before';
  return /\b(?:post|after|following)\b|\bpost-?(?:proc|block|inj|rfa)/i.test(all) ? 'after' : undefined;
}
