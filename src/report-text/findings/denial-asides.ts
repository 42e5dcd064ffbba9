import { plays, type Mark } from '../marks/marks.js';
import type { Token } from '../words/tokenise.js';

/** Words before what is not meant, at the beginning of a sentence. */
const INSTEAD: ReadonlySet<string> = new Set(['rather', 'instead']);
/** Words of an aside at the beginning, and of one between two commas. */
const OPENING_REACH = 6;
const ASIDE_REACH = 2;
/** Behind a comma these begin a statement: "no abscess, findings are those of septic arthritis". */
const ANEW: ReadonlySet<string> = new Set(
  'finding findings appearance appearances this these with rather instead'.split(' '),
);
/** "No fracture, findings of discitis or ...": behind these words what follows is one more of a list. */
const LISTED: ReadonlySet<string> = new Set(['of', 'to', 'or', 'and', 'nor', 'other', 'than']);
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
  return marks.some((mark) => plays(mark, 'negation-before', 'negation-after') && endsIt(tokens, mark));
}

function endsIt(tokens: readonly Token[], denial: Mark | undefined): boolean {
  if (denial === undefined) return false;
  return tokens.slice(denial.first, denial.last + 1).some(({ text }) => ENDED.has(text));
}

const REST: ReadonlySet<string> = new Set('residual residuum remaining persistent persisting'.split(' '));

/** Words from "with" to "residual", and on to what is left. */
const REST_REACH = 3;

/** "resolution of the extrusion with a small residual protrusion": what is left is there; "no extrusion with residual ..." is not. */
export function leavesRest(
  tokens: readonly Token[],
  denial: Mark | undefined,
  mark: Mark | undefined,
): boolean {
  if (mark === undefined || !plays(mark, 'finding', 'change') || !endsIt(tokens, denial)) return false;
  for (let token = mark.first - 1; token >= mark.first - REST_REACH; token -= 1)
    if (REST.has(tokens[token]?.text ?? ''))
      return tokens.slice(Math.max(0, token - REST_REACH), token).some(({ text }) => text === 'with');
  return false;
}
