import { plays, sense, type Mark } from '../marks/marks.js';
import { filterMapped } from '../../lists.js';
import { isDenialOfOther, isNoDenial, namesAblation } from './denial-objects.js';
import { OWN_TARGETS } from './procedure-kinds.js';
import type { Span } from '../reading.js';
import type { Anchor, AnchoredSentence } from './anchors.js';
import { spanOf, textAt, wordsOf, type ClinicSentence } from './sentence.js';
import { endOf, type MentionStatus } from './status.js';

const CLAUSE_ENDS: ReadonlySet<string> = new Set([
  ',',
  ';',
  '(',
  '.',
  '-',
  'and',
  'but',
  'so',
  'while',
  'whereas',
]);
const GRANTED: ReadonlySet<string> = new Set('approved authorized overturned granted'.split(' '));

/** "denied at first, then approved on appeal" */
function grantedAfter(sentence: ClinicSentence, denial: Mark): boolean {
  const { marks, placed } = sentence;
  for (let token = denial.last + 1; token < placed.end; token += 1) {
    const denied = marks.some((mark) => plays(mark, 'denial') && mark.first <= token && token <= mark.last);
    if (GRANTED.has(textAt(sentence, token)) && !denied) return true;
  }
  return false;
}

const NOT_GRANTED: ReadonlySet<string> = new Set('not be if until unless never'.split(' '));
/** Sentences behind a denial that may tell how it ended. */
const NEAR = 2;

/** "It was approved on appeal.": of what was denied right before, where the sentence names nothing else. */
function grants(sentence: ClinicSentence): boolean {
  const { placed, marks } = sentence;
  const words = wordsOf(sentence, placed.first, placed.end - 1);
  const granted = words.some((word, at) => GRANTED.has(word) && !NOT_GRANTED.has(words[at - 1] ?? ''));
  const isOverturned = words.includes('overturned');
  const other = marks.some(
    (mark) => plays(mark, 'care', 'medication', 'drug') || (plays(mark, 'denial') && !isOverturned),
  );
  const named = filterMapped(marks, (mark) => sense(mark, 'procedure')?.code ?? sense(mark, 'action')?.code);
  return (
    granted &&
    !other &&
    !words.some((word) => ['if', 'unless', 'until'].includes(word)) &&
    named.every(isAblation)
  );
}

function isAblation(code: string): boolean {
  return code === 'ablation' || code.endsWith('-rfa');
}

/** Whether the sentences right behind a denial say that it was taken back. */
export function isTakenBack(sentences: readonly ClinicSentence[], denial: number): boolean {
  return sentences.slice(denial + 1, denial + 1 + NEAR).some(grants);
}

/**
 * A payer's refusal of an ablation: named in one sentence with the ablation, and with the payer unless nobody else says
 * so ("not covered").
 */
export function denialOfAblation(sentence: ClinicSentence): Span | undefined {
  const { marks } = sentence;
  const ablation = marks.find(namesAblation);
  const denial = marks.find(
    (mark) => plays(mark, 'denial') && !isNoDenial(sentence, mark) && !isDenialOfOther(sentence, mark),
  );
  const ofPayer = sense(denial, 'denial')?.properties.get('by') === 'payer';
  const payer =
    marks.find((mark) => plays(mark, 'payer')) ?? (ofPayer || isUpheld(sentence) ? denial : undefined);
  if (ablation === undefined || denial === undefined || payer === undefined) return undefined;
  if (grantedAfter(sentence, denial) || isWithoutPain(sentence, denial)) return undefined;
  const last = Math.max(ablation.last, denial.last, payer.last);
  return spanOf(sentence, Math.min(ablation.first, denial.first, payer.first), last);
}

const REASONS: ReadonlySet<string> = new Set('because since as given'.split(' '));
const GONE: ReadonlySet<string> = new Set('gone resolved free asymptomatic subsided remission'.split(' '));
const PAIN: ReadonlySet<string> = new Set('pain symptoms asymptomatic'.split(' '));
/** What a reviewer writes of the past, of relief and of records. */
const OF_ELSE: ReadonlySet<string> = new Set(
  'relief benefit effect prior previous records record notes documentation member only days weeks months'.split(
    ' ',
  ),
);
const ASKED: ReadonlySet<string> = new Set(
  'request requested appeal reviewer review claim member'.split(' '),
);
const STILL: ReadonlySet<string> = new Set('not no without never if until hardly'.split(' '));

/** "RFA is not medically necessary because the pain is gone": what a clinician finds, where no payer is named. */
function isWithoutPain(sentence: ClinicSentence, { last }: Mark): boolean {
  const { marks, placed } = sentence;
  if (marks.some((mark) => plays(mark, 'payer'))) return false;
  const behind = wordsOf(sentence, last + 1, placed.end - 1);
  const reason = behind.slice(behind.findIndex((word) => REASONS.has(word)) + 1);
  const gone = reason.some((word) => GONE.has(word)) && !reason.some((word) => STILL.has(word));
  const isOfPain = reason.some((word) => PAIN.has(word)) && !reason.some((word) => OF_ELSE.has(word));
  const asked = wordsOf(sentence, placed.first, last).some((word) => ASKED.has(word));
  return reason.length < behind.length && gone && isOfPain && !asked;
}

/** "Denial of RFA upheld": only a payer's denial is. */
function isUpheld(sentence: ClinicSentence): boolean {
  const { first, end } = sentence.placed;
  return wordsOf(sentence, first, end - 1).includes('upheld');
}

const OF_FACETS: ReadonlySet<string> = new Set(['facet', 'medial-branch', 'lumbar']);

/** "Facet rhizotomy denied": not the ablation that the pathway proposes, where the sentence names no other. */
export function isOfFacets({ marks }: ClinicSentence): boolean {
  const targets = filterMapped(marks, (mark) => sense(mark, 'target')?.code);
  const named = filterMapped(marks, (mark) => sense(mark, 'procedure')?.code);
  const ours = targets.some((code) => OWN_TARGETS.has(code)) || named.includes('sacral-lateral-branch-rfa');
  return !ours && (named.includes('facet-rfa') || targets.some((code) => OF_FACETS.has(code)));
}

/** "Prior SI RFA: No", where "Relief after SI RFA: no" denies the relief. */
export function answered(anchor: Anchor, { sentence, reliefs }: AnchoredSentence): MentionStatus | undefined {
  const { marks, tokens } = sentence;
  const denied = tokens[marks[anchor.first]?.first ?? 0]?.said === 'no';
  return denied && reliefs.size === 0 && !marks.some((mark) => plays(mark, 'relief'))
    ? 'not-done'
    : undefined;
}

const OTHER: ReadonlySet<string> = new Set(['other', 'opposite', 'contralateral']);
const MORE: ReadonlySet<string> = new Set(['further', 'more', 'additional', 'other']);
const SIDED: ReadonlySet<string> = new Set('side joint one si sij sacroiliac'.split(' '));

/** "the other side not injected": which side that is the words leave to what was told of before. */
export function isOfOtherSide(anchor: Anchor, { marks, tokens, placed }: ClinicSentence): boolean {
  // "No further injections.": of those to come, and of none told of before.
  if (anchor.is === 'action' && MORE.has(tokens[(marks[anchor.first]?.first ?? 0) - 1]?.text ?? ''))
    return true;
  let token = marks[anchor.last]?.first ?? 0;
  for (; token > placed.first && !CLAUSE_ENDS.has(tokens[token - 1]?.text ?? ''); token -= 1)
    if (OTHER.has(tokens[token - 1]?.text ?? '') && SIDED.has(tokens[token]?.text ?? '')) return true;
  return false;
}

/** Words by which a procedure told of before is meant, or the heading that tells what became of it. */
const MEANING_IT: ReadonlySet<string> = new Set(
  [
    'procedure case operation surgery treatment intervention it this that these they which patient pt she he',
    'status outcome result comment remark note reason',
  ].flatMap((words) => words.split(' ')),
);
/** Between a subject and "not carried out"; and what tells no subject. */
const AUXILIARY: ReadonlySet<string> = new Set(
  'the a her his was were is be been had has have to then therefore ultimately subsequently'.split(' '),
);
/** Words that a subject ends before, and that begin a clause without one: "Because of fever". */
const LEADING: ReadonlySet<string> = new Set(
  'for of under with during at on in after before because due given as since'.split(' '),
);
const HEADING_REACH = 6;

/** Tokens of the clause before a token, the heading of its line included. */
function clauseBefore({ tokens, placed }: ClinicSentence, end: number): { first: number; end: number } {
  const start = tokens[placed.first - 1]?.text === ':' ? placed.first - HEADING_REACH : placed.first;
  let first = end;
  while (first > Math.max(0, start)) {
    const token = tokens[first - 1];
    if (token === undefined || token.kind === 'newline' || CLAUSE_ENDS.has(token.text)) break;
    first -= 1;
  }
  return { first, end };
}

/** "Sedation was not carried out", "PT was postponed": the subject is none of the words that a procedure goes by. */
function isOfAnother(sentence: ClinicSentence, mark: Mark): boolean {
  const clause = clauseBefore(sentence, mark.first);
  const words = sentence.tokens.slice(clause.first, clause.end).filter(({ kind }) => kind === 'word');
  const ends = words.findIndex(({ text }) => LEADING.has(text));
  const subject = (ends < 0 ? words : words.slice(0, ends)).filter(({ text }) => !AUXILIARY.has(text));
  const named = sentence.marks.some(
    (one) => one.first >= clause.first && one.first < clause.end && plays(one, 'action', 'procedure'),
  );
  const { text } = sentence.document;
  const means = subject.some(
    (word) => MEANING_IT.has(word.text) && text.slice(word.start, word.end) !== 'PT',
  );
  return subject.length > 0 && !named && !means;
}

/** Phrases that name what was not begun, where "not carried out" leaves it to the words before. */
const NAMING: ReadonlySet<string> = new Set(['procedure', 'case', 'no']);

/** What a sentence says became of the procedure told of right before; undefined where it says so of nothing, or of another thing. */
export function endIn(sentence: ClinicSentence): 'stopped' | 'not-done' | undefined {
  for (const mark of sentence.marks) {
    const end = endOf(mark);
    const isNamed = end !== 'not-done' || NAMING.has(textAt(sentence, mark.first));
    if (end !== undefined && (isNamed || !isOfAnother(sentence, mark))) return end;
  }
  return undefined;
}

/** "Sedation was offered but he chose not to proceed": of that, and of nothing before. */
function saysOther(sentence: ClinicSentence, not: number): boolean {
  const words = wordsOf(sentence, sentence.placed.first, not);
  return words.some((word) => ['but', 'offered', 'sedation', 'refill'].includes(word));
}

/** What ends "elected not to proceed", where "not to proceed with surgery" goes on. */
const CLOSING: ReadonlySet<string> = new Set(['', '.', ',', ';', 'today', 'and', 'at', 'after', 'because']);

/** "He elected not to proceed today.", behind "He presents for an injection.": it was not begun. */
export function isCalledOff(sentence: ClinicSentence, told: Span): boolean {
  const { first, end } = sentence.placed;
  // "Fusion was discussed. She elected not to proceed.": of what was told right before.
  const between = sentence.document.text.slice(told.end, spanOf(sentence, first, first).start);
  if ((between.match(/[.;\n]/gu)?.length ?? 0) > 1) return false;
  for (let token = first + 2; token < end; token += 1) {
    const [not, to] = [textAt(sentence, token - 2), textAt(sentence, token - 1)];
    const proceeds = textAt(sentence, token) === 'proceed' && not === 'not' && to === 'to';
    if (proceeds && !saysOther(sentence, token - 2) && CLOSING.has(textAt(sentence, token + 1))) return true;
  }
  return false;
}
