import type { Concept } from '../words/code-system.js';
import { extent, type Mention } from './mention.js';
import { plays, playsAny, sense, wordsBetween, type Mark } from './marks.js';
import type { Token } from '../words/tokenise.js';

/** Between "except for" and the change that it takes out: "save for some mild right-sided narrowing". */
const TAKEN_OUT: ReadonlySet<string> = new Set(
  'severity side level acuity at-least list finite-verb'.split(' '),
);
const FILLER = 8;

/** A change and the places it is said of, by the indexes of their marks. */
interface Said {
  readonly change: number;
  readonly sites: readonly number[];
}

/** Index of the mark that takes something out of what a sentence says ("save for"); undefined where none does. */
export function exceptionIn(marks: readonly Mark[]): number | undefined {
  for (let index = 0; index < marks.length; index += 1)
    if (sense(marks[index], 'ends-scope')?.code === 'exception') return index;
  return undefined;
}

/**
 * The places of a change that is said to be the exception: "the foramina are patent except for narrowing at L4-5".
 * @param links the changes before it with their places
 */
export function exceptedSites(
  change: number,
  links: readonly Said[],
  { tokens, marks }: { readonly tokens: readonly Token[]; readonly marks: readonly Mark[] },
): readonly number[] {
  let before = change - 1;
  while (playsAny(marks[before], TAKEN_OUT) || isThere(marks[before])) before -= 1;
  const [exception, taken] = [marks[before], marks[change]];
  if (exception === undefined || taken === undefined || sense(exception, 'ends-scope')?.code !== 'exception')
    return [];
  if (wordsBetween(tokens, exception, taken) > FILLER + change - before) return [];
  const last = links.findLast((link) => link.change < before && link.sites.length > 0);
  return (last?.sites ?? []).filter((site) => isOf(sense(taken, 'change'), sense(marks[site], 'site')));
}

/** "except at L4-5, where there is narrowing" */
function isThere(mark: Mark | undefined): boolean {
  return (
    mark !== undefined &&
    plays(mark, 'ends-scope', 'comma') &&
    sense(mark, 'ends-scope')?.code !== 'exception'
  );
}

function isOf(change: Concept | undefined, site: Concept | undefined): boolean {
  return change?.properties.get(site?.code ?? '') !== undefined;
}

/**
 * The groups of levels that can be those of a mention: a level behind "except for" is that of the exception, and one in
 * "Other than a bulge at L4-5, ..." is not that of what follows.
 * @param exception index of the mark that takes something out
 */
export function withoutExcepted(
  groups: readonly number[],
  mention: Mention,
  { marks, exception }: { readonly marks: readonly Mark[]; readonly exception: number },
): readonly number[] {
  const [first, last] = extent(mention);
  if (last < exception) return groups.filter((index) => index < exception);
  if (exception > 0) {
    const own = groups.filter((index) => index > exception);
    return own.length > 0 ? own : groups;
  }
  const comma = marks.findIndex((mark) => plays(mark, 'comma'));
  if (comma < 0) return groups;
  if (first > comma) return groups.filter((index) => index > comma);
  // "Aside from an L5-S1 protrusion touching the root, no compression at L3-4"
  const own = groups.filter((index) => index < comma);
  return last < comma && own.length > 0 ? own : groups;
}
