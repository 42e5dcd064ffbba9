/**
 * Phrases as clinicians write them in ValueSets: words; `stem*` for words that begin so; `(a|b c)` for one of several;
 * `(a)?` for words that may be left out. Nothing else: no free regular expressions.
 */
export type Phrase = readonly PhrasePart[];

export type PhrasePart =
  { readonly words: readonly string[] } | { readonly oneOf: readonly Phrase[]; readonly optional: boolean };

const TOKEN = /[a-z0-9]+\*?|[()|?]/g;
const WRITABLE = /^[A-Za-z0-9*()|?,/ -]+$/;

/**
 * Reads a phrase; hyphens, slashes and commas only part words.
 *
 * @throws Error saying what is wrong with the phrase
 */
export function parsePhrase(text: string): Phrase {
  if (!WRITABLE.test(text)) throw new Error('a phrase has words, *, (, ), | and ? only');
  const reader = new PhraseReader([...text.toLowerCase().matchAll(TOKEN)].map(([token]) => token));
  const alternatives = reader.alternatives();
  if (!reader.atEnd) throw new Error('a bracket closes nothing, or a ? stands behind no bracket');
  if (alternatives.some(canBeEmpty)) throw new Error('a phrase needs a word that must be there');
  const [only, ...others] = alternatives;
  return only && others.length === 0 ? only : [{ oneOf: alternatives, optional: false }];
}

function canBeEmpty(phrase: Phrase): boolean {
  return phrase.every((part) => !('words' in part) && (part.optional || part.oneOf.some(canBeEmpty)));
}

class PhraseReader {
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#next === this.#tokens.length;
  }

  alternatives(): readonly Phrase[] {
    const found = [this.#phrase()];
    while (this.#takes('|')) found.push(this.#phrase());
    return found;
  }

  #phrase(): Phrase {
    const parts: PhrasePart[] = [];
    for (;;) {
      const words = this.#words();
      if (words.length > 0) parts.push({ words });
      else if (this.#takes('(')) parts.push(this.#group());
      else return parts;
    }
  }

  #words(): readonly string[] {
    const words: string[] = [];
    for (;;) {
      const token = this.#tokens[this.#next];
      if (token === undefined || /[()|?]/.test(token)) return words;
      words.push(token);
      this.#next += 1;
    }
  }

  #group(): PhrasePart {
    const oneOf = this.alternatives();
    if (!this.#takes(')')) throw new Error('a bracket is not closed');
    if (oneOf.some(canBeEmpty)) throw new Error('an alternative can be empty; write (a)? instead');
    return { oneOf, optional: this.#takes('?') };
  }

  #takes(token: string): boolean {
    if (this.#tokens[this.#next] !== token) return false;
    this.#next += 1;
    return true;
  }
}
