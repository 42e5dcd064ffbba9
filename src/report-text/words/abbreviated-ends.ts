import { SIDE_WORDS } from './side-words.js';
import type { Token } from './tokenise.js';

/** Abbreviations of nouns: with these a sentence may end. */
export const MAY_END: ReadonlySet<string> = new Set(
  'fx hx tx rx dx sx wk wks mo mos yr yrs hr hrs min etc foram protrusion extr compr bil bilat'.split(' '),
);
/** Abbreviations of grades: a sentence may end with one that is said of what stands before it. */
const GRADES: ReadonlySet<string> = new Set(['mod', 'sev']);
const GRADE_REACH = 4;
/** Behind these a grade opens what is named next, whatever its first letter: "no evidence of any sev. Canal stenosis". */
const OPENING: ReadonlySet<string> = new Set(
  'a an any of with w without no nor not causes causing cause caused and or plus shows showing has have some also to'.split(
    ' ',
  ),
);

/** "Facet OA L4-5 mod. Canal ok", where in "L4-5: mod. Canal stenosis" the grade is of what follows. */
export function isGradeAtEnd(tokens: readonly Token[], stop: number): boolean {
  if (!GRADES.has(tokens[stop - 1]?.text ?? '')) return false;
  if (SIDE_WORDS.has(tokens[stop + 1]?.text ?? '') || OPENING.has(tokens[stop - 2]?.text ?? '')) return false;
  const before = tokens.slice(Math.max(0, stop - 1 - GRADE_REACH), stop - 1);
  return before.length === GRADE_REACH && before.every(({ kind }) => kind !== 'newline' && kind !== 'mark');
}
