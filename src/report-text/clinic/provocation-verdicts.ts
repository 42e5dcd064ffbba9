import { plays, type Mark } from '../marks/marks.js';
import { SIDE_WORDS } from '../words/side-words.js';
import type { Verdict } from './provocation-signs.js';
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

function isSide(text: string): boolean {
  return SIDE_WORDS.has(text) || text === 'bilateral' || text === 'bilaterally';
}

/** Whether a comma ends what a result in front of all tests is said of: "Gillet test negative, FABER ...". */
export function isOfAnother(sentence: ClinicSentence, { first, last }: Verdict): boolean {
  if (first === sentence.placed.first) return false;
  let token = last + 1;
  while (BEFORE_SIDE.has(textAt(sentence, token)) || isSide(textAt(sentence, token))) token += 1;
  return PARTS.has(textAt(sentence, token)) && !GOING_ON.has(textAt(sentence, token + 1));
}

const BETWEEN: ReadonlySet<string> = new Set(
  ', ; / ( ) - – + : and but or on the to for side sided was were is are also only test sign negative positive neg pos'.split(
    ' ',
  ),
);

/** "positive on the left, negative on the right": of one test, where no other name stands between. */
export function isOfSame(sentence: ClinicSentence, before: Verdict, { first }: Verdict): boolean {
  return wordsOf(sentence, before.last + 1, first - 1).every((word) => BETWEEN.has(word) || isSide(word));
}

/** "but not by compression" */
export function leadsToNegative({ tokens }: ClinicSentence, mark: Mark): boolean {
  const but = tokens[mark.first]?.text === 'but' && tokens[mark.first + 1]?.text === 'not';
  return but && plays(mark, 'ends-scope', 'negation-before');
}

export function negativeBehind({ first }: Mark): Verdict {
  return { result: 'negative', first, last: first + 1, leads: true };
}
