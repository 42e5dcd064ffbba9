import { plays, type Mark } from './marks.js';
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

/** The marks of a sentence without what is named only to say that it is not meant: "canal, not foraminal, stenosis". */
export function withoutSetAside(tokens: readonly Token[], marks: readonly Mark[]): readonly Mark[] {
  const comma = marks.findIndex((_, index) => index > 0 && isSetAside(tokens, marks, index));
  return comma < 0 ? marks : [...marks.slice(0, comma), ...marks.slice(comma + 4)];
}
