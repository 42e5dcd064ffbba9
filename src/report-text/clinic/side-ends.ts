import type { Mark } from '../marks/marks.js';
import { plays } from '../marks/marks.js';
import { datesIn } from '../words/dates.js';
import { SIDE_WORDS } from '../words/side-words.js';
import type { InterventionEvent } from './merge.js';
import { DONE, textAt, type ClinicSentence } from './sentence.js';

type Side = 'left' | 'right';

const OPENING: ReadonlySet<string> = new Set([',', ';', 'and', 'but']);
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

/** Whether what a mark says became of a procedure is said of one side beside the other: "right completed, left deferred". */
export function isOfSideAlone(sentence: ClinicSentence, { first }: Mark): boolean {
  const { tokens, placed } = sentence;
  const side = sideBefore(sentence, first);
  if (side === undefined) return false;
  const others = tokens.slice(placed.first, placed.end).map(({ text }) => SIDE_WORDS.get(text));
  return others.some((other) => other !== undefined && other !== side);
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

const BEHIND: ReadonlySet<string> = new Set(
  [
    ', ; . ) and but on with for to at by in until per because due secondary since as given after pending early',
    'first today yesterday without successfully uneventfully prematurely instead',
  ].flatMap((words) => words.split(' ')),
);

/** Whether an end is said of the procedure: "right completed, left deferred", not "right completed therapy". */
function isOfProcedure({ tokens, placed }: ClinicSentence, next: number): boolean {
  const token = tokens[next];
  return token === undefined || next >= placed.end || token.kind === 'number' || BEHIND.has(token.text);
}

/** The first date of a clause: "right completed on 1/8, left deferred to 1/22". */
function dateFrom({ document, tokens, placed }: ClinicSentence, first: number): string | undefined {
  let end = first;
  while (end < placed.end && ![',', ';'].includes(tokens[end]?.text ?? '')) end += 1;
  const dates = datesIn(document, tokens[first]?.start ?? 0, tokens[end - 1]?.end ?? 0);
  return dates.length === 1 ? dates[0]?.iso : undefined;
}

interface Ends {
  readonly done: Side;
  readonly date: string | undefined;
  readonly undone: Side;
  readonly as: 'not-done' | 'stopped';
}

function endsIn(sentence: ClinicSentence): Ends | undefined {
  const { tokens, placed, marks } = sentence;
  let [done, undone]: [Side | undefined, Side | undefined] = [undefined, undefined];
  let date: string | undefined;
  for (let token = placed.first + 1; token < placed.end; token += 1)
    if (DONE.has(tokens[token]?.text ?? '')) {
      const side = sideBefore(sentence, token);
      if (side !== undefined && (done !== undefined || !isOfProcedure(sentence, token + 1))) return undefined;
      if (side !== undefined) date = dateFrom(sentence, token + 1);
      done ??= side;
    }
  let as: Ends['as'] = 'not-done';
  for (const mark of marks) {
    if (undone !== undefined || !plays(mark, 'not-done', 'advised-against', 'no-lesion', 'stopped')) continue;
    if (isOfProcedure(sentence, mark.last + 1)) undone = sideBefore(sentence, mark.first);
    if (plays(mark, 'stopped')) as = 'stopped';
  }
  return done === undefined || undone === undefined || undone === done
    ? undefined
    : { done, date, undone, as };
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
  const told = ends.date ?? (event.status === 'planned' ? undefined : planned);
  const done = { ...plain, ...(told !== undefined && { date: told }) };
  return [
    { ...done, laterality: ends.done, status: 'completed' },
    { ...plain, laterality: ends.undone, status: ends.as },
  ];
}
