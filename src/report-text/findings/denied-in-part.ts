import type { Assertion } from './assertion.js';
import { exceptionIn } from '../marks/exceptions.js';
import type { Mention } from '../marks/mention.js';
import type { Mark } from '../marks/marks.js';
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

/** A denial that leaves the finding where it is: of how far it goes, that it is new, or what it comes of. */
export function deniesOnlyAPart(each: Asserted, all: readonly Asserted[], said: Said): boolean {
  return isOutdone(each, all) || deniesOnlyNew(each, said) || deniesOnlyResult(each, all);
}

/** "L4-5: foramina patent but for narrowing on the left": of a level with an exception only the exception is told. */
export function withoutTakenOut(
  found: readonly TextFinding[],
  marks: readonly Mark[],
): readonly TextFinding[] {
  if (exceptionIn(marks) === undefined) return found;
  const there = new Set(found.filter(({ negated }) => !negated).map(place));
  return found.filter((each) => !each.negated || !there.has(place(each)));
}

function place({ finding, level }: TextFinding): string {
  return `${finding}|${level ?? ''}`;
}
