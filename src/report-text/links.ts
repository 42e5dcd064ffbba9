import type { Concept } from './code-system.js';
import { plays, playsAny, sense, wordsBetween, type Mark } from './marks.js';
import type { Token } from './tokenise.js';

/** A finding said in one sentence, before its level, side and assertion are known. */
export interface Mention {
  readonly finding: string;
  readonly subtype?: string;
  /** Indexes of the marks it is made of: the change (or the whole phrase) and the place it is said of. */
  readonly head: number;
  readonly site: number;
  /** The words say that nothing is wrong ("foramina are patent"). */
  readonly normal: boolean;
}

interface Link {
  readonly change: number;
  readonly sites: readonly number[];
}

const MODIFIERS: ReadonlySet<string> = new Set(
  [
    'severity side acuity level finite-verb negation-before not-negation uncertain-before',
    'historical-before hypothetical-before shows study no-level at-this-level bracket also-at',
    'historical-after uncertain-after negation-after',
  ].flatMap((roles) => roles.split(' ')),
);
const LIST: ReadonlySet<string> = new Set('list comma'.split(' '));
/** Words without meaning of their own that may stand between a place and what is said of it. */
const FILLER_BESIDE = 2;
const FILLER_WITH_VERB = 7;
const FILLER_IN_LIST = 3;

/** Codes of places that are places only right beside a narrowing ("central or foraminal stenosis"). */
const WEAK_SITE = 'central';

class Linker {
  private readonly tokens: readonly Token[];
  private readonly marks: readonly Mark[];
  private readonly claimed = new Set<number>();

  constructor(tokens: readonly Token[], marks: readonly Mark[]) {
    this.tokens = tokens;
    this.marks = marks;
  }

  links(): readonly Link[] {
    const links: Link[] = [];
    for (const [index, mark] of this.marks.entries()) {
      const change = sense(mark, 'change');
      if (change === undefined) continue;
      const sites = this.sitesOf(index, change);
      const inherited = sites.length === 0 ? this.coordinated(index, links) : sites;
      for (const site of inherited) this.claimed.add(site);
      links.push({ change: index, sites: inherited });
    }
    return links;
  }

  private sitesOf(index: number, change: Concept): readonly number[] {
    const form = change.properties.get('form');
    const beside = this.toTheLeft(index, 0);
    const left = (): readonly number[] => this.listedLeft(beside ?? this.toTheLeft(index, FILLER_WITH_VERB));
    const right = (reach: number): readonly number[] => this.listedRight(this.toTheRight(index, reach));
    const first = (...tries: readonly (() => readonly number[])[]): readonly number[] => {
      for (const attempt of tries) {
        const found = attempt();
        if (found.length > 0) return found;
      }
      return [];
    };
    if (form === 'verb')
      return first(
        () => right(FILLER_WITH_VERB),
        () => this.listedLeft(beside),
      );
    if (form === 'quality')
      return first(
        () => right(0),
        left,
        () => right(FILLER_BESIDE),
      );
    if (form === 'state') return first(left, () => right(FILLER_BESIDE));
    if (beside !== undefined) return this.listedLeft(beside);
    return first(() => right(FILLER_WITH_VERB), left);
  }

  /** "contact or compression", "narrowed and compressed": the second change is said of the places of the first. */
  private coordinated(index: number, links: readonly Link[]): readonly number[] {
    let before = index - 1;
    let joined = false;
    while (before >= 0 && (playsAny(this.marks[before], LIST) || playsAny(this.marks[before], MODIFIERS))) {
      joined ||= playsAny(this.marks[before], LIST);
      before -= 1;
    }
    return joined ? (links.find((link) => link.change === before)?.sites ?? []) : [];
  }

  private between(left: number, right: number): number {
    const [a, b] = [this.marks[left], this.marks[right]];
    return a === undefined || b === undefined ? Infinity : wordsBetween(this.tokens, a, b);
  }

  private toTheLeft(change: number, filler: number): number | undefined {
    let words = 0;
    let verb = false;
    for (let index = change - 1; index >= 0; index -= 1) {
      words += this.between(index, index + 1);
      if (words > filler) return undefined;
      const mark = this.marks[index];
      if (plays(mark, 'site')) {
        if (this.isWeak(index)) {
          if (words === 0 && index === change - 1) return index;
          continue;
        }
        return words <= FILLER_BESIDE || verb ? index : undefined;
      }
      if (plays(mark, 'finite-verb', 'colon', 'shows')) verb = true;
      else if (!playsAny(mark, MODIFIERS)) return undefined;
    }
    return undefined;
  }

  private toTheRight(change: number, filler: number): number | undefined {
    let words = 0;
    for (let index = change + 1; index < this.marks.length; index += 1) {
      words += this.between(index - 1, index);
      if (words > filler) return undefined;
      const mark = this.marks[index];
      if (plays(mark, 'site')) {
        if (!this.isWeak(index)) return this.claimedByNext(index) ? undefined : index;
      } else if (!playsAny(mark, MODIFIERS) || plays(mark, 'finite-verb', 'negation-before'))
        return undefined;
    }
    return undefined;
  }

  /** The place belongs to the words behind it: "foraminal narrowing", "the canal is patent". */
  private claimedByNext(site: number): boolean {
    for (let index = site + 1; index < this.marks.length; index += 1) {
      if (this.between(index - 1, index) > 0) return false;
      const mark = this.marks[index];
      const form = sense(mark, 'change')?.properties.get('form');
      if (form !== undefined) return form === 'noun';
      if (plays(mark, 'finite-verb')) return true;
      if (!plays(mark, 'side', 'severity', 'level')) return false;
    }
    return false;
  }

  private isWeak(site: number): boolean {
    return sense(this.marks[site], 'site')?.code === WEAK_SITE;
  }

  private listedLeft(site: number | undefined): readonly number[] {
    if (site === undefined) return [];
    const sites = [site];
    for (let index = site - 1, joined = false, words = 0; index >= 0; index -= 1) {
      words += this.between(index, index + 1);
      if (words > FILLER_IN_LIST) break;
      const mark = this.marks[index];
      joined ||= this.slashBetween(index, index + 1);
      if (playsAny(mark, LIST)) joined = true;
      else if (plays(mark, 'site') && joined && !this.claimed.has(index)) {
        sites.unshift(index);
        [joined, words] = [false, 0];
      } else if (!plays(mark, 'side', 'severity', 'level', 'bracket', 'negation-before')) break;
    }
    return sites;
  }

  private listedRight(site: number | undefined): readonly number[] {
    if (site === undefined) return [];
    const sites = [site];
    for (let index = site + 1, joined = false, words = 0; index < this.marks.length; index += 1) {
      words += this.between(index - 1, index);
      if (words > FILLER_IN_LIST) break;
      const mark = this.marks[index];
      joined ||= this.slashBetween(index - 1, index);
      if (playsAny(mark, LIST)) joined = true;
      else if (plays(mark, 'site') && joined) {
        if (this.claimedByNext(index)) break;
        sites.push(index);
        [joined, words] = [false, 0];
      } else if (!plays(mark, 'side', 'severity', 'level', 'bracket')) break;
    }
    return sites;
  }

  private slashBetween(left: number, right: number): boolean {
    const [a, b] = [this.marks[left], this.marks[right]];
    return (
      a !== undefined && b !== undefined && b.first === a.last + 2 && this.tokens[a.last + 1]?.text === '/'
    );
  }
}

/** A narrowing said of no place at all, in a spine report, is of the canal. */
function bareMention(mark: Mark, head: number, tokens: readonly Token[]): readonly Mention[] {
  const word = tokens[mark.last]?.text;
  return word === 'stenosis' ? [{ finding: 'central-stenosis', head, site: head, normal: false }] : [];
}

function subtypeOf(finding: string, site: Concept | undefined): string | undefined {
  if (finding !== 'hip-or-si-pathology') return undefined;
  return site?.code === 'hip' ? 'hip' : 'si-degeneration';
}

function linkedMentions(link: Link, marks: readonly Mark[], tokens: readonly Token[]): readonly Mention[] {
  const mark = marks[link.change];
  const change = sense(mark, 'change');
  if (mark === undefined || change === undefined) return [];
  if (link.sites.length === 0) return bareMention(mark, link.change, tokens);
  return link.sites.flatMap((index) => {
    const site = sense(marks[index], 'site');
    const finding = change.properties.get(site?.code ?? '');
    if (finding === undefined) return [];
    const subtype = subtypeOf(finding, site);
    const normal = change.properties.get('negates') === 'yes';
    return [{ finding, ...(subtype !== undefined && { subtype }), head: link.change, site: index, normal }];
  });
}

const NO_FINDING = 'not-a-finding';

/** The code of the finding: that of the concept, or of the family it is a kind of. */
function wholeMention(mark: Mark, index: number): readonly Mention[] {
  const concept = sense(mark, 'finding');
  if (concept === undefined || concept.code === NO_FINDING) return [];
  const subtype = concept.properties.get('subtype');
  const finding = concept.properties.get('family') ?? concept.code;
  return [{ finding, ...(subtype !== undefined && { subtype }), head: index, site: index, normal: false }];
}

/** All findings a sentence speaks of, in the order of their heads. */
export function mentionsOf(tokens: readonly Token[], marks: readonly Mark[]): readonly Mention[] {
  const links = new Map(new Linker(tokens, marks).links().map((link) => [link.change, link]));
  return marks.flatMap((mark, index) => {
    const link = links.get(index);
    const linked = link === undefined ? [] : linkedMentions(link, marks, tokens);
    return linked.length > 0 ? linked : wholeMention(mark, index);
  });
}
