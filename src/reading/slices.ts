/** Milliseconds of work in one turn of the event loop: other calls wait no longer for theirs. */
const SLICE_MS = 10;

/**
 * Takes the steps of a work to its end, with a pause for other calls after every few milliseconds. What the work
 * gives does not depend on where it was paused.
 *
 * @param now milliseconds, monotonic
 */
export async function inSlices<T>(steps: Iterator<void, T>, now: () => number): Promise<T> {
  let began = now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (now() - began < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = now();
  }
}
