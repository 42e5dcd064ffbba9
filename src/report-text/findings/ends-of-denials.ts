import { OR } from '../marks/listed-denials.js';
import { plays, playsAny, sense, type Mark } from '../marks/marks.js';
import { SIDE_WORDS } from '../words/side-words.js';
import type { Token } from '../words/tokenise.js';

/**
 * "No fracture, with preserved heights, or slip": where a denial that ends at a comma before "with" is taken up again;
 * the index of its "or".
 * @param end last mark of the denial
 */
export function takenUpAt(tokens: readonly Token[], marks: readonly Mark[], end: number): number | undefined {
  const opens = plays(marks[end], 'comma') ? end : end + 1;
  const comma = marks[opens];
  if (comma === undefined || !plays(comma, 'comma') || tokens[comma.last + 1]?.text !== 'with')
    return undefined;
  for (let at = opens + 1; at < marks.length && !plays(marks[at], 'ends-scope'); at += 1) {
    const or = marks[at + 1];
    if (plays(marks[at], 'comma'))
      return tokens[or?.first ?? 0]?.text === 'or' && plays(or, 'list') && !plays(marks[at + 2], 'severity')
        ? at + 1
        : undefined;
  }
  return undefined;
}

/** "with preserved heights": an aside of what is as it should be, where "with a bulge at L4-5, or protrusion" tells of one. */
export function isOfNormal(marks: readonly Mark[], or: number): boolean {
  let from = or - 2;
  while (from >= 0 && !plays(marks[from], 'comma')) from -= 1;
  const aside = marks.slice(from + 1, or - 1);
  if (aside.some((mark) => plays(mark, 'finding', 'severity', 'uncertain-before'))) return false;
  const changes = aside.filter((mark) => plays(mark, 'change'));
  return (
    changes.length > 0 &&
    changes.every((mark) => sense(mark, 'change')?.properties.get('negates') === 'yes') &&
    !plays(marks[or + 1], 'uncertain-before')
  );
}

/**
 * "No fracture or dislocation, facet OA L4-S1": an "or" may end the list of what is denied, where what stands behind the
 * comma has a level or a side of its own and no other "or" goes on; "no bulge or herniation, stenosis at L4-5" goes on.
 * @param denial, comma marks
 */
function mayEndWithOr(
  tokens: readonly Token[],
  marks: readonly Mark[],
  [denial, comma]: readonly [number, number],
): boolean {
  if (!plays(marks[comma], 'comma')) return false;
  const at = marks[comma]?.first ?? 0;
  const saysOr = (from: number, to: number): boolean =>
    tokens.slice(from, to).some(({ text }) => OR.has(text));
  if (!saysOr(marks[denial]?.last ?? 0, at) || saysOr(at, marks.at(-1)?.last ?? 0)) return false;
  const behind = marks.slice(comma + 1);
  const ends = behind.findIndex((mark) => plays(mark, 'comma', 'ends-scope'));
  const part = ends < 0 ? behind : behind.slice(0, ends);
  const own = part.find((mark) => plays(mark, 'level', 'side'));
  const begins = own?.first === at + 1 && !part.some((mark) => plays(mark, 'finding', 'change'));
  return own !== undefined && !begins && !plays(part[0], 'list', 'negation-before');
}

/** "SIJ sclerosis L>R": nobody compares the sides of what is not there. @param from token */
function comparesSides(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from + 1; at < to; at += 1)
    if (tokens[at]?.text === 'greater' && tokens[at + 1]?.text === 'than')
      if (SIDE_WORDS.has(tokens[at - 1]?.text ?? '') && SIDE_WORDS.has(tokens[at + 2]?.text ?? ''))
        return true;
  return false;
}

const SAID: ReadonlySet<string> = new Set(['finding', 'change', 'statement']);

/** Where the list of a denial may end with its "or"; undefined where it goes on to its end. @param denial, end marks */
export function orEnd(
  tokens: readonly Token[],
  marks: readonly Mark[],
  [denial, end]: readonly [number, number],
): { readonly at: number; readonly isSure: boolean } | undefined {
  let said = false;
  for (let at = denial + 1; at <= end; at += 1) {
    if (said && mayEndWithOr(tokens, marks, [denial, at]))
      return { at, isSure: comparesSides(tokens, marks[at]?.first ?? 0, marks.at(-1)?.last ?? 0) };
    said ||= playsAny(marks[at], SAID);
  }
  return undefined;
}

/** The last mark before the comma, or the end, behind a mark. */
export function clauseEnd(marks: readonly Mark[], index: number): number {
  const next = marks.findIndex((mark, at) => at > index && plays(mark, 'comma', 'ends-scope'));
  return next < 0 ? marks.length - 1 : next - 1;
}

const ANSWERS: ReadonlySet<string> = new Set(
  'demonstrate demonstrated demonstrating show showed showing reveal revealed'.split(' '),
);

/** A question ends with its clause, and where the answer begins ("evaluation of L4-5 demonstrates"). */
export function questionEnd(tokens: readonly Token[], marks: readonly Mark[], index: number): number {
  for (let at = index + 1; at < marks.length; at += 1) {
    const mark = marks[at];
    const answer = mark !== undefined && plays(mark, 'shows') && ANSWERS.has(tokens[mark.first]?.text ?? '');
    if (plays(mark, 'ends-scope') || answer) return at - 1;
  }
  return marks.length - 1;
}

/** Whether behind a place stands how it is. @param site mark */
export function hasOwnState(marks: readonly Mark[], site: number): boolean {
  for (let at = site + 1; at < marks.length; at += 1) {
    const mark = marks[at];
    if (plays(mark, 'finite-verb'))
      return sense(marks[at + 1], 'change') !== undefined || plays(marks[at + 1], 'severity');
    if (sense(mark, 'change')?.properties.get('form') === 'state') return true;
    if (!plays(mark, 'side', 'level', 'severity')) return false;
  }
  return false;
}
