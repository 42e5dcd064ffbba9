/**
 * One form for each word: singular, one spelling, and for long words the known word within a bounded number of
 * slips. Radiologists' notes are typed fast: "spondylolithesis", "encraoching", "notedat".
 */

const FIRST_CORRECTED_LENGTH = 5;
const TWO_SLIPS_LENGTH = 9;
/** Longer strings are no words; correcting them would cost time for nothing. */
const LONGEST_WORD = 24;

const KEEPS_ITS_S = /(?:ss|us|is|as)$/u;
const DROPS_ES = /(?:ch|sh|x|ss)es$/u;
/** Behind a word these make another one of it, not two: "visitor", "shortest". */
const ENDINGS: ReadonlySet<string> = new Set('ed er or est age ant able less ect ring ing'.split(' '));
const APOSTROPHES = /['’]/gu;
const LETTERS_ONLY = /^\p{L}+$/u;

/** Singular of a noun, bare form of a verb in -s; words that are no plural come back as they are. */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || KEEPS_ITS_S.test(word)) return word;
  if (DROPS_ES.test(word)) return word.slice(0, -2);
  return word.endsWith('ies') && word.length > 5 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

/** Slips between two words: letters missing, added, wrong, or two neighbours swapped (optimal string alignment). */
export function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const wrong = a[row - 1] === b[column - 1] ? 0 : 1;
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + wrong,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? a.length;
}

/** A word with up to so many letters left out: two words a few slips apart share one of these forms. */
function formsOf(word: string, letters: number): ReadonlySet<string> {
  const forms = new Set([word]);
  // Of a form that lost letters, only those behind the lost ones go next: any two are lost in one order.
  let last = [{ form: word, from: 0 }];
  for (let left = letters; left > 0; left -= 1) {
    const shorter: typeof last = [];
    for (const { form, from } of last) {
      for (let index = from; index < form.length; index += 1)
        shorter.push({ form: form.slice(0, index) + form.slice(index + 1), from: index });
    }
    for (const { form } of shorter) forms.add(form);
    last = shorter;
  }
  return forms;
}

function slipsAllowed(word: string): number {
  return word.length >= TWO_SLIPS_LENGTH ? 2 : 1;
}

function byForm(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const forms = new Map<string, string[]>();
  for (const word of words) {
    for (const form of formsOf(word, slipsAllowed(word))) {
      const same = forms.get(form);
      if (same === undefined) forms.set(form, [word]);
      else same.push(word);
    }
  }
  return forms;
}

const GLUED_LEVELS =
  /^([cltsd]?\d{1,2})(and|or|to|thru|through|level|levels|disc|discs|is|with)([cltsd]?\d{1,2})?$/u;

/** "x2", "x6wks": how often, or how long. */
const GLUED_TIMES = /^(x)(\d{1,2})([a-z]{1,6})?$/u;

/** "T12toL1", "L4and", "S1level", "x2": a figure and the words that lost their blank; undefined for all else. */
function unglued(word: string): string | undefined {
  const parts = (GLUED_LEVELS.exec(word) ?? GLUED_TIMES.exec(word))?.slice(1).filter(Boolean);
  return parts?.join(' ');
}

export class Spelling {
  private readonly variants: ReadonlyMap<string, string>;
  private readonly known = new Set<string>();
  /** Words that slips are corrected towards, by their first letter. */
  private readonly targets = new Map<string, string[]>();
  /** These by each of their forms with up to two letters left out; made with a letter's first word that is not known. */
  private readonly forms = new Map<string, ReadonlyMap<string, readonly string[]>>();

  /**
   * @param variants other spelling to the one used in phrases
   * @param phraseWords words of the phrases: slips are corrected towards these
   * @param ordinaryWords words that are right as they stand and never corrected
   */
  constructor(
    variants: ReadonlyMap<string, string>,
    phraseWords: Iterable<string>,
    ordinaryWords: Iterable<string>,
  ) {
    this.variants = variants;
    for (const word of phraseWords) this.learn(this.plain(word));
    for (const word of ordinaryWords) this.known.add(word).add(this.plain(word));
  }

  /**
   * The form used in phrases; two words joined by a space where one was glued from two.
   * @param raw the word as it stands in the text
   */
  normal(raw: string): string {
    const word = raw.toLowerCase().replace(APOSTROPHES, '');
    const plain = this.plain(word);
    if (this.known.has(plain) || this.known.has(word)) return plain;
    return unglued(word) ?? this.corrected(plain, word);
  }

  /** Without correction: the spelling variant if there is one, else the singular. */
  plain(word: string): string {
    const one = singular(word);
    return this.variants.get(word) ?? this.variants.get(one) ?? one;
  }

  private learn(word: string): void {
    if (this.known.has(word)) return;
    this.known.add(word);
    if (word.length < FIRST_CORRECTED_LENGTH || word.length > LONGEST_WORD) return;
    const same = this.targets.get(word.charAt(0));
    if (same === undefined) this.targets.set(word.charAt(0), [word]);
    else same.push(word);
  }

  private formsFrom(letter: string): ReadonlyMap<string, readonly string[]> | undefined {
    const made = this.forms.get(letter);
    const targets = this.targets.get(letter);
    if (made !== undefined || targets === undefined) return made;
    const forms = byForm(targets);
    this.forms.set(letter, forms);
    return forms;
  }

  /** @param whole the word with the s that its singular has lost: it may have been no plural's ("prolaps") */
  private corrected(word: string, whole: string): string {
    if (word.length < FIRST_CORRECTED_LENGTH || word.length > LONGEST_WORD || !LETTERS_ONLY.test(word))
      return word;
    return (
      this.nearest(word) ?? (whole === word ? undefined : this.nearest(whole)) ?? this.parted(word) ?? word
    );
  }

  private nearest(word: string): string | undefined {
    let best: string | undefined;
    let fewest = slipsAllowed(word) + 1;
    // Few slips are in the first letter, and other words differ there: "education" is no "medication".
    const candidates = this.formsFrom(word.charAt(0));
    if (candidates === undefined) return undefined;
    for (const form of formsOf(word, slipsAllowed(word))) {
      for (const candidate of candidates.get(form) ?? []) {
        const slips = slipsBetween(word, candidate);
        if (slips < fewest && slips <= slipsAllowed(candidate)) [best, fewest] = [candidate, slips];
      }
    }
    return best;
  }

  private parted(word: string): string | undefined {
    if (word.length < 7) return undefined;
    for (let cut = word.length - 2; cut >= 4; cut -= 1) {
      const [head, tail] = [word.slice(0, cut), this.plain(word.slice(cut))];
      if (this.known.has(head) && this.known.has(tail) && !ENDINGS.has(word.slice(cut)))
        return `${head} ${tail}`;
    }
    return undefined;
  }
}
