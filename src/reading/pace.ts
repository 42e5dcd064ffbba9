/** Milliseconds kept at least for mapping, evaluation and the way out. */
const LEAST_MS = 40;
/**
 * Part of the time left that is kept at most: a chart that was not read is no help either. As much is kept before
 * anything was measured, for the first call of a process is its slowest.
 */
const MOST = 0.3;
/** Part of it that is kept for evaluation and cards while the chart is read. */
const KEPT = 0.2;
/** What is kept above what it took of late, and how fast a slow call is forgotten. */
const [MARGIN, FADING] = [1.5, 0.8];

/**
 * How long mapping and evaluation take of late, so that reading the chart ends in time for them: on a slow or busy
 * machine earlier, for a late answer is none.
 */
export class Pace {
  private lately: number | undefined;

  /** @param left milliseconds until the answer has to be sent */
  reserve(left: number): number {
    const wanted = this.lately === undefined ? Infinity : Math.max(LEAST_MS, MARGIN * this.lately);
    return Math.min(wanted, Math.max(LEAST_MS, MOST * left));
  }

  /**
   * When the reading of a chart that was had ends at the latest: some of the time left is kept for what comes of it.
   *
   * @param deadlineAt when the answer has to be sent, milliseconds, on the clock of `now`
   */
  readUntil(deadlineAt: number, now: number): number {
    const left = Math.max(0, deadlineAt - now);
    return deadlineAt - Math.min(Math.max(LEAST_MS, KEPT * left), left / 2);
  }

  /** @param milliseconds that the last evaluation took */
  took(milliseconds: number): void {
    this.lately = Math.max(milliseconds, FADING * (this.lately ?? 0));
  }
}
