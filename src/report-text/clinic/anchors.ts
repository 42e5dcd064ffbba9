import { allOf } from '../../lists.js';
import { plays, playsAny, type Mark } from '../marks/marks.js';
import { datesIn, type TextDate } from '../words/dates.js';
import { actionFits, type MentionKind } from './procedure-kinds.js';
import { ofPatient } from './generality.js';
import { proceduresOf } from './procedures.js';
import { reliefsOf, type ReliefMention } from './relief.js';
import { Ties, type Anchor } from './ties.js';
import { ARROWS, labelsTimes } from './scores.js';
import { givesScore, isPatient, spanOf, type ClinicSentence } from './sentence.js';

export type { Anchor } from './ties.js';

/** "1/10/2025: had an injection on 12/15/2024": behind a date of its own, what stands before a colon dates the entry. */
function withoutEntryDate(
  { document, tokens, marks }: ClinicSentence,
  anchor: Anchor,
  dates: readonly TextDate[],
): TextDate[] {
  const begin = tokens[marks[anchor.first]?.first ?? 0]?.start ?? 0;
  const [first, ...more] = dates;
  const leads = first !== undefined && more.some(({ start }) => start > begin);
  const entry = leads && /^[^;.]*[):][^;.]*$/u.test(document.text.slice(first.end, begin));
  return entry && document.text.slice(first.end, begin).includes(':') ? more : [...dates];
}

/** "Telephone encounter 2/20/2026: injection did nothing": on that day it was told of, and nothing was done. */
const OF_CALL = /\b(?:(?:tele)?phone|call(?:ed|s)?|phoned|spoke|message|portal|e-?mail|letter)\b[^.:;]*$/iu;
const BEHIND_CALL = /^[)\s]*:/u;
/** "better than the one of 1/5/2026": of another than the one told of. */
const COMPARES = /\b(?:than|compared (?:to|with)|versus|vs\.?|unlike)\s(?:[^\s,;]+\s){0,5}$/iu;

/** "provided 80% relief, and repeat is planned for 3/4/2027": the day of one to come. */
const OF_NEXT = /\b(?:repeat|next|another)\b[^,;.]*\b(?:planned|scheduled|booked)\s(?:(?:for|on)\s)?$/iu;

/** Without the days of what is not told of here. */
function withoutOtherDays(sentence: ClinicSentence, anchor: Anchor, dates: readonly TextDate[]): TextDate[] {
  const { document, tokens, marks, placed } = sentence;
  const begin = tokens[placed.first]?.start ?? 0;
  const named = tokens[marks[anchor.first]?.first ?? 0]?.start ?? 0;
  return withoutEntryDate(sentence, anchor, dates).filter(({ start, end }) => {
    const before = document.text.slice(begin, start);
    if (end <= named) return !(OF_CALL.test(before) && BEHIND_CALL.test(document.text.slice(end, named)));
    const between = document.text.slice(named, start);
    return !COMPARES.test(between) && !OF_NEXT.test(between);
  });
}

/** A sentence taken apart: anchors in order, and which relief and which dates belong to each. */
export interface AnchoredSentence {
  readonly sentence: ClinicSentence;
  readonly anchors: readonly Anchor[];
  readonly reliefs: ReadonlyMap<Anchor, readonly ReliefMention[]>;
  readonly dates: ReadonlyMap<Anchor, readonly TextDate[]>;
  /** Reliefs that no anchor in the sentence owns. */
  readonly untied: readonly ReliefMention[];
  /** Those of them that stand before its anchors: of what was told of before. */
  readonly leading: readonly ReliefMention[];
}

function anchorsOf(sentence: ClinicSentence): readonly Anchor[] {
  const { mentions, bare } = proceduresOf(sentence);
  const covered = (index: number): boolean =>
    mentions.some(({ first, last }) => first <= index && index <= last);
  const care = allOf(sentence.marks, (mark, index): Anchor[] =>
    plays(mark, 'care', 'other-care', 'medication') && !covered(index) && !isPatient(sentence, mark)
      ? [{ is: 'care', first: index, last: index }]
      : [],
  );
  return [
    ...mentions.map((mention): Anchor => ({
      is: 'procedure',
      first: mention.first,
      last: mention.last,
      mention,
    })),
    ...bare
      .filter(({ mark }) => !covered(mark))
      .map(({ action, mark }): Anchor => ({ is: 'action', first: mark, last: mark, action })),
    ...care,
  ].sort((a, b) => a.first - b.first);
}

function grouped<T>(items: readonly T[], owner: (item: T) => Anchor | undefined): Map<Anchor, T[]> {
  const groups = new Map<Anchor, T[]>();
  for (const item of items) {
    const anchor = owner(item);
    if (anchor !== undefined) groups.set(anchor, [...(groups.get(anchor) ?? []), item]);
  }
  return groups;
}

/** Whether a sentence can hold a relief at all: cheap, and true of few sentences of an imaging report. */
function speaksOfProcedures(sentence: ClinicSentence): boolean {
  const { marks, tokens, placed } = sentence;
  const says = marks.some((mark) =>
    plays(mark, 'procedure', 'action', 'relief', 'relief-in-words', 'score', 'percent'),
  );
  return says || givesScore(tokens, placed) || givesDrug(marks) || labelsTimes(sentence);
}

/** A drug and a place it may be given to. */
function givesDrug(marks: readonly Mark[]): boolean {
  return marks.some((mark) => plays(mark, 'drug')) && marks.some((mark) => plays(mark, 'target'));
}

const WHEN: ReadonlySet<string> = new Set([
  'was',
  'were',
  'been',
  'now',
  'is',
  'are',
  'went',
  'dropped',
  'fell',
]);

/** Scores of a diary in one line: dates do not come by the three. */
const DIARY_SCORES = 3;

/** "Sitting, which had been 8/10, was now 2/10": a score of two times, where 8/10 and 2/10 alone may be dates. */
function saysWhen(sentence: ClinicSentence): boolean {
  const { tokens, placed } = sentence;
  const own = tokens.slice(placed.first, placed.end);
  const scores = own.filter((_, at) =>
    givesScore(tokens, { first: placed.first + at, end: placed.first + at + 1 }),
  );
  // "8/10 → 0/10": an arrow joins no dates.
  if (scores.length === 2 && own.some(({ text }) => ARROWS.has(text))) return true;
  return scores.length >= DIARY_SCORES || own.some(({ text }) => WHEN.has(text)) || labelsTimes(sentence);
}

/** "The first 4 hours were 100%": nothing but an anaesthetic is told of in shares and hours. */
function isOfHours({ relief: { duration } }: ReliefMention): boolean {
  return duration?.startsWith('PT') === true;
}

/** A sentence with its reliefs and dates tied to what they are of; undefined when it speaks of no procedure or relief. */
export function anchored(sentence: ClinicSentence): AnchoredSentence | undefined {
  if (!speaksOfProcedures(sentence)) return undefined;
  const own = ofPatient(sentence);
  const anchors = anchorsOf(sentence).filter(({ first }) => own(sentence.marks[first] ?? { first }));
  const told = reliefsOf(sentence).filter(
    (relief) =>
      own(relief) &&
      (relief.ofBlockOnly ||
        anchors.length > 0 ||
        relief.relief.bySide !== undefined ||
        isOfHours(relief) ||
        (relief.relief.computed === true && saysWhen(sentence)) ||
        sentence.marks.some((mark) => plays(mark, 'relief', 'relief-in-words', 'score', 'place'))),
  );
  const ties = new Ties(sentence, anchors, told);
  const reliefs = grouped(told, (relief) => ties.ownerOf(relief));
  const { start } = spanOf(sentence, sentence.placed.first, sentence.placed.first);
  const { end } = spanOf(sentence, sentence.placed.end - 1, sentence.placed.end - 1);
  const dates = grouped(datesIn(sentence.document, start, end), (date) => ties.ownerOfDate(date));
  for (const [anchor, own] of dates) dates.set(anchor, withoutOtherDays(sentence, anchor, own));
  const tied = new Set([...reliefs.values()].flat());
  const untied = told.filter((relief) => !tied.has(relief) && !relief.ofBlockOnly);
  const begin = sentence.marks[anchors[0]?.first ?? Infinity]?.first ?? -1;
  return {
    sentence,
    anchors,
    reliefs,
    dates,
    untied: untied.filter(({ last }) => last >= begin),
    leading: untied.filter(({ last }) => last < begin),
  };
}

const NAMING: ReadonlySet<string> = new Set(['procedure', 'action', 'technique']);

/** What is not named is not told of: without a procedure or an action a relief or a date has no owner. */
export function namesProcedure({ speaks, marks }: ClinicSentence): boolean {
  return speaks && (marks.some((mark) => playsAny(mark, NAMING)) || givesDrug(marks));
}

/** Whether an anchor can speak of a procedure of a kind. */
export function pointsTo(anchor: Anchor, kind: MentionKind): boolean {
  return anchor.is === 'action' && actionFits(anchor.action, kind);
}
