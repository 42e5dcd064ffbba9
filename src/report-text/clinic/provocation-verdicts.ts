import { plays, sense, type Mark } from '../marks/marks.js';
import { namesSide } from '../words/side-words.js';
import { PROVOCATION_RESULTS } from './provocation-counts.js';
import type { Result, Verdict } from './provocation-signs.js';
import { textAt, wordsOf, type ClinicSentence } from './sentence.js';

const PARTS: ReadonlySet<string> = new Set([',', ';']);
/** Behind a comma these go on with what the result is of. */
const GOING_ON: ReadonlySet<string> = new Set([
  'including',
  'include',
  'with',
  'namely',
  'specifically',
  'eg',
]);
const BEFORE_SIDE: ReadonlySet<string> = new Set(['on', 'the']);

/** Whether a comma ends what a result in front of all tests is said of: "Gillet test negative, FABER ...". */
export function isOfAnother(sentence: ClinicSentence, { first, last }: Verdict): boolean {
  if (first === sentence.placed.first) return false;
  let token = last + 1;
  while (BEFORE_SIDE.has(textAt(sentence, token)) || namesSide(textAt(sentence, token))) token += 1;
  return PARTS.has(textAt(sentence, token)) && !GOING_ON.has(textAt(sentence, token + 1));
}

const BETWEEN: ReadonlySet<string> = new Set(
  ', ; / ( ) - – + : and but or on the to for side sided was were is are also only test sign negative positive neg pos'.split(
    ' ',
  ),
);

/** "positive on the left for buttock pain, negative on the right": of one test, where no other name stands right before. */
export function isOfSame(sentence: ClinicSentence, before: Verdict, { first }: Verdict): boolean {
  const words = wordsOf(sentence, before.last + 1, first - 1);
  const clause = words.slice(words.findLastIndex((word) => PARTS.has(word)) + 1);
  return clause.every((word) => BETWEEN.has(word) || namesSide(word));
}

/** "were negative" is said of blocks as well, and is one phrase there. */
function resultOf(mark: Mark | undefined): Result | undefined {
  const code = sense(mark, 'result')?.code ?? sense(mark, 'relief-in-words')?.code;
  return PROVOCATION_RESULTS.get(code ?? '');
}

/** What a mark says of tests; none where it goes on with the mark before, undefined where it is no result at all. */
export function verdictsAt(sentence: ClinicSentence, index: number): readonly Verdict[] | undefined {
  const [before, mark] = [sentence.marks[index - 1], sentence.marks[index]];
  if (mark === undefined) return undefined;
  const { first, last } = mark;
  // "but not by compression": said of the tests behind it.
  if (plays(mark, 'ends-scope') && textAt(sentence, first) === 'but' && textAt(sentence, first + 1) === 'not')
    return [{ result: 'negative', first, last: first + 1, leads: true }];
  // "FABER reproduced her pain; compression did not."
  const ends = ['', '.', ',', ';', ')'].includes(textAt(sentence, last + 1));
  if (textAt(sentence, last - 1) === 'did' && textAt(sentence, last) === 'not' && ends)
    return [{ result: 'negative', first, last }];
  if (sense(mark, 'result')?.code === 'unclear') return [{ result: undefined, first, last }];
  const result = resultOf(mark);
  if (result === undefined) return undefined;
  // "FABER no longer painful": after a block, and no result of an examination for it.
  const noLonger = textAt(sentence, first - 1) === 'longer' && textAt(sentence, first - 2) === 'no';
  return noLonger || result === resultOf(before) ? [] : [{ result, first, last }];
}
