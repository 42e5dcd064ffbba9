/** Canonical URLs of this product's own FHIR artifacts. They identify; nothing is fetched from them. */
export const CANONICAL_BASE = 'https://stepwise-cds.example/fhir';

/**
 * Extension on a ValueSet: words that mean the concept. `valueString` is one phrase; the complex form has `all`
 * phrases that stand in one sentence in any order, and `none` phrases that do not.
 */
export const TEXT_PATTERN = `${CANONICAL_BASE}/StructureDefinition/text-pattern`;

/** Extension on a ValueSet: a phrase (`valueString`) whose sentence does not mean the concept, whatever else it says. */
export const TEXT_EXCLUSION = `${CANONICAL_BASE}/StructureDefinition/text-exclusion`;

/** Extension on a ValueSet's include: how sure its codes are, and by which source. */
export const VERIFICATION = `${CANONICAL_BASE}/StructureDefinition/verification`;

/** Target of a ConceptMap whose codes are ids of ValueSets. */
export const CONCEPT_SYSTEM = `${CANONICAL_BASE}/CodeSystem/concept`;

/** Source of a ConceptMap whose codes are phrases, as in {@link TEXT_PATTERN}. */
export const PHRASE_SYSTEM = `${CANONICAL_BASE}/CodeSystem/phrase`;

/** Source of a ConceptMap from abbreviations, as EHR dictionaries write them, to the words they stand for. */
export const ABBREVIATION_SYSTEM = `${CANONICAL_BASE}/CodeSystem/abbreviation`;

/** CodeSystem of the words that take back what they stand before or after (`no`, `ruled out`). */
export const TEXT_CUES = `${CANONICAL_BASE}/CodeSystem/text-cue`;

/** Source of a ConceptMap from the suggestions of cards.json to the codes by which a site's EHR finds their orders. */
export const PROPOSED_ORDER_SYSTEM = `${CANONICAL_BASE}/CodeSystem/proposed-order`;
