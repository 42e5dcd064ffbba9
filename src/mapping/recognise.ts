import type { CodeableConcept } from 'fhir/r4.js';
import { wordsOf } from './laterality.js';
import type { ConceptId, Terminology } from './terminology.js';

/** What an order is looked at for. */
export interface Wanted {
  readonly reviewed: ConceptId;
  /** What may stand beside it as a code of its own, and says nothing else. */
  readonly companions: readonly ConceptId[];
}

export interface Recognition {
  readonly by: 'code' | 'text';
  readonly code?: string;
}

const CPT = /ama-assn\.org\/go\/cpt|2\.16\.840\.1\.113883\.6\.12$/i;

/** By any coding; by words only where no code says that it is something else. */
export function recognise(
  code: CodeableConcept | undefined,
  { reviewed, companions }: Wanted,
  terminology: Terminology,
): Recognition | undefined {
  const codings = (Array.isArray(code?.coding) ? code.coding : []).map((coding) => ({
    coding,
    concepts: terminology.conceptsOfCoding(coding),
  }));
  const coded = codings.find(({ concepts }) => concepts.includes(reviewed));
  if (coded) return { by: 'code', ...(coded.coding.code && { code: coded.coding.code.trim() }) };
  const saysOther = codings.some(
    ({ coding, concepts }) =>
      CPT.test(coding.system ?? '') && !concepts.some((id) => companions.includes(id)),
  );
  if (saysOther) return undefined;
  return terminology.conceptsOfText(wordsOf(code)).includes(reviewed) ? { by: 'text' } : undefined;
}
