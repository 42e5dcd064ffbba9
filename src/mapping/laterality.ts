import type { CodeableConcept, Coding } from 'fhir/r4.js';
import type { Laterality } from '../evaluation/evidence.js';
import { joinAll, joinSides } from '../evaluation/sides.js';
import { clip } from './references.js';
import type { Terminology } from './terminology.js';

const SIDE_WORDS: readonly (readonly [RegExp, Laterality])[] = [
  [/\b(?:bilat(?:eral(?:ly)?)?|both sides|b\/l)\b/i, 'bilateral'],
  [/\b(?:left|lt)\b/i, 'left'],
  [/\b(?:right|rt)\b/i, 'right'],
];

/** Nearly no words name one: one look tells. */
const ANY_SIDE = /\b(?:bilat|both sides|b\/l|left|lt|right|rt)/i;

/** The side that words name: "Bilat SI joints", "LT"; left and right together are bilateral. */
export function lateralityOfText(text: string): Laterality | undefined {
  if (!ANY_SIDE.test(text)) return undefined;
  const named = SIDE_WORDS.filter(([pattern]) => pattern.test(text)).map(([, side]) => side);
  return joinAll(named);
}

const TREATED = String.raw`[ -]+(?:sides?|sided|sij?s?|sacro\w*|s ?[1-3]|lateral|joints?)\b`;
const NOTED_SIDES: readonly (readonly [RegExp, Laterality])[] = [
  [new RegExp(String.raw`\b(?:bilat(?:eral(?:ly)?)?|b\/l)\b|\bboth${TREATED}`, 'i'), 'bilateral'],
  [new RegExp(String.raw`\b(?:left|lt|l)${TREATED}|(?:^|[.;:]\s*)left\s*(?:[.,;:]|$)`, 'i'), 'left'],
  [new RegExp(String.raw`\b(?:right|rt|r)${TREATED}|(?:^|[.;:]\s*)right\s*(?:[.,;:]|$)`, 'i'), 'right'],
];

/** The one side that a procedure's own note says was treated, without naming the procedure: "Bilateral.", "R side." */
export function lateralityOfNote(text: string): Laterality | undefined {
  const named = NOTED_SIDES.filter(([pattern]) => pattern.test(text)).map(([, side]) => side);
  return named.length === 1 ? named[0] : undefined;
}

const BY_CONCEPT: Readonly<Record<string, Laterality>> = {
  'laterality-left': 'left',
  'laterality-right': 'right',
  'laterality-bilateral': 'bilateral',
};

function lateralityOfCoding(coding: Coding, terminology: Terminology): Laterality | undefined {
  let side: Laterality | undefined;
  for (const id of terminology.conceptsOfCoding(coding)) side = joinSides(side, BY_CONCEPT[id]);
  return side;
}

/** The side that codes (body site, CPT modifier) name, else the one that texts and displays name. */
export function lateralityOf(
  concepts: readonly (CodeableConcept | undefined)[],
  terminology: Terminology,
): Laterality | undefined {
  let coded: Laterality | undefined;
  for (const concept of concepts) {
    for (const coding of concept?.coding ?? [])
      coded = joinSides(coded, lateralityOfCoding(coding, terminology));
  }
  return coded ?? lateralityOfText(concepts.map(wordsOf).join(' '));
}

/** Text and displays of a concept, each once, as one line. */
export function wordsOf(concept: CodeableConcept | undefined): string {
  if (!concept) return '';
  const words: string[] = [];
  addOnce(concept.text, words);
  for (const { display } of concept.coding ?? []) addOnce(display, words);
  return words.length === 1 ? (words[0] ?? '') : words.join('; ');
}

// A chart is untrusted: a word may be anything.
function addOnce(word: unknown, words: string[]): void {
  if (isWord(word) && !words.includes(word)) words.push(word);
}

/** The words a person would use for a concept: its text, else its first display; at most what an excerpt holds. */
export function labelOf(concept: CodeableConcept | undefined): string {
  if (isWord(concept?.text)) return clip(concept.text);
  const named = (concept?.coding ?? []).find(({ display }) => isWord(display));
  return clip(named?.display ?? '');
}

function isWord(word: unknown): word is string {
  return typeof word === 'string' && word.length > 0;
}
