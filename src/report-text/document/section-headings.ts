import { longestPhrase } from '../words/phrases.js';
import type { PhraseBook } from '../words/phrase-book.js';
import type { Sentence } from '../words/sentences.js';
import type { Token } from '../words/tokenise.js';

const HEADING_LENGTH = 8;
/** Sections that stand before the findings of a report, whatever follows their heading. */
const BEFORE_FINDINGS: ReadonlySet<string> = new Set(['technique', 'comparison']);
/** Headings of the findings as a whole, where others ("ALIGNMENT:") are of a part of them. */
const OF_FINDINGS: ReadonlySet<string> = new Set(['finding', 'interpretation', 'observation', 'result']);
/** Sentences in which the findings begin behind an indication. */
const AHEAD = 8;

/** The heading of a section. */
export interface Heading {
  readonly code: string;
  /** Index of the first token behind the heading. */
  readonly end: number;
}

/** Finds the headings of sections ("INDICATION:", "Impression"). */
/** Marks at the beginning of a line that say something of what follows: "+FABER". */
const SIGNS: ReadonlySet<string> = new Set(['?', '(', '+']);

export class SectionHeadings {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly book: PhraseBook;

  constructor(text: string, tokens: readonly Token[], book: PhraseBook) {
    this.text = text;
    this.tokens = tokens;
    this.book = book;
  }

  /** Whether the findings of the report begin further down: what stands here is still before them. */
  findingsAhead(sentences: readonly Sentence[], from: number): boolean {
    for (const sentence of sentences.slice(from + 1, from + 1 + AHEAD)) {
      const first = this.behindBullet(sentence.first, sentence.end);
      const heading = this.headingAt(first, sentence);
      if (heading === undefined) continue;
      const words = this.tokens.slice(first, heading.end).map(({ text }) => text);
      return BEFORE_FINDINGS.has(heading.code) || words.some((word) => OF_FINDINGS.has(word));
    }
    return false;
  }

  /** The first token behind the bullet or the number of a list item. */
  behindBullet(first: number, end: number): number {
    let index = first;
    while (index < end) {
      const token = this.tokens[index];
      const next = this.tokens[index + 1];
      // "15.05.2024" is a date.
      const isDate = next?.end === this.tokens[index + 2]?.start && this.tokens[index + 2]?.kind === 'number';
      const closed = next?.text === '.' || next?.text === ')';
      const numbered = token?.kind === 'number' && closed && !isDate && index + 1 < end;
      if (numbered) index += 2;
      else if (token?.kind === 'mark' && !SIGNS.has(token.text)) index += 1;
      else if (token?.kind === 'joint' || token?.kind === 'newline') index += 1;
      else break;
    }
    return index;
  }

  /** The heading that begins at a token of a sentence. */
  headingAt(first: number, sentence: Sentence): Heading | undefined {
    const { end } = sentence;
    const phrase = longestPhrase(this.tokens, first, end, this.book.placed.get('section'));
    const startsLine = sentence.after !== 'semicolon';
    if (phrase === undefined || !startsLine) return undefined;
    const colon = this.colonAfter(phrase.last + 1, end);
    const code = phrase.senses[0]?.code ?? '';
    if (colon !== undefined) return { code, end: colon + 1 };
    const alone = this.standsAlone(phrase.last, sentence);
    return alone ? { code, end: phrase.last + 1 } : undefined;
  }

  /** "MRI LUMBAR SPINE WITHOUT CONTRAST:" — the colon may stand some words behind the phrase, in the same line. */
  private colonAfter(first: number, end: number): number | undefined {
    const limit = Math.min(end, first + HEADING_LENGTH);
    for (let index = first; index < limit; index += 1) {
      const token = this.tokens[index];
      if (token?.text === ':') return index;
      if (token?.kind === 'newline') return undefined;
      if (index > first && !this.isCapitals(token)) return undefined;
      if (index === first && token?.kind !== 'word' && token?.text !== '(' && token?.kind !== 'joint')
        return undefined;
    }
    return undefined;
  }

  private isCapitals(token: Token | undefined): boolean {
    if (token === undefined) return false;
    const raw = this.text.slice(token.start, token.end);
    return raw === raw.toUpperCase() || raw.length <= 2;
  }

  private standsAlone(last: number, sentence: Sentence): boolean {
    const next = this.tokens[last + 1];
    const lineEnds = next === undefined || next.kind === 'newline' || last + 1 >= sentence.end;
    return lineEnds && (sentence.after === 'line' || sentence.after === 'empty-line');
  }
}
