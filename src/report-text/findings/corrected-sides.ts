import type { TextFinding, TextLaterality } from '../reading.js';

/** What opens the part of a report that was added later. */
const ADDENDUM = /\b(?:addend(?:um|a)|corrigendum|erratum)\b|\bcorrection ?:/iu;
/** Few texts have one: looking for a few plain strings tells that sooner. */
const HINTS = ['ddend', 'DDEND', 'orrection', 'ORRECTION', 'orrigend', 'ORRIGEND', 'rratum', 'RRATUM'];
/** What it takes back something with. */
const TAKES_BACK =
  /\b(?:in error|(?:dictation|transcription|typing|laterality) error|erroneous(?:ly)?|incorrect(?:ly)?|mistaken(?:ly)?|misstated|wrong|should (?:have )?(?:read|say|said|state|be)|corrected|correction|rather than|instead of|not (?:on )?(?:the )?(?:left|right))\b/iu;
const SENTENCE_END = /[.;](?=\s)|\n/u;
/** What it says beside what was said before, and does not take it back: "on the right as well". */
const ADDS = /\b(?:also|additional(?:ly)?|in addition|as well|too|both|bilateral(?:ly)?|not only)\b/iu;

/** What else a report can have wrong, where its sentence names no side. */
const OF_ELSE =
  /\b(?:dates?|time|comparison|technique|sequences?|contrast|history|indication|age|sex|gender|name|physician|provider|measure(?:ment|d|s)?|accession|number|numbering|typ(?:o|ographical))\b/iu;
const OF_SIDE = /\b(?:sides?|sided|laterality|left|right)\b/iu;

const OPPOSITE: ReadonlyMap<TextLaterality | null, TextLaterality> = new Map([
  ['left', 'right'],
  ['right', 'left'],
]);

/** Where the part of a text begins that corrects what stands before it. */
function correctionIn(text: string): number | undefined {
  if (!HINTS.some((hint) => text.includes(hint))) return undefined;
  const index = text.search(ADDENDUM);
  const added = index < 0 ? '' : text.slice(index);
  return takesBackSide(added) && !ADDS.test(added) ? index : undefined;
}

/** "Incorrect comparison date. Right stenosis is mild.": of the date, and of no side. */
function takesBackSide(added: string): boolean {
  return added
    .split(SENTENCE_END)
    .some((said) => TAKES_BACK.test(said) && (!OF_ELSE.test(said) || OF_SIDE.test(said)));
}

function takesBack(later: TextFinding, earlier: TextFinding): boolean {
  const sameThing = later.finding === earlier.finding && !later.negated && !earlier.negated;
  const samePlace = later.level === earlier.level || later.level === null;
  return sameThing && samePlace && OPPOSITE.get(later.laterality) === earlier.laterality;
}

/** "ADDENDUM: the side is in error, the extrusion is on the right": what was found on the left before it was not there. */
export function withoutCorrected<T extends { readonly finding: TextFinding }>(
  text: string,
  found: readonly T[],
): readonly T[] {
  const from = found.length === 0 ? undefined : correctionIn(text);
  if (from === undefined) return found;
  const later = found.filter(({ finding }) => finding.start >= from && OPPOSITE.has(finding.laterality));
  if (later.length === 0) return found;
  const isConfirmed = (finding: TextFinding): boolean =>
    later.some(
      (each) => each.finding.laterality === finding.laterality && each.finding.finding === finding.finding,
    );
  return found.filter(
    ({ finding }) =>
      finding.start >= from ||
      isConfirmed(finding) ||
      !later.some((each) => takesBack(each.finding, finding)),
  );
}
