import { plays, wordsBetween } from '../marks/marks.js';
import { textAt, type ClinicSentence } from './sentence.js';

const PRIOR: ReadonlySet<string> = new Set(['prior', 'previous']);
const MAY: ReadonlySet<string> = new Set(['may', 'might', 'could']);
/** Words between a doubt and what is doubted. */
const REACH = 2;
/** Tokens from "may have" to the procedure: "may have had an". */
const MAY_REACH = 6;

/** "Possible prior RFA", "may have had an injection": whether it was done nobody says. */
export function isDoubted(sentence: ClinicSentence, first: number, limit: number): boolean {
  return isCalledPossible(sentence, first, limit) || mayHaveBeen(sentence, first, limit);
}

function isCalledPossible({ marks, tokens }: ClinicSentence, first: number, limit: number): boolean {
  for (let index = first - 1; index > limit; index -= 1) {
    const [mark, next] = [marks[index], marks[index + 1]];
    if (mark === undefined || next === undefined || wordsBetween(tokens, mark, next) > REACH) return false;
    if (plays(mark, 'uncertain-before')) return true;
    const isPrior = PRIOR.has(tokens[mark.last]?.text ?? '');
    if (!isPrior && !plays(mark, 'side', 'technique', 'ordinal-word')) return false;
  }
  return false;
}

function mayHaveBeen(sentence: ClinicSentence, first: number, limit: number): boolean {
  const { marks, placed } = sentence;
  const from = marks[first]?.first ?? 0;
  const begin = Math.max(placed.first, (marks[limit]?.last ?? -1) + 1, from - MAY_REACH);
  for (let token = begin; token < from; token += 1)
    if (MAY.has(textAt(sentence, token)) && textAt(sentence, token + 1) === 'have') return true;
  return false;
}

/** Verbs of doing, and what makes a procedure one of before; "no pain after" denies no block. */
const DOING: ReadonlySet<string> = new Set(
  'underwent undergone received had completed performed done tried trialed given administered finished prior previous'.split(
    ' ',
  ),
);

/** "has not yet really tried": a denial right before the verb. */
export function isDenied({ marks, tokens }: ClinicSentence, index: number): boolean {
  const [denial, verb] = [marks[index - 1], marks[index]];
  if (denial === undefined || verb === undefined || !DOING.has(tokens[verb.last]?.text ?? '')) return false;
  return plays(denial, 'negation-before', 'not-done') && wordsBetween(tokens, denial, verb) <= 1;
}
