import type { TextRelief } from '../reading.js';
import { lastRecent, LONGEST_MEMORY, type InterventionEvent } from './merge.js';
import { OTHER_TIMES } from './own-note.js';
import type { MentionKind } from './procedure-kinds.js';

const SIDES = ['left', 'right'] as const;

/** Told below the heading of the note's own procedure, with nothing said of its end yet. */
function isOwn({ ofSession, relief, status }: InterventionEvent): boolean {
  return ofSession === true && relief === undefined && status !== 'not-done' && status !== 'planned';
}

/** The procedures that a text has told of so far, in its order. */
export class EventLog {
  private readonly events: InterventionEvent[] = [];
  private ofOneKind = true;
  private ofOneDate = true;

  get all(): readonly InterventionEvent[] {
    return this.events;
  }

  /** Those that later words may still mean. */
  get recent(): readonly InterventionEvent[] {
    return this.events.slice(-LONGEST_MEMORY);
  }

  get last(): InterventionEvent | undefined {
    return this.events.at(-1);
  }

  /** All of one kind, told of one day. */
  get isOfOneKind(): boolean {
    return this.ofOneKind;
  }

  get isOfOneSession(): boolean {
    return this.ofOneKind && this.ofOneDate;
  }

  /** Kept as it goes: to look through all events with every sentence would take the square of a text's time. */
  push(event: InterventionEvent): void {
    const [first] = this.events;
    this.ofOneKind &&= first === undefined || event.kind === first.kind;
    this.ofOneDate &&= first === undefined || event.date === first.date;
    this.events.push(event);
  }

  /** The side of every procedure of a kind that was told of as done; undefined where they differ, or one names none. */
  sideOf(kind: MentionKind): InterventionEvent['laterality'] {
    const done = this.recent.filter((event) => event.kind === kind && event.status === 'completed');
    const [first] = done;
    return done.every(({ laterality }) => laterality === first?.laterality) ? first?.laterality : undefined;
  }

  /**
   * "The procedure was aborted": of the last one told of, though it was announced as planned; of the note's own behind
   * one that brought relief ("Indication: 70% relief from the injection of 9/2025").
   * @param isNamed the sentence names what ended
   */
  end(
    status: 'stopped' | 'not-done',
    said: { readonly section: string; readonly isNamed: boolean },
    about: MentionKind | undefined,
  ): void {
    const { last } = this;
    const own = last?.relief === undefined || said.isNamed ? -1 : this.events.findLastIndex(isOwn);
    if (last?.ofSession !== true && own >= 0) this.amendEnd(own, status);
    else this.endLast(status, said.section, about);
  }

  private amendEnd(at: number, status: 'stopped' | 'not-done'): void {
    const event = this.events[at];
    if (event !== undefined) this.amend(at, { ...event, status, notCarriedThrough: true });
  }

  private endLast(status: 'stopped' | 'not-done', section: string, about: MentionKind | undefined): void {
    const { last } = this;
    const own = about === undefined ? last?.kind !== 'other' : last?.kind === about;
    if (last === undefined || !own || last.status === 'not-done') return;
    if (last.status === 'planned' && OTHER_TIMES.has(section)) return;
    this.amendEnd(this.events.length - 1, status);
  }

  amendLast(event: InterventionEvent): void {
    this.events.splice(-1, 1, event);
  }

  amend(at: number, event: InterventionEvent): void {
    this.events.splice(at, 1, event);
  }

  /**
   * "Right block on 2/2, left block on 3/3. 65 % on the left and 40 % on the right.": each of two procedures of one side
   * gets the relief of its own.
   * @returns whether it was shared out: the last procedure is of one side, and those of all sides told of are known
   */
  shareOut({ bySide, ...relief }: TextRelief): boolean {
    const { last } = this;
    const told = SIDES.filter((side) => bySide?.[side] !== undefined);
    if (last === undefined || told.length === 0 || (told.length === 1 && told[0] === last.laterality))
      return false;
    if (last.laterality !== 'left' && last.laterality !== 'right') return false;
    const places = told.map((side) =>
      lastRecent(this.events, (event) => event.kind === last.kind && event.laterality === side),
    );
    if (places.some((at) => at < 0 || !this.mayHaveHelped(at))) return false;
    for (const [index, side] of told.entries())
      this.relieve(places[index] ?? 0, { ...relief, ...bySide?.[side] });
    return true;
  }

  /**
   * "Blocks on 1/12 and on 2/2. These gave 90 % and 85 %.": as many reliefs as one sentence told of procedures, in order.
   * @returns whether they were shared out
   */
  shareInOrder(reliefs: readonly TextRelief[]): boolean {
    const { last } = this;
    if (last === undefined || reliefs.length < 2 || reliefs.some(({ bySide }) => bySide)) return false;
    let begin = this.events.length;
    while (begin > 0 && this.events[begin - 1]?.start === last.start) {
      begin -= 1;
      if (this.events.length - begin > reliefs.length) return false;
    }
    const places = Array.from({ length: this.events.length - begin }, (_, on) => begin + on);
    if (places.length !== reliefs.length || !places.every((at) => this.mayHaveHelped(at))) return false;
    for (const [index, relief] of reliefs.entries()) this.relieve(begin + index, relief);
    return true;
  }

  /**
   * "Blocks on 1/12 and on 2/2. Both gave 85 %.": the last procedures told of, all of one kind and none with a relief yet.
   * @param count how many they must be; any number but one where undefined
   * @returns whether there are that many
   */
  relieveAll(relief: TextRelief, count: number | undefined): boolean {
    const { last } = this;
    let begin = this.events.length;
    const far = Math.max(0, this.events.length - LONGEST_MEMORY);
    while (begin > far && this.events[begin - 1]?.kind === last?.kind && this.mayHaveHelped(begin - 1))
      begin -= 1;
    const told = this.events.length - begin;
    const isWhole = begin === 0 || this.events[begin - 1]?.kind !== last?.kind;
    if (told < 2 || !isWhole || (count !== undefined && told !== count)) return false;
    for (let at = begin; at < this.events.length; at += 1) this.relieve(at, relief);
    return true;
  }

  private mayHaveHelped(at: number): boolean {
    const event = this.events[at];
    return event?.relief === undefined && event?.status !== 'planned' && event?.status !== 'not-done';
  }

  private relieve(at: number, relief: TextRelief): void {
    const event = this.events[at];
    if (event === undefined) return;
    const status = event.status === 'unknown' ? 'completed' : event.status;
    this.events.splice(at, 1, { ...event, relief, status });
  }
}
