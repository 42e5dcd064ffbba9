import { allOf } from '../../lists.js';
import { plays, sense } from '../marks/marks.js';
import { sideOf } from '../findings/qualities.js';
import type { Anchor, AnchoredSentence } from './anchors.js';
import { isFailureOfBefore } from './failures.js';
import type { InterventionEvent } from './merge.js';
import { ABLATIONS, AGAIN, OF_NERVES, type MentionKind } from './procedure-kinds.js';
import { spanOf, type ClinicSentence } from './sentence.js';
import type { MentionStatus } from './status.js';
import { drugIn, techniqueIn } from './technique.js';
import { helpedFor, timesAround } from './times.js';

const OBJECT_WORDS: ReadonlySet<string> = new Set(['of', 'into', 'on', 'to', 'in']);
/** Words before a side that leads: "On the". */
const LEADING_REACH = 2;

/** A procedure in its sentence; `limits` are the marks of the anchors on either side. */
interface Placed {
  readonly anchor: Anchor;
  readonly told: AnchoredSentence;
  readonly limits: readonly [number, number];
}

/** A procedure as the words around its anchor tell of it. */
export function eventOf(
  of: Placed & { readonly kind: MentionKind; readonly status: MentionStatus | undefined },
): InterventionEvent {
  const { kind, anchor, told } = of;
  const { marks } = told.sentence;
  const laterality = lateralityOf(of);
  const ordinal = ordinalOf(of);
  return {
    kind,
    status: of.status ?? 'unknown',
    pointsBack: anchor.is === 'action',
    levels: anchor.is === 'procedure' ? anchor.mention.levels : [],
    ...(laterality !== undefined && { laterality }),
    ...meansOf(kind, of),
    ...(ordinal !== undefined && { ordinal }),
    ...(of.status === 'stopped' && { notCarriedThrough: true }),
    ...spanOf(told.sentence, marks[anchor.first]?.first ?? 0, marks[anchor.last]?.last ?? 0),
  };
}

/** The technique of an ablation, the drug of anything else, from the words that are its own. */
function meansOf(kind: MentionKind, { told, limits }: Placed): Partial<InterventionEvent> {
  const { marks, placed } = told.sentence;
  const from = limits[0] < 0 ? placed.first : (marks[limits[0]]?.last ?? 0) + 1;
  const to = marks[limits[1]]?.first ?? placed.end;
  if (ABLATIONS.has(kind)) {
    const technique = techniqueIn(told.sentence, from, to);
    return technique === undefined ? {} : { technique };
  }
  const drug = drugIn(told.sentence, from, to);
  return drug === undefined ? {} : { drug };
}

/** "the second block" */
function ordinalOf({ anchor, told, limits }: Placed): string | undefined {
  const own = told.sentence.marks.slice(limits[0] + 1, anchor.last + 2);
  const ordinal = own.findLast((mark) => plays(mark, 'ordinal-word'));
  return ordinal === undefined ? undefined : (sense(ordinal, 'ordinal-word')?.code ?? '');
}

/** The side that the words beside a procedure give it, the nearest first. */
function lateralityOf({ anchor, told, limits }: Placed): InterventionEvent['laterality'] {
  const { sentence } = told;
  const isNamed = anchor.is === 'procedure';
  return (
    (isNamed ? anchor.mention.laterality : undefined) ??
    sideBeside(sentence, anchor) ??
    sideOfObject(sentence, anchor.last) ??
    (isNamed ? sideCell(sentence, anchor.last, limits[1]) : sideInRow(sentence, anchor.last)) ??
    leadingSide(told)
  );
}

function sideBeside(
  { marks, tokens }: ClinicSentence,
  { first, last }: Anchor,
): InterventionEvent['laterality'] {
  const before = sideOf(
    marks.slice(0, first).findLast((mark) => !plays(mark, 'technique')),
    tokens,
  );
  const [own, next] = [marks[last], marks[last + 1]];
  const touches = own !== undefined && next?.first === own.last + 1;
  return before ?? (touches ? sideOf(next, tokens) : undefined);
}

/** "an injection of the left joint", "a block on the right side" */
function sideOfObject({ marks, tokens }: ClinicSentence, last: number): InterventionEvent['laterality'] {
  const behind = (marks[last]?.last ?? 0) + 1;
  const at = tokens[behind + 1]?.text === 'the' ? behind + 2 : behind + 1;
  const side = marks.find(({ first }) => first === at);
  return OBJECT_WORDS.has(tokens[behind]?.text ?? '') ? sideOf(side, tokens) : undefined;
}

/** "RFA (cooled), R, 2024-11-05": a cell of its own behind an action. */
function sideInRow({ marks, tokens, placed }: ClinicSentence, last: number): InterventionEvent['laterality'] {
  let index = last + 1;
  while (plays(marks[index], 'technique', 'bracket', 'comma')) index += 1;
  const side = marks[index];
  if (side === undefined || !plays(marks[index - 1], 'comma')) return undefined;
  const next = side.last + 1 < placed.end ? tokens[side.last + 1] : undefined;
  return next === undefined || next.text === ',' || next.text === '|' ? sideOf(side, tokens) : undefined;
}

/** "| SI JOINT INJECTION | 6/17/2025 | Sacroiliitis | right |": the one cell of a row that is a side and nothing else. */
function sideCell(
  { marks, tokens, placed }: ClinicSentence,
  last: number,
  limit: number,
): InterventionEvent['laterality'] {
  const isEdge = (token: number, outside: boolean): boolean => outside || tokens[token]?.text === '|';
  const cells = marks
    .slice(last + 1, limit)
    .filter(
      (mark) =>
        plays(mark, 'side') &&
        tokens[mark.first - 1]?.text === '|' &&
        isEdge(mark.last + 1, mark.last + 1 >= placed.end || tokens[mark.last + 1]?.kind === 'newline'),
    );
  return cells.length === 1 ? sideOf(cells[0], tokens) : undefined;
}

/** "Left side: lateral branch block", "On the left, a block was done": said first of the one procedure behind it. */
function leadingSide({ sentence, anchors }: AnchoredSentence): InterventionEvent['laterality'] {
  const { marks, tokens, placed } = sentence;
  const [side, parting, colon] = marks;
  // "R SIJ: injection 8/2025, RFA 12/2025": the heading of all of them.
  if (side?.first === placed.first && plays(parting, 'target') && plays(colon, 'colon'))
    return sideOf(side, tokens);
  if (side === undefined || anchors.length > 1 || side.first - placed.first > LEADING_REACH) return undefined;
  const parts = parting?.first === side.last + 1 && plays(parting, 'comma', 'colon');
  return parts ? sideOf(side, tokens) : undefined;
}

/** "Each site received 0.5 mL of bupivacaine.", "She tolerated the procedure well.": the event with what it adds. */
export function continued(event: InterventionEvent, sentence: ClinicSentence): InterventionEvent {
  if (event.status !== 'unknown' && event.status !== 'completed') return event;
  const carriedThrough = sentence.marks.some((mark) => plays(mark, 'carried-through'));
  return {
    ...event,
    ...howDone(event, sentence),
    ...lasting(event, sentence),
    ...(ABLATIONS.has(event.kind) && isFailureOfBefore(sentence) && { calledFailed: true }),
    status: carriedThrough ? 'completed' : event.status,
  };
}

/** "3 lesions at S1, 2 at S3 plus L5": the nerves of an ablation of sacral branches that named none before. */
function nervesIn({ kind }: InterventionEvent, { marks }: ClinicSentence): readonly string[] {
  const named = allOf(marks, ({ level }) => (level?.segments.length === 0 ? level.vertebrae : []));
  const sacral = named.some((each) => each === 'S2' || each === 'S3');
  return OF_NERVES.has(kind) && sacral ? [...new Set(named)] : [];
}

/** What a sentence further down a note adds to how its procedure was done. */
function howDone(event: InterventionEvent, sentence: ClinicSentence): Partial<InterventionEvent> {
  const { marks, placed } = sentence;
  const given =
    marks.some((mark) => plays(mark, 'done', 'volume')) ||
    marks.every((mark) => plays(mark, 'drug', 'list', 'comma', 'percent'));
  if (ABLATIONS.has(event.kind)) {
    const technique = event.technique ?? techniqueIn(sentence, placed.first, placed.end);
    const levels = event.levels.length > 0 ? event.levels : nervesIn(event, sentence);
    return { ...(technique !== undefined && { technique }), levels };
  }
  const drug = given ? drugIn(sentence, placed.first, placed.end) : undefined;
  return drug === undefined
    ? {}
    : { drug: event.drug === undefined || drug === 'steroid' ? drug : event.drug };
}

/** "Relief lasted 2 hours.": of the relief told of before; "It helped for a week.": of one that is not told. */
function lasting(
  { relief, reliefDuration }: InterventionEvent,
  sentence: ClinicSentence,
): Pick<InterventionEvent, 'relief' | 'reliefDuration'> {
  const { first, end } = sentence.placed;
  if (relief?.duration !== undefined || reliefDuration !== undefined) return {};
  const named = relief !== undefined && sentence.marks.some((mark) => plays(mark, 'relief-time'));
  const duration =
    helpedFor(sentence, first, end) ?? (named ? timesAround(sentence, first, end).duration : undefined);
  if (duration === undefined) return {};
  return relief === undefined ? { reliefDuration: duration } : { relief: { ...relief, duration } };
}

/** A procedure with a relief or a date of its own was done. */
export function evidenced(...tied: readonly (readonly unknown[])[]): MentionStatus | undefined {
  return tied.some(({ length }) => length > 0) ? 'completed' : undefined;
}

/** "helped for about a week" behind a procedure, up to the next one. */
export function helpedBehind(
  { last }: Anchor,
  { sentence }: AnchoredSentence,
  [, next]: readonly [number, number],
): string | undefined {
  const { marks, placed } = sentence;
  return helpedFor(sentence, (marks[last]?.last ?? 0) + 1, marks[next]?.first ?? placed.end);
}

/** What became of a procedure of which no word says it: from its evidence, its section and the note it stands in. */
export function impliedStatus(
  anchor: Anchor,
  { sentence }: AnchoredSentence,
  { isEvidenced, isDated, about }: { isEvidenced: boolean; isDated: boolean; about: MentionKind | undefined },
): MentionStatus {
  if (isEvidenced) return 'completed';
  // "Plan: 1) Left RFA on 4/2": in a plan a date may be one to come.
  if (sentence.placed.section === 'plan') return 'planned';
  if (isDated) return 'completed';
  if (anchor.is === 'procedure' && anchor.mention.kind === about) return 'completed';
  const given = anchor.is === 'procedure' && plays(sentence.marks[anchor.first], 'drug');
  return given || sentence.placed.section === 'technique' ? 'completed' : 'unknown';
}

/** Not said to have been done, nor not to have been. */
export function isOpen(said: MentionStatus | undefined): boolean {
  return said === undefined || said === 'planned' || said === 'unknown';
}

/** An injection that names no target: into the joint that the note speaks of. */
export function isIntoJoint(anchor: Anchor): boolean {
  return (
    anchor.is === 'action' && (anchor.action === 'injection' || anchor.action.startsWith('intra-articular'))
  );
}

export function isAgain(anchor: Anchor): boolean {
  return anchor.is === 'action' && anchor.action === AGAIN;
}

/** Dated or relieved: it was done, whatever is said of the next one. */
export function isTold({ date, relief, reliefDuration }: InterventionEvent): boolean {
  return date !== undefined || relief !== undefined || reliefDuration !== undefined;
}
