import { CdsError } from '../errors.js';

/** Works in line, the one under way among them. */
const IN_LINE = 8;
/** Rest after a work, in times of what it took: so that all of them together get a quarter of the process at most. */
const REST = 3;

export interface TurnsParts {
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Waits so many milliseconds. */
  readonly rest?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Lets works in one at a time, with a rest after each: those who have no token must not hold up those who have. */
export class Turns {
  readonly #parts: TurnsParts;
  #inLine = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: TurnsParts) {
    this.#parts = parts;
  }

  /** @throws CdsError ERR_OVERLOADED when too many are in line; else what the work throws */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inLine >= IN_LINE)
      throw new CdsError('ERR_OVERLOADED', 'too many evaluations at once; try again');
    this.#inLine += 1;
    const { now, rest = sleep } = this.#parts;
    let done = (): void => undefined;
    const before = this.#last;
    this.#last = new Promise<void>((resolve) => (done = resolve));
    await before;
    const began = now();
    try {
      return await work();
    } finally {
      this.#inLine -= 1;
      void rest(REST * (now() - began)).then(done);
    }
  }
}

/** Bodies that are arriving at once. */
const ARRIVING = 16;

/** Keeps few bodies arriving: where there is no room for one more, the one that has been at it longest is given up. */
export class Arrivals {
  /** Oldest first. */
  readonly #open = new Set<() => void>();

  /**
   * @param giveUp called when room is needed for another
   * @returns to be called when the body has come
   */
  enter(giveUp: () => void): () => void {
    const [oldest] = this.#open.size >= ARRIVING ? this.#open : [];
    if (oldest) {
      this.#open.delete(oldest);
      oldest();
    }
    this.#open.add(giveUp);
    return () => this.#open.delete(giveUp);
  }
}
