import { plays, sense } from '../marks/marks.js';
import type { TextProvocation, TextProvocationCount } from '../reading.js';
import { figureAt, spanOf, textAt, type ClinicSentence } from './sentence.js';

/** Results by the code of the words that say them. */
export const PROVOCATION_RESULTS: ReadonlyMap<string, TextProvocation['result']> = new Map([
  ['positive', 'positive'],
  ['negative', 'negative'],
]);
const MOST_TESTS = 10;

/**
 * "3/5 SIJ provocative tests positive", "three of six", "positive in 3 out of 5 tests".
 * @param told results that the sentence gives test by test, by signs ("+FABER") or by words
 */
export function countsIn(sentence: ClinicSentence, told: number): readonly TextProvocationCount[] {
  const { marks, placed } = sentence;
  const about =
    marks.some((mark) => plays(mark, 'provocation-any')) ||
    marks.filter((mark) => plays(mark, 'provocation')).length > 1;
  const resulted =
    told > 1 ||
    marks.some((mark) => PROVOCATION_RESULTS.get(sense(mark, 'result')?.code ?? '') !== undefined);
  if (!about || !resulted) return [];
  for (let token = placed.first; token < placed.end; token += 1) {
    const count = isOfStrength(sentence, token) ? undefined : countAt(sentence, token);
    if (count !== undefined) return [count];
  }
  return [];
}

const STRENGTH: ReadonlySet<string> = new Set(['strength', 'motor', 'power', 'pain', 'nrs', 'vas']);

/** "strength 5/5", "pain 4/10", "9/9/2025" */
function isOfStrength(sentence: ClinicSentence, token: number): boolean {
  const date = sentence.tokens[token + 3]?.text === '/' || sentence.tokens[token - 1]?.text === '/';
  return (
    date ||
    [1, 2, 3].some(
      (back) => token - back >= sentence.placed.first && STRENGTH.has(textAt(sentence, token - back)),
    )
  );
}

function countAt(sentence: ClinicSentence, token: number): TextProvocationCount | undefined {
  const positive = figureAt(sentence, token);
  if (positive === undefined) return undefined;
  let next = positive.last + 1;
  if (textAt(sentence, next) === 'out') next += 1;
  const joins = sentence.tokens[next]?.text === '/' || textAt(sentence, next) === 'of';
  if (textAt(sentence, next + 1) === 'the') next += 1;
  const of = joins ? figureAt(sentence, next + 1) : undefined;
  if (of === undefined || of.value > MOST_TESTS || of.value < positive.value || of.value < 2)
    return undefined;
  return { positive: positive.value, of: of.value, ...spanOf(sentence, token, of.last) };
}
