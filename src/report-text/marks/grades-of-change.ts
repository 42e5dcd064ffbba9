import { plays, type Mark } from './marks.js';
import type { Token } from '../words/tokenise.js';

/** What tells how a finding has changed, and not how bad it is. */
const CHANGED: ReadonlySet<string> = new Set(
  [
    'progressed increased decreased worsened regressed improved larger smaller bigger worse better more less greater',
    'progression increase decrease worsening regression improvement',
  ].flatMap((words) => words.split(' ')),
);

/** "slightly larger", "mild interval progression": the grade of a change. */
export function gradesChange(tokens: readonly Token[], mark: Mark): boolean {
  if (!plays(mark, 'severity')) return false;
  const next = tokens[mark.last + 1]?.text === 'interval' ? mark.last + 2 : mark.last + 1;
  return CHANGED.has(tokens[next]?.text ?? '');
}

const BEFORE_REACH = 4;
const BEHIND_REACH = 5;
const PHYSIOLOGIC: ReadonlySet<string> = new Set(['physiologic', 'physiological']);

/** "more than physiologic", "exceeding physiologic limits": more than a healthy joint has; two of them end each other. */
const BEYOND: ReadonlySet<string> = new Set(
  'no not non than beyond exceed exceeds exceeding exceeded above over'.split(' '),
);

function saysPhysiologic(tokens: readonly Token[], from: number, end: number): boolean {
  let isWithin = true;
  for (let token = Math.max(0, from); token < end; token += 1) {
    const text = tokens[token]?.text ?? '';
    if (BEYOND.has(text)) isWithin = !isWithin;
    if (PHYSIOLOGIC.has(text)) return isWithin;
  }
  return false;
}

/** "trace physiologic hip effusion", "effusion, within physiologic limits": fluid that a healthy joint has. */
export function isPhysiologic(tokens: readonly Token[], marks: readonly Mark[], index: number): boolean {
  const mark = marks[index];
  // "Trace right": of the same fluid.
  if (plays(mark, 'severity', 'side') && !plays(mark, 'finding'))
    return plays(marks[index + 1], 'severity', 'side', 'finding') && isPhysiologic(tokens, marks, index + 1);
  if (mark === undefined || tokens[mark.last]?.text !== 'effusion') return false;
  const next = marks.slice(index + 1).find((each) => plays(each, 'finding', 'change', 'list', 'ends-scope'));
  const last = tokens.findIndex(
    ({ kind, text }, at) => at > mark.last && (kind === 'newline' || text === '.'),
  );
  const limit = Math.min(mark.last + BEHIND_REACH, next?.first ?? Infinity, last < 0 ? Infinity : last);
  const from = Math.max(mark.first - BEFORE_REACH, (marks.slice(0, index).findLast(isThing)?.last ?? -1) + 1);
  return saysPhysiologic(tokens, from, mark.first) || saysPhysiologic(tokens, mark.last + 1, limit);
}

function isThing(mark: Mark): boolean {
  return plays(mark, 'finding', 'change', 'comma', 'list', 'ends-scope');
}
