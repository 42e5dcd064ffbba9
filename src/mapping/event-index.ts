import { calendarDay, dayRange } from '../evaluation/dates.js';
import type { ToldIntervention } from './collected.js';
import { allOf } from '../lists.js';

/** Indexes of events of one way of telling, by kind and status: all oldest first; of one date, of no day; by source. */
class Shelf {
  readonly own = new Map<string, number[]>();
  readonly byDate = new Map<string, number[]>();
  readonly withoutDay = new Map<string, number[]>();
  readonly bySource = new Map<string, number[]>();
}

type IsMeant = (event: ToldIntervention) => boolean;

/**
 * The events of a chart, found by what a telling of one names. Records come first and oldest first, then what only
 * notes tell, the most exact first; an event's kind, date and whether it was carried out never change by joining.
 */
export class EventIndex {
  readonly #events: ToldIntervention[] = [];
  readonly #records = new Shelf();
  readonly #texts = new Shelf();

  all(): readonly ToldIntervention[] {
    return this.#events;
  }

  at(index: number): ToldIntervention | undefined {
    return this.#events[index];
  }

  add(event: ToldIntervention): ToldIntervention {
    const index = this.#events.push(event) - 1;
    const key = keyOf(event);
    const shelf = event.toldBy === 'text' ? this.#texts : this.#records;
    const own = shelf.own.get(key) ?? [];
    shelf.own.set(key, own);
    own.splice(this.#firstAfter(own, dayRange(event.date)?.first ?? -Infinity), 0, index);
    insert(shelf.byDate, `${key} ${event.date?.slice(0, DAY) ?? ''}`, index);
    if (calendarDay(event.date) === undefined) insert(shelf.withoutDay, key, index);
    return this.replace(index, event);
  }

  replace(index: number, event: ToldIntervention): ToldIntervention {
    this.#events[index] = event;
    if (event.toldBy === 'text') return event;
    for (const { reference } of event.evidence) insert(this.#records.bySource, reference, index);
    return event;
  }

  /** The record of the same kind, day, side and level. */
  sameRecord(record: ToldIntervention): number | undefined {
    const day = calendarDay(record.date);
    return day === undefined ? undefined : this.#ofDate(this.#records, record, day, inPlaceOf(record));
  }

  /**
   * What another note tells that may be the same event: of one date, or of a date within the year or month given, or
   * the last before an undated telling; with the same relief, where both give it. Notes repeat each other.
   */
  sameText(text: ToldIntervention): number | undefined {
    const isMeant = (event: ToldIntervention) => samePlace(event, text) && sameRelief(event, text);
    if (!text.date) return this.#lastBefore(this.#texts, text, isMeant);
    return (
      this.#ofDate(this.#texts, text, text.date.slice(0, DAY), isMeant) ??
      this.#overlapping(this.#texts, text, text.date, isMeant)
    );
  }

  /** The record that words of a note mean: the one they point to, else of the day they give, else the last one before. */
  meantBy(text: ToldIntervention): number | undefined {
    const isMeant = inPlaceOf(text);
    if (text.date) return this.#overlapping(this.#records, text, text.date, isMeant);
    if (text.about) {
      const told = this.#records.bySource.get(text.about);
      return this.#first(told, (event) => keyOf(event) === keyOf(text) && isMeant(event));
    }
    return this.#ofDayTold(text, isMeant) ?? this.#lastBefore(this.#records, text, isMeant);
  }

  #ofDate(shelf: Shelf, told: ToldIntervention, date: string, isMeant: IsMeant): number | undefined {
    return this.#first(shelf.byDate.get(`${keyOf(told)} ${date}`), isMeant);
  }

  /** A date may be a year or a month: what holds it, or what began within it; the oldest of them. */
  #overlapping(shelf: Shelf, text: ToldIntervention, date: string, isMeant: IsMeant): number | undefined {
    const range = dayRange(date);
    if (!range) return undefined;
    const wider = [YEAR, MONTH].filter((length) => length < Math.min(DAY, date.length));
    const found = allOf(wider, (length) => this.#ofDate(shelf, text, date.slice(0, length), isMeant) ?? []);
    const own = shelf.own.get(keyOf(text)) ?? [];
    for (let at = this.#firstAfter(own, range.first - 1); at < own.length; at += 1) {
      const event = this.#events[own[at] ?? -1];
      if (!event || (dayRange(event.date)?.first ?? 0) > range.last) break;
      if (!isMeant(event)) continue;
      found.push(own[at] ?? -1);
      break;
    }
    return found.length > 0 ? Math.min(...found) : undefined;
  }

  /** Of the day on which it is told; where that is not known to the day, one that is not either. */
  #ofDayTold(text: ToldIntervention, isMeant: IsMeant): number | undefined {
    const day = calendarDay(text.toldOn);
    if (day !== undefined) return this.#ofDate(this.#records, text, day, isMeant);
    const last = dayRange(text.toldOn)?.last ?? Number.POSITIVE_INFINITY;
    return this.#first(
      this.#records.withoutDay.get(keyOf(text)),
      (event) => (dayRange(event.date)?.first ?? last) <= last && isMeant(event),
    );
  }

  #lastBefore(shelf: Shelf, text: ToldIntervention, isMeant: IsMeant): number | undefined {
    const own = shelf.own.get(keyOf(text)) ?? [];
    const last = dayRange(text.toldOn)?.last ?? Number.POSITIVE_INFINITY;
    for (let at = this.#firstAfter(own, last) - 1; at >= 0; at -= 1) {
      const event = this.#events[own[at] ?? -1];
      if (event && isMeant(event)) return own[at];
    }
    return undefined;
  }

  /** Where in a list of events, undated ones first, then oldest first, those that begin after a day begin. */
  #firstAfter(own: readonly number[], day: number): number {
    return firstWhere(own, (index) => (dayRange(this.#events[index]?.date)?.first ?? -Infinity) > day);
  }

  #first(indexes: readonly number[] | undefined, isMeant: IsMeant): number | undefined {
    return indexes?.find((index) => {
      const event = this.#events[index];
      return event !== undefined && isMeant(event);
    });
  }
}

/** Characters of a FHIR date. */
const [YEAR, MONTH, DAY] = [4, 7, 10];

/** Erroneous entries never join a true one; nor does a planned procedure one that was carried out. */
function keyOf({ kind, status }: ToldIntervention): string {
  return `${kind} ${status === 'unknown' ? 'completed' : status}`;
}

/** Keeps each list ascending, each index once. */
function insert(lists: Map<string, number[]>, key: string, index: number): void {
  const known = lists.get(key) ?? [];
  lists.set(key, known);
  const at = firstWhere(known, (one) => one >= index);
  if (known[at] !== index) known.splice(at, 0, index);
}

/** The first place in an ascending list from which on something holds; its length where it never does. */
function firstWhere(list: readonly number[], holds: (one: number) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function inPlaceOf(told: ToldIntervention): IsMeant {
  return (event) => samePlace(event, told);
}

function samePlace(a: ToldIntervention, b: ToldIntervention): boolean {
  const sides = a.laterality === undefined || b.laterality === undefined || a.laterality === b.laterality;
  const levels =
    a.levels.length === 0 || b.levels.length === 0 || a.levels.some((level) => b.levels.includes(level));
  return sides && levels;
}

function sameRelief(a: ToldIntervention, b: ToldIntervention): boolean {
  if (!a.relief || !b.relief) return true;
  return a.relief.low === b.relief.low && a.relief.high === b.relief.high;
}
