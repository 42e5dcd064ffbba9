import { plays, sense } from '../marks/marks.js';
import type { Anchor, AnchoredSentence } from './anchors.js';
import { textAt, type ClinicSentence } from './sentence.js';
import { isOnlyTalkedOf } from './status.js';

const CONDITIONS: ReadonlySet<string> = new Set([
  'if',
  'unless',
  'should',
  'contingent',
  'provided',
  'assuming',
]);
const PARTING: ReadonlySet<string> = new Set([',', ';']);
const MODALS: ReadonlySet<string> = new Set(['would', 'could', 'may', 'might', 'can']);
const WEIGHED: ReadonlySet<string> = new Set(['consider', 'considered', 'discuss', 'revisit', 'entertain']);
/** Words of a condition between "if" and its verb in which "if" still speaks of what stands before a comma. */
const NEAR = 1;

function isCondition(sentence: ClinicSentence, token: number): boolean {
  const word = textAt(sentence, token);
  // "RFA should be scheduled" asks for it; "Should the pain return, RFA" makes it depend.
  if (word !== 'should') return CONDITIONS.has(word);
  return token === sentence.placed.first || PARTING.has(textAt(sentence, token - 1));
}

/** "If the block is positive, RFA", "RFA unless she improves", "Would consider RFA": no plan yet, and nothing done. */
export function isConditional({ first, last }: Anchor, { sentence }: AnchoredSentence): boolean {
  const { marks, placed } = sentence;
  const [from, to] = [marks[first]?.first ?? 0, marks[last]?.last ?? 0];
  for (let token = placed.first; token < from; token += 1) {
    const weighed = MODALS.has(textAt(sentence, token)) && WEIGHED.has(textAt(sentence, token + 1));
    if ((weighed || isCondition(sentence, token)) && !endsBetween(sentence, token, from)) return true;
  }
  for (let token = to + 1; token < placed.end; token += 1) {
    if (marks.some((mark) => mark.first === token && plays(mark, 'ends-scope'))) return false;
    if (isCondition(sentence, token)) return !tellsAnother(sentence, to, token);
  }
  return false;
}

/** "If the block is positive, RFA", "RFA if relief exceeds 75%". */
export function awaitsBlock({ marks }: ClinicSentence): boolean {
  return marks.some(
    (mark) =>
      plays(mark, 'relief', 'percent') ||
      BLOCKS.has(sense(mark, 'procedure')?.code ?? '') ||
      sense(mark, 'action')?.code === 'block',
  );
}
const BLOCKS: ReadonlySet<string> = new Set(['lateral-branch-block', 'si-joint-injection']);

/** "Will schedule.", "She agrees.": of what the sentence before only spoke of. */
export function decides(sentence: ClinicSentence): boolean {
  const { marks } = sentence;
  const said = marks.some((mark) => plays(mark, 'planned', 'acceptance'));
  const ofAnother = marks.some((mark) => plays(mark, 'action', 'procedure', 'care', 'medication', 'refusal'));
  return said && !ofAnother && !isOnlyTalkedOf(sentence);
}

function endsBetween({ marks }: ClinicSentence, from: number, to: number): boolean {
  return marks.some((mark) => mark.first > from && mark.last < to && plays(mark, 'ends-scope'));
}

/** "RFA scheduled for 4/2, call if fever": a condition of something else. */
function tellsAnother(sentence: ClinicSentence, from: number, condition: number): boolean {
  for (let token = condition - 1; token > from; token -= 1)
    if (PARTING.has(textAt(sentence, token))) return condition - 1 - token >= NEAR;
  return false;
}
