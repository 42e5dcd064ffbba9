import { filterMapped, allOf } from '../../lists.js';
import { plays, playsAny, wordsBetween, type Mark } from '../marks/marks.js';
import { sideOf } from '../findings/qualities.js';
import type { TextLaterality } from '../reading.js';
import { OF_NERVES, type MentionKind } from './procedure-kinds.js';
import type { ClinicSentence } from './sentence.js';

/** A procedure named in a sentence. */
export interface ProcedureMention {
  readonly kind: MentionKind;
  /** Indexes of the first and last mark it is made of. */
  readonly first: number;
  readonly last: number;
  readonly levels: readonly string[];
  readonly laterality?: TextLaterality;
}

const BESIDE: ReadonlySet<string> = new Set(
  [
    'level side technique list comma bracket target ordinal-word drug number done',
    'severity care-continues at-most at-least finite-verb lesion-made',
  ].flatMap((roles) => roles.split(' ')),
);
/** Behind a side that belongs to what stands before it: "SIJ injection, right, in March". */
const FOLLOWS_SIDE: ReadonlySet<string> = new Set(
  'on in with at by x side sided and or only then performed done under using for from gave with'.split(' '),
);
const CLOSES_SIDE: ReadonlySet<string> = new Set(
  'number level relief relief-in-words done drug technique'.split(' '),
);
/** Words between a procedure and what is said of it. */
export const REACH = 4;

/** Where a procedure of a sentence was done. */
export class ProcedurePlace {
  private readonly sentence: ClinicSentence;
  private readonly marks: readonly Mark[];

  constructor(sentence: ClinicSentence) {
    this.sentence = sentence;
    this.marks = sentence.marks;
  }

  /** Words between two marks; endless where there is none. */
  gap(left: number, right: number): number {
    const [a, b] = [this.marks[left], this.marks[right]];
    return a === undefined || b === undefined ? Infinity : wordsBetween(this.sentence.tokens, a, b);
  }

  /** A procedure with the levels and the side that the words beside it give. */
  of(
    extent: { kind: MentionKind; first: number; last: number },
    before: number | undefined,
    next: number | undefined,
  ): ProcedureMention {
    const from = this.reach(extent.first, -1, before ?? -1);
    const to = this.reach(extent.last, 1, next ?? this.marks.length);
    const around = this.marks.slice(from, to + 1);
    const own = this.marks.slice(from, extent.last + 1);
    const laterality = this.sideIn(own) ?? this.sideIn(around);
    const levels = levelsIn(own, extent.kind);
    const ramus =
      levels.length > 0
        ? levelsIn(
            around.filter((mark) => this.isRamus(mark)),
            extent.kind,
          )
        : levelsIn(around, extent.kind);
    return {
      ...extent,
      levels: [...new Set([...levels, ...ramus])],
      ...(laterality !== undefined && { laterality }),
    };
  }

  /** "... and the L5 dorsal ramus" behind the lateral branches. */
  private isRamus(mark: Mark): boolean {
    return (
      mark.level !== undefined &&
      ['dorsal', 'ramus', 'medial', 'dr'].includes(this.sentence.tokens[mark.last + 1]?.text ?? '')
    );
  }

  private sideIn(marks: readonly Mark[]): TextLaterality | undefined {
    const sided = marks.filter((mark) => !this.isPronoun(mark));
    const sides = new Set(filterMapped(sided, (mark) => sideOf(mark, this.sentence.tokens)));
    if (sides.has('bilateral') || (sides.has('left') && sides.has('right'))) return 'bilateral';
    return [...sides][0];
  }

  /** "LBBs 11/25 and 12/25, both 80%": both blocks, not both sides. */
  private isPronoun(side: Mark): boolean {
    const { tokens } = this.sentence;
    if (side.first !== side.last || tokens[side.first]?.text !== 'both') return false;
    const next = this.marks[this.marks.indexOf(side) + 1];
    const names =
      next?.first === side.last + 1 && plays(next, 'target', 'action', 'procedure', 'technique', 'level');
    return !names && tokens[side.first - 1]?.text !== 'on';
  }

  /** "fusion 2016, left SI joint fusion", "and right THA": behind a comma or an "and" a side is of the words that follow it. */
  private opensNext(separator: number, limit: number): boolean {
    if (!plays(this.marks[separator], 'comma', 'list')) return false;
    let at = separator + 1;
    while (plays(this.marks[at], 'finite-verb', 'list')) at += 1;
    const side = this.marks[at];
    if (side === undefined || !plays(side, 'side')) return false;
    let behind = at + 1;
    while (behind < limit && plays(this.marks[behind], 'level', 'technique', 'target')) behind += 1;
    if (behind === limit && limit < this.marks.length) return true;
    // "and now has right-sided pain"
    if (plays(this.marks[at + 1], 'place') && this.gap(at, at + 1) <= 1) return true;
    const next = this.sentence.tokens[side.last + 1];
    const ends = side.last + 1 >= this.sentence.placed.end || next?.kind !== 'word';
    return !ends && !FOLLOWS_SIDE.has(next.text) && !playsAny(this.marks[at + 1], CLOSES_SIDE);
  }

  /** "on the left and right hip injection": before the "and" stands the side of the procedure before. */
  private isOfBefore(separator: number, first: number, limit: number): boolean {
    const isParted =
      plays(this.marks[separator], 'comma', 'list') && plays(this.marks[separator - 1], 'side');
    if (limit < 0 || !isParted) return false;
    return this.marks.slice(separator + 1, first).some((mark) => plays(mark, 'side'));
  }

  /** How far the words beside a procedure still speak of it. */
  reach(from: number, step: 1 | -1, limit: number): number {
    let last = from;
    for (let index = from + step; index !== limit && index >= 0 && index < this.marks.length; index += step) {
      if (this.gap(Math.min(index, index - step), Math.max(index, index - step)) > REACH) break;
      if (!playsAny(this.marks[index], BESIDE)) break;
      if (step > 0 ? this.opensNext(index, limit) : this.isOfBefore(index, from, limit)) break;
      last = index;
    }
    return last;
  }
}

function levelsIn(marks: readonly Mark[], kind: MentionKind): readonly string[] {
  const groups = filterMapped(marks, ({ level }) => level);
  const names = allOf(groups, (group) =>
    OF_NERVES.has(kind) || group.segments.length === 0 ? group.vertebrae : group.segments,
  );
  return [...new Set(names)];
}
