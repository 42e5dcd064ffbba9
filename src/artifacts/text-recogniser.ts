import { PhraseTrie } from './phrase-trie.js';
import { parsePhrase, type Phrase } from './phrase.js';
import { sentencesOf, writeOut, type Abbreviations, type WordSentence } from './sentences-of-text.js';
import { takenBack, type CueHit, type CueKind } from './text-cues.js';

/** Words that mean a concept: all phrases in one sentence, in any order, and none of the others. */
export interface TextPattern {
  readonly all: readonly [string, ...string[]];
  readonly none: readonly string[];
}

interface Rule {
  readonly concept: string;
  readonly all: readonly number[];
  readonly none: readonly number[];
}

/** Recognises concepts in words. Filled at start-up, then only read; made of one tree for all phrases and cues. */
export class TextRecogniser {
  readonly #trie = new PhraseTrie();
  readonly #phrases = new Map<string, number>();
  readonly #cues = new Map<number, CueKind>();
  readonly #rules = new Map<number, Rule[]>();
  readonly #abbreviations: Abbreviations;

  constructor(abbreviations: Abbreviations) {
    this.#abbreviations = abbreviations;
  }

  /** @throws Error saying what is wrong with a phrase */
  addCue(phrase: string, kind: CueKind): void {
    this.#cues.set(this.#numberOf(phrase, 'cue'), kind);
  }

  /** @throws Error saying what is wrong with a phrase */
  addPattern(concept: string, { all, none }: TextPattern): void {
    const [first, ...others] = all.map((phrase) => this.#numberOf(phrase, 'pattern'));
    if (first === undefined) return;
    const rule = { concept, all: others, none: none.map((phrase) => this.#numberOf(phrase, 'pattern')) };
    this.#rules.set(first, [...(this.#rules.get(first) ?? []), rule]);
  }

  /** The concepts that a text names and does not take back, in no order. */
  conceptsIn(text: string): ReadonlySet<string> {
    const found = new Set<string>();
    for (const sentence of sentencesOf(text, this.#abbreviations)) {
      const phrases = this.#standingIn(sentence);
      for (const phrase of phrases) {
        for (const { concept, all, none } of this.#rules.get(phrase) ?? []) {
          if (all.every((one) => phrases.has(one)) && !none.some((one) => phrases.has(one)))
            found.add(concept);
        }
      }
    }
    return found;
  }

  #standingIn(sentence: WordSentence): ReadonlySet<number> {
    const hits = this.#trie.hitsIn(sentence.words);
    const cues = hits.flatMap((hit): readonly CueHit[] => {
      const kind = this.#cues.get(hit.phrase);
      return kind ? [{ ...hit, kind }] : [];
    });
    if (cues.length === 0) return new Set(hits.map(({ phrase }) => phrase));
    const taken = takenBack(sentence, cues);
    const standing = hits.filter(({ start, end }) => !taken.slice(start, end).includes(true));
    return new Set(standing.map(({ phrase }) => phrase));
  }

  // A phrase that many value sets use is in the tree once; a cue of the same words is a phrase of its own.
  #numberOf(phrase: string, use: 'cue' | 'pattern'): number {
    const known = this.#phrases.get(`${use} ${phrase}`);
    if (known !== undefined) return known;
    const number = this.#phrases.size;
    this.#phrases.set(`${use} ${phrase}`, number);
    this.#trie.add(this.#writtenOut(parsePhrase(phrase)), number);
    return number;
  }

  #writtenOut(phrase: Phrase): Phrase {
    return phrase.map((part) =>
      'words' in part
        ? { words: writeOut(part.words, this.#abbreviations) }
        : { ...part, oneOf: part.oneOf.map((one) => this.#writtenOut(one)) },
    );
  }
}
