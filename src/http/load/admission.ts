import { CdsError } from '../../errors.js';

/** Whether one more call can be taken on. */
export interface Admission {
  /** @throws CdsError ERR_OVERLOADED when not; else `leave` has to follow */
  enter(): void;
  leave(): void;
  /** Calls taken on that are not answered yet. */
  underWay(): number;
  /** Ends the watch. */
  close(): void;
}

export interface AdmissionParts {
  /** Calls under way at most. */
  readonly callsInFlight: number;
  /** Milliseconds that the event loop may be late, on average, before calls are turned away. */
  readonly lagMs: number;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** Milliseconds between two looks at the event loop. */
const LOOK_MS = 50;

/** Share of the newest look in the average: a single long task does not close the door for long. */
const WEIGHT = 0.3;

/**
 * Turns calls away before the service collapses: an EHR that is told at once to go on without advice is better off
 * than one that waits for an answer that comes too late.
 */
export function createAdmission({ callsInFlight, lagMs, now }: AdmissionParts): Admission {
  let inside = 0;
  let lag = 0;
  let lookedAt = now();
  const timer = setInterval(() => {
    const late = Math.max(0, now() - lookedAt - LOOK_MS);
    lag += (late - lag) * WEIGHT;
    lookedAt = now();
  }, LOOK_MS);
  timer.unref();
  return {
    enter: () => {
      if (inside >= callsInFlight || lag > lagMs)
        throw new CdsError('ERR_OVERLOADED', 'more calls than can be answered in time; go on without advice');
      inside += 1;
    },
    leave: () => {
      inside -= 1;
    },
    underWay: () => inside,
    close: () => {
      clearInterval(timer);
    },
  };
}
