import { filterMapped, allOf } from '../../lists.js';
import type { Concept } from '../words/code-system.js';
import { plays, playsAny, sense, type Mark } from '../marks/marks.js';
import { givenTo } from './given-drugs.js';
import { AGAIN, isKind, LUMBAR_KINDS, SACRAL_KINDS, type MentionKind } from './procedure-kinds.js';
import { folded, namesNerves, ofJointNerves, ofPartNamed, ofRegion } from './nerve-mentions.js';
import { ProcedurePlace, REACH, type ProcedureMention } from './procedure-place.js';
import { bareCode, isOneOfSeveral } from './bare-actions.js';
import type { ClinicSentence } from './sentence.js';

/** An action without a target ("the block", "RFA"): speaks of a procedure named before. */
export interface BareAction {
  readonly action: string;
  readonly mark: number;
}

const PASSED: ReadonlySet<string> = new Set(
  [
    'level side technique list comma colon drug bracket ordinal-word number severity done care-continues lesion-made finite-verb negation-before not-done',
  ].flatMap((roles) => roles.split(' ')),
);
/** Words between an action and a place that a preposition ties to it. */
const OBJECT_REACH = 8;
const TYING: ReadonlySet<string> = new Set(
  'on of to for at into supplying innervating serving feeding'.split(' '),
);
/** Behind a place these make it a diagnosis: "right SIJ dysfunction, s/p RFA" does not say of what. */
const DIAGNOSES: ReadonlySet<string> = new Set(
  [
    'pain dysfunction disease arthropathy arthritis osteoarthritis arthrosis sacroiliitis syndrome degeneration',
    'djd oa problem symptom tenderness inflammation instability issue disorder mediated',
  ].flatMap((words) => words.split(' ')),
);
const SACRAL_BRANCHES: readonly string[] = ['S1', 'S2', 'S3'];
const EPIDURAL: ReadonlySet<string> = new Set(['epidural', 'esi', 'lesi', 'epidurals']);

class ProcedureFinder {
  private readonly sentence: ClinicSentence;
  private readonly marks: readonly Mark[];
  private readonly place: ProcedurePlace;
  private readonly taken = new Set<number>();

  constructor(sentence: ClinicSentence) {
    this.sentence = sentence;
    this.marks = sentence.marks;
    this.place = new ProcedurePlace(sentence);
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
      if (action !== undefined) bare.push({ action: bareCode(this.sentence, mark, action), mark: index });
      else if (isOneOfSeveral(this.sentence, mark)) bare.push({ action: AGAIN, mark: index });
    }
    extents.sort((a, b) => a.first - b.first);
    const mentions = extents.map((extent, at) => {
      const next = extents[at + 1]?.first;
      const placed = ofRegion(this.place.of(extent, extents[at - 1]?.last, next));
      return ofPartNamed(this.sentence, ofJointNerves(placed, this.marks, next ?? this.marks.length));
    });
    return { mentions: folded(mentions, this.marks), bare };
  }

  private named(index: number, mark: Mark): { kind: MentionKind; first: number; last: number } | undefined {
    const code = sense(mark, 'procedure')?.code;
    const epidural = code === 'other' && this.says(mark, EPIDURAL);
    const said = sense(mark, 'action');
    const action = epidural ? 'injection' : (said?.properties.get('class') ?? said?.code);
    const made = action === undefined ? this.given(index, mark) : this.atTarget(index, action);
    if (made !== undefined) return made;
    return isKind(code) ? { kind: code, first: index, last: this.absorbed(index) } : undefined;
  }

  /** A drug given to a target, in a sentence that names no action. */
  private given(index: number, mark: Mark): { kind: MentionKind; first: number; last: number } | undefined {
    if (!plays(mark, 'drug') || this.marks.some((each) => plays(each, 'action', 'procedure')))
      return undefined;
    return givenTo(this.sentence, index);
  }

  private says(mark: Mark, words: ReadonlySet<string>): boolean {
    return this.sentence.tokens.slice(mark.first, mark.last + 1).some(({ text }) => words.has(text));
  }

  /** "transforaminal L5-S1 epidural steroid injection": the words behind are of the same procedure. */
  private absorbed(index: number): number {
    let last = index;
    for (let next = index + 1; next < this.marks.length && this.place.gap(next - 1, next) <= 1; next += 1) {
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
    if (left !== undefined && leftKind !== undefined)
      return { kind: this.ofLevels(leftKind, index, action), first: left, last: index };
    const right = this.search(index, 1);
    const rightKind = this.kindAt(right, action);
    if (right !== undefined && rightKind !== undefined)
      return { kind: this.ofLevels(rightKind, index, action), first: index, last: right };
    return this.atLevels(index, action) ?? this.ofTopic(index, action);
  }

  /** "L5/S1/S2/S3 blocks for the SI joint": of the nerves of several levels, whatever they are done for. */
  private ofLevels(kind: MentionKind, index: number, action: string): MentionKind {
    if (kind !== 'si-joint-injection' || action !== 'block') return kind;
    const named = this.vertebraeBeside(index);
    return SACRAL_BRANCHES.filter((level) => named.has(level)).length > 1 ? 'lateral-branch-block' : kind;
  }

  /** "right SIJ dysfunction, s/p cooled RFA": an ablation is of the one target that the sentence names. */
  private ofTopic(
    index: number,
    action: string,
  ): { kind: MentionKind; first: number; last: number } | undefined {
    if (action !== 'ablation' || sense(this.marks[index], 'procedure') !== undefined) return undefined;
    const targets = allOf(this.marks, (mark, at) =>
      plays(mark, 'target') && at < index && !this.isDiagnosis(at) ? [at] : [],
    );
    const kinds = new Set(targets.map((target) => this.kindAt(target, action)));
    const [kind] = kinds;
    return kinds.size === 1 && isKind(kind) ? { kind, first: index, last: index } : undefined;
  }

  /** No target, but levels that leave no doubt: S2 and S3 have lateral branches only, a lumbar ablation is of facets. */
  private atLevels(
    index: number,
    action: string,
  ): { kind: MentionKind; first: number; last: number } | undefined {
    const vertebrae = this.vertebraeBeside(index);
    if (vertebrae.size === 0) return undefined;
    const sacral = vertebrae.has('S2') || vertebrae.has('S3');
    const kind = sacral ? SACRAL_KINDS.get(action) : LUMBAR_KINDS.get(action);
    return kind === undefined ? undefined : { kind, first: index, last: index };
  }

  private vertebraeBeside(index: number): ReadonlySet<string> {
    const from = this.place.reach(index, -1, -1);
    const to = this.place.reach(index, 1, this.marks.length);
    const groups = filterMapped(this.marks.slice(from, to + 1), ({ level }) => level);
    return new Set(allOf(groups, (group) => group.vertebrae));
  }

  private kindAt(target: number | undefined, action: string): MentionKind | undefined {
    const concept: Concept | undefined =
      target === undefined ? undefined : sense(this.marks[target], 'target');
    const kind = concept?.properties.get(action);
    const ofNerves = concept !== undefined && target !== undefined && namesNerves(this.sentence, target);
    const own = ofNerves && kind === 'si-joint-injection' ? 'lateral-branch-block' : kind;
    return isKind(own) ? own : undefined;
  }

  private search(from: number, step: 1 | -1): number | undefined {
    for (let index = from + step; index >= 0 && index < this.marks.length; index += step) {
      const gap = this.place.gap(Math.min(index, index - step), Math.max(index, index - step));
      if (gap > (this.isObject(index, step) ? OBJECT_REACH : REACH) || this.taken.has(index))
        return undefined;
      const mark = this.marks[index];
      if (plays(mark, 'target'))
        return this.isDiagnosis(index) && !this.isObject(index, step) ? undefined : this.nounOf(index);
      const parts =
        plays(mark, 'comma') &&
        !this.besideLevel(index) &&
        !this.isBracketed(from, index) &&
        !this.isTitle(from, index);
      if (!playsAny(mark, PASSED) || parts) return undefined;
    }
    return undefined;
  }

  /** "lumbar sympathetic chain": of two targets side by side the last is what the first tells the region of. */
  private nounOf(target: number): number {
    let noun = target;
    while (plays(this.marks[noun + 1], 'target') && this.place.gap(noun, noun + 1) === 0) noun += 1;
    return noun;
  }

  private isDiagnosis(target: number): boolean {
    const last = this.marks[target]?.last ?? 0;
    return [last, last + 1].some((token) => DIAGNOSES.has(this.sentence.tokens[token]?.text ?? ''));
  }

  /** "the ablation we did last spring on her right SI joint": a preposition ties the place to the action. */
  private isObject(index: number, step: 1 | -1): boolean {
    const at = this.marks.findIndex((mark, each) => each >= index && !plays(mark, 'side', 'care-continues'));
    if (step < 0 || !plays(this.marks[at], 'target')) return false;
    const first = this.marks[plays(this.marks[at - 1], 'side') ? at - 1 : at]?.first ?? 0;
    return this.sentence.tokens.slice(Math.max(0, first - 2), first).some(({ text }) => TYING.has(text));
  }

  /** "RFA (Jan 2024, left SIJ, standard)": inside a bracket right behind an action. */
  private isBracketed(action: number, index: number): boolean {
    const { tokens } = this.sentence;
    const [from, to] = [(this.marks[action]?.last ?? 0) + 1, this.marks[index]?.first ?? 0];
    const opens = tokens.slice(from, from + 3).some(({ text }) => text === '(');
    return opens && !tokens.slice(from, to).some(({ text }) => text === ')');
  }

  /** "Procedure: RADIOFREQUENCY ABLATION, LATERAL BRANCH NERVES": the target behind the comma of a title. */
  private isTitle(action: number, comma: number): boolean {
    const [mark, next] = [this.marks[action], this.marks[comma + 1]];
    const { tokens, placed } = this.sentence;
    const opens = mark?.first === placed.first || tokens[(mark?.first ?? 0) - 1]?.text === ':';
    const names = plays(next, 'target') || (plays(next, 'side') && plays(this.marks[comma + 2], 'target'));
    return opens && comma === action + 1 && names && this.place.gap(comma, comma + 1) === 0;
  }

  private besideLevel(index: number): boolean {
    return plays(this.marks[index - 1], 'level') || plays(this.marks[index + 1], 'level');
  }
}

/** The procedures a sentence names, with their levels and sides, and the actions that name no target. */
export function proceduresOf(sentence: ClinicSentence): {
  mentions: readonly ProcedureMention[];
  bare: readonly BareAction[];
} {
  return new ProcedureFinder(sentence).find();
}
