import { sense, type Mark } from '../marks/marks.js';
import { textAt, type ClinicSentence } from './sentence.js';

/** Between a denial and the word that takes it back: "not yet been denied", "if the insurance denies". */
const PASSED: ReadonlySet<string> = new Set(
  'been be yet insurance insurer payer payor plan they it the his her has have had was is'.split(' '),
);
const PASSED_REACH = 5;
const NOT_SO: ReadonlySet<string> = new Set(
  'not never no without if unless may might could would should'.split(' '),
);

/** "not denied by insurance", "if the insurance denies it": nothing was denied yet. */
export function isNoDenial(sentence: ClinicSentence, { first }: Mark): boolean {
  let token = first - 1;
  while (token > first - PASSED_REACH && PASSED.has(textAt(sentence, token))) token -= 1;
  return NOT_SO.has(textAt(sentence, token));
}

const CLAUSE_BEGINS: ReadonlySet<string> = new Set(
  ': ; . ( ) because since as after but while until so when'.split(' '),
);
const CLAUSE_ENDS: ReadonlySet<string> = new Set([
  ...CLAUSE_BEGINS,
  ',',
  ...'due for pending without given lacking on in at of no not'.split(' '),
]);
/** What a payer denies beside procedures. */
const OTHER_THINGS: ReadonlySet<string> = new Set(
  'mri ct xray imaging scan therapy pt visit visits consult consultation referral clearance sedation anesthesia transport transportation medication medications brace'.split(
    ' ',
  ),
);

/** "RFA was delayed because insurance denied the MRI": the clause of the denial names something else, and no ablation. */
export function isDenialOfOther(sentence: ClinicSentence, { first, last }: Mark): boolean {
  const { placed, marks } = sentence;
  let [from, to] = [first, last];
  while (from > placed.first && !CLAUSE_BEGINS.has(textAt(sentence, from - 1))) from -= 1;
  while (to + 1 < placed.end && !CLAUSE_ENDS.has(textAt(sentence, to + 1))) to += 1;
  if (marks.some((mark) => mark.first >= from && mark.last <= to && namesAblation(mark))) return false;
  for (let token = from; token <= to; token += 1) if (OTHER_THINGS.has(textAt(sentence, token))) return true;
  return false;
}

/** Whether a mark names an ablation. */
export function namesAblation(mark: Mark): boolean {
  return sense(mark, 'action')?.code === 'ablation' || /-rfa$/u.test(sense(mark, 'procedure')?.code ?? '');
}
