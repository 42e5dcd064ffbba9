/** Words between two ends of a sentence, normalised: lower case, no accents, singular, abbreviations written out. */
export interface WordSentence {
  readonly words: readonly string[];
  /** Indexes of words before which a clause ended (a semicolon): what is taken back before it stays before it. */
  readonly clauseStarts: ReadonlySet<number>;
  /** Indexes of words before which a comma stood. */
  readonly commaStarts: ReadonlySet<number>;
}

/** Abbreviations of one to three words and what they stand for. */
export interface Abbreviations {
  /** By the words of the abbreviation, joined by spaces. */
  readonly meanings: ReadonlyMap<string, readonly string[]>;
  /** First words of those that have several: any other word is looked up alone. */
  readonly beginnings: ReadonlySet<string>;
}

/** Abbreviations from pairs of the short form and the words it stands for, both as written in a text. */
export function toAbbreviations(pairs: readonly (readonly [string, string])[]): Abbreviations {
  const split = pairs.map(([short, long]) => [short.toLowerCase().split(' '), long.toLowerCase()] as const);
  return {
    meanings: new Map(split.map(([words, long]) => [words.join(' '), long.split(' ').map(singular)])),
    beginnings: new Set(split.flatMap(([[first = '', ...others]]) => (others.length > 0 ? [first] : []))),
  };
}

/** Characters of a text that are read; code texts, order texts and medicine names are far shorter. */
const READ_CHARACTERS = 10_000;

const TOKEN = /[a-z0-9]+|[\r\n]|[.!?](?=\s|$)|[;,]/g;

// A period behind these ends no sentence: "INJ. SI JT.", "lat. branch", "approx. 3 weeks".
const SHORTENED = new Set(
  'inj bilat bil lat br proc rt lt jt jnt approx dx tx hx eval diag surg rad fluoro vs dr st w no lumb cerv thor sac ant post sup inf art ext'.split(
    ' ',
  ),
);

/** The sentences of a text. Hyphens, slashes and brackets only part words. */
export function sentencesOf(text: string, abbreviations: Abbreviations): readonly WordSentence[] {
  return rawSentences(plain(text))
    .filter(({ words }) => words.length > 0)
    .map((sentence) => writtenOut(sentence, abbreviations));
}

const NOT_ASCII = /[^ -~\s]/;

function plain(text: string): string {
  const read = text.slice(0, READ_CHARACTERS).toLowerCase();
  return NOT_ASCII.test(read) ? read.normalize('NFKD').replace(/\p{M}/gu, '') : read;
}

interface RawSentence {
  readonly words: string[];
  readonly clauseStarts: Set<number>;
  readonly commaStarts: Set<number>;
}

function newSentence(): RawSentence {
  return { words: [], clauseStarts: new Set(), commaStarts: new Set() };
}

function rawSentences(text: string): readonly RawSentence[] {
  let current = newSentence();
  const sentences = [current];
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === ';') current.clauseStarts.add(current.words.length);
    else if (token === ',') current.commaStarts.add(current.words.length);
    else if (/[a-z0-9]/.test(token)) current.words.push(token);
    else if (token !== '.' || !isShortened(current.words.at(-1))) {
      current = newSentence();
      sentences.push(current);
    }
  }
  return sentences;
}

function isShortened(word: string | undefined): boolean {
  return word !== undefined && (word.length === 1 || SHORTENED.has(word));
}

function writtenOut(raw: RawSentence, abbreviations: Abbreviations): WordSentence {
  const written = newSentence();
  for (let index = 0; index < raw.words.length;) {
    if (raw.clauseStarts.has(index)) written.clauseStarts.add(written.words.length);
    if (raw.commaStarts.has(index)) written.commaStarts.add(written.words.length);
    const { length, meaning } = longestAt(raw.words, index, abbreviations);
    written.words.push(...meaning);
    index += length;
  }
  return written;
}

/** Words of a phrase as {@link sentencesOf} would write them. */
export function writeOut(words: readonly string[], abbreviations: Abbreviations): readonly string[] {
  return writtenOut({ ...newSentence(), words: [...words] }, abbreviations).words;
}

const LONGEST_ABBREVIATION = 3;

function longestAt(
  words: readonly string[],
  index: number,
  { meanings, beginnings }: Abbreviations,
): { readonly length: number; readonly meaning: readonly string[] } {
  const word = words[index] ?? '';
  for (let length = beginnings.has(word) ? LONGEST_ABBREVIATION : 1; length > 1; length--) {
    const meaning = meanings.get(words.slice(index, index + length).join(' '));
    if (meaning && index + length <= words.length) return { length, meaning };
  }
  return { length: 1, meaning: meanings.get(word) ?? [singular(word)] };
}

/** One form for singular and plural; the same slips on both sides of a comparison do no harm. */
function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /(?:ch|sh|x|ss)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}
