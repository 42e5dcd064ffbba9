import type { LevelGroup } from './levels.js';
import type { Token } from '../words/tokenise.js';

const INSTEAD: ReadonlySet<string> = new Set(['rather', 'instead']);
const PREPOSITIONS: ReadonlySet<string> = new Set('at in of on the as to be being level'.split(' '));
const SAID_BEFORE: ReadonlySet<string> = new Set(
  'previously originally initially erroneously mistakenly incorrectly wrongly'.split(' '),
);
const SAID: ReadonlySet<string> = new Set(
  'reported described stated labeled labelled dictated referred numbered read called identified listed noted designated'.split(
    ' ',
  ),
);
/** Words from "reported as" to its level, and from a level to "in error". */
const REACH = 4;

/** Whether the words right before a level, or behind it, say that it was the wrong one. */
function isRefuted(tokens: readonly Token[], { first, last }: LevelGroup): boolean {
  const text = (index: number): string => tokens[index]?.text ?? '';
  const behind = [1, 2, 3].some((on) => text(last + on) === 'in' && text(last + on + 1) === 'error');
  let before = first - 1;
  while (first - before < REACH && PREPOSITIONS.has(text(before))) before -= 1;
  if (text(before) === 'not') return true;
  if (text(before) === 'than' || INSTEAD.has(text(before)))
    return [before, before - 1].some((at) => INSTEAD.has(text(at)));
  return behind || (SAID.has(text(before)) && SAID_BEFORE.has(text(before - 1)));
}

/**
 * The levels of a sentence without those it takes back: "at L5-S1, not L4-L5", "previously reported as L4-5". One that
 * names no other level keeps what it names.
 */
export function withoutRefuted(
  tokens: readonly Token[],
  groups: readonly LevelGroup[],
): readonly LevelGroup[] {
  if (groups.length < 2) return groups;
  const kept = groups.filter((group) => group.ofNerves || !isRefuted(tokens, group));
  return kept.length === 0 ? groups : kept;
}
