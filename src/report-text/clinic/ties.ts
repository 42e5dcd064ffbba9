import { plays } from '../marks/marks.js';
import type { TextDate } from '../words/dates.js';
import { NERVE_BLOCK, type MentionKind } from './procedure-kinds.js';
import type { ProcedureMention } from './procedure-place.js';
import type { ReliefMention } from './relief.js';
import { textAt, wordsOf, type ClinicSentence } from './sentence.js';

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

const LINKS: ReadonlySet<string> = new Set([
  'with',
  'from',
  'after',
  'following',
  'by',
  'to',
  'post',
  'since',
]);
const BLOCKS: ReadonlySet<MentionKind> = new Set([
  'lateral-branch-block',
  'medial-branch-block',
  'si-joint-injection',
  'hip-injection',
  'other',
]);
const BLOCK_ACTIONS: ReadonlySet<string> = new Set(['block', NERVE_BLOCK]);
/** Between two procedures, the second of which only tells when the first was done. */
const SINCE: ReadonlySet<string> = new Set(['after', 'following', 'since']);
const BESIDE: ReadonlySet<string> = new Set(
  'the her his their a si sij joint l r left right lumbar'.split(' '),
);
/** Between what was written and its date. */
const DATING: ReadonlySet<string> = new Set(['of', 'on', 'from', 'dated']);
const DOCUMENTS: ReadonlySet<string> = new Set(
  'letter note clinic visit appointment consultation email message referral seen reviewed mri dictated'.split(
    ' ',
  ),
);
/** Before the date of a day in brackets. */
const DAYS: ReadonlySet<string> = new Set(
  'today yesterday date on monday tuesday wednesday thursday friday saturday sunday'.split(' '),
);
/** The same, where they open a sentence: "Most recently (5/1/2025), right SIJ injection", not "MRI done recently (...)". */
const OPENING_TIMES: ReadonlySet<string> = new Set(
  'recently previously initially subsequently earlier later originally lastly'.split(' '),
);
const LINK_REACH = 8;
const NEXT: ReadonlySet<string> = new Set(['then', 'subsequently', 'next', 'later']);
const ENDING: ReadonlySet<string> = new Set(['until', 'till', 'til']);
/** Characters before a date in which "until" can stand. */
const ENDING_REACH = 14;

/** Ties reliefs and dates of a sentence to what they are of. */
export class Ties {
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
    const before = this.unlessReference(this.anchors.findLast((anchor) => this.endOf(anchor) < relief.first));
    const after = this.anchors.find((anchor) => this.startOf(anchor) > relief.last);
    const ofSide = this.ofItsSide(relief, before);
    if (ofSide !== undefined) return ofSide;
    if (after === undefined) return before;
    const linked = this.isLinked(relief, after);
    if (before === undefined)
      return linked || !this.leadsOn(relief.last, this.startOf(after)) ? after : undefined;
    if (!linked) return before;
    const taken = this.reliefs.some(({ first }) => first > this.endOf(before) && first < relief.first);
    return taken || before.is === 'care' || this.parted(this.endOf(before), relief.first) ? after : before;
  }

  /** "An SI injection after the fusion gave no relief": of the injection, which the fusion only dates. */
  private unlessReference(before: Anchor | undefined): Anchor | undefined {
    const earlier = before && this.anchors[this.anchors.indexOf(before) - 1];
    if (before === undefined || earlier?.is !== 'procedure') return before;
    const between = wordsOf(this.sentence, this.endOf(earlier) + 1, this.startOf(before) - 1);
    const dates =
      between.some((word) => SINCE.has(word)) && between.every((word) => SINCE.has(word) || BESIDE.has(word));
    return dates ? earlier : before;
  }

  /** "R block 2/2, L block 3/3: 65 % on the right": of the procedure of that side, not of the one right before. */
  private ofItsSide({ first, relief }: ReliefMention, before: Anchor | undefined): Anchor | undefined {
    const [side, ...more] = Object.keys(relief.bySide ?? {});
    if (side === undefined || more.length > 0 || before?.is !== 'procedure') return undefined;
    const { kind, laterality } = before.mention;
    if (laterality === undefined || laterality === 'bilateral' || laterality === side) return undefined;
    return this.anchors.findLast(
      (anchor) =>
        anchor.is === 'procedure' &&
        this.endOf(anchor) < first &&
        anchor.mention.kind === kind &&
        anchor.mention.laterality === side,
    );
  }

  private blockBeside(relief: ReliefMention): Anchor | undefined {
    return this.anchors.find((anchor) => {
      if (anchor.is === 'care' || (anchor.is === 'procedure' && !BLOCKS.has(anchor.mention.kind)))
        return false;
      if (anchor.is === 'action' && !BLOCK_ACTIONS.has(anchor.action)) return false;
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

  /** "65% for 4 weeks, then had a block": what came before is of the procedure told of before. */
  private leadsOn(from: number, to: number): boolean {
    for (let token = from + 1; token < to; token += 1)
      if (NEXT.has(textAt(this.sentence, token))) return true;
    return false;
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

  /** "PT (12 weeks, 2025), SIJ injection x2": in the bracket right behind other care. */
  private isOfCare(date: TextDate): boolean {
    const { tokens, placed } = this.sentence;
    return this.anchors.some((anchor) => {
      let token = this.endOf(anchor) + 1;
      const opens = tokens[token];
      if (anchor.is !== 'care' || opens?.text !== '(') return false;
      while (token < placed.end && tokens[token]?.text !== ')') token += 1;
      return opens.start < date.start && date.end <= (tokens[token]?.start ?? 0);
    });
  }

  /** "2 ESIs (6/2023, 9/2023), and one SIJ block": in a bracket behind something else, closed before what follows. */
  private isBracketed(date: TextDate, before: Anchor | undefined, limit: number): boolean {
    const { tokens, placed } = this.sentence;
    const own = tokens.slice(placed.first, placed.end);
    const opens = own.findLastIndex(({ text, start }) => text === '(' && start < date.start);
    const closes = own.findIndex(({ text, start }) => text === ')' && start >= date.end);
    const [lead, opening, closing] = [own[opens - 1], own[opens], own[closes]];
    const isTime = opens === (own[0]?.text === 'most' ? 2 : 1) && OPENING_TIMES.has(lead?.text ?? '');
    if (lead === undefined || opening === undefined || closing === undefined || closing.start > limit)
      return false;
    const isOpen = !own.slice(opens, closes).some(({ text }) => text === ')');
    const isBehind = before === undefined || opening.start >= (tokens[this.endOf(before)]?.end ?? 0);
    return isOpen && isBehind && lead.kind === 'word' && !DAYS.has(lead.text) && !isTime;
  }

  /** "Further to my letter of 7/1": when something was written or the patient seen. */
  private isOfDocument(date: TextDate): boolean {
    const { tokens, placed } = this.sentence;
    const begin = placed.first;
    let token = begin;
    while (token < placed.end && (tokens[token]?.start ?? 0) < date.start) token += 1;
    token -= 1;
    while (token > begin && DATING.has(textAt(this.sentence, token))) token -= 1;
    return DOCUMENTS.has(textAt(this.sentence, token));
  }

  /** A date behind a procedure is its own, unless a comma before it opens the next procedure. */
  ownerOfDate(date: TextDate): Anchor | undefined {
    const anchors = this.anchors.filter(({ is }) => is !== 'care');
    const offset = (token: number): number => this.sentence.tokens[token]?.start ?? 0;
    // A word that a heading lends to a line stands where the line begins.
    const before = anchors.findLast((anchor) => offset(this.endOf(anchor)) <= date.start);
    const after = anchors.find((anchor) => offset(this.startOf(anchor)) >= date.end);
    if (this.isEnd(date) || this.isOfCare(date) || this.isOfDocument(date)) return undefined;
    // "RFA 4/18/2024 (S1-S3 lateral branches)": among the words that name it.
    const around = anchors.find(
      (anchor) => offset(this.startOf(anchor)) < date.start && date.end <= offset(this.endOf(anchor)),
    );
    if (around !== undefined) return around;
    if (after !== undefined && this.isBracketed(date, before, offset(this.startOf(after)))) return before;
    if (before === undefined || after === undefined) return before ?? after;
    let { first } = this.sentence.placed;
    while (first < this.sentence.placed.end && offset(first) < date.start) first += 1;
    const back = ['on', 'in', 'then', 'and'].includes(textAt(this.sentence, first - 1))
      ? first - 2
      : first - 1;
    const opens =
      [',', 'and', 'then', ':', '.'].includes(textAt(this.sentence, back)) ||
      textAt(this.sentence, first - 1) === 'then';
    return opens && this.startOf(after) - first <= LINK_REACH + 4 ? after : before;
  }
}
