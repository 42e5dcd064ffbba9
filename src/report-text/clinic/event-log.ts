import type { TextRelief } from '../reading.js';
import type { InterventionEvent } from './merge.js';
import { OTHER_TIMES } from './own-note.js';
import type { MentionKind } from './procedure-kinds.js';

const SIDES = ['left', 'right'] as const;

/** The procedures that a text has told of so far, in its order. */
export class EventLog {
  private readonly events: InterventionEvent[] = [];
  private ofOneKind = true;
  private ofOneDate = true;

  get all(): readonly InterventionEvent[] {
    return this.events;
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
    const done = this.events.filter((event) => event.kind === kind && event.status === 'completed');
    const [first] = done;
    return done.every(({ laterality }) => laterality === first?.laterality) ? first?.laterality : undefined;
  }

  /** "The procedure was aborted": of the last one told of, though it was announced as planned. */
  end(status: 'stopped' | 'not-done', section: string, about: MentionKind | undefined): void {
    const { last } = this;
    const own = about === undefined ? last?.kind !== 'other' : last?.kind === about;
    if (last === undefined || !own || last.status === 'not-done') return;
    if (last.status === 'planned' && OTHER_TIMES.has(section)) return;
    this.amendLast({ ...last, status, notCarriedThrough: true });
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
      this.events.findLastIndex((event) => event.kind === last.kind && event.laterality === side),
    );
    if (places.some((at) => at < 0 || !this.mayHaveHelped(at))) return false;
    for (const [index, side] of told.entries())
      this.relieve(places[index] ?? 0, { ...relief, ...bySide?.[side] });
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
