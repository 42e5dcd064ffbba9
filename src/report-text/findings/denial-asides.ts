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

const RELATIVE: ReadonlySet<string> = new Set(['which', 'that']);

/**
 * "herniation, previously described, is not seen": where what stands between two commas before a denial's verb begins,
 * for the denial is of what stands before it; the denial itself where there is no such aside.
 */
export function asideBegin(tokens: readonly Token[], marks: readonly Mark[], denial: number): number {
  const verb = plays(marks[denial - 1], 'finite-verb') ? denial - 1 : denial;
  const [closes, said] = [marks[verb - 1], marks[verb]];
  if (!plays(closes, 'comma') || closes?.last !== (said?.first ?? 0) - 1) return denial;
  const open = marks.slice(0, verb - 1).findLastIndex((mark) => plays(mark, 'comma', 'ends-scope'));
  const opens = marks[open];
  if (opens === undefined || !plays(opens, 'comma')) return denial;
  const isRelative = RELATIVE.has(tokens[opens.last + 1]?.text ?? '');
  const tells = marks.slice(open + 1, verb - 1).some((mark) => plays(mark, 'finding', 'change', 'list'));
  return isRelative || !tells ? open : denial;
}

const NOT: ReadonlySet<string> = new Set(['not', 'absent']);
const LEADING: ReadonlySet<string> = new Set(['on', 'in', 'at']);
const PRIOR: ReadonlySet<string> = new Set(['prior', 'previous', 'earlier', 'preceding', 'comparison']);
const ADVERBS: ReadonlySet<string> = new Set(['previously', 'before', 'earlier']);
/** "on the current or prior exam": on that of now as well. */
const ENDS_PRIOR: ReadonlySet<string> = new Set('. , ; current this today either both or and nor'.split(' '));
/** Tokens from "on" to "prior": "on the most recent prior". */
const PRIOR_REACH = 4;

/** "was not present on the prior exam", "not seen in 2019": so it is new, and is there now. */
export function deniesOfBefore(tokens: readonly Token[], { first, last }: Mark): boolean {
  if (!tokens.slice(first, last + 1).some(({ text }) => NOT.has(text))) return false;
  const next = tokens[last + 1]?.text ?? '';
  if (ADVERBS.has(next)) return true;
  if (!LEADING.has(next)) return false;
  for (const { text, kind } of tokens.slice(last + 2, last + 2 + PRIOR_REACH)) {
    if (kind === 'newline' || ENDS_PRIOR.has(text)) return false;
    if (PRIOR.has(text) || /^(?:19|20)\d\d$/u.test(text)) return true;
  }
  return false;
}
