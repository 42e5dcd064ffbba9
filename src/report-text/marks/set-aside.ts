import { plays, type Mark } from './marks.js';
import { gradesChange, isPhysiologic } from './grades-of-change.js';
import type { Token } from '../words/tokenise.js';

/** Parts of which one may be named to set it aside: "moderate, not severe, stenosis". */
const OPPOSED: readonly string[] = ['severity', 'side', 'site'];

/** "not" and one part of the kind that stands before the comma, up to the next comma. */
function isSetAside(tokens: readonly Token[], marks: readonly Mark[], comma: number): boolean {
  const [before, opens, denial, part, closes] = marks.slice(comma - 1, comma + 4);
  if (before === undefined || denial === undefined || part === undefined) return false;
  return (
    plays(opens, 'comma') &&
    plays(closes, 'comma') &&
    plays(denial, 'negation-before') &&
    tokens[denial.last]?.text === 'not' &&
    part.first === denial.last + 1 &&
    OPPOSED.some((role) => plays(before, role) && plays(part, role))
  );
}

const BONES: ReadonlySet<string> = new Set(
  'sacral sacrum ala iliac ilium acetabulum acetabular ischium ischial pubic pubis femoral femur rib ribs'.split(
    ' ',
  ),
);

/** "lesions in L2, L4 and the left sacral ala": the side of another bone than the vertebrae before it. */
function isOfOtherBone(tokens: readonly Token[], marks: readonly Mark[], index: number): boolean {
  const mark = marks[index];
  if (!plays(mark, 'side') || !BONES.has(tokens[(mark?.last ?? 0) + 1]?.text ?? '')) return false;
  // "Bulge at L5-S1, left sacral fracture": the side of what stands behind it.
  const ends = marks.findIndex((other, at) => at > index && plays(other, 'comma', 'list', 'ends-scope'));
  const behind = marks.slice(index + 1, ends < 0 ? marks.length : ends);
  if (behind.some((other) => plays(other, 'finding', 'change'))) return false;
  return plays(marks[index - 1], 'list', 'comma') && marks[index - 2]?.level !== undefined;
}

/** The marks of a sentence without what is named only to say that it is not meant: "canal, not foraminal, stenosis". */
export function withoutSetAside(tokens: readonly Token[], all: readonly Mark[]): readonly Mark[] {
  const isOther = (mark: Mark, index: number): boolean =>
    isOfOtherBone(tokens, all, index) || gradesChange(tokens, mark) || isPhysiologic(tokens, all, index);
  const marks = all.some(isOther) ? all.filter((mark, index) => !isOther(mark, index)) : all;
  const comma = marks.findIndex((_, index) => index > 0 && isSetAside(tokens, marks, index));
  return comma < 0 ? marks : [...marks.slice(0, comma), ...marks.slice(comma + 4)];
}
