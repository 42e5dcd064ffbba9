import { allOf } from '../../lists.js';
import { leavesAspectOpen, turnsToNow } from './aspects.js';
import { asideBegin, asideEnd, beginsAnew, deniesOfBefore, leavesRest, tellsEnd } from './denial-asides.js';
import { clauseEnd, hasOwnState, isOfNormal, orEnd, questionEnd, takenUpAt } from './ends-of-denials.js';
import { tellsSize } from './sizes.js';
import { covers, type Scope } from './scopes.js';
import type { Mention } from '../marks/mention.js';
import { plays, playsAny, rolesIn, sense, wordsBetween, type Mark } from '../marks/marks.js';
import type { Token } from '../words/tokenise.js';

/** How a sentence puts a finding. */
export interface Assertion {
  readonly negated: boolean;
  readonly hypothetical: boolean;
  readonly historical: boolean;
  readonly uncertain: boolean;
  /** Nobody can tell whether a denial covers it. */
  readonly leftOpen: boolean;
}

const DENIABLE: ReadonlySet<string> = new Set(['finding', 'change', 'site', 'statement']);
/** Places of no finding: to deny a cyst is to deny something. */
const ELSEWHERE = 'elsewhere';
const HISTORY_REACH = 3;
const UNCERTAIN_REACH = 6;
/** Marks behind a finding in which it may still be doubted or put into the past. */
const BEHIND_REACH = 3;

export class Assertions {
  private readonly tokens: readonly Token[];
  private readonly marks: readonly Mark[];
  private readonly open: Scope[] = [];
  private readonly denied: readonly Scope[];
  private readonly deniedBehind: readonly Scope[];
  private readonly asked: readonly Scope[];
  /** The parts played in the sentence. */
  readonly roles: ReadonlySet<string>;

  constructor(tokens: readonly Token[], marks: readonly Mark[]) {
    this.tokens = tokens;
    this.marks = marks;
    this.roles = rolesIn(marks);
    this.denied = allOf(
      this.scopes('negation-before', (index) => this.denialEnd(index)),
      (scope) => this.takenUp(scope),
    );
    this.deniedBehind = this.backward('negation-after');
    this.asked = [
      ...this.scopes('hypothetical-before', (index) => questionEnd(tokens, marks, index)),
      ...this.scopes('family', (index) => questionEnd(tokens, marks, index)),
      ...this.backward('hypothetical-after'),
    ];
  }

  of(mention: Mention): Assertion {
    const { head } = mention;
    const first = Math.min(head, mention.site);
    const said = this.tokens[this.marks[head]?.first ?? 0]?.said;
    const negated = said === 'no' ? !mention.normal : this.isDenied(mention);
    return {
      negated,
      leftOpen: covers(this.open, head),
      hypothetical: said === 'open' || covers(this.asked, head),
      historical: this.isHistorical(first, head) && !(negated && tellsEnd(this.tokens, this.marks)),
      uncertain: this.isUncertain(first, head),
    };
  }

  private takenUp(scope: Scope): readonly Scope[] {
    const again = takenUpAt(this.tokens, this.marks, scope.to);
    if (again === undefined) return [scope];
    const rest = { from: again + 1, to: clauseEnd(this.marks, again) };
    if (isOfNormal(this.marks, again)) return [scope, rest];
    this.open.push(rest);
    return [scope];
  }

  private isDenied(mention: Mention): boolean {
    return mention.spared ? !mention.normal : this.isNegated(mention);
  }

  private isNegated({ head, normal }: Mention): boolean {
    if (normal) return !this.deniedDirectly(head);
    return covers(this.denied, head) || covers(this.deniedBehind, head);
  }

  /** Whether a denial before it covers a mark. */
  deniedAt(index: number): boolean {
    return covers(this.denied, index);
  }

  private scopes(role: string, end: (index: number) => number): readonly Scope[] {
    if (!this.roles.has(role)) return [];
    return allOf(this.marks, (mark, index) =>
      plays(mark, role) && !this.behindOnly(mark, index) ? [{ from: index + 1, to: end(index) }] : [],
    );
  }

  /** "none", "absent", "resolved" deny what precedes when nothing follows that they could deny. */
  private behindOnly(mark: Mark, index: number): boolean {
    if (!plays(mark, 'negation-after') || !plays(mark, 'negation-before')) return false;
    if (this.isConjunct(index)) return false;
    // "has resolved, with a residual bulge"
    if (plays(this.marks[index - 1], 'finite-verb') && plays(this.marks[index + 1], 'comma')) return true;
    return !this.marks.slice(index + 1, index + 4).some((next) => playsAny(next, DENIABLE));
  }

  /** "moderate on the right and none on the left": a denial of one side or level alone. */
  private isConjunct(index: number): boolean {
    return plays(this.marks[index - 1], 'list', 'comma') && plays(this.marks[index + 1], 'side', 'level');
  }

  /** A denial goes on through a list, and ends where something is said to be there. */
  private denialEnd(index: number): number {
    const aside = asideEnd(this.tokens, this.marks, index);
    if (aside !== undefined) return aside;
    const end = this.listEnd(index);
    const or = orEnd(this.tokens, this.marks, [index, end]);
    // What stands behind it may be there, or be one more of the list.
    if (or !== undefined && !or.isSure) this.open.push({ from: or.at, to: end });
    return or === undefined ? end : or.at - 1;
  }

  private listEnd(index: number): number {
    let seen = false;
    for (let at = index + 1; at < this.marks.length; at += 1) {
      const mark = this.marks[at];
      if (plays(mark, 'ends-scope', 'colon')) return at - 1;
      if (seen && sense(mark, 'change')?.properties.get('negates') === 'yes') return at - 1;
      if (seen && (this.affirms(at) || this.doubts(at) || leavesRest(this.tokens, this.marks[index], mark)))
        return at - 1;
      if (plays(mark, 'comma') && beginsAnew(this.tokens, mark?.last ?? 0)) return at - 1;
      seen ||= plays(mark, 'finding', 'change', 'statement') || sense(mark, 'site')?.code === ELSEWHERE;
    }
    return this.marks.length - 1;
  }

  /** At a comma, an "and" or a "with": does what follows say how bad something is, or have a verb of its own? */
  private affirms(at: number): boolean {
    const mark = this.marks[at];
    const joins = plays(mark, 'comma') || (plays(mark, 'list') && !this.says(mark, 'or'));
    const next = joins ? at + 1 : at;
    if (!joins && !this.follows(mark, 'with')) return false;
    const then = this.marks[next];
    if (joins && plays(then, 'list') && this.says(then, 'or')) return false;
    if (plays(then, 'severity', 'negation-before'))
      return plays(then, 'severity') && !this.alternativeAhead(next);
    if (plays(then, 'level') && joins)
      return plays(this.marks[next + 1], 'finding', 'colon', 'change', 'severity');
    if (joins && this.degenerates(next) && !this.alternativeAhead(next)) return true;
    const site = plays(then, 'side') ? next + 1 : next;
    return plays(this.marks[site], 'site') && hasOwnState(this.marks, site);
  }

  /** "no mets, ?spondylolysis": what is thought possible is not denied, where no "or" joins it. */
  private doubts(at: number): boolean {
    const before = this.marks[at - 1];
    const mark = this.marks[at];
    if (!plays(mark, 'uncertain-before') || this.alternativeAhead(at)) return false;
    return plays(before, 'comma') || this.says(mark, '?');
  }

  /** "no root compression, degenerated facets": a quality right before its place begins a statement. */
  private degenerates(index: number): boolean {
    const change = sense(this.marks[index], 'change')?.properties;
    const quality = change?.get('form') === 'quality' && change.get('negates') !== 'yes';
    return quality && plays(this.marks[index + 1], 'site');
  }

  private alternativeAhead(from: number): boolean {
    for (let at = from; at < this.marks.length; at += 1) {
      if (plays(this.marks[at], 'comma', 'ends-scope')) return false;
      if (plays(this.marks[at], 'list') && this.says(this.marks[at], 'or')) return true;
    }
    return false;
  }

  private says(mark: Mark | undefined, word: string): boolean {
    return mark !== undefined && this.tokens[mark.first]?.text === word;
  }

  private follows(mark: Mark | undefined, word: string): boolean {
    return mark !== undefined && this.tokens[mark.first - 1]?.text === word;
  }

  private backward(role: string): readonly Scope[] {
    if (!this.roles.has(role)) return [];
    return allOf(this.marks, (mark, index) =>
      plays(mark, role) &&
      !this.isConjunct(index) &&
      !deniesOfBefore(this.tokens, mark) &&
      !(role === 'hypothetical-after' && leavesAspectOpen(this.tokens, mark))
        ? [{ from: this.clauseStart(index), to: index - 1 }]
        : [],
    );
  }

  /** Back to the beginning of the clause; over a comma only within a list with "or". */
  private clauseStart(index: number): number {
    let alternative = false;
    for (let at = asideBegin(this.tokens, this.marks, index) - 1; at >= 0; at -= 1) {
      const mark = this.marks[at];
      alternative ||= plays(mark, 'list') && this.says(mark, 'or');
      if (plays(mark, 'ends-scope') || (plays(mark, 'comma') && !alternative)) return at + 1;
    }
    return 0;
  }

  /** "not adequate": a denial of the normal, right before it. */
  private deniedDirectly(head: number): boolean {
    const before = this.marks[head - 1];
    return plays(before, 'negation-before') && this.says(before, 'not');
  }

  private near(first: number, role: string, reach: number): boolean {
    const anchor = this.marks[first];
    if (!this.roles.has(role) || anchor === undefined) return false;
    for (let at = first - 1; at >= 0; at -= 1) {
      const mark = this.marks[at];
      if (mark === undefined || wordsBetween(this.tokens, mark, anchor) > reach) return false;
      if (plays(mark, role)) return role !== 'historical-before' || !turnsToNow(this.tokens, mark, anchor);
      if (plays(mark, 'comma', 'finding', 'ends-scope')) return false;
    }
    return false;
  }

  private behind(head: number, role: string): boolean {
    return (
      this.roles.has(role) &&
      this.marks
        .slice(head + 1, head + 1 + BEHIND_REACH)
        .some((mark) => plays(mark, role) && !tellsSize(this.tokens, mark))
    );
  }

  private isHistorical(first: number, head: number): boolean {
    return this.behind(head, 'historical-after') || this.near(first, 'historical-before', HISTORY_REACH);
  }

  private isUncertain(first: number, head: number): boolean {
    return this.behind(head, 'uncertain-after') || this.near(first, 'uncertain-before', UNCERTAIN_REACH);
  }
}
