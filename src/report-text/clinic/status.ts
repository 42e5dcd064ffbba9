import { filterMapped } from '../../lists.js';
import { plays, sense, type Mark } from '../marks/marks.js';
import type { TextIntervention } from '../reading.js';
import { isDenied, isDoubted } from './doubts.js';
import { isReasonBehind } from './reasons.js';
import { isNotWorth, WORTH } from './not-worth.js';
import { isEndOfOther } from './side-ends.js';
import { textAt, type ClinicSentence } from './sentence.js';

export type MentionStatus = TextIntervention['status'];

const CUES = [
  'planned',
  'not-done',
  'refusal',
  'advised-against',
  'stopped',
  'no-lesion',
  'done',
  'negation-before',
  'hypothetical-before',
] as const;
const STATUS_OF_CUE: Readonly<Record<(typeof CUES)[number], MentionStatus>> = {
  planned: 'planned',
  'not-done': 'not-done',
  refusal: 'not-done',
  'advised-against': 'not-done',
  stopped: 'stopped',
  'no-lesion': 'stopped',
  done: 'completed',
  'negation-before': 'not-done',
  'hypothetical-before': 'planned',
};
/** Said behind a procedure these outweigh what stands before it ("underwent RFA, which was aborted"). */
const OUTWEIGHS: ReadonlySet<MentionStatus> = new Set(['stopped', 'not-done']);

/** What "procedure aborted" and "procedure was not performed" say became of it; undefined where a mark says neither. */
export function endOf(mark: Mark | undefined): 'stopped' | 'not-done' | undefined {
  const code = sense(mark, 'no-lesion')?.code;
  if (code === undefined) return undefined;
  return code === 'not-begun' ? 'not-done' : 'stopped';
}

function cueAt(sentence: ClinicSentence, index: number): MentionStatus | undefined {
  const mark = sentence.marks[index];
  const cue = CUES.find((role) => plays(mark, role));
  if (cue === 'no-lesion') return endOf(mark);
  return cue === undefined ? undefined : STATUS_OF_CUE[cue];
}

/** The nearest cue before a mention, no further back than the clause and the mention before. */
function before(sentence: ClinicSentence, first: number, limit: number): MentionStatus | undefined {
  for (let index = first - 1; index > limit; index -= 1) {
    if (plays(sentence.marks[index], 'ends-scope') || isReasonBehind(sentence, index)) return undefined;
    const passed =
      deniesOther(sentence, index) ||
      isAhead(sentence, index) ||
      deniesAside(sentence, index, first) ||
      isOnlyBefore(sentence, index);
    const status = passed ? undefined : cueAt(sentence, index);
    if (status !== undefined)
      return status === 'completed' && isDenied(sentence, index) ? 'not-done' : status;
  }
  return undefined;
}

/** "Injection gave 80% and RFA is planned", "one was cancelled and the other done": said of the procedure before. */
function isOfPrevious(sentence: ClinicSentence, first: number, limit: number): boolean {
  if (limit < 0) return false;
  let isParted = false;
  for (let index = first - 1; index > limit; index -= 1) {
    if (cueAt(sentence, index) !== undefined) return isParted;
    isParted ||= plays(sentence.marks[index], 'comma', 'list');
  }
  return false;
}

/** "PT prior to RFA": what comes before it does not say that it was done. */
function isAhead(sentence: ClinicSentence, index: number): boolean {
  const last = sentence.marks[index]?.last ?? 0;
  return ['prior', 'previous'].includes(textAt(sentence, last)) && textAt(sentence, last + 1) === 'to';
}

/** "a candidate for RFA after confirmatory blocks": what comes before something planned may be to come as well. */
function isOnlyBefore(sentence: ClinicSentence, index: number): boolean {
  const { marks } = sentence;
  if (!AFTER.has(textAt(sentence, marks[index]?.last ?? 0))) return false;
  let named = false;
  for (let at = index - 1; at >= 0 && !plays(marks[at], 'ends-scope', 'done'); at -= 1) {
    // "scheduled for follow-up after an injection": of one that was done.
    if (plays(marks[at], 'planned')) return named;
    named ||= plays(marks[at], 'procedure', 'action', 'technique');
  }
  return false;
}
const AFTER: ReadonlySet<string> = new Set(['after', 'following']);

const RELIEF_LINKS: ReadonlySet<string> = new Set(['from', 'after', 'with']);

/** "do not think that the block helped": denies what they thought of it. */
const THINKING: ReadonlySet<string> = new Set('think believe feel'.split(' '));

/** "no corticosteroid was injected", "no lasting benefit from it, nor from the second": not the procedure. */
function deniesOther(sentence: ClinicSentence, index: number): boolean {
  const [mark, next] = [sentence.marks[index], sentence.marks[index + 1]];
  if (mark === undefined || !plays(mark, 'negation-before')) return false;
  return (
    plays(next, 'drug', 'relief') ||
    THINKING.has(textAt(sentence, mark.last + 1)) ||
    (textAt(sentence, mark.last) === 'nor' && RELIEF_LINKS.has(textAt(sentence, mark.last + 1)))
  );
}

/** "after aspiration with no blood return, lidocaine was injected": a "no" that a comma ends. */
function deniesAside({ marks, tokens }: ClinicSentence, index: number, mention: number): boolean {
  const denial = marks[index];
  if (denial === undefined || tokens[denial.last]?.text !== 'no') return false;
  return marks.slice(index + 1, mention).some((mark) => plays(mark, 'comma'));
}

/** What ends a procedure and nothing else: "stopped" may be said of its relief, "not done" of an image. */
const ENDED: ReadonlySet<string> = new Set('aborted terminated abandoned halted incomplete'.split(' '));
const ITSELF: ReadonlySet<string> = new Set(['it', 'this', 'procedure', 'was', 'be']);

/** "RFA was begun but had to be terminated", "scheduled, but it was never done": what a "but" leads to. */
function endBehind(sentence: ClinicSentence, but: number, limit: number): MentionStatus | undefined {
  for (let index = but + 1; index < limit; index += 1) {
    const mark = sentence.marks[index];
    if (mark === undefined || plays(mark, 'relief', 'relief-in-words', 'percent', 'care', 'medication'))
      return undefined;
    const status = cueAt(sentence, index);
    const words = sentence.tokens.slice(mark.first, mark.last + 1).map(({ text }) => text);
    if (status === 'stopped' && words.some((word) => ENDED.has(word))) return status;
    if (status === 'not-done' && ITSELF.has(textAt(sentence, mark.first - 1))) return status;
  }
  return undefined;
}

/** The first cue behind, unless a later one takes it back ("scheduled for 5/5 was cancelled"). */
function behind(sentence: ClinicSentence, last: number, limit: number): MentionStatus | undefined {
  let first: MentionStatus | undefined;
  for (let index = last + 1; index < limit; index += 1) {
    const mark = sentence.marks[index];
    if (plays(mark, 'ends-scope')) return endBehind(sentence, index, limit) ?? first;
    if (plays(mark, 'relief', 'relief-in-words', 'percent', 'negation-before')) return first;
    const status = cueAt(sentence, index);
    if (status !== undefined && OUTWEIGHS.has(status) && !isEndOfOther(sentence, index, last)) return status;
    first ??= status;
  }
  return first;
}

/** "injected the right joint": the verb itself says that it was done. */
function ownStatus(
  sentence: ClinicSentence,
  { first, last }: { readonly first: number; readonly last: number },
): MentionStatus | undefined {
  const marks = sentence.marks.slice(first, last + 1);
  return marks.some((mark) => plays(mark, 'done')) ? 'completed' : undefined;
}

const MODALS: ReadonlySet<string> = new Set('will shall to would should can could may might must'.split(' '));

/** "The joint will be injected on 3/3", "is to be denervated": the verb itself says that it is to come. */
function isToCome(
  sentence: ClinicSentence,
  { first, last }: { readonly first: number; readonly last: number },
): boolean {
  return sentence.marks.slice(first, last + 1).some((mark) => {
    const be = textAt(sentence, mark.first - 1) === 'be';
    return be && plays(mark, 'action', 'procedure') && MODALS.has(textAt(sentence, mark.first - 2));
  });
}

/** "The joint has never been injected": between the place and what was done there. */
function inside(
  sentence: ClinicSentence,
  { first, last }: { readonly first: number; readonly last: number },
): MentionStatus | undefined {
  for (let index = first + 1; index < last; index += 1) {
    const status = deniesOther(sentence, index) ? undefined : cueAt(sentence, index);
    if (status !== undefined && OUTWEIGHS.has(status)) return status;
  }
  return undefined;
}

const NOT: ReadonlySet<string> = new Set('not dont doesnt never'.split(' '));
const WORTH_REACH = 4;
const THOUGHT_REACH = 8;

/** "SI joint RFA: never", "RFA x0" */
function isNever(sentence: ClinicSentence, last: number): boolean {
  let token = (sentence.marks[last]?.last ?? 0) + 1;
  if ([':', '-', '–', 'x'].includes(textAt(sentence, token))) token += 1;
  const word = textAt(sentence, token);
  return (word === 'never' || word === '0') && ENDS.has(textAt(sentence, token + 1));
}
const ENDS: ReadonlySet<string> = new Set(['', '.', ',', ';', ')', '|']);

/** "I do not think that RFA is indicated": spoken against, where "I do not think that RFA helped" tells of one done. */
function isThoughtOf(sentence: ClinicSentence, first: number, last: number): boolean {
  const { marks, tokens, placed } = sentence;
  const [from, to] = [marks[first]?.first ?? 0, marks[last]?.last ?? 0];
  const worth = tokens.slice(to + 1, Math.min(placed.end, to + 1 + WORTH_REACH));
  if (!worth.some(({ text }) => WORTH.has(text))) return false;
  for (let token = from - 1; token > placed.first && token > from - THOUGHT_REACH; token -= 1)
    if (THINKING.has(textAt(sentence, token)) && NOT.has(textAt(sentence, token - 1))) return true;
  return false;
}

/** "RFA was discussed at length", "offered RFA": spoken of, where no mark before `end` says that it is to be done. */
export function isOnlyTalkedOf({ marks }: ClinicSentence, end = marks.length): boolean {
  const plans = filterMapped(marks.slice(0, end), (mark) => sense(mark, 'planned'));
  return plans.length > 0 && plans.every(({ code }) => code === 'talked-of');
}

/**
 * What the words around a procedure say became of it; undefined when they say nothing.
 * @param first, last marks of the mention; `limits` marks of the mentions on either side
 */
export function statusOf(
  sentence: ClinicSentence,
  mention: { readonly first: number; readonly last: number },
  limits: readonly [number, number],
): MentionStatus | undefined {
  const within = inside(sentence, mention);
  if (within !== undefined) return within;
  const { first, last } = mention;
  if (isThoughtOf(sentence, first, last) || isNever(sentence, last) || isNotWorth(sentence, last))
    return 'not-done';
  const left = isToCome(sentence, mention) ? 'planned' : before(sentence, mention.first, limits[0]);
  const right = behind(sentence, mention.last, limits[1]);
  if (right !== undefined && isOfPrevious(sentence, first, limits[0])) return right;
  const isOpen = right === undefined && (left === undefined || left === 'completed');
  if (isOpen && isDoubted(sentence, first, limits[0])) return 'unknown';
  if (right !== undefined && (left === undefined || OUTWEIGHS.has(right))) return right;
  // "We discussed the RFA performed in 2025": talk before it plans nothing.
  if (right === 'completed' && isOnlyTalkedOf(sentence, mention.first)) return right;
  return left ?? ownStatus(sentence, mention);
}
