import type { Assertion } from './assertion.js';
import { tellsEnd } from './denial-asides.js';
import { exceptionIn } from '../marks/exceptions.js';
import { OR } from '../marks/listed-denials.js';
import type { Mention } from '../marks/mention.js';
import { plays, playsAny, type Mark } from '../marks/marks.js';
import type { TextFinding } from '../reading.js';
import type { Token } from '../words/tokenise.js';

export interface Asserted {
  readonly mention: Mention;
  readonly assertion: Assertion;
}

interface Said {
  readonly tokens: readonly Token[];
  readonly marks: readonly Mark[];
}

/** Words from "new" to the finding it is said of. */
const NEW_REACH = 4;

/** "abuts but does not displace the root": what is denied is only how far it goes. */
function isOutdone({ mention, assertion }: Asserted, all: readonly Asserted[]): boolean {
  if (!assertion.negated || mention.normal) return false;
  return all.some(
    ({ mention: other, assertion: { negated } }) =>
      !negated &&
      other.site === mention.site &&
      other.head !== mention.head &&
      other.finding === mention.finding,
  );
}

/** "No pathologic fracture": the fracture is denied, not the tumour that it would be due to. */
function deniesOnlyResult({ mention, assertion }: Asserted, all: readonly Asserted[]): boolean {
  if (!assertion.negated || mention.finding !== 'tumor-or-infection') return false;
  return all.some(({ mention: { head, finding } }) => head === mention.head && finding === 'fracture');
}

const NEW: ReadonlySet<string> = new Set(['new', 'additional', 'further']);
/** A new one is one of its own: "no new fracture" says that none is acute. */
const DATED: ReadonlySet<string> = new Set(['fracture', 'tumor-or-infection']);

/** "No new herniation": the old one may be there. */
function deniesOnlyNew({ mention, assertion }: Asserted, { tokens, marks }: Said): boolean {
  if (!assertion.negated || mention.normal || DATED.has(mention.finding)) return false;
  const first = marks[Math.min(mention.head, mention.site)]?.first ?? 0;
  const from = Math.max(0, first - NEW_REACH);
  const before = tokens.slice(from, first).map(({ text }) => text);
  const at = before.findLastIndex((text) => NEW.has(text));
  return at > 0 && before[at - 1] === 'no';
}

const GRADED: ReadonlySet<string> = new Set(['severity', 'side', 'level', 'list']);

/** "No central, mild foraminal stenosis": whether the grade behind the comma is denied as well nobody can tell. */
function isLeftOpen({ mention, assertion }: Asserted, { tokens, marks }: Said): boolean {
  const { site, head, normal } = mention;
  if (!assertion.negated || normal || site >= head || site < 3) return false;
  let comma = site - 1;
  while (playsAny(marks[comma], GRADED)) comma -= 1;
  if (!plays(marks[comma], 'comma') || !plays(marks[comma + 1], 'severity')) return false;
  if (!plays(marks[comma - 1], 'site')) return false;
  let first = comma - 1;
  while (first >= 0 && !plays(marks[first], 'negation-before')) {
    if (plays(marks[first], 'finding', 'change', 'ends-scope')) return false;
    first -= 1;
  }
  const words = tokens.slice(marks[first]?.last ?? 0, marks[head]?.first);
  return first >= 0 && !words.some(({ text }) => OR.has(text));
}

/** What takes its place among denied findings; what is left open as well, so that its level goes to no other. */
export function deniedMention({ mention, assertion }: Asserted): readonly Mention[] {
  return assertion.negated || assertion.leftOpen ? [mention] : [];
}

/** A denial that leaves the finding where it is: of how far it goes, that it is new, or what it comes of. */
export function deniesOnlyAPart(each: Asserted, all: readonly Asserted[], said: Said): boolean {
  return (
    isOutdone(each, all) || deniesOnlyNew(each, said) || deniesOnlyResult(each, all) || isLeftOpen(each, said)
  );
}

/** "Resolution of the extrusion with a residual protrusion", "L4-5: foramina patent but for narrowing on the left": of a level with an exception only the exception is told. */
export function withoutTakenOut(
  found: readonly TextFinding[],
  { tokens, marks }: Said,
): readonly TextFinding[] {
  if (found.length < 2 || (exceptionIn(marks) === undefined && !tellsEnd(tokens, marks))) return found;
  const there = found.filter(({ negated }) => !negated);
  return found.filter((each) => !each.negated || !there.some((other) => isSamePlace(each, other)));
}

/** "Left herniation resolved, right herniation persists": of two sides. */
function isSamePlace(one: TextFinding, other: TextFinding): boolean {
  const sides = new Set([one.laterality, other.laterality]);
  return (
    one.finding === other.finding && one.level === other.level && !(sides.has('left') && sides.has('right'))
  );
}
