import { addendumIn, standsIn } from './addenda.js';
import type { TextFinding } from '../reading.js';

const LEVEL = String.raw`(?:the )?([TLS]\d{1,2})[ ]?[-/–][ ]?([TLS]?\d{1,2})`;
/** "What was called L5-S1 is L4-L5", "The level labeled L4-5 should read L3-4". */
const RENAMED = new RegExp(
  String.raw`\b(?:what|levels?|segments?|disc spaces?)(?: (?:which|that|was|were|is|are|i|we|had|has|been|previously|originally))* (?:called|labell?ed|described|numbered|referred to|reported|designated|dictated|listed)(?: (?:as|at))? ${LEVEL}(?: (?:above|below|level|previously|originally)| in [^.;,\n]{1,40}?)* (?:is|are|should (?:be|read)|corresponds? to|represents?)(?: (?:actually|really|in fact|called|labell?ed|numbered))* ${LEVEL}`,
  'giu',
);
/** The levels are wrong, and no word says which is which. */
const MISNUMBERED =
  /\b(?:misnumbered|mis-numbered|(?:number(?:ing|ed)|levels? (?:was|were)|labell?(?:ing|ed)|levels (?:are|should))[^.;\n]{0,60}\b(?:incorrect(?:ly)?|in error|erroneous(?:ly)?|wrong(?:ly)?|mislabell?ed|off by one|one level (?:higher|lower|up|down|above|below))|one level (?:higher|lower|up|down|above|below) than (?:\w+ )?(?:reported|described|stated|dictated|labell?ed|numbered)|off by one level)\b/iu;
/** Of another study: "compared with the 2019 study, in which the levels were incorrectly numbered". */
const OF_OTHER_STUDY = /\b(?:comparison|compared|prior|previous|outside|earlier|old)\b[^.;\n]*$/iu;
const DENIED = /\b(?:not|no)\b/iu;

function named(upper: string, lower: string): string {
  return `${upper.toUpperCase()}-${/^\d/u.test(lower) ? upper.charAt(0).toUpperCase() : ''}${lower.toUpperCase()}`;
}

/** Levels by what an addendum says that they should be called. */
function renamedIn(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(RENAMED)].map(([, upper = '', lower = '', right = '', under = '']) => [
      named(upper, lower),
      named(right, under),
    ]),
  );
}

function saysMisnumbered(text: string): boolean {
  const said = MISNUMBERED.exec(text);
  return said !== null && !DENIED.test(said[0]) && !OF_OTHER_STUDY.test(text.slice(0, said.index));
}

/**
 * "ADDENDUM: what was called L5-S1 is L4-L5": the findings of the report by their right level; by none where the numbers
 * are said to be wrong and not how.
 */
export function withCorrectedLevels<T extends { readonly finding: TextFinding }>(
  text: string,
  found: readonly T[],
): readonly T[] {
  const added = found.length === 0 ? undefined : addendumIn(text);
  if (added === undefined) return found;
  const renamed = renamedIn(added.text);
  if (renamed.size === 0 && !saysMisnumbered(added.text)) return found;
  return found.map((each) => {
    const { finding } = each;
    if (finding.level === null || standsIn(added, finding)) return each;
    return { ...each, finding: { ...finding, level: renamed.get(finding.level) ?? null } };
  });
}
