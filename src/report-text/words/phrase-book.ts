import { phraseEntries, type Concept, type PhraseEntry } from './code-system.js';
import { Spelling } from './spelling.js';
import { WORD_BITS, Words } from './words.js';

/** One step of a phrase: the words that may follow, and what a phrase that ends here stands for. */
export interface PhraseNode {
  /** By the numbers of the words. */
  readonly next: Map<number, PhraseNode>;
  readonly concepts: Concept[];
}

/** The beginnings of the phrases of one kind. */
export interface Lexicon extends PhraseNode {
  /** Of the words that begin one of its phrases ({@link WORD_BITS}). */
  readonly bit: number;
}

/** The compiled words of the report code systems. Immutable but for a cache of words met. */
export interface PhraseBook {
  readonly spelling: Spelling;
  readonly words: Words;
  /** What imaging reports speak of, with the words of language in general. */
  readonly imaging: Lexicon;
  /** What notes of procedures and visits speak of, with the words of language in general. */
  readonly clinic: Lexicon;
  /** First words of what may be ablated and is no source of spinal pain: a vein, the atrium. */
  readonly otherOrgans: ReadonlySet<string>;
  /** Parts of the body that are not the spine, the pelvis or a hip, and the words for these. */
  readonly otherRegions: ReadonlySet<string>;
  readonly spinalRegions: ReadonlySet<string>;
  /** Phrases that count only in a certain place (headings, around a level), by role. */
  readonly placed: ReadonlyMap<string, Lexicon>;
  readonly abbreviations: ReadonlySet<string>;
  /** Small words that tell another language from English, as they stand in tokens. */
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

function phraseNode(): PhraseNode {
  return { next: new Map(), concepts: [] };
}

/** @param nth of all lexicons: each has a bit of its own */
function lexicon(nth: number): Lexicon {
  return { ...phraseNode(), bit: WORD_BITS.firstLexicon << nth };
}

function wordsOf(phrase: string): readonly string[] {
  return phrase.toLowerCase().match(/[\p{L}\p{N}]+|#/gu) ?? [];
}

function add(root: PhraseNode, words: readonly number[], concept: Concept): void {
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

const LEVELS_IN_WORDS: ReadonlySet<string> = new Set(['ordinal', 'named-level']);

/** The words of all lists while they are compiled. */
class WordList {
  readonly byText = new Map<string, { readonly id: number; begins: number }>();

  /** Its number, the first one where it is new. */
  numberOf(text: string): number {
    return this.listed(text).id;
  }

  mark(words: Iterable<string>, bit: number): void {
    for (const word of words) this.listed(word).begins |= bit;
  }

  private listed(text: string): { readonly id: number; begins: number } {
    const before = this.byText.get(text);
    if (before !== undefined) return before;
    const word = { id: this.byText.size + 1, begins: 0 };
    this.byText.set(text, word);
    return word;
  }
}

/** The phrases of the concepts by the lexicon that each belongs to. */
class Lexicons {
  readonly imaging = lexicon(0);
  readonly clinic = lexicon(1);
  readonly placed: ReadonlyMap<string, Lexicon> = new Map(
    [...PLACED_ROLES].map((role, index) => [role, lexicon(index + 2)]),
  );
  private readonly list: WordList;

  constructor(list: WordList) {
    this.list = list;
  }

  add(words: readonly string[], { concept }: PhraseEntry): void {
    const placed = this.placed.get(concept.role);
    const general = LANGUAGE_ROLES.has(concept.role);
    const ofNotes = placed === undefined && !general && !IMAGING_ROLES.has(concept.role);
    const first = words.slice(0, 1);
    this.put(placed ?? (ofNotes ? this.clinic : this.imaging), words, concept);
    if (general) this.put(this.clinic, words, concept);
    if (ofNotes && SPEAKING_ROLES.has(concept.role)) this.list.mark(first, WORD_BITS.clinicWord);
    if (LEVELS_IN_WORDS.has(concept.role)) this.list.mark(first, WORD_BITS.level);
  }

  private put(root: Lexicon, words: readonly string[], concept: Concept): void {
    add(
      root,
      words.map((word) => this.list.numberOf(word)),
      concept,
    );
    this.list.mark(words.slice(0, 1), root.bit);
  }
}

/**
 * Makes the words of the report code systems ready for reading; to be done once, at start-up.
 * @param codeSystems parsed JSON of the CodeSystem resources; those that are not the reader's are passed over
 * @throws StartupError naming the file and the JSON Pointer when one is malformed or missing
 */
export function compilePhraseBook(codeSystems: readonly unknown[]): PhraseBook {
  const entries = phraseEntries(codeSystems);
  const spelling = spellingFrom(entries);
  const list = new WordList();
  const lexicons = new Lexicons(list);
  for (const entry of entries) {
    if (WORD_LIST_ROLES.has(entry.concept.role)) continue;
    lexicons.add(
      wordsOf(entry.phrase).map((word) => spelling.plain(word)),
      entry,
    );
  }
  const listed = (role: string): readonly string[] =>
    entries.filter(({ concept }) => concept.role === role).map(({ phrase }) => phrase);
  const firstWords = (role: string): ReadonlySet<string> =>
    new Set(listed(role).map((phrase) => spelling.plain(wordsOf(phrase)[0] ?? '')));
  const foreignWords = new Set(listed('foreign-word').map((word) => spelling.plain(word)));
  list.mark(foreignWords, WORD_BITS.foreign);
  list.mark(
    listed('function-word').map((word) => spelling.plain(word)),
    WORD_BITS.functionWord,
  );
  const { imaging, clinic, placed } = lexicons;
  return {
    spelling,
    words: new Words(spelling, list.byText),
    imaging,
    clinic,
    otherOrgans: firstWords('other-organ'),
    otherRegions: firstWords('other-region'),
    spinalRegions: firstWords('spinal-region'),
    placed,
    abbreviations: new Set(listed('abbreviation')),
    foreignWords,
  };
}
