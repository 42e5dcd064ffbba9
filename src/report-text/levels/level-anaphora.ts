import type { LevelGroup } from './levels.js';
import type { Token } from '../words/tokenise.js';

const ONE_OF_TWO: ReadonlyMap<string, number> = new Map([
  ['former', 0],
  ['latter', -1],
]);
const PLACES: ReadonlyMap<string, number> = new Map([
  ['first', 0],
  ['upper', 0],
  ['second', 1],
  ['third', 2],
  ['last', -1],
  ['lower', -1],
]);
const COUNTS: ReadonlyMap<string, number> = new Map([
  ['two', 2],
  ['2', 2],
  ['three', 3],
  ['3', 3],
]);
const PASSED: ReadonlySet<string> = new Set(['of', 'these', 'those', 'the']);
const NOUNS: ReadonlySet<string> = new Set(['level', 'levels', 'segment', 'disc', 'interspace', 'space']);
/** Behind "at the last", where no noun follows. */
const CLAUSE_WORDS: ReadonlySet<string> = new Set(
  'there it is are the a an no with has shows mild moderate severe'.split(' '),
);
const LONGEST = 7;

/** Looks back at the levels that a text has listed before. */
class Anaphora {
  private readonly tokens: readonly Token[];
  private readonly end: number;

  constructor(tokens: readonly Token[], end: number) {
    this.tokens = tokens;
    this.end = end;
  }

  /** The group that "the latter" or "the first two levels" at a token stands for, of the segments listed before. */
  groupAt(index: number, listed: readonly string[]): LevelGroup | undefined {
    const side = ONE_OF_TWO.get(this.text(index));
    if (side !== undefined)
      return this.endsPhrase(index) ? group(index, index, listed.slice(side).slice(0, 1)) : undefined;
    const place = PLACES.get(this.text(index));
    return place === undefined ? undefined : this.counted(index, place, listed);
  }

  private counted(index: number, place: number, listed: readonly string[]): LevelGroup | undefined {
    const count = COUNTS.get(this.text(index + 1)) ?? 1;
    let last = count > 1 ? index + 1 : index;
    while (last - index < LONGEST && PASSED.has(this.text(last + 1))) last += 1;
    const named = NOUNS.has(this.text(last + 1));
    const placed = this.text(index - 2) === 'at' && this.endsPhrase(count > 1 ? index + 1 : index);
    if (!named && !placed) return undefined;
    const from = place < 0 ? listed.length - count : place;
    return group(index, named ? last + 1 : index, listed.slice(Math.max(0, from), Math.max(0, from) + count));
  }

  private endsPhrase(index: number): boolean {
    const next = this.tokens[index + 1];
    return (
      index + 1 >= this.end || next?.kind !== 'word' || CLAUSE_WORDS.has(next.text) || NOUNS.has(next.text)
    );
  }

  private text(index: number): string {
    return index < this.end ? (this.tokens[index]?.text ?? '') : '';
  }
}

function group(first: number, last: number, segments: readonly string[]): LevelGroup | undefined {
  const vertebrae = [...new Set(segments.flatMap((segment) => segment.split('-')))];
  return segments.length === 0 ? undefined : { first, last, segments, vertebrae, ofNerves: false };
}

/** Every segment that a sentence names, in order, where it names several. */
export function listedSegments(groups: readonly LevelGroup[]): readonly string[] | undefined {
  if (groups.every(({ segments }) => segments.length === 0)) return undefined;
  const segments = [...new Set(groups.flatMap((each) => each.segments))];
  return segments.length > 1 ? segments : undefined;
}

/**
 * The levels a sentence names, with those it only points back to: "at the first two levels", "the latter".
 * @param listed segments that sentences before listed
 */
export function withAnaphora(
  tokens: readonly Token[],
  [begin, end]: readonly [number, number],
  groups: readonly LevelGroup[],
  listed: readonly string[],
): readonly LevelGroup[] {
  const anaphora = new Anaphora(tokens, end);
  const found: LevelGroup[] = [];
  for (let index = begin; index < end; index += 1) {
    if (tokens[index - 1]?.text !== 'the') continue;
    const text = tokens[index]?.text ?? '';
    if (!ONE_OF_TWO.has(text) && !PLACES.has(text)) continue;
    const before = listedSegments(groups.filter(({ last }) => last < index)) ?? listed;
    const pointed = before.length > 1 ? anaphora.groupAt(index, before) : undefined;
    if (pointed !== undefined && !groups.some(({ first }) => first >= pointed.first && first <= pointed.last))
      found.push(pointed);
  }
  return found.length === 0 ? groups : [...groups, ...found].sort((a, b) => a.first - b.first);
}
