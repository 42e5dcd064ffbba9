import type { Mark } from '../marks/marks.js';
import { plays } from '../marks/marks.js';
import { datesIn } from '../words/dates.js';
import { SIDE_WORDS } from '../words/side-words.js';
import type { InterventionEvent } from './merge.js';
import { DONE, spanOf, textAt, type ClinicSentence } from './sentence.js';

type Side = 'left' | 'right';

const OPENING: ReadonlySet<string> = new Set([',', ';', 'and', 'but', ':']);
const BEING: ReadonlySet<string> = new Set(['was', 'is', 'has', 'been']);

/** "left deferred", "the left side was cancelled": the side that stands right before a token and opens its clause. */
function sideBefore(sentence: ClinicSentence, token: number): Side | undefined {
  let at = token - 1;
  while (BEING.has(textAt(sentence, at))) at -= 1;
  if (textAt(sentence, at) === 'side') at -= 1;
  const side = SIDE_WORDS.get(textAt(sentence, at));
  const before = textAt(sentence, at - 1) === 'the' ? at - 2 : at - 1;
  const opens = before < sentence.placed.first || OPENING.has(textAt(sentence, before));
  return opens && at >= sentence.placed.first ? side : undefined;
}

/** Whether what a mark says became of a procedure is said of one side, named for itself: ", left deferred". */
export function isOfSideAlone(sentence: ClinicSentence, { first }: Mark): boolean {
  return sideBefore(sentence, first) !== undefined;
}

/** "Right RFA completed, left deferred": of the other side than what was done. @param cue, mention marks */
export function isEndOfOther(sentence: ClinicSentence, cue: number, mention: number): boolean {
  const { marks, tokens, placed } = sentence;
  const side = sideBefore(sentence, marks[cue]?.first ?? 0);
  if (side === undefined) return false;
  const own = tokens.slice(placed.first, marks[mention]?.last ?? 0);
  const named = new Set(own.map(({ text }) => SIDE_WORDS.get(text)));
  return named.has(side === 'left' ? 'right' : 'left') && !named.has(side);
}

interface Ends {
  readonly done: Side;
  readonly undone: Side;
  readonly as: 'not-done' | 'stopped';
}

function endsIn(sentence: ClinicSentence): Ends | undefined {
  const { tokens, placed, marks } = sentence;
  let [done, undone]: [Side | undefined, Side | undefined] = [undefined, undefined];
  for (let token = placed.first + 1; token < placed.end; token += 1)
    if (DONE.has(tokens[token]?.text ?? '')) {
      const side = sideBefore(sentence, token);
      if (side !== undefined && done !== undefined) return undefined;
      done ??= side;
    }
  let as: Ends['as'] = 'not-done';
  for (const mark of marks) {
    if (undone !== undefined || !plays(mark, 'not-done', 'advised-against', 'no-lesion', 'stopped')) continue;
    undone = sideBefore(sentence, mark.first);
    if (plays(mark, 'stopped')) as = 'stopped';
  }
  return done === undefined || undone === undefined || undone === done ? undefined : { done, undone, as };
}

/**
 * "Bilateral RFA planned; right completed, left deferred.": one side was done and the other was not; undefined where a
 * sentence does not say so. A date of a plan is that of neither.
 */
export function partedByEnd(
  event: InterventionEvent,
  sentence: ClinicSentence,
): readonly [InterventionEvent, InterventionEvent] | undefined {
  if (event.laterality !== 'bilateral' || event.relief !== undefined || event.status === 'not-done')
    return undefined;
  const ends = endsIn(sentence);
  if (ends === undefined) return undefined;
  const { date: planned, ...plain } = event;
  const { first, end } = sentence.placed;
  const span = spanOf(sentence, first, end - 1);
  const [date, ...more] = datesIn(sentence.document, span.start, span.end).map(({ iso }) => iso);
  const told = date ?? (event.status === 'planned' ? undefined : planned);
  const done = { ...plain, ...(told !== undefined && more.length === 0 && { date: told }) };
  return [
    { ...done, laterality: ends.done, status: 'completed' },
    { ...plain, laterality: ends.undone, status: ends.as },
  ];
}
