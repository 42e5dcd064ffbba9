import { plays } from '../marks.js';
import { datesIn, type TextDate } from './dates.js';
import { actionFits, type MentionKind } from './procedure-kinds.js';
import { ofPatient } from './generality.js';
import type { ProcedureMention } from './procedure-place.js';
import { proceduresOf } from './procedures.js';
import { reliefsOf, type ReliefMention } from './relief.js';
import { givesScore, spanOf, textAt, type ClinicSentence } from './sentence.js';

/** What a relief or a date in a sentence can belong to: a procedure, an action that points back to one, or other care. */
export type Anchor =
  | {
      readonly is: 'procedure';
      readonly first: number;
      readonly last: number;
      readonly mention: ProcedureMention;
    }
  | { readonly is: 'action'; readonly first: number; readonly last: number; readonly action: string }
  | { readonly is: 'care'; readonly first: number; readonly last: number };

/** A sentence taken apart: anchors in order, and which relief and which dates belong to each. */
export interface AnchoredSentence {
  readonly sentence: ClinicSentence;
  readonly anchors: readonly Anchor[];
  readonly reliefs: ReadonlyMap<Anchor, readonly ReliefMention[]>;
  readonly dates: ReadonlyMap<Anchor, readonly TextDate[]>;
  /** Reliefs that no anchor in the sentence owns. */
  readonly untied: readonly ReliefMention[];
}

const LINKS: ReadonlySet<string> = new Set(['with', 'from', 'after', 'following', 'by', 'to', 'post']);
const BLOCKS: ReadonlySet<MentionKind> = new Set([
  'lateral-branch-block',
  'medial-branch-block',
  'si-joint-injection',
  'hip-injection',
  'other',
]);
const LINK_REACH = 8;
const ENDING: ReadonlySet<string> = new Set(['until', 'till', 'til']);
/** Characters before a date in which "until" can stand. */
const ENDING_REACH = 14;

function anchorsOf(sentence: ClinicSentence): readonly Anchor[] {
  const { mentions, bare } = proceduresOf(sentence);
  const covered = (index: number): boolean =>
    mentions.some(({ first, last }) => first <= index && index <= last);
  const care = sentence.marks.flatMap((mark, index): Anchor[] =>
    plays(mark, 'care', 'medication') && !covered(index) ? [{ is: 'care', first: index, last: index }] : [],
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

class Ties {
  private readonly sentence: ClinicSentence;
  private readonly anchors: readonly Anchor[];
  private readonly reliefs: readonly ReliefMention[];

  constructor(sentence: ClinicSentence, anchors: readonly Anchor[], reliefs: readonly ReliefMention[]) {
    this.sentence = sentence;
    this.anchors = anchors;
    this.reliefs = reliefs;
  }

  /** The anchor a relief belongs to: the one before it, unless "with", "from" or "after" ties it to the next. */
  ownerOf(relief: ReliefMention): Anchor | undefined {
    if (relief.ofBlockOnly) return this.blockBeside(relief);
    const before = this.anchors.findLast((anchor) => this.endOf(anchor) < relief.first);
    const after = this.anchors.find((anchor) => this.startOf(anchor) > relief.last);
    if (after === undefined) return before;
    const linked = this.isLinked(relief, after);
    if (before === undefined) return after;
    if (!linked) return before;
    const taken = this.reliefs.some(({ first }) => first > this.endOf(before) && first < relief.first);
    return taken || before.is === 'care' || this.parted(this.endOf(before), relief.first) ? after : before;
  }

  private blockBeside(relief: ReliefMention): Anchor | undefined {
    return this.anchors.find((anchor) => {
      if (anchor.is === 'care' || (anchor.is === 'procedure' && !BLOCKS.has(anchor.mention.kind)))
        return false;
      if (anchor.is === 'action' && anchor.action !== 'block') return false;
      const gap =
        this.startOf(anchor) > relief.last
          ? this.startOf(anchor) - relief.last
          : relief.first - this.endOf(anchor);
      return gap - this.bracketed(anchor, relief) <= LINK_REACH + 4;
    });
  }

  /** "MBBs (L3, L4 and L5, both sides) were negative": words in brackets part nothing. */
  private bracketed(anchor: Anchor, relief: ReliefMention): number {
    const { tokens } = this.sentence;
    let [depth, words] = [0, 0];
    for (let token = this.endOf(anchor) + 1; token < relief.first; token += 1) {
      if (tokens[token]?.text === '(') depth += 1;
      if (depth > 0) words += 1;
      if (tokens[token]?.text === ')') depth -= 1;
    }
    return words;
  }

  private startOf(anchor: Anchor): number {
    return this.sentence.marks[anchor.first]?.first ?? 0;
  }

  private endOf(anchor: Anchor): number {
    return this.sentence.marks[anchor.last]?.last ?? 0;
  }

  private isLinked(relief: ReliefMention, anchor: Anchor): boolean {
    const start = this.startOf(anchor);
    if (this.reliefs.some(({ first }) => first > relief.last && first < start)) return false;
    for (let token = relief.last + 1; token < start && token <= relief.last + LINK_REACH; token += 1) {
      if (LINKS.has(textAt(this.sentence, token))) return !this.parted(relief.last, start);
    }
    return false;
  }

  private parted(from: number, to: number): boolean {
    return this.sentence.marks.some(
      (mark) =>
        mark.first > from &&
        mark.last < to &&
        plays(mark, 'comma', 'ends-scope', 'list', 'planned', 'not-done'),
    );
  }

  /** "relief until spring 2024": when something ended. */
  private isEnd(date: TextDate): boolean {
    const { tokens, placed } = this.sentence;
    return tokens
      .slice(placed.first, placed.end)
      .some(
        ({ start, end, text }) => start < date.start && end >= date.start - ENDING_REACH && ENDING.has(text),
      );
  }

  /** A date behind a procedure is its own, unless a comma before it opens the next procedure. */
  ownerOfDate(date: TextDate): Anchor | undefined {
    const anchors = this.anchors.filter(({ is }) => is !== 'care');
    const offset = (token: number): number => this.sentence.tokens[token]?.start ?? 0;
    const before = anchors.findLast((anchor) => offset(this.endOf(anchor)) < date.start);
    const after = anchors.find((anchor) => offset(this.startOf(anchor)) >= date.end);
    if (this.isEnd(date)) return undefined;
    if (before === undefined || after === undefined) return before ?? after;
    const first = this.sentence.tokens.findIndex(
      ({ start }, index) => index >= this.sentence.placed.first && start >= date.start,
    );
    const back = ['on', 'in', 'then', 'and'].includes(textAt(this.sentence, first - 1))
      ? first - 2
      : first - 1;
    const opens =
      [',', 'and', 'then', ':'].includes(textAt(this.sentence, back)) ||
      textAt(this.sentence, first - 1) === 'then';
    return opens && this.startOf(after) - first <= LINK_REACH + 4 ? after : before;
  }
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
function speaksOfProcedures({ marks, tokens, placed }: ClinicSentence): boolean {
  const says = marks.some((mark) =>
    plays(mark, 'procedure', 'action', 'relief', 'relief-in-words', 'score', 'percent'),
  );
  return says || givesScore(tokens, placed);
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
function saysWhen({ tokens, placed }: ClinicSentence): boolean {
  const own = tokens.slice(placed.first, placed.end);
  const scores = own.filter((_, at) =>
    givesScore(tokens, { first: placed.first + at, end: placed.first + at + 1 }),
  );
  return scores.length >= DIARY_SCORES || own.some(({ text }) => WHEN.has(text));
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
        (relief.relief.computed === true && saysWhen(sentence)) ||
        sentence.marks.some((mark) => plays(mark, 'relief', 'relief-in-words', 'score', 'place'))),
  );
  const ties = new Ties(sentence, anchors, told);
  const reliefs = grouped(told, (relief) => ties.ownerOf(relief));
  const { start } = spanOf(sentence, sentence.placed.first, sentence.placed.first);
  const { end } = spanOf(sentence, sentence.placed.end - 1, sentence.placed.end - 1);
  const dates = grouped(datesIn(sentence.document.text, start, end), (date) => ties.ownerOfDate(date));
  const tied = new Set([...reliefs.values()].flat());
  return {
    sentence,
    anchors,
    reliefs,
    dates,
    untied: told.filter((relief) => !tied.has(relief) && !relief.ofBlockOnly),
  };
}

/** Whether an anchor can speak of a procedure of a kind. */
export function pointsTo(anchor: Anchor, kind: MentionKind): boolean {
  return anchor.is === 'action' && actionFits(anchor.action, kind);
}
