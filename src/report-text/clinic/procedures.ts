import type { Concept } from '../code-system.js';
import { plays, playsAny, sense, wordsBetween, type Mark } from '../marks.js';
import { sideOf } from '../qualities.js';
import type { TextLaterality } from '../reading.js';
import { isKind, LUMBAR_KINDS, OF_NERVES, SACRAL_KINDS, type MentionKind } from './procedure-kinds.js';
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

/** An action without a target ("the block", "RFA"): speaks of a procedure named before. */
export interface BareAction {
  readonly action: string;
  readonly mark: number;
}

const PASSED: ReadonlySet<string> = new Set(
  [
    'level side technique list comma colon drug bracket ordinal-word number severity done care-continues',
  ].flatMap((roles) => roles.split(' ')),
);
const BESIDE: ReadonlySet<string> = new Set(
  [
    'level side technique list comma bracket target ordinal-word drug number done',
    'severity care-continues at-most at-least finite-verb',
  ].flatMap((roles) => roles.split(' ')),
);
const REACH = 4;
/** Words between an action and a place that a preposition ties to it. */
const OBJECT_REACH = 8;
const TYING: ReadonlySet<string> = new Set(['on', 'of', 'to', 'for', 'at', 'into']);
const EPIDURAL: ReadonlySet<string> = new Set(['epidural', 'esi', 'lesi', 'epidurals']);

class ProcedureFinder {
  private readonly sentence: ClinicSentence;
  private readonly marks: readonly Mark[];
  private readonly taken = new Set<number>();

  constructor(sentence: ClinicSentence) {
    this.sentence = sentence;
    this.marks = sentence.marks;
  }

  find(): { mentions: readonly ProcedureMention[]; bare: readonly BareAction[] } {
    const extents: { kind: MentionKind; first: number; last: number }[] = [];
    const bare: BareAction[] = [];
    for (const [index, mark] of this.marks.entries()) {
      if (this.taken.has(index)) continue;
      const named = this.named(index, mark);
      if (named !== undefined) {
        extents.push(named);
        for (let each = named.first; each <= named.last; each += 1) this.taken.add(each);
        continue;
      }
      const action = sense(mark, 'action');
      if (action !== undefined) bare.push({ action: action.code, mark: index });
    }
    extents.sort((a, b) => a.first - b.first);
    const mentions = extents.map((extent, at) =>
      this.withPlace(extent, extents[at - 1]?.last, extents[at + 1]?.first),
    );
    return { mentions, bare };
  }

  private named(index: number, mark: Mark): { kind: MentionKind; first: number; last: number } | undefined {
    const code = sense(mark, 'procedure')?.code;
    const epidural = code === 'other' && this.says(mark, EPIDURAL);
    const action = epidural ? 'injection' : sense(mark, 'action')?.code;
    const made = action === undefined ? undefined : this.atTarget(index, action);
    if (made !== undefined) return made;
    return isKind(code) ? { kind: code, first: index, last: this.absorbed(index) } : undefined;
  }

  private says(mark: Mark, words: ReadonlySet<string>): boolean {
    return this.sentence.tokens.slice(mark.first, mark.last + 1).some(({ text }) => words.has(text));
  }

  /** "transforaminal L5-S1 epidural steroid injection": the words behind are of the same procedure. */
  private absorbed(index: number): number {
    let last = index;
    for (let next = index + 1; next < this.marks.length && this.gap(next - 1, next) <= 1; next += 1) {
      const mark = this.marks[next];
      const same =
        plays(mark, 'action') ||
        (mark !== undefined && sense(mark, 'procedure')?.code === 'other' && this.says(mark, EPIDURAL));
      if (same) last = next;
      else if (!plays(mark, 'level', 'side', 'drug')) break;
    }
    return last;
  }

  private atTarget(
    index: number,
    action: string,
  ): { kind: MentionKind; first: number; last: number } | undefined {
    const left = this.search(index, -1);
    const leftKind = this.kindAt(left, action);
    if (left !== undefined && leftKind !== undefined) return { kind: leftKind, first: left, last: index };
    const right = this.search(index, 1);
    const rightKind = this.kindAt(right, action);
    if (right !== undefined && rightKind !== undefined) return { kind: rightKind, first: index, last: right };
    return this.atLevels(index, action) ?? this.ofTopic(index, action);
  }

  /** "right SIJ dysfunction, s/p cooled RFA": an ablation is of the one target that the sentence names. */
  private ofTopic(
    index: number,
    action: string,
  ): { kind: MentionKind; first: number; last: number } | undefined {
    if (action !== 'ablation' || sense(this.marks[index], 'procedure') !== undefined) return undefined;
    const targets = this.marks.flatMap((mark, at) => (plays(mark, 'target') && at < index ? [at] : []));
    const kinds = new Set(targets.map((target) => this.kindAt(target, action)));
    const [kind] = kinds;
    return kinds.size === 1 && isKind(kind) ? { kind, first: index, last: index } : undefined;
  }

  /** No target, but levels that leave no doubt: S2 and S3 have lateral branches only, a lumbar ablation is of facets. */
  private atLevels(
    index: number,
    action: string,
  ): { kind: MentionKind; first: number; last: number } | undefined {
    const from = this.reach(index, -1, -1);
    const to = this.reach(index, 1, this.marks.length);
    const groups = this.marks.slice(from, to + 1).flatMap(({ level }) => level ?? []);
    const vertebrae = new Set(groups.flatMap((group) => group.vertebrae));
    if (vertebrae.size === 0) return undefined;
    const sacral = vertebrae.has('S2') || vertebrae.has('S3');
    const kind = sacral ? SACRAL_KINDS.get(action) : LUMBAR_KINDS.get(action);
    return kind === undefined ? undefined : { kind, first: index, last: index };
  }

  private kindAt(target: number | undefined, action: string): MentionKind | undefined {
    const concept: Concept | undefined =
      target === undefined ? undefined : sense(this.marks[target], 'target');
    const kind = concept?.properties.get(action);
    return isKind(kind) ? kind : undefined;
  }

  private search(from: number, step: 1 | -1): number | undefined {
    for (let index = from + step; index >= 0 && index < this.marks.length; index += step) {
      const gap = this.gap(Math.min(index, index - step), Math.max(index, index - step));
      if (gap > (this.isObject(index, step) ? OBJECT_REACH : REACH) || this.taken.has(index))
        return undefined;
      const mark = this.marks[index];
      if (plays(mark, 'target')) return index;
      if (!playsAny(mark, PASSED) || (plays(mark, 'comma') && !this.besideLevel(index))) return undefined;
    }
    return undefined;
  }

  /** "the ablation we did last spring on her right SI joint": a preposition ties the place to the action. */
  private isObject(index: number, step: 1 | -1): boolean {
    const at = this.marks.findIndex((mark, each) => each >= index && !plays(mark, 'side', 'care-continues'));
    if (step < 0 || !plays(this.marks[at], 'target')) return false;
    const first = this.marks[plays(this.marks[at - 1], 'side') ? at - 1 : at]?.first ?? 0;
    return this.sentence.tokens.slice(Math.max(0, first - 2), first).some(({ text }) => TYING.has(text));
  }

  private besideLevel(index: number): boolean {
    return plays(this.marks[index - 1], 'level') || plays(this.marks[index + 1], 'level');
  }

  private gap(left: number, right: number): number {
    const [a, b] = [this.marks[left], this.marks[right]];
    return a === undefined || b === undefined ? Infinity : wordsBetween(this.sentence.tokens, a, b);
  }

  private withPlace(
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
      ['dorsal', 'ramus', 'medial'].includes(this.sentence.tokens[mark.last + 1]?.text ?? '')
    );
  }

  private sideIn(marks: readonly Mark[]): TextLaterality | undefined {
    const sides = new Set(marks.flatMap((mark) => sideOf(mark, this.sentence.tokens) ?? []));
    if (sides.has('bilateral') || (sides.has('left') && sides.has('right'))) return 'bilateral';
    return [...sides][0];
  }

  /** How far the words beside a procedure still speak of it. */
  private reach(from: number, step: 1 | -1, limit: number): number {
    let last = from;
    for (let index = from + step; index !== limit && index >= 0 && index < this.marks.length; index += step) {
      if (this.gap(Math.min(index, index - step), Math.max(index, index - step)) > REACH) break;
      if (!playsAny(this.marks[index], BESIDE)) break;
      last = index;
    }
    return last;
  }
}

function levelsIn(marks: readonly Mark[], kind: MentionKind): readonly string[] {
  const groups = marks.flatMap(({ level }) => level ?? []);
  const names = groups.flatMap((group) =>
    OF_NERVES.has(kind) || group.segments.length === 0 ? group.vertebrae : group.segments,
  );
  return [...new Set(names)];
}

/** The procedures a sentence names, with their levels and sides, and the actions that name no target. */
export function proceduresOf(sentence: ClinicSentence): {
  mentions: readonly ProcedureMention[];
  bare: readonly BareAction[];
} {
  return new ProcedureFinder(sentence).find();
}
