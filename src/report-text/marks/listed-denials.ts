import { plays, sense, type Mark } from './marks.js';
import type { Token } from '../words/tokenise.js';

const DENYING: ReadonlySet<string> = new Set(['no', 'without']);
const DENIAL: Mark['senses'] = [{ role: 'negation-before', code: 'negation-before', properties: new Map() }];

/** "No edema, fracture or lesion": behind it a list goes on to an "or", and no fracture stands before it. */
function headsList(tokens: readonly Token[], marks: readonly Mark[], index: number): boolean {
  const [mark, next, then] = marks.slice(index, index + 3);
  if (mark === undefined || next === undefined || !plays(next, 'comma', 'list')) return false;
  if (marks.slice(0, index).some((before) => plays(before, 'finding'))) return false;
  const last = marks.at(-1)?.last ?? 0;
  const goesOn = tokens.slice(mark.last + 1, last).some(({ text }) => text === 'or' || text === 'nor');
  const beside = plays(then, 'finding') && then?.first === next.last + 1;
  return goesOn || beside;
}

/**
 * "no edema" says of a fracture that it is old, and is the first of a list of what is not there where it stands before
 * others: the marks with a denial in its place.
 */
export function withListedDenials(tokens: readonly Token[], marks: readonly Mark[]): readonly Mark[] {
  const isDenial = (mark: Mark, index: number): boolean =>
    sense(mark, 'acuity') !== undefined &&
    DENYING.has(tokens[mark.first]?.text ?? '') &&
    headsList(tokens, marks, index);
  if (!marks.some(isDenial)) return marks;
  return marks.map((mark, index) => (isDenial(mark, index) ? { ...mark, senses: DENIAL } : mark));
}
