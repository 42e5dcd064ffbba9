import { plays } from '../marks/marks.js';
import { textAt, type ClinicSentence } from './sentence.js';

/** Words of what is worth doing. */
export const WORTH: ReadonlySet<string> = new Set(
  'indicated appropriate warranted necessary justified worthwhile needed advisable sensible reasonable'.split(
    ' ',
  ),
);
const BEING: ReadonlySet<string> = new Set('is was are were be'.split(' '));
const NO_MORE: ReadonlySet<string> = new Set(['not', 'longer', 'medically', 'clinically', 'currently']);
const STILL_GIVEN: ReadonlySet<string> = new Set(['longer', 'currently']);

/** "RFA is not necessary because the pain is gone", "RFA is no longer needed": right behind it. */
export function isNotWorth(sentence: ClinicSentence, last: number): boolean {
  let token = (sentence.marks[last]?.last ?? 0) + 1;
  if (!BEING.has(textAt(sentence, token))) return false;
  token += textAt(sentence, token + 1) === 'no' ? 2 : 1;
  // "PT is no longer needed": of care that was given.
  const isOfNow = STILL_GIVEN.has(textAt(sentence, token)) || STILL_GIVEN.has(textAt(sentence, token + 1));
  if (isOfNow && plays(sentence.marks[last], 'care', 'medication')) return false;
  if (!['not', 'longer'].includes(textAt(sentence, token))) return false;
  while (NO_MORE.has(textAt(sentence, token))) token += 1;
  return WORTH.has(textAt(sentence, token));
}
