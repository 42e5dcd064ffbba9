import { phraseEntries, type Concept, type PhraseEntry } from './code-system.js';
import { Spelling } from './spelling.js';

/** One step of a phrase: the words that may follow, and what a phrase that ends here stands for. */
export interface PhraseNode {
  readonly next: Map<string, PhraseNode>;
  readonly concepts: Concept[];
}

/** The compiled words of the report code systems. Immutable but for a cache of corrected spellings. */
export interface PhraseBook {
  readonly spelling: Spelling;
  /** What imaging reports speak of, with the words of language in general. */
  readonly imaging: PhraseNode;
  /** What notes of procedures and visits speak of, with the words of language in general. */
  readonly clinic: PhraseNode;
  /** First words of what may be ablated and is no source of spinal pain: a vein, the atrium. */
  readonly otherOrgans: ReadonlySet<string>;
  /** Parts of the body that are not the spine, the pelvis or a hip, and the words for these. */
  readonly otherRegions: ReadonlySet<string>;
  readonly spinalRegions: ReadonlySet<string>;
  /** First words of the phrases that only notes have: a sentence without any tells of no procedure, test or care. */
  readonly clinicWords: ReadonlySet<string>;
  /** Phrases that count only in a certain place (headings, around a level), by role. */
  readonly placed: ReadonlyMap<string, PhraseNode>;
  /** First words of levels named in words ("fifth lumbar", "lumbosacral junction"). */
  readonly levelWords: ReadonlySet<string>;
  readonly abbreviations: ReadonlySet<string>;
  /** Small words that tell English from other languages, as they stand in tokens. */
  readonly functionWords: ReadonlySet<string>;
  readonly foreignWords: ReadonlySet<string>;
}

const IMAGING_ROLES: ReadonlySet<string> = new Set(['finding', 'site', 'change']);
/** Parts that make a sentence worth reading for procedures, tests, care and statements. */
export const SPEAKING_ROLES: ReadonlySet<string> = new Set(
  [
    'procedure action technique drug no-lesion lesion-made relief relief-in-words percent score denial',
    'provocation provocation-in-list provocation-any result care medication statement carried-through relief-time',
    'refusal acceptance partial-lesion failure',
  ].flatMap((roles) => roles.split(' ')),
);
const PLACED_ROLES: ReadonlySet<string> = new Set([
  'section',
  'nerve-word',
  'vertebra-word',
  'over',
  'through',
  'ordinal',
  'level-word',
  'named-level',
  'continues-line',
]);
/** Words that are right as they stand. */
const KEPT_ROLES: ReadonlySet<string> = new Set([
  'ordinary',
  'abbreviation',
  'function-word',
  'foreign-word',
  'other-region',
  'spinal-region',
]);
const WORD_LIST_ROLES: ReadonlySet<string> = new Set([...KEPT_ROLES, 'spelling']);
const LANGUAGE_ROLES: ReadonlySet<string> = new Set([
  'negation-before',
  'negation-after',
  'not-negation',
  'ends-scope',
  'uncertain-before',
  'uncertain-after',
  'hypothetical-before',
  'hypothetical-after',
  'historical-before',
  'historical-after',
  'family',
  'severity',
  'side',
  'not-a-side',
  'acuity',
  'list',
  'at-this-level',
  'no-level',
  'also-at',
  'finite-verb',
  'shows',
  'study',
]);

export function phraseNode(): PhraseNode {
  return { next: new Map(), concepts: [] };
}

function wordsOf(phrase: string): readonly string[] {
  return phrase.toLowerCase().match(/[\p{L}\p{N}]+|#/gu) ?? [];
}

function add(root: PhraseNode, words: readonly string[], concept: Concept): void {
  let node = root;
  for (const word of words) {
    let following = node.next.get(word);
    if (following === undefined) node.next.set(word, (following = phraseNode()));
    node = following;
  }
  if (!node.concepts.includes(concept)) node.concepts.push(concept);
}

/** The spelling that the phrases use, for a concept of spellings. */
function wordOf(concept: Concept): string {
  return concept.properties.get('word') ?? concept.code;
}

function spellingFrom(entries: readonly PhraseEntry[]): Spelling {
  const variants = new Map<string, string>();
  const phraseWords = new Set<string>();
  const ordinaryWords = new Set<string>();
  for (const { phrase, concept } of entries) {
    if (concept.role === 'spelling') variants.set(phrase.toLowerCase(), wordOf(concept));
    const target = KEPT_ROLES.has(concept.role) ? ordinaryWords : phraseWords;
    for (const word of wordsOf(concept.role === 'spelling' ? wordOf(concept) : phrase)) target.add(word);
  }
  return new Spelling(variants, phraseWords, ordinaryWords);
}

function placedNode(placed: Map<string, PhraseNode>, role: string): PhraseNode {
  const node = placed.get(role) ?? phraseNode();
  placed.set(role, node);
  return node;
}

/**
 * Makes the words of the report code systems ready for reading; to be done once, at start-up.
 * @param codeSystems parsed JSON of the CodeSystem resources; those that are not the reader's are passed over
 * @throws StartupError naming the file and the JSON Pointer when one is malformed or missing
 */
export function compilePhraseBook(codeSystems: readonly unknown[]): PhraseBook {
  const entries = phraseEntries(codeSystems);
  const spelling = spellingFrom(entries);
  const [imaging, clinic] = [phraseNode(), phraseNode()];
  const placed = new Map<string, PhraseNode>();
  const clinicWords = new Set<string>();
  for (const { phrase, concept } of entries) {
    if (WORD_LIST_ROLES.has(concept.role)) continue;
    const words = wordsOf(phrase).map((word) => spelling.plain(word));
    const general = LANGUAGE_ROLES.has(concept.role);
    if (PLACED_ROLES.has(concept.role)) add(placedNode(placed, concept.role), words, concept);
    else if (!general && !IMAGING_ROLES.has(concept.role)) {
      add(clinic, words, concept);
      if (SPEAKING_ROLES.has(concept.role)) clinicWords.add(words[0] ?? '');
    } else add(imaging, words, concept);
    if (general) add(clinic, words, concept);
  }
  const listed = (role: string): readonly string[] =>
    entries.filter(({ concept }) => concept.role === role).map(({ phrase }) => phrase);
  const firstWords = (role: string): ReadonlySet<string> =>
    new Set(listed(role).map((phrase) => spelling.plain(wordsOf(phrase)[0] ?? '')));
  return {
    spelling,
    imaging,
    clinic,
    clinicWords,
    otherOrgans: firstWords('other-organ'),
    otherRegions: firstWords('other-region'),
    spinalRegions: firstWords('spinal-region'),
    placed,
    levelWords: new Set(
      ['ordinal', 'named-level'].flatMap((role) => [...(placed.get(role)?.next.keys() ?? [])]),
    ),
    abbreviations: new Set(listed('abbreviation')),
    functionWords: new Set(listed('function-word').map((word) => spelling.plain(word))),
    foreignWords: new Set(listed('foreign-word').map((word) => spelling.plain(word))),
  };
}
