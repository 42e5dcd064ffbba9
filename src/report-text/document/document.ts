import { allOf } from '../../lists.js';
import { withAnswers } from './answers.js';
import type { DatedText } from '../words/dates.js';
import { datedText } from '../words/dated-text.js';
import { withComparedSides } from './compared-sides.js';
import { englishSentences } from '../words/language.js';
import { withChosenGrades } from './grade-menus.js';
import { withGradedLabels } from './graded-labels.js';
import { withImpliedActions } from './implied-actions.js';
import { withImpliedLogs } from './implied-logs.js';
import { withLabelledLines } from './labelled-lines.js';
import { listedSegments, withAnaphora } from '../levels/level-anaphora.js';
import { isLevelWord, levelHeading, partedAtHeadings } from '../levels/level-headings.js';
import { levelAfter, levelGroups, type LevelGroup } from '../levels/levels.js';
import { withLevelTables } from './level-tables.js';
import { withNormalLevels } from '../levels/normal-levels.js';
import type { LevelContext } from '../marks/attribution.js';
import { longestPhrase } from '../words/phrases.js';
import type { PhraseBook } from '../words/phrase-book.js';
import { withoutRefuted } from '../levels/refuted-levels.js';
import { withPairedSigns, withSignedSides } from './signed-sides.js';
import { SectionHeadings } from './section-headings.js';
import { sentencesOf, type Sentence } from '../words/sentences.js';
import { withShorthand } from './shorthand.js';
import { withSpokenLevels } from '../levels/spoken-levels.js';
import { withSpokenMarks } from '../words/spoken-marks.js';
import { tokenise, type Token } from '../words/tokenise.js';

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

export interface Document extends DatedText {
  readonly tokens: readonly Token[];
  readonly sentences: readonly PlacedSentence[];
}

/** Sections that name what is not found, and that reports without further headings end without saying so. */
const OF_ONE_LINE: ReadonlySet<string> = new Set(['indication', 'technique', 'comparison']);
/** Words before a level that leaves it the subject of its sentence: "Evaluation of the L4-5 level", "At L4-5". */
const SUBJECT_REACH = 3;

/** Tokens of the beginning of a line in which "also" says that it goes on with what the line before was about. */
const OPENING = 4;

const BEING: ReadonlySet<string> = new Set('is are was were'.split(' '));
const ASKING_NOUNS: ReadonlySet<string> = new Set(
  'concern question suspicion history pain complaint query family report'.split(' '),
);

/** Before a level these are of what is found there: "Mild L4-5 arthropathy". */
const TOLD: ReadonlySet<string> = new Set(['finding', 'change', 'severity']);
/** Places that every level has. */
const LEVEL_PARTS: ReadonlySet<string> = new Set(['disc', 'canal', 'foramen', 'facet', 'root']);

class Outline {
  private readonly sentences: readonly Sentence[];
  private readonly tokens: readonly Token[];
  private readonly book: PhraseBook;
  private readonly headings: SectionHeadings;
  private section = '';
  private sectionIsEmpty = true;
  private heading: LevelGroup | undefined;
  private headingIsEmpty = false;
  /** The heading in force was a line of its own. */
  private headingStoodAlone = false;
  private before: LevelGroup | undefined;
  private named: LevelGroup | undefined;
  private beforeIsSubject = false;
  /** Segments of the last sentence that named several. */
  private listed: readonly string[] = [];

  constructor(
    sentences: readonly Sentence[],
    tokens: readonly Token[],
    headings: SectionHeadings,
    book: PhraseBook,
  ) {
    this.sentences = sentences;
    this.tokens = tokens;
    this.headings = headings;
    this.book = book;
  }

  place(sentence: Sentence, at: number): PlacedSentence {
    if (sentence.after === 'empty-line' && !this.headingIsEmpty) this.heading = undefined;
    if (sentence.after === 'empty-line' || sentence.after === 'line') this.beginLine(sentence);
    const begin = this.sectionHeadings(sentence, at);
    if (this.isListItem(sentence.first, begin)) this.before = undefined;
    const all = this.groupsIn(begin, sentence.end);
    const groups = all.filter(({ ofNerves }) => !ofNerves);
    const headed = levelHeading(this.tokens, [begin, sentence.end], groups[0], this.book);
    const levels = {
      heading: headed === undefined ? this.heading : undefined,
      before: this.before,
      named: this.named,
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

  /** A line is about its own level, but for one that begins "There is also ...". */
  private beginLine({ first, end, after }: Sentence): void {
    const opening = this.tokens.slice(first, Math.min(end, first + OPENING));
    if (after === 'empty-line' || !opening.some(({ text }) => text === 'also')) this.before = undefined;
    this.beforeIsSubject = false;
  }

  private groupsIn(begin: number, end: number): readonly LevelGroup[] {
    const named = withoutRefuted(this.tokens, levelGroups(this.tokens, [begin, end], this.book));
    const all = withAnaphora(this.tokens, [begin, end], named, this.listed);
    this.listed = listedSegments(named) ?? this.listed;
    return all;
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
      this.headingStoodAlone = this.headingIsEmpty;
    } else if (begin < end) this.headingIsEmpty = false;
    const [first] = groups;
    if (first === undefined) return;
    const before = levelAfter(this.before, groups);
    this.beforeIsSubject =
      before === this.before ? this.beforeIsSubject : first === before && this.isSubject(begin, first.first);
    this.before = before;
    this.named = before;
  }

  /** Nothing is found before the level: the sentence is about it. */
  private isSubject(begin: number, level: number): boolean {
    if (level - begin > SUBJECT_REACH) return false;
    for (let index = begin; index < level; index += 1) {
      const phrase = longestPhrase(this.tokens, index, level, this.book.imaging);
      if (phrase?.senses.some(({ role }) => TOLD.has(role)) === true) return false;
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
  private sectionHeadings(sentence: Sentence, at: number): number {
    let index = this.headings.behindBullet(sentence.first, sentence.end);
    if (this.endsSection(sentence, index) && !this.headings.findingsAhead(this.sentences, at))
      this.section = '';
    for (
      let heading = this.headings.headingAt(index, sentence);
      heading !== undefined;
      heading = this.headings.headingAt(index, sentence)
    ) {
      this.section = heading.code;
      this.sectionIsEmpty = true;
      // "L4-5:", and below it "Disc: bulge": a part of the level, no section of the report.
      if (!this.isPart(index, heading.end)) this.heading = undefined;
      this.before = undefined;
      index = this.headings.behindBullet(heading.end, sentence.end);
    }
    if (index < sentence.end) this.sectionIsEmpty = false;
    return index;
  }

  private isPart(first: number, end: number): boolean {
    if (!this.headingStoodAlone) return false;
    const phrase = longestPhrase(this.tokens, first, end, this.book.imaging);
    return phrase?.senses.some(({ role, code }) => role === 'site' && LEVEL_PARTS.has(code)) === true;
  }

  /**
   * "Reason: fall.", and on the next line "There is a fracture": a section of a few words ends with its line, that of a
   * heading alone with its paragraph, and in one line where "There is" begins to tell, unless the findings have a heading of their own. A list goes on.
   */
  private endsSection({ first, after }: Sentence, begin: number): boolean {
    if (!OF_ONE_LINE.has(this.section) || this.sectionIsEmpty || begin > first) return false;
    if (after === 'stop') return this.tellsOfFinding(first);
    return after === 'empty-line' || (after === 'line' && !this.isCode(first));
  }

  /** "There is no erosion", where "There is concern for infection" asks on. */
  private tellsOfFinding(first: number): boolean {
    const [there, verb, ...next] = this.tokens.slice(first, first + OPENING + 2).map(({ text }) => text);
    return there === 'there' && BEING.has(verb ?? '') && !next.some((word) => ASKING_NOUNS.has(word));
  }

  /** "M48.061 Spinal stenosis": a line of diagnoses ordered by code. */
  private isCode(index: number): boolean {
    return /^[a-z]\d{2}/u.test(this.tokens[index]?.text ?? '');
  }

  /** A new item of a numbered list is about something new. */
  private isListItem(first: number, begin: number): boolean {
    return begin > first && this.tokens[first]?.kind === 'number';
  }
}

/** The tokens of a text, its tables, forms and lists worded as sentences. */
function wordedTokens(text: string, book: PhraseBook): readonly Token[] {
  const marked = withSpokenMarks(text, withLabelledLines(text, tokenise(text, book.words)));
  const signed = withNormalLevels(withPairedSigns(marked, book.words), book);
  const spoken = withSpokenLevels(text, signed, book.words);
  const short = withShorthand(text, spoken, book.words);
  const tokens = withSignedSides(withComparedSides(short, book.words), book.words);
  const tabled = withImpliedLogs(text, withLevelTables(text, tokens, book), book);
  if (!text.includes(':')) return withAnswers(text, tabled);
  return withImpliedActions(withAnswers(text, withGradedLabels(withChosenGrades(tabled), book)), book);
}

/** Tokens and sentences of a text, each sentence with its section and the levels handed on to it. */
export function documentOf(text: string, book: PhraseBook): Document {
  const tokens = wordedTokens(text, book);
  const parted = allOf(sentencesOf(text, tokens, book), (sentence) =>
    partedAtHeadings(sentence, tokens, book),
  );
  const outline = new Outline(parted, tokens, new SectionHeadings(text, tokens, book), book);
  const placed = parted.map((sentence, at) => outline.place(sentence, at));
  const spoken = placed.filter(({ first, end }) => first < end);
  return { ...datedText(text), tokens, sentences: englishSentences(spoken, tokens) };
}
