import type { PlacedSentence, Document } from '../document/document.js';
import { isOtherName } from './not-names.js';
import { AFFIRMATIONS } from '../document/form-boxes.js';
import { marksOf, plays, playsAny, sense, type Mark } from '../marks/marks.js';
import { SPEAKING_ROLES, type PhraseBook } from '../words/phrase-book.js';
import type { Token } from '../words/tokenise.js';
import { SIDE_WORDS } from '../words/side-words.js';
import { WORD_BITS } from '../words/words.js';

/** A sentence of a note with its marks, and the ways its figures are read. */
export interface ClinicSentence {
  readonly document: Document;
  readonly tokens: readonly Token[];
  readonly placed: PlacedSentence;
  readonly marks: readonly Mark[];
  /** Names a procedure, a relief, a test, care or a statement at all; few sentences of an imaging report do. */
  readonly speaks: boolean;
  /** The mark that covers a token. */
  readonly markOf: ReadonlyMap<number, Mark>;
}

/** A figure and the last token it covers. */
export interface Figure {
  readonly value: number;
  readonly last: number;
}

function byToken(marks: readonly Mark[]): ReadonlyMap<number, Mark> {
  const covered = new Map<number, Mark>();
  for (const mark of marks)
    for (let token = mark.first; token <= mark.last; token += 1) covered.set(token, mark);
  return covered;
}

const NO_MARKS: readonly Mark[] = [];
const COVERS_NOTHING: ReadonlyMap<number, Mark> = new Map();

/** The sentence with its marks; without any where no word of it can begin a phrase of interest. */
export function clinicSentence(document: Document, placed: PlacedSentence, book: PhraseBook): ClinicSentence {
  const { tokens } = document;
  if (!maySpeak(tokens, placed))
    return { document, tokens, placed, marks: NO_MARKS, speaks: false, markOf: COVERS_NOTHING };
  const marks = withoutOpen(tokens, marksOf(tokens, placed, book.clinic));
  const speaks =
    marks.some((mark) => playsAny(mark, SPEAKING_ROLES)) ||
    givesScore(tokens, placed) ||
    goesOnWithoutNames(tokens, placed);
  return { document, tokens, placed, marks, speaks, markOf: speaks ? byToken(marks) : COVERS_NOTHING };
}

/** What a form left unticked is not said: no side, no share, no procedure. */
function withoutOpen(tokens: readonly Token[], marks: readonly Mark[]): readonly Mark[] {
  const isNone = (mark: Mark): boolean => tokens[mark.first]?.said === 'open' || isOtherName(tokens, mark);
  return marks.some(isNone) ? marks.filter((mark) => !isNone(mark)) : marks;
}

function maySpeak(tokens: readonly Token[], placed: PlacedSentence): boolean {
  for (let index = placed.first; index < placed.end; index += 1) {
    const token = tokens[index];
    const isClinic = token !== undefined && (token.begins & WORD_BITS.clinicWord) !== 0;
    if (isClinic || token?.text === '%' || isOfTen(tokens, index)) return true;
  }
  return false;
}

/** "8/10" */
function isOfTen(tokens: readonly Token[], index: number): boolean {
  return tokens[index]?.text === '10' && tokens[index - 1]?.text === '/';
}

export function givesScore(
  tokens: readonly Token[],
  { first, end }: Pick<PlacedSentence, 'first' | 'end'>,
): boolean {
  for (let index = first; index < end; index += 1) if (isOfTen(tokens, index)) return true;
  return false;
}

/** Words that say of a side that it was done. */
export const DONE: ReadonlySet<string> = new Set(['done', 'performed', 'completed', 'treated']);

/** "Pre 7, post 0", "Right done 5/6, left done 5/20": without a word that speaks of anything by itself. */
function goesOnWithoutNames(
  tokens: readonly Token[],
  { first, end }: Pick<PlacedSentence, 'first' | 'end'>,
): boolean {
  let [pre, post] = [false, false];
  for (let index = first; index < end; index += 1) {
    const text = tokens[index]?.text ?? '';
    pre ||= text === 'pre';
    post ||= text === 'post';
    const next = tokens[index + 1]?.text === 'side' ? index + 2 : index + 1;
    if ((pre && post) || (SIDE_WORDS.has(text) && DONE.has(tokens[next]?.text ?? ''))) return true;
  }
  return false;
}

/** Tokens of a line of a diary at most. */
const DIARY_LINE = 9;

/** "30 min: 1/10": one of many short lines, which part nothing. */
export function isDiaryLine({ tokens, placed: { first, end } }: ClinicSentence): boolean {
  if (end - first > DIARY_LINE) return false;
  return givesScore(tokens, { first, end });
}

const ASKING: ReadonlySet<string> = new Set(
  'did do does has have had is was are were any which what when who how would could should can will may'.split(
    ' ',
  ),
);

/** "Did she ever have an injection?", where "Yes" behind it says so. */
export function asks({ tokens, placed }: ClinicSentence): boolean {
  if (AFFIRMATIONS.has(tokens[placed.end]?.text ?? '')) return false;
  return tokens[placed.end - 1]?.text === '?' && ASKING.has(tokens[placed.first]?.text ?? '');
}

export function markAt(sentence: ClinicSentence, token: number): Mark | undefined {
  return sentence.markOf.get(token);
}

/** The number that begins at a token, in figures or in words. */
export function figureAt(sentence: ClinicSentence, token: number): Figure | undefined {
  if (token >= sentence.placed.end) return undefined;
  const text = sentence.tokens[token]?.text ?? '';
  if (sentence.tokens[token]?.kind === 'number') return { value: Number(text), last: token };
  const mark = sentence.markOf.get(token);
  const word = mark?.first === token ? sense(mark, 'number') : undefined;
  return word === undefined || mark === undefined ? undefined : { value: Number(word.code), last: mark.last };
}

/** The words of some tokens, last included. */
export function wordsOf({ tokens }: ClinicSentence, first: number, last: number): readonly string[] {
  return tokens.slice(first, last + 1).map(({ text }) => text);
}

export function textAt(sentence: ClinicSentence, token: number): string {
  return token < sentence.placed.end ? (sentence.tokens[token]?.text ?? '') : '';
}

export function isAt(sentence: ClinicSentence, token: number, ...roles: readonly string[]): boolean {
  return token < sentence.placed.end && plays(markAt(sentence, token), ...roles);
}

const PREVIOUS: ReadonlySet<string> = new Set(['previous', 'prior', 'earlier', 'last']);
const PROCEDURES: ReadonlySet<string> = new Set(
  'block blocks injection injections ablation ablations rfa neurotomy procedure'.split(' '),
);
/** Words from the beginning of a sentence in which it says what it is about. */
const SUBJECT_REACH = 3;
const NAME_REACH = 5;

/** "Previous block on 5/1 gave 80% relief", "Her last injection ...": begins with a procedure of another time. */
export function tellsOfPrevious(sentence: ClinicSentence): boolean {
  const { first } = sentence.placed;
  const words = (from: number, count: number) =>
    Array.from({ length: count }, (_, on) => textAt(sentence, from + on));
  const at = words(first, SUBJECT_REACH).findIndex((word) => PREVIOUS.has(word));
  return at >= 0 && words(first + at + 1, NAME_REACH).some((word) => PROCEDURES.has(word));
}

/** Offsets of a stretch of tokens, last included. */
export function spanOf(
  sentence: ClinicSentence,
  first: number,
  last: number,
): { start: number; end: number } {
  return { start: sentence.tokens[first]?.start ?? 0, end: sentence.tokens[last]?.end ?? 0 };
}

/** Only a patient does these: "PT REPORTED 50% RELIEF". */
const PATIENT_VERBS: ReadonlySet<string> = new Set(
  'reported reports states stated rates rated describes described endorses endorsed feels felt estimates says'.split(
    ' ',
  ),
);

const AFTER_THERAPY: ReadonlySet<string> = new Set(['x', 'for', 'and', 'or', 'session', 'visit', 'twice']);

/** "Pt reports": a patient, where "PT x 8 weeks" is a therapy. */
export function isPatient({ document, tokens, placed }: ClinicSentence, { first, last }: Mark): boolean {
  const token = tokens[first];
  if (first !== last || token?.text !== 'pt') return false;
  const next = tokens[first + 1];
  if (PATIENT_VERBS.has(next?.text ?? '')) return true;
  if (document.text.slice(token.start, token.end) === 'PT') return false;
  return first === placed.first || (next?.kind === 'word' && !AFTER_THERAPY.has(next.text));
}
