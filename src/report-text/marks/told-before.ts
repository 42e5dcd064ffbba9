import type { LevelContext } from './attribution.js';
import type { LevelGroup } from '../levels/levels.js';
import type { Mark } from './marks.js';
import { extent, type Mention } from './mention.js';
import type { Token } from '../words/tokenise.js';

/** Findings of one level that a text comes back to by their name. */
const COME_BACK_TO: ReadonlySet<string> = new Set(['disc-herniation', 'disc-bulge', 'spondylolisthesis']);
const DEFINITE: ReadonlySet<string> = new Set(['the', 'this', 'that']);
/** Words from "the" to the finding: "the large right paracentral protrusion". */
const REACH = 4;

function isDefinite(tokens: readonly Token[], first: number): boolean {
  for (let index = first - 1; index >= first - REACH; index -= 1) {
    const token = tokens[index];
    if (token?.kind !== 'word') return false;
    if (DEFINITE.has(token.text)) return true;
  }
  return false;
}

/** At which levels the findings of a text have been told so far: "the protrusion" is the one told of before. */
export class ToldBefore {
  private readonly levels = new Map<string, Set<string>>();

  /** Remembers that something was found at a level. */
  add(finding: string, level: string | null): void {
    if (level === null || !COME_BACK_TO.has(finding)) return;
    const known = this.levels.get(finding);
    if (known === undefined) this.levels.set(finding, new Set([level]));
    else known.add(level);
  }

  /**
   * The levels handed on to a sentence that names none: those of the finding it comes back to ("The prolapse is new."),
   * where that is not at the level just spoken of; none where it may be one of several.
   */
  context(
    context: LevelContext,
    mentions: readonly Mention[],
    { tokens, marks }: { readonly tokens: readonly Token[]; readonly marks: readonly Mark[] },
  ): LevelContext {
    const { heading, before } = context;
    if (heading !== undefined || this.levels.size === 0) return context;
    if (marks.some(({ level }) => level !== undefined)) return context;
    const back = mentions.find((mention) => {
      const told = this.levels.has(mention.finding);
      return told && isDefinite(tokens, marks[extent(mention)[0]]?.first ?? 0);
    });
    const told = this.levels.get(back?.finding ?? '');
    if (told === undefined) return context;
    const spokenOf = before?.segments.filter((segment) => told.has(segment)) ?? [];
    if (spokenOf.length > 0 && spokenOf.length === before?.segments.length) return context;
    const [only, ...others] = spokenOf.length > 0 ? spokenOf : told;
    // "The protrusion and bulge narrow the foramina": of two levels, so of none in particular.
    const elsewhere = mentions.some(({ finding }) => {
      const levels = this.levels.get(finding);
      return levels !== undefined && only !== undefined && !levels.has(only);
    });
    const group = only === undefined || others.length > 0 || elsewhere ? undefined : groupOf(only);
    return { ...context, before: group, named: group, beforeIsSubject: true };
  }
}

function groupOf(segment: string): LevelGroup {
  return { first: 0, last: 0, segments: [segment], vertebrae: segment.split('-'), ofNerves: false };
}
