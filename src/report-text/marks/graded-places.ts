import { mentionAt, type Mention } from './mention.js';
import { plays, sense, wordsBetween, type Mark } from './marks.js';
import type { Token } from '../words/tokenise.js';

/** What a grade of a place is of where the narrowing goes without saying. */
const NARROWED: ReadonlyMap<string, string> = new Map([
  ['canal', 'central-stenosis'],
  ['central', 'central-stenosis'],
  ['foramen', 'foraminal-stenosis'],
]);
const FEWEST = 2;
const CAUSING: ReadonlySet<string> = new Set(['with', 'causing', 'in', 'and', 'producing']);
/** Names of the places themselves, where "foraminal" may be said of what follows. */
const NOUNS: ReadonlySet<string> = new Set(['canal', 'foramen', 'foram', 'forams', 'nf', 'nfs', 'ivf']);

interface GradedPlace {
  readonly site: number;
  /** Index of its first mark: the grade. */
  readonly from: number;
}

function apart(tokens: readonly Token[], left: Mark | undefined, right: Mark | undefined): boolean {
  return left === undefined || right === undefined || wordsBetween(tokens, left, right) > 0;
}

/** The grade and side right before a place. */
function gradedPlace(
  tokens: readonly Token[],
  marks: readonly Mark[],
  site: number,
): GradedPlace | undefined {
  for (let from = site; !apart(tokens, marks[from - 1], marks[from]); from -= 1) {
    if (plays(marks[from - 1], 'severity')) return { site, from: from - 1 };
    if (!plays(marks[from - 1], 'side')) return undefined;
  }
  return undefined;
}

function isSeparator(mark: Mark | undefined): boolean {
  return plays(mark, 'comma', 'list');
}

/** Whether nothing but a comma or an "and", and at most a grade and a side ("severe L / mild R"), parts two places. */
function follows(
  tokens: readonly Token[],
  marks: readonly Mark[],
  [before, next]: readonly GradedPlace[],
): boolean {
  if (before === undefined || next === undefined) return false;
  for (let at = before.site; at < next.from; at += 1) {
    if (apart(tokens, marks[at], marks[at + 1])) return false;
    if (at > before.site && !isSeparator(marks[at]) && !plays(marks[at], 'severity', 'side')) return false;
  }
  return true;
}

/** A place that is named for what is there ("central protrusion") has a word behind it. */
function standsAlone(tokens: readonly Token[], marks: readonly Mark[], site: number): boolean {
  const [mark, next] = [marks[site], marks[site + 1]];
  const behind = tokens[(mark?.last ?? 0) + 1];
  if (next !== undefined && !isSeparator(next) && !plays(next, 'level', 'bracket')) return false;
  return behind?.kind !== 'word' || next?.first === (mark?.last ?? 0) + 1 || behind.text === 'at';
}

/**
 * "bulge, mod canal, Modic 1", "Mild bil foram.", "mild central and no foraminal stenosis": one graded place as an item
 * of its own.
 */
function isItem(tokens: readonly Token[], marks: readonly Mark[], place: GradedPlace | undefined): boolean {
  const last = marks[place?.site ?? -1]?.last;
  if (place === undefined || last === undefined || !isOpened(tokens, marks, place.from)) return false;
  const next = marks[place.site + 1];
  const follows = next?.first === last + 1;
  if (follows && isSeparator(next) && plays(marks[place.site + 2], 'negation-before')) return true;
  if (!NOUNS.has(tokens[last]?.text ?? '')) return false;
  const behind = tokens[last + 1];
  const ends = behind === undefined || behind.kind === 'newline' || '.;'.includes(behind.text);
  return ends || (follows && plays(next, 'comma'));
}

/** At the beginning of a sentence, behind a comma or a colon, or behind what it comes of. */
function isOpened(tokens: readonly Token[], marks: readonly Mark[], from: number): boolean {
  const [grade, before] = [marks[from], marks[from - 1]];
  const token = tokens[(grade?.first ?? 0) - 1];
  if (token === undefined || token.kind === 'newline' || CAUSING.has(token.text)) return true;
  if (before === undefined) return token.kind === 'mark';
  return before.first === (grade?.first ?? 0) - 1 && plays(before, 'comma', 'colon');
}

/** Whether a sentence has what {@link gradedPlaces} looks for. */
export function gradesPlaces(marks: readonly Mark[]): boolean {
  return marks.some((mark) => plays(mark, 'severity')) && marks.some((mark) => plays(mark, 'site'));
}

/**
 * "mod central, mod-sev L foraminal": several places in a row, each graded and nothing else said of them, are narrowed.
 * @param spokenOf marks of places of which something is said
 */
export function gradedPlaces(
  tokens: readonly Token[],
  marks: readonly Mark[],
  spokenOf: ReadonlySet<number>,
): readonly Mention[] {
  let row: GradedPlace[] = [];
  const rows: GradedPlace[][] = [];
  for (const [index, mark] of marks.entries()) {
    if (!NARROWED.has(sense(mark, 'site')?.code ?? '') || spokenOf.has(index)) continue;
    const graded = gradedPlace(tokens, marks, index);
    if (graded === undefined || !standsAlone(tokens, marks, index)) continue;
    const [last] = row.slice(-1);
    if (last === undefined || !follows(tokens, marks, [last, graded])) rows.push((row = []));
    row.push(graded);
  }
  return rows
    .filter((places) => places.length >= FEWEST || isItem(tokens, marks, places[0]))
    .flatMap((places) =>
      places.map(({ site }) => mentionAt(site, NARROWED.get(sense(marks[site], 'site')?.code ?? '') ?? '')),
    );
}
