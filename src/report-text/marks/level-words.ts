import type { Mark } from './marks.js';
import type { Token } from '../words/tokenise.js';

/** Findings that are not of the level the text happens to be at, unless a heading or their own sentence says so. */
export const OF_THE_SPINE_AS_A_WHOLE: ReadonlySet<string> = new Set([
  'fracture',
  'tumor-or-infection',
  'hip-or-si-pathology',
]);
/** Looked for in the spine as a whole: denied, they are denied of all of it where no level is theirs. */
export const LOOKED_FOR_THROUGHOUT: ReadonlySet<string> = new Set([
  ...OF_THE_SPINE_AS_A_WHOLE,
  'pars-defect',
  'spondylolisthesis',
]);

const WORST: ReadonlySet<string> = new Set(
  'most more worst worse greatest maximal maximally noticeably especially particularly predominantly mainly notably'.split(
    ' ',
  ),
);
/** "at most mild stenosis at L4-5", "no more than": a bound, no comparison of levels. */
const BOUNDING: ReadonlySet<string> = new Set(['at', 'no', 'not']);
/** Words before a level in which "most marked at" can stand. */
const WORST_REACH = 5;
const SURGERY: ReadonlySet<string> = new Set(
  'fusion laminectomy hemilaminectomy discectomy microdiscectomy decompression fixation arthrodesis'.split(
    ' ',
  ),
);

/** "most marked at L4-5": the words before a level say where it is worst, not where else it is. */
export function saysWorst(tokens: readonly Token[], mark: Mark | undefined): boolean {
  if (mark?.level === undefined) return false;
  const { first } = mark;
  const from = Math.max(0, first - WORST_REACH);
  return tokens
    .slice(from, first)
    .some(({ text }, index) => WORST.has(text) && !BOUNDING.has(tokens[from + index - 1]?.text ?? ''));
}

/** "spondylolisthesis, status post L4-L5 fusion": the level of an operation. */
export function isOfSurgery(tokens: readonly Token[], mark: Mark | undefined): boolean {
  const last = mark?.last ?? 0;
  return tokens.slice(last + 1, last + 3).some(({ text }) => SURGERY.has(text));
}
