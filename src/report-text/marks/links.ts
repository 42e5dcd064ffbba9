import type { Concept } from '../words/code-system.js';
import { exceptedSites } from './exceptions.js';
import { plays, playsAny, sense, type Mark } from './marks.js';
import { SiteNeighbours } from './site-neighbours.js';
import type { Token } from '../words/tokenise.js';

/** A change and the places it is said of. */
export interface Link {
  readonly change: number;
  readonly sites: readonly number[];
  /** Places it is said not to be of: "compressing the sac but not the roots". */
  readonly spared: readonly number[];
  /** The places are those of what it is the exception to. */
  readonly excepted?: true;
}

const MODIFIERS: ReadonlySet<string> = new Set(
  [
    'severity side acuity level finite-verb negation-before not-negation uncertain-before',
    'historical-before hypothetical-before shows study no-level at-this-level bracket also-at',
    'historical-after uncertain-after negation-after',
  ].flatMap((roles) => roles.split(' ')),
);
/** Between the places of a list: "mild central & severe R>L foraminal stenosis". */
const BETWEEN_PLACES: ReadonlySet<string> = new Set(
  'side severity level bracket negation-before at-least at-most'.split(' '),
);
const LIST: ReadonlySet<string> = new Set('list comma'.split(' '));
/** Between a list and a second thing said of a place: "... and show no erosion". */
const SAID_AGAIN: ReadonlySet<string> = new Set('severity negation-before finite-verb shows'.split(' '));
const INSTEAD: ReadonlySet<string> = new Set(['rather', 'instead']);
/** Between two verbs of one object: "contacts but does not displace the root". */
const BETWEEN_VERBS: ReadonlySet<string> = new Set(
  'list comma ends-scope negation-before finite-verb severity'.split(' '),
);
/** Words without meaning of their own that may stand between a place and what is said of it. */
const FILLER_BESIDE = 2;
const FILLER_WITH_VERB = 7;
const FILLER_IN_LIST = 3;

/** Finds the places that each change in a sentence is said of. */
export class Linker {
  private readonly tokens: readonly Token[];
  private readonly marks: readonly Mark[];
  private readonly near: SiteNeighbours;
  private readonly claimed = new Set<number>();

  constructor(tokens: readonly Token[], marks: readonly Mark[]) {
    this.tokens = tokens;
    this.marks = marks;
    this.near = new SiteNeighbours(tokens, marks);
  }

  links(): readonly Link[] {
    const links: Link[] = [];
    for (const [index, mark] of this.marks.entries()) {
      const change = sense(mark, 'change');
      if (change === undefined) continue;
      const sites = this.sitesOf(index, change);
      const coordinated = sites.length === 0 ? this.coordinated(index, links) : sites;
      const inherited = coordinated.length === 0 ? this.topic(index) : coordinated;
      for (const site of inherited) this.claimed.add(site);
      links.push({ change: index, sites: inherited, spared: this.sparedBy(index, inherited) });
    }
    return links.map((link) => (link.sites.length > 0 ? link : this.sharing(link, links)));
  }

  /** "... but not the roots", "..., not the foramina", "... rather than the root", right behind a change and its places. */
  private sparedBy(change: number, sites: readonly number[]): readonly number[] {
    const end = this.behindQualities(Math.max(change, ...sites) + 1);
    const joined = playsAny(this.marks[end], LIST) || plays(this.marks[end], 'ends-scope');
    const denial = joined ? end + 1 : end;
    const word = this.near.textOf(denial);
    if (!plays(this.marks[denial], 'negation-before') || !(joined ? word === 'not' : INSTEAD.has(word)))
      return [];
    const site = this.behindQualities(denial + 1);
    const near = plays(this.marks[site], 'site') && this.near.between(site - 1, site) <= FILLER_BESIDE;
    return near && !this.near.claimedByNext(site) ? this.listedRight(site) : [];
  }

  private behindQualities(from: number): number {
    let index = from;
    while (plays(this.marks[index], 'side', 'severity', 'level')) index += 1;
    return index;
  }

  private sharing(link: Link, links: readonly Link[]): Link {
    const excepted = exceptedSites(link.change, links, { tokens: this.tokens, marks: this.marks });
    if (excepted.length > 0) return { ...link, sites: excepted, excepted: true };
    return { ...link, sites: this.shared(link, links) };
  }

  /** "contacts but does not displace the root": a verb without an object shares that of the next. */
  private shared({ change }: Link, links: readonly Link[]): readonly number[] {
    if (!this.near.isVerb(change)) return [];
    let next = change + 1;
    while (playsAny(this.marks[next], BETWEEN_VERBS)) next += 1;
    if (next === change + 1 || !this.near.isVerb(next)) return [];
    return links.find((link) => link.change === next)?.sites ?? [];
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
    const said = (): readonly number[] => this.listedLeft(this.saidBefore(index));
    if (form === 'quality')
      return first(
        () => right(0),
        left,
        () => right(FILLER_BESIDE),
        said,
      );
    if (form === 'state')
      return first(left, () => right(FILLER_BESIDE).filter((site) => !this.near.isAdjective(site)), said);
    if (beside !== undefined) return this.listedLeft(beside);
    const again = (): readonly number[] =>
      said().filter((site) => change.properties.has(sense(this.marks[site], 'site')?.code ?? ''));
    return first(() => right(FILLER_WITH_VERB), left, again);
  }

  /** "contact or compression", "narrowed and compressed": the second change is said of the places of the first. */
  private coordinated(index: number, links: readonly Link[]): readonly number[] {
    let before = index - 1;
    let [joined, verb] = [false, false];
    while (before >= 0 && (playsAny(this.marks[before], LIST) || playsAny(this.marks[before], MODIFIERS))) {
      verb ||= plays(this.marks[before], 'finite-verb');
      joined ||= playsAny(this.marks[before], LIST);
      before -= 1;
    }
    // "facet arthrosis, the right side is patent": what has a verb of its own is not said of a noun's place.
    const noun = sense(this.marks[before], 'change')?.properties.get('form') === 'noun';
    if (!joined || (verb && noun)) return [];
    return links.find((link) => link.change === before)?.sites ?? [];
  }

  /** "SI joints: symmetric, without erosions", "L5 pars: ...": the place the whole sentence is about. */
  private topic(index: number): readonly number[] {
    const site = this.behindQualities(0);
    const opens = plays(this.marks[site], 'site') && plays(this.marks[site + 1], 'colon');
    return opens && index > site + 1 ? [site] : [];
  }

  private toTheLeft(change: number, filler: number): number | undefined {
    let words = 0;
    let verb = false;
    for (let index = change - 1; index >= 0; index -= 1) {
      words += this.near.between(index, index + 1);
      if (words > filler) return undefined;
      const mark = this.marks[index];
      if (plays(mark, 'site')) {
        if (this.near.isWeak(index)) {
          if (words === 0 && index === change - 1) return index;
          continue;
        }
        const held = verb ? this.near.heldIn(index) : undefined;
        return words <= FILLER_BESIDE || verb ? (held ?? index) : undefined;
      }
      if (plays(mark, 'finite-verb', 'colon', 'shows')) verb = true;
      else if (!playsAny(mark, MODIFIERS)) return undefined;
    }
    return undefined;
  }

  /**
   * "joints are symmetric and unremarkable", "the canal measures 6 mm, stenotic", "joints are symmetric, with no
   * erosion": a second thing said of a place.
   */
  private saidBefore(change: number): number | undefined {
    let joint = change - 1;
    while (joint >= 0 && playsAny(this.marks[joint], SAID_AGAIN)) joint -= 1;
    if (joint < 0 || !playsAny(this.marks[joint], LIST)) return undefined;
    const denied = !plays(this.marks[joint + 1], 'severity', 'change');
    if (this.near.between(joint, joint + 1) > (denied ? 1 : 0)) return undefined;
    return this.toTheLeft(joint, FILLER_WITH_VERB);
  }

  private toTheRight(change: number, filler: number): number | undefined {
    let words = 0;
    for (let index = change + 1; index < this.marks.length; index += 1) {
      words += this.near.between(index - 1, index);
      if (words > filler) return undefined;
      const mark = this.marks[index];
      if (plays(mark, 'site')) {
        if (!this.near.isWeak(index)) return this.near.claimedByNext(index) ? undefined : index;
      } else if (!this.closesAside(change, index) && !this.near.joinsPlaces(change, index)) {
        if (!playsAny(mark, MODIFIERS) || plays(mark, 'finite-verb', 'negation-before')) return undefined;
      }
    }
    return undefined;
  }

  /** "abuts, without displacing, both roots": the comma behind a verb set between two commas. */
  private closesAside(change: number, comma: number): boolean {
    if (comma !== change + 1 || !plays(this.marks[comma], 'comma') || !this.near.isVerb(change)) return false;
    let before = change - 1;
    while (plays(this.marks[before], 'negation-before', 'severity')) before -= 1;
    return before < change - 1 && plays(this.marks[before], 'comma');
  }

  private listedLeft(site: number | undefined): readonly number[] {
    if (site === undefined) return [];
    const sites = [site];
    for (let index = site - 1, joined = false, words = 0, denied = false; index >= 0; index -= 1) {
      words += this.near.between(index, index + 1);
      if (words > FILLER_IN_LIST) break;
      const mark = this.marks[index];
      denied ||= plays(mark, 'negation-before');
      joined ||= this.near.slashBetween(index, index + 1);
      if (playsAny(mark, LIST) || this.near.textOf(index) === 'nor') joined = true;
      else if (plays(mark, 'site') && joined && !plays(mark, 'finding') && !this.claimed.has(index)) {
        if (denied && !this.near.isDenied(index)) break;
        sites.unshift(index);
        [joined, words] = [false, 0];
      } else if (!playsAny(mark, BETWEEN_PLACES)) break;
    }
    return sites;
  }

  private listedRight(site: number | undefined): readonly number[] {
    if (site === undefined) return [];
    const sites = [site];
    for (let index = site + 1, joined = false, words = 0; index < this.marks.length; index += 1) {
      words += this.near.between(index - 1, index);
      if (words > FILLER_IN_LIST) break;
      const mark = this.marks[index];
      joined ||= this.near.slashBetween(index - 1, index);
      if (playsAny(mark, LIST)) joined = true;
      else if (plays(mark, 'site') && joined) {
        if (this.near.claimedByNext(index)) break;
        sites.push(index);
        [joined, words] = [false, 0];
      } else if (!plays(mark, 'side', 'severity', 'level', 'bracket')) break;
    }
    return sites;
  }
}
