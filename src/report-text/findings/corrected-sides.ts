import { addendumIn, standsIn, type Addendum } from './addenda.js';
import type { TextFinding, TextLaterality } from '../reading.js';

/** What it takes back something with. */
const TAKES_BACK =
  /\b(?:in error|(?:dictation|transcription|typing|laterality) error|erroneous(?:ly)?|incorrect(?:ly)?|mistaken(?:ly)?|misstated|wrong|should (?:have )?(?:read|say|said|state|be)|corrected|correction|rather than|instead of|not (?:on |to )?(?:the )?(?:left|right))\b/iu;
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

/** The part of a text that corrects the rest of it. */
function correctionIn(text: string): Addendum | undefined {
  const added = addendumIn(text);
  return added !== undefined && takesBackSide(added.text) && !ADDS.test(added.text) ? added : undefined;
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

/** "should read: no fracture of the sacrum" takes back the fracture of which the report tells in the same place. */
function deniesIt(later: TextFinding, earlier: TextFinding): boolean {
  const sameThing = later.finding === earlier.finding && later.negated && !earlier.negated;
  const samePlace = later.level === earlier.level && later.subtype === earlier.subtype;
  return sameThing && samePlace && [null, earlier.laterality].includes(later.laterality);
}

/** Right before what it quotes to say that it is wrong: "rather than fracture". */
const QUOTED = /\b(?:rather than|instead of)[\s"'“‘]+(?:(?:a|an|the)\s)?$/iu;
const QUOTED_REACH = 30;

function isQuoted(text: string, { start, negated }: TextFinding): boolean {
  return !negated && QUOTED.test(text.slice(Math.max(0, start - QUOTED_REACH), start));
}

/** Denials in sentences that say what the report should have said. */
function deniedIn(text: string, added: Addendum, found: readonly TextFinding[]): readonly TextFinding[] {
  return found.filter((finding) => {
    if (!finding.negated || !standsIn(added, finding)) return false;
    const said = text.slice(added.from, finding.start).split(SENTENCE_END).at(-1) ?? '';
    return SHOULD_READ.test(said);
  });
}
const SHOULD_READ = /\bshould (?:have )?(?:read|say|said|state|be)|\bcorrected to\b/iu;

/**
 * "ADDENDUM: the side is in error, the extrusion is on the right": what was found on the left was not there; nor what
 * should have been denied.
 */
export function withoutCorrected<T extends { readonly finding: TextFinding }>(
  text: string,
  found: readonly T[],
): readonly T[] {
  const added = found.length === 0 ? undefined : addendumIn(text);
  if (added === undefined) return found;
  const findings = found.map(({ finding }) => finding);
  const denied = deniedIn(text, added, findings);
  const kept = found.filter(
    ({ finding }) =>
      !(standsIn(added, finding) ? isQuoted(text, finding) : denied.some((each) => deniesIt(each, finding))),
  );
  return withoutOtherSides(text, kept);
}

function withoutOtherSides<T extends { readonly finding: TextFinding }>(
  text: string,
  found: readonly T[],
): readonly T[] {
  const added = correctionIn(text);
  if (added === undefined) return found;
  const later = found.filter(
    ({ finding }) => standsIn(added, finding) && !finding.negated && OPPOSITE.has(finding.laterality),
  );
  if (later.length === 0) return found;
  const isConfirmed = (finding: TextFinding): boolean =>
    later.some(
      (each) => each.finding.laterality === finding.laterality && each.finding.finding === finding.finding,
    );
  return found.filter(
    ({ finding }) =>
      standsIn(added, finding) ||
      isConfirmed(finding) ||
      !later.some((each) => takesBack(each.finding, finding)),
  );
}
