/** Milliseconds of work in one turn of the event loop: other calls wait no longer for theirs. */
const SLICE_MS = 10;

export interface Clock {
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** When the work has to come to an end, on the same clock; never without it. */
  readonly until?: number;
}

/**
 * Takes the steps of a work to its end, with a pause for other calls after every few milliseconds. What the work
 * gives does not depend on where it was paused; each step is told whether the time is over.
 */
export async function inSlices<T>(
  steps: Iterator<void, T, boolean>,
  { now, until = Infinity }: Clock,
): Promise<T> {
  let [began, at] = [now(), now()];
  for (;;) {
    const step = steps.next(at >= until);
    if (step.done) return step.value;
    at = now();
    if (at - began < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = at = now();
  }
}
