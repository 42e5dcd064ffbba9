import { calendarDay, byDate, dayRange } from '../evaluation/dates.js';
import type { SomeEvidence } from '../evaluation/evidence.js';
import type { InterventionFact, Relief } from '../evaluation/facts.js';
import type { ToldIntervention } from './collected.js';
import { EventIndex } from './event-index.js';
import { CarriedOut } from './overtaken.js';

/**
 * Joins what several resources tell of one event, so that it counts once: records of the same kind, day, side and
 * level; then words of notes, to the record they point to, name the day of, or can only mean. A telling is looked
 * for among those of its kind and day, not among all: a chart may hold thousands.
 */
export function joinEvents(told: readonly ToldIntervention[]): readonly InterventionFact[] {
  const sorted = told.toSorted(byDate);
  const records = sorted.filter(({ toldBy }) => toldBy === 'record');
  const events = new EventIndex();
  const recorded = new CarriedOut();
  for (const record of records) recorded.add(record);
  for (const record of records)
    if (!recorded.overtakes(record, records)) absorb(events, record, events.sameRecord(record));
  const carriedOut = new CarriedOut();
  for (const event of events.all()) carriedOut.add(event);
  const texts = sorted.filter(({ toldBy }) => toldBy === 'text');
  for (const text of texts.toSorted((a, b) => exactness(b) - exactness(a))) {
    const meant = events.meantBy(text);
    if (meant === undefined && carriedOut.overtakes(text, events.all())) continue;
    const at = meant ?? events.sameText(text);
    const known = at === undefined ? undefined : events.at(at);
    carriedOut.replace(known, absorb(events, text, at));
  }
  return events.all().map(({ toldBy, about, toldOn, ...fact }) => fact);
}

/** Characters of its date: what names a day comes before what only names its year, for that may be told of it. */
function exactness({ date }: ToldIntervention): number {
  return date === undefined ? 0 : date.slice(0, DAY).length;
}

const DAY = 10;

/** Joins it to the event at `index`, or makes it one of its own; returns what stands there now. */
function absorb(events: EventIndex, one: ToldIntervention, index: number | undefined): ToldIntervention {
  const known = index === undefined ? undefined : events.at(index);
  if (index === undefined || !known) return events.add(one);
  return events.replace(index, joined(known, one));
}

/** Of two tellings: the record's own fields first, what it lacks from the other; both as evidence. */
function joined(known: ToldIntervention, more: ToldIntervention): ToldIntervention {
  const { preliminary: _ofKnown, ...record } = known;
  const { preliminary: _ofMore, ...telling } = more;
  const relief = joinRelief(known.relief, more.relief);
  const toldAfter = known.relief ? undefined : more.relief && timeBetween(known.date, more.toldOn);
  return {
    ...telling,
    ...record,
    ...(known.status === 'unknown' && { status: more.status }),
    levels: [...new Set([...known.levels, ...more.levels])],
    ...(relief && { relief }),
    ...(toldAfter && { reliefToldAfter: toldAfter }),
    ...(isPreliminary(known, more) && { preliminary: true }),
    // The words that count stand first: they are the ones a card shows.
    ...(isLower(more.relief, known.relief)
      ? { evidence: joinEvidence(more.evidence, known.evidence) }
      : { evidence: joinEvidence(known.evidence, more.evidence) }),
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
    ...(a.isBound && b.isBound && { isBound: true }),
  };
}

/** Both are, or the only one that tells the relief is: a preliminary note takes nothing from a procedure that was done. */
function isPreliminary(known: ToldIntervention, more: ToldIntervention): boolean {
  if (known.preliminary === more.preliminary) return known.preliminary === true;
  const onlyRelieved = known.relief ? (more.relief ? undefined : known) : more.relief && more;
  return onlyRelieved?.preliminary === true;
}

function isLower(a: Relief | undefined, b: Relief | undefined): boolean {
  return a !== undefined && b !== undefined && a.ofIndexPain !== false && a.low < b.low;
}

function joinEvidence(a: SomeEvidence, b: SomeEvidence): SomeEvidence {
  const known = new Set(a.map(({ reference }) => reference));
  return [...a, ...b.filter(({ reference }) => !known.has(reference))];
}
