import type { CodeableConcept, Coding } from 'fhir/r4.js';
import type { Laterality } from '../evaluation/evidence.js';
import { joinSides } from '../evaluation/sides.js';
import { clip } from './references.js';
import type { Terminology } from './terminology.js';

const SIDE_WORDS: readonly (readonly [RegExp, Laterality])[] = [
  [/\b(?:bilat(?:eral(?:ly)?)?|both sides|b\/l)\b/i, 'bilateral'],
  [/\b(?:left|lt)\b/i, 'left'],
  [/\b(?:right|rt)\b/i, 'right'],
];

/** The side that words name: "Bilat SI joints", "LT"; left and right together are bilateral. */
export function lateralityOfText(text: string): Laterality | undefined {
  const named = SIDE_WORDS.filter(([pattern]) => pattern.test(text)).map(([, side]) => side);
  return named.reduce<Laterality | undefined>((all, side) => joinSides(all, side), undefined);
}

const BY_CONCEPT: Readonly<Record<string, Laterality>> = {
  'laterality-left': 'left',
  'laterality-right': 'right',
  'laterality-bilateral': 'bilateral',
};

function lateralityOfCoding(coding: Coding, terminology: Terminology): Laterality | undefined {
  return terminology
    .conceptsOfCoding(coding)
    .map((id) => BY_CONCEPT[id])
    .reduce<Laterality | undefined>((all, side) => joinSides(all, side), undefined);
}

/** The side that codes (body site, CPT modifier) name, else the one that texts and displays name. */
export function lateralityOf(
  concepts: readonly (CodeableConcept | undefined)[],
  terminology: Terminology,
): Laterality | undefined {
  const codings = concepts.flatMap((concept) => concept?.coding ?? []);
  const coded = codings
    .map((coding) => lateralityOfCoding(coding, terminology))
    .reduce<Laterality | undefined>((all, side) => joinSides(all, side), undefined);
  return coded ?? lateralityOfText(concepts.map(wordsOf).join(' '));
}

/** Text and displays of a concept, each once, as one line. */
export function wordsOf(concept: CodeableConcept | undefined): string {
  if (!concept) return '';
  const words = [concept.text, ...(concept.coding ?? []).map(({ display }) => display)];
  return [
    ...new Set(words.filter((word): word is string => typeof word === 'string' && word.length > 0)),
  ].join('; ');
}

/** The words a person would use for a concept: its text, else its first display; at most what an excerpt holds. */
export function labelOf(concept: CodeableConcept | undefined): string {
  const [label = ''] = [concept?.text, ...(concept?.coding ?? []).map(({ display }) => display)].filter(
    (word): word is string => typeof word === 'string' && word.length > 0,
  );
  return clip(label);
}
