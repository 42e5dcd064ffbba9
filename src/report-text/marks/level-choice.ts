import { extent, type Mention } from './mention.js';
import { isOfSurgery, LOOKED_FOR_THROUGHOUT, saysWorst } from './level-words.js';
import { plays, playsAny, sense, wordsBetween, type Mark } from './marks.js';
import type { Token } from '../words/tokenise.js';

const AT_WORDS: ReadonlySet<string> = new Set([
  'at',
  'of',
  'in',
  'involving',
  'the',
  'level',
  'for',
  'on',
  'both',
  'from',
]);
const CARRYING: ReadonlySet<string> = new Set(['with', 'w', 'having']);
/** What may stand between a level and its finding: "L3-4 disc shows mild bulge". */
const BEFORE_FINDING: ReadonlySet<string> = new Set(
  'severity side acuity uncertain-before negation-before site shows finite-verb'.split(' '),
);

/**
 * Which of the groups of levels in a sentence each finding is at. Reports put levels before ("L4-5 protrusion"), behind
 * ("protrusion at L4-5") and both ways in one sentence.
 */
export class LevelChoice {
  private readonly tokens: readonly Token[];
  private readonly marks: readonly Mark[];
  private readonly mentions: readonly Mention[];
  private readonly negated: ReadonlySet<Mention>;
  private readonly hasContext: boolean;

  /** @param said.hasContext a heading or an earlier sentence has named a level that can stand in */
  constructor(
    tokens: readonly Token[],
    marks: readonly Mark[],
    said: {
      readonly mentions: readonly Mention[];
      readonly negated: ReadonlySet<Mention>;
      readonly hasContext: boolean;
    },
  ) {
    this.tokens = tokens;
    this.marks = marks;
    this.mentions = said.mentions;
    this.negated = said.negated;
    this.hasContext = said.hasContext;
  }

  /** Indexes of the marks, out of those usable for the finding, that say where a mention is; none when none does. */
  groupsOf(mention: Mention, usable: readonly number[]): readonly number[] {
    const [start, end] = extent(mention);
    const inside = usable.find((index) => index > start && index < end);
    if (inside !== undefined) return [inside];
    const before = usable.findLast((index) => index < start);
    const after = usable.find((index) => index > end);
    const chosen = this.refined(this.choose(mention, before, after), usable);
    return chosen === undefined ? [] : [chosen, ...this.addedTo(chosen, mention, usable)];
  }

  /** "in the lower lumbar spine, most notably at L5-S1": the level outweighs the region. */
  private refined(chosen: number | undefined, usable: readonly number[]): number | undefined {
    if (chosen === undefined || this.marks[chosen]?.level !== undefined) return chosen;
    const next = usable.find((index) => index > chosen);
    if (next === undefined || !this.isWorst(next)) return chosen;
    return this.mentions.some(({ head }) => head > chosen && head < next) ? chosen : next;
  }

  private choose(
    mention: Mention,
    before: number | undefined,
    after: number | undefined,
  ): number | undefined {
    if (after === undefined)
      return before === undefined || this.isAtLarge(before, mention) || this.deniedAtLarge(before, mention)
        ? undefined
        : before;
    if (before === undefined) return this.isOfAnother(mention, after) ? undefined : after;
    if (this.marks[before]?.level === undefined && this.isWorst(after)) return after;
    if (this.isRightBefore(before, mention) || this.isAlso(mention, after) || this.isWorst(after))
      return before;
    if (this.isCarried(before, mention, after) || (this.opens(before) && this.opens(after))) return before;
    if (this.isPre(after, true) || isOfSurgery(this.tokens, this.marks[after])) return before;
    return this.belongsTo(after, mention) ? after : before;
  }

  /** "a bulge at L4-5 and otherwise no stenosis": the rest of the spine is meant. */
  private isAtLarge(before: number, mention: Mention): boolean {
    return this.marks
      .slice(before + 1, extent(mention)[0])
      .some((mark) => this.tokens[mark.first]?.text === 'otherwise');
  }

  /** "arthropathy at L4-5, with no evidence of fracture": no fracture anywhere. */
  private deniedAtLarge(before: number, mention: Mention): boolean {
    if (!LOOKED_FOR_THROUGHOUT.has(mention.finding)) return false;
    const [first] = extent(mention);
    const denied = this.marks.slice(before + 1, first).some((mark) => plays(mark, 'negation-before'));
    return denied && this.mentions.some((other) => extent(other)[1] < before);
  }

  /** The level is the next clause's, or stands inside what is said of another place there. */
  private isOfAnother(mention: Mention, after: number): boolean {
    if (this.opensNextClause(mention, after)) return true;
    const [, end] = extent(mention);
    const comma = this.marks.findLastIndex(
      (mark, index) => index > end && index < after && plays(mark, 'comma', 'ends-scope'),
    );
    if (comma < 0) return false;
    if (this.negated.has(mention) && this.isOfPlace(comma, after)) return true;
    return this.mentions.some((other) => {
      const [first, last] = extent(other);
      const inside = first > end && first < after && after < last;
      const opposite = this.negated.has(other) !== this.negated.has(mention);
      return inside || (opposite && first > end && last < after);
    });
  }

  /** "no fracture, disc degeneration at L4-5": between a comma and a level only a place is named, no finding. */
  private isOfPlace(comma: number, group: number): boolean {
    const between = this.mentions.some(({ head }) => head > comma && head < group);
    return !between && this.marks.slice(comma + 1, group).some((mark) => plays(mark, 'site', 'change'));
  }

  /** "facet arthropathy, L4-5 protrusion": the level is the next finding's, where another can stand in for the first. */
  private opensNextClause(mention: Mention, after: number): boolean {
    const parted = this.marks
      .slice(extent(mention)[1] + 1, after)
      .some((mark) => plays(mark, 'comma', 'list'));
    return parted && this.isPre(after, false) && (this.hasContext || mention.finding === 'fracture');
  }

  /** "L5 pars defects", "L4-5 facet arthropathy". */
  private isRightBefore(group: number, mention: Mention): boolean {
    const mark = this.marks[group];
    const preposition = mark === undefined || AT_WORDS.has(this.tokens[mark.first - 1]?.text ?? '');
    return (
      !preposition && mark.level !== undefined && this.wordsTo(group, mention) === 0 && !this.isVerb(mention)
    );
  }

  /** Opens a clause: a comma, an "and" or another finding's own place stands before it, a finding right behind it. */
  private isPre(group: number, preBefore: boolean): boolean {
    const mark = this.marks[group];
    const next = this.mentions.find((mention) => extent(mention)[0] > group);
    if (mark === undefined || next === undefined) return false;
    const preposition = AT_WORDS.has(this.tokens[mark.first - 1]?.text ?? '');
    const joint = plays(this.marks[group - 1], 'side') ? group - 2 : group - 1;
    const opened = plays(this.marks[joint], 'comma', 'list', 'ends-scope') && this.gap(joint, joint + 1) <= 2;
    const beside = this.wordsTo(group, next) <= 1 && !this.isVerb(next);
    return opened ? beside || preposition : preBefore && beside && !preposition;
  }

  /** "degeneration L5-S1 with endplate changes, facet arthropathy at L4-5": "with" goes on about the level before it. */
  private isCarried(before: number, mention: Mention, after: number): boolean {
    const next = this.tokens[(this.marks[before]?.last ?? 0) + 1]?.text ?? '';
    return CARRYING.has(next) && this.mentions.some(({ head }) => head > mention.head && head < after);
  }

  /** "L3-4 stenosis, L4-5 status post fusion": levels that each begin a clause speak of what follows them. */
  private opens(group: number): boolean {
    const mark = this.marks[group];
    const next = this.tokens[(mark?.last ?? 0) + 1];
    const opened = group === 0 || plays(this.marks[group - 1], 'comma');
    return opened && (group === 0 || this.gap(group - 1, group) === 0) && next?.kind === 'word';
  }

  private isVerb(mention: Mention): boolean {
    return sense(this.marks[mention.head], 'change')?.properties.get('form') === 'verb';
  }

  /** Words between a level and the finding behind it; endless when more than its qualities stand between. */
  private wordsTo(group: number, mention: Mention): number {
    const [first] = extent(mention);
    let words = this.gap(group, group + 1);
    for (let index = group + 1; index < first; index += 1) {
      if (!playsAny(this.marks[index], BEFORE_FINDING)) return Infinity;
      words += this.gap(index, index + 1);
    }
    return words;
  }

  private gap(left: number, right: number): number {
    const [a, b] = [this.marks[left], this.marks[right]];
    return a === undefined || b === undefined ? Infinity : wordsBetween(this.tokens, a, b);
  }

  /** "..., as well as at L3-4" behind the mention, with no other finding between. */
  private isAlso(mention: Mention, group: number): boolean {
    const also = this.marks.findLastIndex(
      (mark, index) => index > extent(mention)[1] && index < group && plays(mark, 'also-at'),
    );
    return also >= 0 && !this.mentions.some(({ head }) => head > also && head < group);
  }

  private isWorst(group: number): boolean {
    return saysWorst(this.tokens, this.marks[group]);
  }

  /** A group behind takes the finding right before it, and those joined to that one in a list. */
  private belongsTo(group: number, mention: Mention): boolean {
    const between = this.mentions.some(
      (other) => extent(other)[1] < group && extent(other)[0] > mention.head,
    );
    if (!between) return true;
    let joined = false;
    for (const mark of this.marks.slice(extent(mention)[1] + 1, group)) {
      if (plays(mark, 'list', 'comma')) joined = true;
      else if (sense(mark, 'site')?.code === 'elsewhere') joined = false;
      else if (plays(mark, 'finding') || this.isNounChange(mark)) {
        if (!joined) return false;
        joined = false;
      } else if (!plays(mark, 'severity', 'side', 'site', 'acuity', 'negation-before')) return false;
    }
    return true;
  }

  private isNounChange(mark: Mark): boolean {
    return sense(mark, 'change')?.properties.get('form') === 'noun';
  }

  /** "... at L4-5, as well as to a lesser degree at L3-4": further groups that no finding of their own follows. */
  private addedTo(group: number, mention: Mention, usable: readonly number[]): readonly number[] {
    const added: number[] = [];
    let last = Math.max(group, ...extent(mention));
    for (const next of usable.filter((index) => index > last)) {
      const isLastFinding = !this.mentions.some(({ head }) => head > mention.head && head < next);
      const also = this.marks
        .slice(last + 1, next)
        .some((mark) => plays(mark, 'also-at', 'list', 'severity'));
      if (!also || !isLastFinding || this.isPre(next, false)) break;
      added.push(next);
      last = next;
    }
    return added;
  }
}
