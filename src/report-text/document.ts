import { englishSentences } from './language.js';
import { isLevelWord, levelHeading, partedAtHeadings } from './level-headings.js';
import { levelAfter, levelGroups, type LevelGroup } from './levels.js';
import type { LevelContext } from './attribution.js';
import { longestPhrase } from './phrases.js';
import type { PhraseBook } from './phrase-book.js';
import { sentencesOf, type Sentence } from './sentences.js';
import { tokenise, type Token } from './tokenise.js';

/** A sentence with what headings above it say: the part of the report, and the level it speaks of. */
export interface PlacedSentence {
  /** Tokens of its text proper, headings of sections left out; end excluded. */
  readonly first: number;
  readonly end: number;
  /** Code of the section heading above it: indication, technique, findings, impression ...; '' before any. */
  readonly section: string;
  readonly levels: LevelContext;
  /** Every level it names, those of nerves too. */
  readonly groups: readonly LevelGroup[];
  readonly after: Sentence['after'];
}

export interface Document {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly sentences: readonly PlacedSentence[];
}

const HEADING_LENGTH = 8;
/** Sections that name what is not found, and that reports without further headings end without saying so. */
const OF_ONE_LINE: ReadonlySet<string> = new Set(['indication', 'technique', 'comparison']);
/** Words before a level that leaves it the subject of its sentence: "Evaluation of the L4-5 level", "At L4-5". */
const SUBJECT_REACH = 3;

interface Heading {
  readonly code: string;
  /** Index of the first token behind the heading. */
  readonly end: number;
}

class Outline {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly book: PhraseBook;
  private section = '';
  private sectionIsEmpty = true;
  private heading: LevelGroup | undefined;
  private headingIsEmpty = false;
  private before: LevelGroup | undefined;
  private beforeIsSubject = false;

  constructor(text: string, tokens: readonly Token[], book: PhraseBook) {
    this.text = text;
    this.tokens = tokens;
    this.book = book;
  }

  place(sentence: Sentence): PlacedSentence {
    if (sentence.after === 'empty-line' && !this.headingIsEmpty) this.heading = undefined;
    if (sentence.after === 'empty-line' || sentence.after === 'line') this.before = undefined;
    const begin = this.sectionHeadings(sentence);
    if (this.isListItem(sentence.first, begin)) this.before = undefined;
    const all = levelGroups(this.tokens, [begin, sentence.end], this.book);
    const groups = all.filter(({ ofNerves }) => !ofNerves);
    const headed = levelHeading(this.tokens, [begin, sentence.end], groups[0], this.book);
    const levels = {
      heading: headed === undefined ? this.heading : undefined,
      before: this.before,
      beforeIsSubject: this.beforeIsSubject,
    };
    this.carryOn(begin, sentence.end, groups, headed);
    return {
      first: begin,
      end: sentence.end,
      section: this.section,
      levels,
      groups: all,
      after: sentence.after,
    };
  }

  private carryOn(
    begin: number,
    end: number,
    groups: readonly LevelGroup[],
    headed: LevelGroup | undefined,
  ): void {
    if (headed !== undefined) {
      this.heading = headed;
      this.headingIsEmpty = this.isEmpty(headed.last + 1, end);
    } else if (begin < end) this.headingIsEmpty = false;
    const [first] = groups;
    if (first === undefined) return;
    const before = levelAfter(this.before, groups);
    this.beforeIsSubject =
      before === this.before ? this.beforeIsSubject : first === before && this.isSubject(begin, first.first);
    this.before = before;
  }

  /** Nothing is found before the level: the sentence is about it. */
  private isSubject(begin: number, level: number): boolean {
    if (level - begin > SUBJECT_REACH) return false;
    for (let index = begin; index < level; index += 1) {
      const phrase = longestPhrase(this.tokens, index, level, this.book.imaging);
      if (phrase?.senses.some(({ role }) => role === 'finding' || role === 'change') === true) return false;
    }
    return true;
  }

  private isEmpty(first: number, end: number): boolean {
    for (let index = first; index < end; index += 1) {
      const token = this.tokens[index];
      if (token?.kind === 'word' && !isLevelWord(this.tokens, index, this.book)) return false;
    }
    return true;
  }

  /** Skips over section headings at the beginning of a sentence and remembers the last one. */
  private sectionHeadings(sentence: Sentence): number {
    let index = this.behindBullet(sentence.first, sentence.end);
    if (this.endsSection(sentence, index)) this.section = '';
    for (
      let heading = this.headingAt(index, sentence);
      heading !== undefined;
      heading = this.headingAt(index, sentence)
    ) {
      this.section = heading.code;
      this.sectionIsEmpty = true;
      this.heading = undefined;
      this.before = undefined;
      index = this.behindBullet(heading.end, sentence.end);
    }
    if (index < sentence.end) this.sectionIsEmpty = false;
    return index;
  }

  /**
   * "Reason: fall.", and on the next line "There is a fracture": a section of a few words ends with its line, that of a
   * heading alone with its paragraph. A list goes on.
   */
  private endsSection({ first, after }: Sentence, begin: number): boolean {
    if (!OF_ONE_LINE.has(this.section) || this.sectionIsEmpty || begin > first) return false;
    return after === 'empty-line' || (after === 'line' && !this.isCode(first));
  }

  /** "M48.061 Spinal stenosis": a line of diagnoses ordered by code. */
  private isCode(index: number): boolean {
    return /^[a-z]\d{2}/u.test(this.tokens[index]?.text ?? '');
  }

  /** A new item of a numbered list is about something new. */
  private isListItem(first: number, begin: number): boolean {
    return begin > first && this.tokens[first]?.kind === 'number';
  }

  private behindBullet(first: number, end: number): number {
    let index = first;
    while (index < end) {
      const token = this.tokens[index];
      const next = this.tokens[index + 1];
      const numbered =
        token?.kind === 'number' && (next?.text === '.' || next?.text === ')') && index + 1 < end;
      if (numbered) index += 2;
      else if (token?.kind === 'mark' && token.text !== '?' && token.text !== '(') index += 1;
      else if (token?.kind === 'joint' || token?.kind === 'newline') index += 1;
      else break;
    }
    return index;
  }

  private headingAt(first: number, sentence: Sentence): Heading | undefined {
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

/** Tokens and sentences of a text, each sentence with its section and the levels handed on to it. */
export function documentOf(text: string, book: PhraseBook): Document {
  const tokens = tokenise(text, book.spelling);
  const outline = new Outline(text, tokens, book);
  const sentences = sentencesOf(text, tokens, book)
    .flatMap((sentence) => partedAtHeadings(sentence, tokens, book))
    .map((sentence) => outline.place(sentence));
  const spoken = sentences.filter(({ first, end }) => first < end);
  return { text, tokens, sentences: englishSentences(spoken, tokens, book) };
}
