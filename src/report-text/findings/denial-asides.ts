import { plays, type Mark } from '../marks/marks.js';
import type { Token } from '../words/tokenise.js';

/** Words before what is not meant, at the beginning of a sentence. */
const INSTEAD: ReadonlySet<string> = new Set(['rather', 'instead']);
/** Words of an aside at the beginning, and of one between two commas. */
const OPENING_REACH = 6;
const ASIDE_REACH = 2;
/** Behind a comma these begin a statement: "no abscess, findings are those of septic arthritis". */
const ANEW: ReadonlySet<string> = new Set(
  'finding findings appearance appearances this these with'.split(' '),
);
/** "No fracture, findings of discitis or ...": behind these words what follows is one more of a list. */
const LISTED: ReadonlySet<string> = new Set(['of', 'to', 'or', 'and', 'nor', 'other']);
/** Words of denials that tell of an end. */
const ENDED: ReadonlySet<string> = new Set('resolution resolved resorbed longer'.split(' '));

/**
 * Index of the last mark of a denial that ends at a comma: "Rather than a herniation, this is a bulge", "degenerative,
 * not isthmic, slip".
 */
export function asideEnd(
  tokens: readonly Token[],
  marks: readonly Mark[],
  denial: number,
): number | undefined {
  const word = tokens[marks[denial]?.first ?? 0]?.text ?? '';
  const opens = denial === 0 && INSTEAD.has(word);
  if (!opens && !(word === 'not' && plays(marks[denial - 1], 'comma'))) return undefined;
  const comma = marks.findIndex((mark, at) => at > denial && plays(mark, 'comma'));
  const words = (marks[comma]?.first ?? 0) - (marks[denial]?.last ?? 0) - 1;
  return comma < 0 || words > (opens ? OPENING_REACH : ASIDE_REACH) ? undefined : comma - 1;
}

/** Whether the words behind a comma begin a statement of their own. @param comma token of the comma */
export function beginsAnew(tokens: readonly Token[], comma: number): boolean {
  const [word, next] = [tokens[comma + 1], tokens[comma + 2]];
  return word !== undefined && ANEW.has(word.text) && !LISTED.has(next?.text ?? '');
}

/** "The extrusion seen previously has resolved": a denial that tells of now, whatever was before. */
export function tellsEnd(tokens: readonly Token[], marks: readonly Mark[]): boolean {
  return marks.some(
    (mark) =>
      plays(mark, 'negation-before', 'negation-after') &&
      tokens.slice(mark.first, mark.last + 1).some(({ text }) => ENDED.has(text)),
  );
}
