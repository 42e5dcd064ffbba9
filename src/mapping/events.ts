import { byDate, calendarDay, dayRange } from '../evaluation/dates.js';
import type { SomeEvidence } from '../evaluation/evidence.js';
import { coversAll } from '../evaluation/sides.js';
import type { InterventionFact, Relief } from '../evaluation/facts.js';
import type { ToldIntervention } from './collected.js';

/**
 * Joins what several resources tell of one event, so that it counts once: records of the same kind, day, side and
 * level; then words of notes, to the record they point to, name the day of, or can only mean.
 */
export function joinEvents(told: readonly ToldIntervention[]): readonly InterventionFact[] {
  const sorted = told.toSorted(byDate);
  const records = sorted.filter(({ toldBy }) => toldBy === 'record');
  const events: ToldIntervention[] = [];
  for (const record of records)
    if (!isOvertaken(records, record)) absorb(events, record, (event) => sameEvent(event, record));
  const texts = sorted.filter(({ toldBy }) => toldBy === 'text');
  for (const text of texts) {
    const meant = meantBy(events, text);
    if (meant) absorb(events, text, (event) => event === meant);
    else if (!isOvertaken(events, text)) absorb(events, text, (event) => sameTextEvent(event, text));
  }
  return events.map(({ toldBy, about, toldOn, ...fact }) => fact);
}

function absorb(
  events: ToldIntervention[],
  one: ToldIntervention,
  same: (event: ToldIntervention) => boolean,
): void {
  const index = events.findIndex(same);
  const known = events[index];
  if (known) events[index] = joined(known, one);
  else events.push(one);
}

/** Erroneous entries never join a true one; nor does a planned procedure one that was carried out. */
function sameStatus(a: ToldIntervention, b: ToldIntervention): boolean {
  const carriedOut = (status: ToldIntervention['status']) => status === 'completed' || status === 'unknown';
  return a.status === b.status || (carriedOut(a.status) && carriedOut(b.status));
}

function sameEvent(a: ToldIntervention, b: ToldIntervention): boolean {
  const day = calendarDay(a.date);
  return (
    a.kind === b.kind &&
    day !== undefined &&
    day === calendarDay(b.date) &&
    sameStatus(a, b) &&
    samePlace(a, b)
  );
}

function samePlace(a: ToldIntervention, b: ToldIntervention): boolean {
  const sides = a.laterality === undefined || b.laterality === undefined || a.laterality === b.laterality;
  const levels =
    a.levels.length === 0 || b.levels.length === 0 || a.levels.some((level) => b.levels.includes(level));
  return sides && levels;
}

/** Two notes that tell of the same undated, or equally dated, event. */
function sameTextEvent(a: ToldIntervention, b: ToldIntervention): boolean {
  return (
    a.toldBy === 'text' &&
    a.kind === b.kind &&
    a.date === b.date &&
    sameStatus(a, b) &&
    samePlace(a, b) &&
    sameRelief(a, b)
  );
}

function sameRelief(a: ToldIntervention, b: ToldIntervention): boolean {
  if (!a.relief || !b.relief) return true;
  return a.relief.low === b.relief.low && a.relief.high === b.relief.high;
}

/** The event that words of a note mean: the one they point to, else of the day they give, else the last one before. */
function meantBy(events: readonly ToldIntervention[], text: ToldIntervention): ToldIntervention | undefined {
  const candidates = events.filter(
    (event) =>
      event.toldBy === 'record' &&
      event.kind === text.kind &&
      sameStatus(event, text) &&
      samePlace(event, text),
  );
  if (text.date) return candidates.find((event) => overlaps(event.date, text.date));
  if (text.about)
    return candidates.find(({ evidence }) => evidence.some(({ reference }) => reference === text.about));
  const before = candidates.filter((event) => isNotAfter(event.date, text.toldOn));
  return before.find((event) => calendarDay(event.date) === calendarDay(text.toldOn)) ?? before.at(-1);
}

function overlaps(a: string | undefined, b: string | undefined): boolean {
  const [one, other] = [dayRange(a), dayRange(b)];
  return one !== undefined && other !== undefined && one.first <= other.last && other.first <= one.last;
}

function isNotAfter(event: string | undefined, told: string | undefined): boolean {
  const [one, other] = [dayRange(event), dayRange(told)];
  return one === undefined || other === undefined || one.first <= other.last;
}

/** A plan that the record shows as carried out later, on its side, is no plan any more. */
function isOvertaken(events: readonly ToldIntervention[], plan: ToldIntervention): boolean {
  if (plan.status !== 'planned') return false;
  return events.some(
    (event) =>
      event.kind === plan.kind &&
      event.status === 'completed' &&
      !event.contradictedByText &&
      coversAll(event.laterality, plan.laterality) &&
      (plan.toldBy === 'text' ? !isNotAfter(event.date, plan.toldOn) : isNotBefore(event.date, plan.date)),
  );
}

/** An order's own day counts: what was ordered or prepared on it may have been done on it. */
function isNotBefore(event: string | undefined, plan: string | undefined): boolean {
  const [one, other] = [dayRange(event), dayRange(plan)];
  return one !== undefined && other !== undefined && one.first >= other.first;
}

/** Of two tellings: the record's own fields first, what it lacks from the other; both as evidence. */
function joined(known: ToldIntervention, more: ToldIntervention): ToldIntervention {
  const laterality = known.laterality ?? more.laterality;
  const relief = joinRelief(known.relief, more.relief);
  const toldAfter = known.relief ? undefined : more.relief && timeBetween(known.date, more.toldOn);
  return {
    ...more,
    ...known,
    ...(known.status === 'unknown' && { status: more.status }),
    levels: [...new Set([...known.levels, ...more.levels])],
    ...(laterality && { laterality }),
    ...(relief && { relief }),
    ...(toldAfter && { reliefToldAfter: toldAfter }),
    ...((known.contradictedByText ?? more.contradictedByText) && { contradictedByText: true }),
    ...(known.preliminary && more.preliminary ? { preliminary: true } : {}),
    evidence: joinEvidence(known.evidence, more.evidence),
  };
}

/** ISO 8601 duration in days from an event to what was seen or told of it; undefined unless both days are known. */
export function timeBetween(event: string | undefined, seen: string | undefined): string | undefined {
  const [one, other] = [calendarDay(event), calendarDay(seen)].map((day) => dayRange(day)?.first);
  return one === undefined || other === undefined || other < one ? undefined : `P${other - one}D`;
}

/** Two statements of one event's relief span a range; the low end is what counts. Relief elsewhere adds nothing. */
function joinRelief(a: Relief | undefined, b: Relief | undefined): Relief | undefined {
  if (!a || !b) return a ?? b;
  if (a.ofIndexPain === false) return b;
  if (b.ofIndexPain === false) return a;
  return {
    low: Math.min(a.low, b.low),
    high: Math.max(a.high, b.high),
    ...(a.computed && b.computed && { computed: true }),
  };
}

function joinEvidence(a: SomeEvidence, b: SomeEvidence): SomeEvidence {
  const known = new Set(a.map(({ reference }) => reference));
  return [...a, ...b.filter(({ reference }) => !known.has(reference))];
}
