import type { Concept } from '../words/code-system.js';
import { plays, type Mark } from '../marks/marks.js';
import { NERVE_BLOCK, OF_UNKNOWN } from './procedure-kinds.js';
import type { Token } from '../words/tokenise.js';
import { figureAt, isAt, wordsOf, type ClinicSentence } from './sentence.js';

const BEHIND_ORDINAL: ReadonlySet<string> = new Set(
  'one time gave provided had was on in with resulted produced brought did helped about only barely roughly approximately approx nearly almost yielded offered'.split(
    ' ',
  ),
);
const NERVES: ReadonlySet<string> = new Set(['nerve', 'nerves']);
const ARTICLES: ReadonlySet<string> = new Set(['a', 'his', 'her', 'this', 'that', 'my']);

/** "repeat 3/25", "repeat 28.11.2025": a figure with a slash, or with glued stops. */
function isDatedAt(tokens: readonly Token[], at: number): boolean {
  const [figure, joint, next] = [0, 1, 2].map((on) => tokens[at + on]);
  const parts = joint?.text === '/' || (joint?.text === '.' && joint.end === next?.start);
  return figure?.kind === 'number' && parts && next?.kind === 'number';
}

/** "the first 4 hours", "the first week": a time, and none of several procedures. */
function isOfTime(sentence: ClinicSentence, at: number): boolean {
  const figure = figureAt(sentence, at);
  return isAt(sentence, figure === undefined ? at : figure.last + 1, 'unit');
}

/** Ways to guide a needle and what goes through it, that are no part of the body. */
const NO_PLACE: ReadonlySet<string> = new Set(
  'usg fluoro mri prp the our two one and for with post pre iia csi inj rfa this that each both all any her his last next same new'.split(
    ' ',
  ),
);

/** "the GTPS injection", "ACJ block": an abbreviation that is not known, in a text that is not all in capitals. */
function isOfUnknownPlace(
  { document: { text }, tokens, placed, markOf }: ClinicSentence,
  first: number,
): boolean {
  const word = tokens[first - 1];
  if (word === undefined || first - 1 < placed.first || markOf.has(first - 1) || NO_PLACE.has(word.text))
    return false;
  if (!/^[A-Z]{3,5}$/u.test(text.slice(word.start, word.end))) return false;
  const beside = tokens
    .slice(placed.first, placed.end)
    .some(({ start, end, kind }) => kind === 'word' && /^\p{Ll}{3,}$/u.test(text.slice(start, end)));
  return beside;
}

/** What an action without a target is called: a nerve block is none of a joint. */
export function bareCode(sentence: ClinicSentence, { first, last }: Mark, { code }: Concept): string {
  if (isOfUnknownPlace(sentence, first)) return OF_UNKNOWN;
  const ofNerves = code === 'block' && wordsOf(sentence, first, last).some((word) => NERVES.has(word));
  return ofNerves ? NERVE_BLOCK : code;
}

/** "After the second about 80%": which of several, with no name behind it. */
export function isOneOfSeveral(sentence: ClinicSentence, mark: Mark): boolean {
  const { tokens, placed } = sentence;
  if (!plays(mark, 'ordinal-word')) return false;
  const next = mark.last + 1 < placed.end ? tokens[mark.last + 1] : undefined;
  if (isOfTime(sentence, mark.last + 1)) return false;
  if (tokens[mark.last]?.text === 'repeat') return isDatedAt(tokens, mark.last + 1);
  const before = tokens[mark.first - 1]?.text ?? '';
  if (next?.text === 'one' && ARTICLES.has(before)) return true;
  if (before !== 'the') return false;
  return next === undefined || next.kind !== 'word' || BEHIND_ORDINAL.has(next.text);
}
