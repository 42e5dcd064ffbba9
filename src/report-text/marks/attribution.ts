import { allOf } from '../../lists.js';
import { exceptionIn, withoutExcepted } from './exceptions.js';
import { LevelChoice } from './level-choice.js';
import { LOOKED_FOR_THROUGHOUT, OF_THE_SPINE_AS_A_WHOLE } from './level-words.js';
import type { LevelGroup } from '../levels/levels.js';
import { extent, type Mention } from './mention.js';
import { plays, type Mark } from './marks.js';
import { segmentAbove, segmentBelow } from '../levels/spine.js';
import type { Token } from '../words/tokenise.js';

/** Findings of a vertebra: their levels are vertebrae, at times segments. All others have segments only. */
const OF_VERTEBRA: ReadonlySet<string> = new Set(['fracture', 'tumor-or-infection', 'pars-defect']);
const ENDPLATE_REACH = 4;
const BOUNDS: ReadonlySet<string> = new Set(['from', 'between', '(', ',']);

/** The level that lines and sentences before hand on. */
export interface LevelContext {
  /** Of a heading ("L5-S1:"): for all lines below it. */
  readonly heading: LevelGroup | undefined;
  /** Of an earlier sentence in the same line. */
  readonly before: LevelGroup | undefined;
  /** Of the last sentence that named one, in whatever line: "at this level" points to it. */
  readonly named: LevelGroup | undefined;
  /** The sentence that named `before` began with it ("At L4-5 there is ..."). */
  readonly beforeIsSubject: boolean;
}

export class Levels {
  private readonly tokens: readonly Token[];
  private readonly marks: readonly Mark[];
  private readonly context: LevelContext;
  private readonly usable = new Map<string, readonly number[]>();

  constructor(tokens: readonly Token[], marks: readonly Mark[], context: LevelContext) {
    this.tokens = tokens;
    this.marks = marks;
    this.context = context;
  }

  /** Levels of each mention, in the order given; [null] where the text names none. */
  of(mentions: readonly Mention[], negated: ReadonlySet<Mention>): readonly (readonly (string | null)[])[] {
    const { heading, before } = this.context;
    const hasContext = heading !== undefined || before !== undefined;
    const choice = new LevelChoice(this.tokens, this.marks, { mentions, negated, hasContext });
    const denied = new Set([...negated].map(({ finding }) => finding));
    const slips = denied.has('pars-defect') && denied.has('spondylolisthesis');
    const atLarge = slips || [...denied].some((finding) => OF_THE_SPINE_AS_A_WHOLE.has(finding));
    const exception = exceptionIn(this.marks);
    return mentions.map((mention) => {
      const all = this.usableGroups(mention.finding);
      const usable =
        exception === undefined ? all : withoutExcepted(all, mention, { marks: this.marks, exception });
      const groups = choice.groupsOf(mention, usable);
      const named = new Set(allOf(groups, (index) => this.named(index, mention)));
      const levels =
        groups.length > 0 ? [...named] : this.fromContext(mention, negated.has(mention), atLarge);
      return levels.length === 0 ? [null] : levels;
    });
  }

  /** Marks that name levels in a form the finding can be at, and those that say it is at none in particular. */
  private usableGroups(finding: string): readonly number[] {
    const before = this.usable.get(finding);
    if (before !== undefined) return before;
    const groups: number[] = [];
    for (const [index, mark] of this.marks.entries()) {
      const named = mark.level !== undefined && levelNames(mark.level, finding).length > 0;
      if (named || (plays(mark, 'no-level') && !this.isBounded(index))) groups.push(index);
    }
    this.usable.set(finding, groups);
    return groups;
  }

  /** "at all levels from L2 to S1": the levels are named. */
  private isBounded(index: number): boolean {
    const [mark, next] = [this.marks[index], this.marks[index + 1]];
    if (mark === undefined || next?.level === undefined) return false;
    return next.first - mark.last <= 2 && BOUNDS.has(this.tokens[mark.last + 1]?.text ?? '');
  }

  private named(index: number, mention: Mention): readonly string[] {
    const level = this.marks[index]?.level;
    if (level === undefined) return [];
    const beside = mention.finding === 'endplate-change' && level.segments.length === 0;
    return beside
      ? this.besideEndplate(mention, level, this.marks[index])
      : levelNames(level, mention.finding);
  }

  /** The inferior endplate of L4 and the superior one of L5 face the disc L4-L5. */
  private besideEndplate(mention: Mention, level: LevelGroup, at: Mark | undefined): readonly string[] {
    const [only, second] = level.vertebrae;
    if (only === undefined) return [];
    if (second !== undefined) return levelNames(level, 'endplate-change');
    const [first, last] = extent(mention).map((index) => this.marks[index]);
    const from = Math.max(0, (first?.first ?? 0) - ENDPLATE_REACH);
    const to = Math.max(last?.last ?? 0, (at?.last ?? 0) + 1);
    const words = new Set(this.tokens.slice(from, to + 1).map(({ text }) => text));
    if (words.has('superior')) return listed(segmentAbove(only));
    return words.has('inferior') ? listed(segmentBelow(only)) : [];
  }

  /** "..., otherwise the foramina are patent": not at the level before. */
  private isAtLarge(mention: Mention): boolean {
    return this.marks
      .slice(0, extent(mention)[0])
      .some((mark) => this.tokens[mark.first]?.text === 'otherwise');
  }

  /**
   * A heading hands its level to all below it. A sentence hands it on to what the next one finds; what the next one
   * denies is meant at large, unless the sentence before was about that level from its beginning. So is that of a pars
   * defect or a slip in a sentence of its own, which are looked for in the whole spine, and a denial beside
   * that of a fracture ("No fracture or spondylolisthesis."), and of pars and slip at once, even below a heading.
   */
  private fromContext(mention: Mention, negated: boolean, atLarge: boolean): readonly string[] {
    const { heading, before, named, beforeIsSubject } = this.context;
    const pointedTo = before ?? heading ?? named;
    if (pointedTo !== undefined && this.marks.some((mark) => plays(mark, 'at-this-level')))
      return levelNames(pointedTo, mention.finding);
    if (negated && atLarge) return [];
    if (heading !== undefined) return levelNames(heading, mention.finding);
    if (before === undefined || before.segments.length === 0 || this.isAtLarge(mention)) return [];
    if (OF_THE_SPINE_AS_A_WHOLE.has(mention.finding)) return [];
    if (negated && (!beforeIsSubject || LOOKED_FOR_THROUGHOUT.has(mention.finding))) return [];
    return levelNames(before, mention.finding);
  }
}

/** The levels of a group in the form that suits a finding: vertebrae for a fracture, segments for a disc. */
export function levelNames(group: LevelGroup, finding: string): readonly string[] {
  if (finding === 'hip-or-si-pathology') return [];
  if (finding === 'fracture') return group.vertebrae;
  if (group.segments.length > 0) return group.segments;
  if (OF_VERTEBRA.has(finding)) return group.vertebrae;
  if (finding === 'endplate-change') return facingSegments(group.vertebrae);
  return finding === 'spondylolisthesis' ? slipLevel(group) : [];
}

function listed(segment: string | undefined): readonly string[] {
  return segment === undefined ? [] : [segment];
}

/** "L4 and L5 endplates": those that face the disc between. */
function facingSegments(vertebrae: readonly string[]): readonly string[] {
  const segments = allOf(vertebrae.slice(1), (lower, index) => {
    const segment = segmentAbove(lower);
    return segment === `${vertebrae[index] ?? ''}-${lower}` ? [segment] : [];
  });
  return segments.length > 0 ? segments : allOf(vertebrae.slice(0, 1), (only) => listed(segmentBelow(only)));
}

/** "anterolisthesis of L4": L4 on L5. */
function slipLevel({ vertebrae }: LevelGroup): readonly string[] {
  const [only, second] = vertebrae;
  return only === undefined || second !== undefined ? [] : listed(segmentBelow(only));
}
