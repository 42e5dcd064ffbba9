import { calendarDay, dayRange } from '../evaluation/dates.js';
import type { ToldIntervention } from './collected.js';

/**
 * The events of a chart, found by what a telling of one names. Records come first and oldest first, then what only
 * notes tell; an event's kind, date and whether it was carried out never change by joining.
 */
export class EventIndex {
  readonly #events: ToldIntervention[] = [];
  /** Indexes of records, in their order: of one kind and status; among them of one date, of no day; of one source. */
  readonly #records = new Map<string, number[]>();
  readonly #recordsByDate = new Map<string, number[]>();
  readonly #recordsWithoutDay = new Map<string, number[]>();
  readonly #recordsBySource = new Map<string, number[]>();
  readonly #textsByDate = new Map<string, number[]>();

  all(): readonly ToldIntervention[] {
    return this.#events;
  }

  at(index: number): ToldIntervention | undefined {
    return this.#events[index];
  }

  add(event: ToldIntervention): ToldIntervention {
    const index = this.#events.push(event) - 1;
    const key = keyOf(event);
    if (event.toldBy === 'text') {
      insert(this.#textsByDate, `${key} ${event.date ?? ''}`, index);
      return event;
    }
    insert(this.#records, key, index);
    insert(this.#recordsByDate, `${key} ${event.date?.slice(0, DAY) ?? ''}`, index);
    if (calendarDay(event.date) === undefined) insert(this.#recordsWithoutDay, key, index);
    return this.replace(index, event);
  }

  replace(index: number, event: ToldIntervention): ToldIntervention {
    this.#events[index] = event;
    if (event.toldBy === 'text') return event;
    for (const { reference } of event.evidence) insert(this.#recordsBySource, reference, index);
    return event;
  }

  /** The record of the same kind, day, side and level. */
  sameRecord(record: ToldIntervention): number | undefined {
    const day = calendarDay(record.date);
    return day === undefined ? undefined : this.#ofDate(record, day);
  }

  /** Another note that tells of the same undated, or equally dated, event. */
  sameText(text: ToldIntervention): number | undefined {
    const dated = this.#textsByDate.get(`${keyOf(text)} ${text.date ?? ''}`);
    return this.#first(dated, (event) => samePlace(event, text) && sameRelief(event, text));
  }

  /** The record that words of a note mean: the one they point to, else of the day they give, else the last one before. */
  meantBy(text: ToldIntervention): number | undefined {
    if (text.date) return this.#overlapping(text, text.date);
    if (text.about) {
      const told = this.#recordsBySource.get(text.about);
      return this.#first(told, (event) => keyOf(event) === keyOf(text) && samePlace(event, text));
    }
    return this.#ofDayTold(text) ?? this.#lastBefore(text);
  }

  #ofDate(told: ToldIntervention, date: string): number | undefined {
    const dated = this.#recordsByDate.get(`${keyOf(told)} ${date}`);
    return this.#first(dated, (event) => samePlace(event, told));
  }

  /** A date may be a year or a month: what holds it, or what began within it; the oldest of them. */
  #overlapping(text: ToldIntervention, date: string): number | undefined {
    const range = dayRange(date);
    if (!range) return undefined;
    const wider = [YEAR, MONTH].filter((length) => length < Math.min(DAY, date.length));
    const found = wider.flatMap((length) => this.#ofDate(text, date.slice(0, length)) ?? []);
    const own = this.#records.get(keyOf(text)) ?? [];
    for (let at = this.#firstAfter(own, range.first - 1); at < own.length; at += 1) {
      const event = this.#events[own[at] ?? -1];
      if (!event || (dayRange(event.date)?.first ?? 0) > range.last) break;
      if (!samePlace(event, text)) continue;
      found.push(own[at] ?? -1);
      break;
    }
    return found.length > 0 ? Math.min(...found) : undefined;
  }

  /** Of the day on which it is told; where that is not known to the day, one that is not either. */
  #ofDayTold(text: ToldIntervention): number | undefined {
    const day = calendarDay(text.toldOn);
    if (day !== undefined) return this.#ofDate(text, day);
    const last = dayRange(text.toldOn)?.last ?? Number.POSITIVE_INFINITY;
    return this.#first(
      this.#recordsWithoutDay.get(keyOf(text)),
      (event) => (dayRange(event.date)?.first ?? last) <= last && samePlace(event, text),
    );
  }

  #lastBefore(text: ToldIntervention): number | undefined {
    const own = this.#records.get(keyOf(text)) ?? [];
    const last = dayRange(text.toldOn)?.last ?? Number.POSITIVE_INFINITY;
    for (let at = this.#firstAfter(own, last) - 1; at >= 0; at -= 1) {
      const event = this.#events[own[at] ?? -1];
      if (event && samePlace(event, text)) return own[at];
    }
    return undefined;
  }

  /** Where in a list of records, undated ones first, then oldest first, those that begin after a day begin. */
  #firstAfter(own: readonly number[], day: number): number {
    return firstWhere(own, (index) => (dayRange(this.#events[index]?.date)?.first ?? -Infinity) > day);
  }

  #first(
    indexes: readonly number[] | undefined,
    isMeant: (event: ToldIntervention) => boolean,
  ): number | undefined {
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
