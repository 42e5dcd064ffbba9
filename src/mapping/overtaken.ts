import { dayRange } from '../evaluation/dates.js';
import type { Laterality } from '../evaluation/evidence.js';
import { coversAll } from '../evaluation/sides.js';
import type { ToldIntervention } from './collected.js';

type Latest = Map<Laterality | undefined, number>;

/** The last day on which each kind of procedure was carried out, by the side its record names. */
export class CarriedOut {
  readonly #latest = new Map<string, Latest>();
  /** Kinds of which one was taken back: they are looked at anew when they are asked for. */
  readonly #stale = new Set<string>();

  add(event: ToldIntervention): void {
    const day = dayRange(event.date)?.first;
    if (event.status !== 'completed' || event.contradictedByText || day === undefined) return;
    const latest = this.#latest.get(event.kind) ?? new Map<Laterality | undefined, number>();
    this.#latest.set(event.kind, latest);
    const known = latest.get(event.laterality);
    if (known === undefined || known < day) latest.set(event.laterality, day);
  }

  /** After an event was joined with another telling. */
  replace(before: ToldIntervention | undefined, after: ToldIntervention): void {
    const isTakenBack =
      before?.status === 'completed' &&
      (before.laterality !== after.laterality || before.contradictedByText !== after.contradictedByText);
    if (isTakenBack) this.#stale.add(after.kind);
    else this.add(after);
  }

  /**
   * Whether a plan is none any more: carried out later, on its side. An order's own day counts, for what was ordered
   * or prepared on it may have been done on it; the day on which a note tells of a plan does not.
   *
   * @param all the events as they stand
   */
  overtakes(plan: ToldIntervention, all: readonly ToldIntervention[]): boolean {
    if (plan.status !== 'planned') return false;
    const isText = plan.toldBy === 'text';
    const range = dayRange(isText ? plan.toldOn : plan.date);
    if (!range) return false;
    if (this.#stale.delete(plan.kind)) {
      this.#latest.delete(plan.kind);
      for (const event of all) if (event.kind === plan.kind) this.add(event);
    }
    const latest: Latest = this.#latest.get(plan.kind) ?? new Map<Laterality | undefined, number>();
    return [...latest].some(
      ([side, day]) => coversAll(side, plan.laterality) && (isText ? day > range.last : day >= range.first),
    );
  }
}
