import type { Spelling } from './spelling.js';

/** What a word may begin or is, as bits of one number: who looks for one of them passes over all other words. */
export const WORD_BITS = {
  /** Begins a level: "L4", "fifth" */
  level: 1,
  /** Begins a phrase that only notes have. */
  clinicWord: 2,
  foreign: 4,
  /** A small word of English. */
  functionWord: 8,
  /** The first bit for those that mark the beginnings of the phrases of a lexicon. */
  firstLexicon: 16,
} as const;

/** What the lists know of a word. */
export interface Listed {
  /** Its number in phrases; 0 where no phrase has it. */
  readonly id: number;
  /** {@link WORD_BITS}. */
  readonly begins: number;
}

/** A word of a text in the form used in phrases. */
export interface Word extends Listed {
  readonly text: string;
  /** Where it was glued from several: each of them, and then `text` has blanks. */
  readonly parts?: readonly Word[];
}

const REMEMBERED_WORDS = 20_000;
/** Longer strings are no words, and are not remembered. */
const LONGEST_REMEMBERED = 24;
const VERTEBRA_LETTERS = 'cltsd';
/** Letters that English words do without. */
const ACCENTED = /[ß-öø-ÿ]/u;

/** "L4", "T12", or the letter of a level that its number follows apart: "L 5" */
function isVertebra(text: string): boolean {
  const second = text.charCodeAt(1);
  const figure = (second >= 48 && second <= 57) || text.length === 1;
  return figure && VERTEBRA_LETTERS.includes(text.charAt(0));
}

const UNLISTED: Listed = { id: 0, begins: 0 };

/** The words of texts: each is normalised and looked up once, whatever lists it may be in. */
export class Words {
  private readonly spelling: Spelling;
  private readonly listed: ReadonlyMap<string, Listed>;
  private readonly remembered = new Map<string, Word>();

  /** @param listed the words of the lists, by their form in phrases */
  constructor(spelling: Spelling, listed: ReadonlyMap<string, Listed>) {
    this.spelling = spelling;
    this.listed = listed;
  }

  /** @param raw the word as it stands in the text */
  of(raw: string): Word {
    const before = this.remembered.get(raw);
    if (before !== undefined) return before;
    const word = this.read(this.spelling.normal(raw));
    if (this.remembered.size >= REMEMBERED_WORDS) this.remembered.clear();
    if (raw.length <= LONGEST_REMEMBERED) this.remembered.set(raw, word);
    return word;
  }

  /** @param text a word or a figure in the form used in phrases */
  plain(text: string): Word {
    const { id, begins } = this.listed.get(text) ?? UNLISTED;
    const level = isVertebra(text) ? WORD_BITS.level : 0;
    const foreign = ACCENTED.test(text) ? WORD_BITS.foreign : 0;
    return { text, id, begins: begins | level | foreign };
  }

  private read(text: string): Word {
    const word = this.plain(text);
    return text.includes(' ') ? { ...word, parts: text.split(' ').map((part) => this.plain(part)) } : word;
  }
}
