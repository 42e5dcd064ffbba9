import type { CodeableConcept, Coding, ConceptMap, ConceptMapGroup, ValueSet } from 'fhir/r4.js';
import { StartupError } from '../errors.js';
import type { ConceptId, Terminology } from '../mapping/terminology.js';
import {
  ABBREVIATION_SYSTEM,
  CONCEPT_SYSTEM,
  PHRASE_SYSTEM,
  PROPOSED_ORDER_SYSTEM,
  TEXT_CUES,
} from './canonical.js';
import { CodeIndex } from './code-index.js';
import { SystemNames } from './code-systems.js';
import type { FhirMappings } from './fhir-mappings.js';
import { createMemory } from './memory.js';
import { toAbbreviations, type Abbreviations } from './sentences-of-text.js';
import { CUE_KINDS } from './text-cues.js';
import { TextRecogniser } from './text-recogniser.js';
import { ValueSetReader } from './value-set-reader.js';

/**
 * Compiles value sets, concept maps, names of code systems and text cues into maps and one tree of words.
 *
 * @throws StartupError naming the file and the place: a filter or phrase that cannot be read, a concept map or an
 *   import that points to nothing
 */
export function compileTerminology(mappings: FhirMappings): Terminology {
  const codes = new CodeIndex(new SystemNames(mappings.namingSystems));
  const words = new TextRecogniser(abbreviationsOf(mappings.conceptMaps));
  addCues(words, mappings);
  const reader = new ValueSetReader(mappings.valueSets, codes, words);
  for (const valueSet of mappings.valueSets) reader.add(valueSet);
  const targets = { codes, words, known: idsOf(mappings.valueSets) };
  for (const map of mappings.conceptMaps) addConceptMap(map, targets);
  return terminologyOf(codes, words);
}

/** Ids of the value sets, for the check that every one is used and every one used exists. */
export function idsOf(valueSets: readonly ValueSet[]): ReadonlySet<ConceptId> {
  return new Set(valueSets.flatMap(({ id }) => id ?? []));
}

/** Texts, and as many codings, whose concepts are kept: some 2 MB each. */
const KEPT = 10_000;

function terminologyOf(codes: CodeIndex, words: TextRecogniser): Terminology {
  const ofTexts = createMemory(KEPT, (text: string): readonly ConceptId[] => [...words.conceptsIn(text)]);
  const ofCodings = createMemory(KEPT, (coding: Coding) => codes.conceptsOf(coding));
  const conceptsOfText = (text: string): readonly ConceptId[] => ofTexts(text, text);
  const conceptsOfCoding = (coding: Coding): readonly ConceptId[] => ofCodings(keyOf(coding), coding);
  return {
    conceptsOfCoding,
    conceptsOfText,
    conceptsOf: (concept) => {
      const codings = codingsOf(concept);
      let concepts: readonly ConceptId[] = NO_CONCEPTS;
      for (const coding of codings) concepts = joined(concepts, conceptsOfCoding(coding));
      const isCoded = concepts.length > 0;
      for (const words of wordsOf(concept, codings)) concepts = joined(concepts, conceptsOfText(words));
      return { concepts, recognisedBy: !isCoded && concepts.length > 0 ? 'text' : 'code' };
    },
  };
}

const NO_CONCEPTS: readonly ConceptId[] = [];

/** The concepts of both, each once. What one of them says alone, as nearly always, needs no list of its own. */
function joined(known: readonly ConceptId[], found: readonly ConceptId[]): readonly ConceptId[] {
  if (known.length === 0) return found;
  const isNew = (concept: ConceptId): boolean => !known.includes(concept);
  return found.some(isNew) ? [...known, ...found.filter(isNew)] : known;
}

// What is no string has no concepts, whatever it is: the same key for all of it.
function keyOf({ system, code }: Coding): string {
  return typeof system === 'string' && typeof code === 'string' ? `${system.length} ${system}${code}` : '';
}

// A chart is untrusted: what should be a list, an object or a string may be anything.
function codingsOf(concept: CodeableConcept | undefined): readonly Coding[] {
  const codings: unknown = concept?.coding;
  if (!Array.isArray(codings)) return NO_CODINGS;
  return codings.every(isCoding) ? codings : codings.filter(isCoding);
}

const NO_CODINGS: readonly Coding[] = [];

function isCoding(coding: unknown): coding is Coding {
  return typeof coding === 'object' && coding !== null;
}

function wordsOf(concept: CodeableConcept | undefined, codings: readonly Coding[]): readonly string[] {
  const all: string[] = typeof concept?.text === 'string' ? [concept.text] : [];
  for (const { display } of codings)
    if (typeof display === 'string' && !all.includes(display)) all.push(display);
  return all;
}

function abbreviationsOf(conceptMaps: readonly ConceptMap[]): Abbreviations {
  const groups = conceptMaps.flatMap(({ group }) => group ?? []);
  const elements = groups
    .filter(({ source }) => source === ABBREVIATION_SYSTEM)
    .flatMap(({ element }) => element);
  return toAbbreviations(elements.map(({ code = '', target }) => [code, target?.[0]?.code ?? '']));
}

function addCues(words: TextRecogniser, { codeSystems }: FhirMappings): void {
  const cues = codeSystems.find(({ url }) => url === TEXT_CUES);
  for (const [index, { code, designation }] of (cues?.concept ?? []).entries()) {
    const place = `CodeSystem-${cues?.id ?? ''}.json#/concept/${index}`;
    const kind = CUE_KINDS.find((one) => one === code);
    if (!kind) throw new StartupError(`${place}/code`, `has to be one of ${CUE_KINDS.join(', ')}`);
    for (const { value } of designation ?? []) {
      atPlace(`${place}/designation`, () => {
        words.addCue(value, kind);
      });
    }
  }
}

interface Targets {
  readonly codes: CodeIndex;
  readonly words: TextRecogniser;
  readonly known: ReadonlySet<ConceptId>;
}

/** Sources of groups that say something else than what a code or a phrase of a record means. */
const NOT_MEANINGS: ReadonlySet<string> = new Set([ABBREVIATION_SYSTEM, PROPOSED_ORDER_SYSTEM]);

function addConceptMap(map: ConceptMap, targets: Targets): void {
  for (const [index, group] of (map.group ?? []).entries()) {
    if (!NOT_MEANINGS.has(group.source ?? ''))
      addGroup(group, `ConceptMap-${map.id ?? ''}.json#/group/${index}`, targets);
  }
}

function addGroup(
  { source = '', target: system = '', element }: ConceptMapGroup,
  place: string,
  to: Targets,
): void {
  for (const [index, { code = '', target }] of element.entries()) {
    for (const { code: targetCode = '', equivalence } of target ?? []) {
      if (equivalence === 'unmatched' || equivalence === 'disjoint') continue;
      const elementPlace = `${place}/element/${index}`;
      for (const concept of conceptsMeant(system, targetCode, to, elementPlace)) {
        if (source !== PHRASE_SYSTEM) to.codes.addCode(concept, source, code);
        else
          atPlace(elementPlace, () => {
            to.words.addPattern(concept, { all: [code], none: [] });
          });
      }
    }
  }
}

function conceptsMeant(
  system: string,
  code: string,
  { codes, known }: Targets,
  place: string,
): readonly ConceptId[] {
  const concepts =
    system === CONCEPT_SYSTEM ? [code].filter((id) => known.has(id)) : codes.conceptsOf({ system, code });
  if (concepts.length === 0) throw new StartupError(`${place}/target`, 'is in no ValueSet');
  return concepts;
}

function atPlace(place: string, add: () => void): void {
  try {
    add();
  } catch (error) {
    throw new StartupError(place, error instanceof Error ? error.message : 'cannot be read');
  }
}
