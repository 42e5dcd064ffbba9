import { plays, sense, type Mark } from './marks.js';
import type { Token } from '../words/tokenise.js';

const DENYING: ReadonlySet<string> = new Set(['no', 'without']);
/** What joins the last of a list of alternatives. */
export const OR: ReadonlySet<string> = new Set(['or', 'nor']);
const DENIAL: Mark['senses'] = [{ role: 'negation-before', code: 'negation-before', properties: new Map() }];

/** "No edema, fracture or lesion": behind it a list goes on to an "or", and no fracture stands before it. */
function headsList(tokens: readonly Token[], marks: readonly Mark[], index: number): boolean {
  const [mark, next] = marks.slice(index, index + 2);
  if (mark === undefined || next === undefined || !plays(next, 'comma', 'list')) return false;
  if (marks.slice(0, index).some((before) => plays(before, 'finding'))) return false;
  const or = marks.findIndex(
    (other, at) => at > index && plays(other, 'list') && OR.has(tokens[other.first]?.text ?? ''),
  );
  if (or < 0) return false;
  // "No edema, fracture of L1 is old or healed": of a fracture that is there.
  const tells = marks.slice(index + 1).some((other) => plays(other, 'finite-verb', 'acuity'));
  const placed = marks.slice(index + 1, or).some(({ level }) => level !== undefined);
  return !tells && !placed && !(plays(next, 'list') && or !== index + 1);
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
