/** Units of work after which others are let in: a millisecond or so. */
const IN_ONE_STEP = 2_000;

/** More than {@link Effort} allows. */
export class TooMuch extends Error {}

/**
 * What a file costs to read, in units of one token or one character of text. The size of a file says little of it: a
 * megabyte may be one picture, or a million braces. Nobody reads what takes more than a report of some hundred pages.
 */
export class Effort {
  #left: number;
  #sinceStep = 0;

  constructor(most: number) {
    this.#left = most;
  }

  /** @throws TooMuch */
  spend(units: number): void {
    this.#left -= units;
    if (this.#left < 0) throw new TooMuch();
    this.#sinceStep += units;
  }

  /** Whether it is time to let others in; asked after each unit or so. */
  isStepDone(): boolean {
    if (this.#sinceStep < IN_ONE_STEP) return false;
    this.#sinceStep = 0;
    return true;
  }
}
