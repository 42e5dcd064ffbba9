import { plays, playsAny, sense, wordsBetween, type Mark } from './marks.js';
import type { Token } from '../words/tokenise.js';

const ADJECTIVES: ReadonlySet<string> = new Set([
  'foraminal',
  'neuroforaminal',
  'facetal',
  'neural',
  'radicular',
]);
/** Codes of places that are places only right beside a narrowing ("central or foraminal stenosis"). */
const WEAK_SITE = 'central';
/** Between a verb and what it says of a place. */
const BEHIND_VERB: ReadonlySet<string> = new Set(
  'severity negation-before uncertain-before side finite-verb'.split(' '),
);
const WITHIN: ReadonlySet<string> = new Set(['in', 'within', 'inside', 'at']);

/** Between a change and the places it is in. */
const OF: ReadonlySet<string> = new Set(['of', 'in', 'on', 'upon', 'involving', 'affecting']);

/** What stands around the places and changes of a sentence, by the indexes of their marks. */
export class SiteNeighbours {
  private readonly tokens: readonly Token[];
  private readonly marks: readonly Mark[];

  constructor(tokens: readonly Token[], marks: readonly Mark[]) {
    this.tokens = tokens;
    this.marks = marks;
  }

  between(left: number, right: number): number {
    const [a, b] = [this.marks[left], this.marks[right]];
    return a === undefined || b === undefined ? Infinity : wordsBetween(this.tokens, a, b);
  }

  /** The first word of a mark; '' where there is none. */
  textOf(index: number): string {
    const mark = this.marks[index];
    return mark === undefined ? '' : (this.tokens[mark.first]?.text ?? '');
  }

  isWeak(site: number): boolean {
    return sense(this.marks[site], 'site')?.code === WEAK_SITE;
  }

  /** "small foraminal cyst": the small thing is the cyst. */
  isAdjective(site: number): boolean {
    return ADJECTIVES.has(this.tokens[this.marks[site]?.last ?? 0]?.text ?? '');
  }

  /** The place belongs to the words behind it: "foraminal narrowing", "the canal is patent". */
  claimedByNext(site: number): boolean {
    for (let index = site + 1; index < this.marks.length; index += 1) {
      if (this.between(index - 1, index) > 0) return false;
      const mark = this.marks[index];
      const form = sense(mark, 'change')?.properties.get('form');
      if (form !== undefined) return form === 'noun';
      if (plays(mark, 'finite-verb')) return this.saysMore(index);
      if (!plays(mark, 'side', 'severity', 'level')) return false;
    }
    return false;
  }

  /** "is patent", "are not narrowed", where "are seen" says nothing of a place. */
  saysMore(verb: number): boolean {
    const next = this.marks.slice(verb + 1).find((mark) => !playsAny(mark, BEHIND_VERB));
    return plays(next, 'change');
  }

  slashBetween(left: number, right: number): boolean {
    const [a, b] = [this.marks[left], this.marks[right]];
    return (
      a !== undefined && b !== undefined && b.first === a.last + 2 && this.tokens[a.last + 1]?.text === '/'
    );
  }

  /** "the root within the foramen is compressed": what is said is said of the root. */
  heldIn(place: number): number | undefined {
    let before = place - 1;
    while (plays(this.marks[before], 'side', 'level')) before -= 1;
    if (!plays(this.marks[before], 'site')) return undefined;
    const [from, to] = [(this.marks[before]?.last ?? 0) + 1, this.marks[place]?.first ?? 0];
    return this.tokens.slice(from, to).some(({ text }) => WITHIN.has(text)) ? before : undefined;
  }

  /** "narrowing of the left L4-5 and right L5-S1 foramina": an "and" between two sides or levels of one place. */
  joinsPlaces(change: number, index: number): boolean {
    const isPart = (mark: Mark | undefined): boolean => plays(mark, 'side', 'level');
    if (!plays(this.marks[index], 'list') || !isPart(this.marks[index - 1]) || !isPart(this.marks[index + 1]))
      return false;
    const last = this.marks[change]?.last ?? 0;
    const of = [last, last + 1].some((at) => OF.has(this.tokens[at]?.text ?? ''));
    return of && this.marks.slice(change + 1, index).every((mark) => plays(mark, 'side', 'level', 'list'));
  }

  /** "no central and no foraminal stenosis", where in "mild central and no foraminal" the first is said to be there. */
  isDenied(site: number): boolean {
    let before = site - 1;
    while (plays(this.marks[before], 'severity', 'side', 'level')) before -= 1;
    return plays(this.marks[before], 'negation-before');
  }

  isVerb(index: number): boolean {
    const senses = this.marks[index]?.senses ?? [];
    return senses.some(({ role, properties }) => role === 'change' && properties.get('form') === 'verb');
  }
}
