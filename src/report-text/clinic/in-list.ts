import { playsAny } from '../marks/marks.js';
import type { Anchor, AnchoredSentence } from './anchors.js';
import type { ClinicSentence } from './sentence.js';
import { statusOf, type MentionStatus } from './status.js';

/** Between two procedures of one list. */
const LISTED_BETWEEN: ReadonlySet<string> = new Set(
  'list comma level side technique target number bracket'.split(' '),
);

/** The marks of the anchors on either side of one: how far the words of its sentence speak of it. */
export function limitsOf(anchor: Anchor, { anchors, sentence }: AnchoredSentence): readonly [number, number] {
  const at = anchors.indexOf(anchor);
  return [anchors[at - 1]?.last ?? -1, anchors[at + 1]?.first ?? sentence.marks.length];
}

/** What was told of last, and its status. */
export interface ToldLast {
  readonly anchor: Anchor | undefined;
  readonly status: MentionStatus | undefined;
}

/** "No injection or RFA was done": one denial of both, whatever the verb behind the last says. */
export function isDeniedInList(
  anchor: Anchor,
  { anchors, sentence }: AnchoredSentence,
  last: ToldLast,
): boolean {
  const previous = anchors[anchors.indexOf(anchor) - 1];
  if (previous === undefined || previous !== last.anchor || last.status !== 'not-done') return false;
  const between = sentence.marks.slice(previous.last + 1, anchor.first);
  const says = between.some(({ first }) => sentence.tokens[first]?.text === 'or');
  return says && between.every((mark) => playsAny(mark, LISTED_BETWEEN));
}

const NAMING: ReadonlySet<string> = new Set(['called', 'named', 'termed', 'namely']);

/** "a different injection next week, called radiofrequency ablation": the second names the first. */
function isNamedBehind(previous: Anchor, { last }: Anchor, { marks, tokens }: ClinicSentence): boolean {
  const [from, to] = [marks[previous.last]?.last ?? 0, marks[last]?.first ?? 0];
  return previous.is === 'action' && tokens.slice(from + 1, to).some(({ text }) => NAMING.has(text));
}

/**
 * In a list ("denies SI injection, RFA or fusion") what is said of the first holds for the rest.
 * @param last the procedure told of last
 */
export function inheritedStatus(
  anchor: Anchor,
  told: AnchoredSentence,
  last: ToldLast,
): MentionStatus | undefined {
  const { anchors, sentence } = told;
  const previous = anchors[anchors.indexOf(anchor) - 1];
  if (previous === undefined) return undefined;
  if (isNamedBehind(previous, anchor, sentence))
    return statusOf(sentence, previous, limitsOf(previous, told));
  const between = sentence.marks.slice(previous.last + 1, anchor.first);
  const listed = between.length > 0 && between.every((mark) => playsAny(mark, LISTED_BETWEEN));
  if (!listed) return undefined;
  // "If it helps, a second block, then RFA": of what only may come nothing was told.
  const isTold = previous === last.anchor;
  return isTold ? last.status : statusOf(sentence, previous, limitsOf(previous, told));
}
