import type { InterventionDetail, TextIntervention, TextInterventionKind, TextRelief } from '../reading.js';
import { withOwnNerves } from './own-nerves.js';
import { HAPPENED, type MentionKind } from './procedure-kinds.js';
import { fitted, joinedAcrossSides, ofSide, sideToldOf } from './relief-sides.js';
import { reliefAimedAt } from './unchanged-pain.js';

/** A procedure as one sentence tells of it. */
export interface InterventionEvent extends Omit<TextIntervention, 'kind'> {
  readonly kind: MentionKind;
  /** Said without a target ("the block"): speaks of one told of before. */
  readonly pointsBack: boolean;
  /** "first", "second", "confirmatory": parts events of one kind. */
  readonly ordinal?: string;
  /** Told below the heading of the procedure that the note is of. */
  readonly ofSession?: boolean;
  /** Dated in a plan and not said to be done nor to come: done where a later one of the text was. */
  readonly datedInPlan?: boolean;
  /** The date as written, where `date` is its year alone: two of one year are not one procedure. */
  readonly dateInDoubt?: string;
  /** Neither done nor to be done, as far as was read: "RFA was discussed". Left out unless words behind decide it. */
  readonly talkedOf?: boolean;
}

type KnownEvent = InterventionEvent & { readonly kind: TextInterventionKind };

function isKnown(event: InterventionEvent): event is KnownEvent {
  return event.kind !== 'other';
}

function agree<T>(a: T | undefined, b: T | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

/** A partial date agrees with a fuller one that begins with it; none agrees with any. */
export function datesAgree(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a.startsWith(b) || b.startsWith(a);
}

function levelsAgree(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((level) => b.includes(level));
}

function sameStatus(a: InterventionEvent, b: InterventionEvent): boolean {
  return a.status === b.status || (HAPPENED.has(a.status) && HAPPENED.has(b.status));
}

/** "Bilateral blocks ... The right block ...": said of one side of a session told of before. */
function sidesAgree(a: InterventionEvent, b: InterventionEvent): boolean {
  if (agree(a.laterality, b.laterality)) return true;
  return b.pointsBack && (a.laterality === 'bilateral' || b.laterality === 'bilateral');
}

/** The relief of what is told again: of the side alone that it is told of, where the session was of both. */
function reliefWithin(
  a: InterventionEvent,
  { laterality, relief }: InterventionEvent,
): TextRelief | undefined {
  if (relief === undefined || relief.bySide || a.laterality !== 'bilateral') return relief;
  return { ...relief, ...ofSide(laterality, relief) };
}

/** "Pain went from 6 to 5. The block is considered negative.": the word says what the figure before it says. */
function isCalledSo(a: InterventionEvent, b: InterventionEvent): boolean {
  if (!b.pointsBack || b.date !== undefined || a.relief === undefined || b.relief === undefined) return false;
  return b.relief.low <= a.relief.low && a.relief.high <= b.relief.high;
}

function reliefsAgree(a: InterventionEvent, b: InterventionEvent): boolean {
  if (joinedAcrossSides(a.relief, reliefWithin(a, b)) || isCalledSo(a, b)) return true;
  return agree(a.relief?.low, b.relief?.low) && agree(a.relief?.ofIndexPain, b.relief?.ofIndexPain);
}

/** "The last one in Feb 2023 ...": not the one that the note tells of first. */
const PREVIOUS = 'previous';

function ordinalsAgree(a: InterventionEvent, b: InterventionEvent): boolean {
  if ((a.ordinal === PREVIOUS) === (b.ordinal === PREVIOUS)) return agree(a.ordinal, b.ordinal);
  return a.date !== undefined && a.date === b.date;
}

function isSame(a: KnownEvent, b: KnownEvent): boolean {
  return (
    a.kind === b.kind &&
    sameStatus(a, b) &&
    datesAgree(a.date, b.date) &&
    agree(a.dateInDoubt, b.dateInDoubt) &&
    reliefsAgree(a, b) &&
    sidesAgree(a, b) &&
    ordinalsAgree(a, b) &&
    levelsAgree(a.levels, b.levels) &&
    agree(a.technique, b.technique)
  );
}

function united(a: KnownEvent, b: KnownEvent): KnownEvent {
  const date = (a.date?.length ?? 0) >= (b.date?.length ?? 0) ? a.date : b.date;
  const status = a.status === 'unknown' || b.status === 'stopped' ? b.status : a.status;
  const levels = [...new Set([...a.levels, ...b.levels])];
  const drug = a.drug === 'steroid' || b.drug === 'steroid' ? 'steroid' : (a.drug ?? b.drug);
  const again = reliefWithin(a, b);
  const relief = joinedAcrossSides(a.relief, again) ?? a.relief ?? again;
  return {
    ...b,
    ...a,
    status,
    levels,
    ...(date !== undefined && { date }),
    ...(drug !== undefined && { drug }),
    ...(relief !== undefined && { relief }),
    ...(b.notCarriedThrough === true && { notCarriedThrough: true }),
    ...(b.calledFailed === true && { calledFailed: true }),
  };
}

/**
 * How many procedures back one may be told of again. No note tells of so many; to compare each with all before it would
 * take the square of the time.
 */
export const LONGEST_MEMORY = 50;

/** Where the last of those that may be told of again is as wanted; -1 where none is. */
export function lastRecent<Event extends InterventionEvent>(
  events: readonly Event[],
  isWanted: (event: Event) => boolean,
): number {
  const far = Math.max(0, events.length - LONGEST_MEMORY);
  const at = events.findLastIndex((event, index) => index < far || isWanted(event));
  return at < far ? -1 : at;
}

/** One entry for each procedure, however often a note comes back to it. Those of no use here are left out. */
export function merged(events: readonly InterventionEvent[]): readonly KnownEvent[] {
  const kept: KnownEvent[] = [];
  for (const event of events) {
    if (!isKnown(event) || event.talkedOf === true) continue;
    const at = lastRecent(kept, (before) => isSame(before, event));
    const before = kept[at];
    if (before === undefined) kept.push(event);
    else kept.splice(at, 1, united(before, event));
  }
  return withOwnNerves(kept);
}

/** "A/P: block 1/6, block 1/27 (88 %)": what is dated before one that was done was done as well, though it stands in a plan. */
export function withPast(events: readonly InterventionEvent[]): readonly InterventionEvent[] {
  if (!events.some(({ datedInPlan }) => datedInPlan)) return events;
  const last = events.reduce(
    (latest, { status, date = '' }) => (status === 'completed' && date > latest ? date : latest),
    '',
  );
  return events.map((event) => {
    const isPast = event.datedInPlan === true && event.date !== undefined && event.date < last;
    return isPast && !last.startsWith(event.date) ? { ...event, status: 'completed' } : event;
  });
}

/** What is told of how a procedure was done; what the text does not say is left out. */
export function detailOf(event: InterventionEvent): Partial<InterventionDetail> {
  const { levels, laterality, technique, drug, relief, reliefDuration, calledFailed } = event;
  return {
    ...(levels.length > 0 && { levels }),
    ...(laterality !== undefined && { laterality }),
    ...(technique !== undefined && { technique }),
    ...(drug !== undefined && { drug }),
    ...(relief !== undefined && { relief }),
    ...(reliefDuration !== undefined && { reliefDuration }),
    ...(calledFailed === true && { calledFailed }),
  };
}

/** The event as the reader gives it, without what only served to tell events apart. */
export function published(
  event: InterventionEvent & { readonly kind: TextInterventionKind },
): TextIntervention {
  const {
    pointsBack: _pointsBack,
    ordinal: _ordinal,
    ofSession: _ofSession,
    talkedOf: _talkedOf,
    datedInPlan: _datedInPlan,
    dateInDoubt: _dateInDoubt,
    relief,
    ...intervention
  } = event;
  const laterality = event.laterality ?? sideToldOf(relief);
  return {
    ...intervention,
    ...(laterality !== undefined && { laterality }),
    ...(relief !== undefined && { relief: fitted(reliefAimedAt(event.kind, relief), laterality) }),
  };
}
