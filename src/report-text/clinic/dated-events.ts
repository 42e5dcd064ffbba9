import type { Anchor, AnchoredSentence } from './anchors.js';
import { sidesOfDates } from './date-sides.js';
import { datesIn, type TextDate } from '../words/dates.js';
import { helpedBehind, impliedStatus } from './events.js';
import { helpedFor, timesAround } from './times.js';
import { isCalledFailed } from './failures.js';
import { datesAgree, type InterventionEvent } from './merge.js';
import { ABLATIONS, type MentionKind } from './procedure-kinds.js';
import { plays, sense } from '../marks/marks.js';
import type { TextRelief } from '../reading.js';
import { bestRelief, type ReliefMention } from './relief.js';
import { ofSide } from './relief-sides.js';
import { partedByEnd } from './side-ends.js';
import { spanOf, textAt, type ClinicSentence } from './sentence.js';
import type { MentionStatus } from './status.js';

/** A procedure in its sentence. */
interface Telling {
  readonly anchor: Anchor;
  readonly told: AnchoredSentence;
  readonly limits: readonly [number, number];
}

const ORDINALS: readonly string[] = ['first', 'second', 'third'];

/** "Blocks on 1/12 and 2/2": which one "the first" of later sentences is, where the dates are told in their order. */
function ordinalOf(
  dates: readonly (TextDate | undefined)[],
  index: number,
): Pick<InterventionEvent, 'ordinal'> {
  const inOrder = dates.every((date, at) => at === 0 || (dates[at - 1]?.iso ?? '') < (date?.iso ?? ''));
  const ordinal = inOrder ? ORDINALS[index] : undefined;
  return ordinal === undefined ? {} : { ordinal };
}

/** "both positive (80% and 90%)": two figures of two procedures that no word tells apart. */
function areTwo(sentence: ClinicSentence, reliefs: readonly ReliefMention[]): boolean {
  const [one, other, ...more] = reliefs;
  if (one === undefined || other === undefined || more.length > 0) return false;
  return other.first === one.last + 2 && ['and', '&', '/'].includes(textAt(sentence, one.last + 1));
}

/** "Blocks on 1/12, 2/2 and 3/3 gave 80% and 60%": which gave which is not told; of each the range alone is true. */
function reliefOfAll(
  sentence: ClinicSentence,
  reliefs: readonly ReliefMention[],
  procedures: number,
): TextRelief | undefined {
  const best = bestRelief(reliefs);
  const told = reliefs.filter(({ ofBlockOnly }) => !ofBlockOnly).map(({ relief }) => relief);
  const sides = new Set(told.flatMap(({ bySide }) => Object.keys(bySide ?? {})));
  if (best === undefined || sides.size > 1 || (procedures < 2 && !areTwo(sentence, reliefs))) return best;
  const { bySide: _bySide, ...plain } = best;
  const low = Math.min(best.low, ...told.map((relief) => relief.low));
  const high = Math.max(best.high, ...told.map((relief) => relief.high));
  const [side] = sides;
  return { ...plain, low, high, ...ofSide(side, { low, high }) };
}

/** Tokens that stand behind a date and before the next one. */
function behindDate(
  { tokens, placed }: ClinicSentence,
  dates: readonly TextDate[],
  index: number,
): readonly [number, number] {
  const at = (offset: number): number => {
    let token = placed.first;
    while (token < placed.end && (tokens[token]?.start ?? 0) < offset) token += 1;
    return token;
  };
  return [at(dates[index]?.end ?? Infinity), at(dates[index + 1]?.start ?? Infinity)];
}

/**
 * "In May with great relief, and again in September with 50%", "in January (good for 6 weeks) and in July": what is told
 * of a relief between two dates is of the first of them, and what stands behind the last is of that one alone.
 */
function isToldOfEach(
  sentence: ClinicSentence,
  dates: readonly TextDate[],
  reliefs: readonly ReliefMention[],
): boolean {
  const [begin] = behindDate(sentence, dates, dates.length - 1);
  if (reliefs.some(({ first }) => first < begin)) return false;
  return dates.slice(1).some((_, index) => {
    const [from, to] = behindDate(sentence, dates, index);
    const says = sentence.marks.some(
      (mark) => plays(mark, 'relief', 'relief-in-words') && mark.first >= from && mark.last < to,
    );
    return says || helpedFor(sentence, from, to) !== undefined;
  });
}

interface Outcome {
  readonly relief: TextRelief | undefined;
  readonly reliefDuration: string | undefined;
}

/** What a sentence says came of the procedure of one of its dates. */
function outcomeOf({ anchor, told, limits }: Telling, dates: readonly TextDate[], index: number): Outcome {
  const { sentence } = told;
  const reliefs = told.reliefs.get(anchor) ?? [];
  const count = Math.max(1, dates.length);
  if (count > 1 && reliefs.length !== count && isToldOfEach(sentence, dates, reliefs)) {
    const own = behindDate(sentence, dates, index);
    const best = index === dates.length - 1 ? bestRelief(reliefs) : undefined;
    if (best === undefined) return { relief: undefined, reliefDuration: helpedFor(sentence, ...own) };
    const { duration: _duration, measuredAfter: _measuredAfter, ...share } = best;
    return { relief: { ...share, ...timesAround(sentence, ...own) }, reliefDuration: undefined };
  }
  const relief =
    count > 1 && reliefs.length === count ? reliefs[index]?.relief : reliefOfAll(sentence, reliefs, count);
  return { relief, reliefDuration: reliefs.length > 0 ? undefined : helpedBehind(anchor, told, limits) };
}

/** Of a procedure whose date gives its side, the words beside a figure name that side or another procedure's. */
function ofOwnSide(relief: TextRelief, side: 'left' | 'right' | undefined): TextRelief {
  if (side === undefined || relief.bySide?.[side] !== undefined) return relief;
  const { bySide: _bySide, ...plain } = relief;
  return plain;
}

/** One event for each date that a sentence gives for a procedure, with what it says of its status and of its relief. */
export function datedEvents(
  event: InterventionEvent,
  of: Telling & { status: MentionStatus | undefined; about: MentionKind | undefined },
): readonly InterventionEvent[] {
  const { anchor, told, limits, status } = of;
  const dates = told.dates.get(anchor) ?? [];
  const each = dates.length > 1 ? dates : [dates[0]];
  const calledFailed = ABLATIONS.has(event.kind) && isCalledFailed(anchor, told);
  const sides = sidesOfDates(told.sentence, dates, [anchor.last, limits[1]]);
  return each.map((date, index) => {
    const { relief, reliefDuration } = outcomeOf(of, dates, index);
    const isEvidenced = calledFailed || relief !== undefined || reliefDuration !== undefined;
    const implied = impliedStatus(anchor, told, {
      isEvidenced,
      isDated: date !== undefined,
      about: of.about,
    });
    return {
      ...event,
      status: status ?? implied,
      ...(status === undefined && implied === 'planned' && { datedInPlan: true }),
      ...(date !== undefined && { date: date.iso }),
      ...(date?.inDoubt !== undefined && { dateInDoubt: date.inDoubt }),
      ...(each.length > 1 && event.ordinal === undefined && ordinalOf(each, index)),
      ...(relief !== undefined && status !== 'not-done' && { relief: ofOwnSide(relief, sides[index]) }),
      ...(reliefDuration !== undefined && { reliefDuration }),
      ...(sides[index] && { laterality: sides[index] }),
      ...(calledFailed && { calledFailed: true }),
    };
  });
}

/** "Right done 5/6, left done 5/20", behind a procedure of both sides: each side with its date, or with its end. */
export function partedBySide(
  event: InterventionEvent,
  sentence: ClinicSentence,
): readonly [InterventionEvent, InterventionEvent?] {
  const ends = partedByEnd(event, sentence);
  if (ends !== undefined) return ends;
  if (event.laterality !== 'bilateral' || event.date !== undefined || event.relief !== undefined)
    return [event];
  const { first, end } = sentence.placed;
  const span = spanOf(sentence, first, end - 1);
  const dates = datesIn(sentence.document, span.start, span.end);
  const [one, other] = sidesOfDates(sentence, dates, [-1, sentence.marks.length]);
  if (dates.length !== 2 || one === undefined || other === undefined || one === other) return [event];
  const [of, ofOther] = dates.map(({ iso }) => ({ date: iso }));
  return [
    { ...event, laterality: one, ...of },
    { ...event, laterality: other, ...ofOther },
  ];
}

/** "| 7/15/2025 | triamcinolone | 50% |": a row of a table with a date of its own tells of no other procedure. */
export function isRowOfOther(event: InterventionEvent, sentence: ClinicSentence): boolean {
  if (isOfEarlier(event, sentence)) return true;
  const { date } = event;
  const { first, end } = sentence.placed;
  if (date === undefined || !sentence.tokens.slice(first, end).some(({ text }) => text === '|')) return false;
  const span = spanOf(sentence, first, end - 1);
  return datesIn(sentence.document, span.start, span.end).some(({ iso }) => !datesAgree(iso, date));
}

/** "RFA on 9/10. First one, 11/14 of the year before, helped 60%": what came of one before is not of the one told of. */
export function isOfEarlier(
  event: Pick<InterventionEvent, 'date' | 'ordinal'> | undefined,
  { marks, placed, document, tokens }: ClinicSentence,
): boolean {
  const [first] = marks;
  const named = sense(first, 'ordinal-word')?.code;
  const next = tokens[(first?.last ?? 0) + 1];
  // "First one", "The first RFA", not "First week".
  const isOfOne = next?.text === 'one' || plays(marks[1], 'procedure', 'action');
  const opens = first !== undefined && first.first - placed.first <= 1 && isOfOne;
  if (opens && named !== undefined && event?.ordinal !== undefined && named !== event.ordinal) return true;
  const date = event?.date;
  if (date === undefined) return false;
  const [start, end] = [tokens[placed.first]?.start ?? 0, tokens[placed.end - 1]?.end ?? 0];
  const dates = datesIn(document, start, end);
  return dates.length > 0 && dates.every(({ iso }) => iso < date && !date.startsWith(iso));
}
