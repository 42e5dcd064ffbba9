import type { StoredResource } from './resource.js';
import type { Search } from './search.js';

/** The matches of one search as they were when it ran: later changes do not move its pages. */
export interface Snapshot {
  readonly search: Search;
  readonly matches: readonly StoredResource[];
}

/** Bounded memory of searches that have a further page, by an opaque token. */
export class Pages {
  readonly #snapshots = new Map<string, { readonly snapshot: Snapshot; readonly takenAt: number }>();
  readonly #limits: PageLimits;
  readonly #now: () => number;
  readonly #randomId: () => string;

  constructor(limits: PageLimits, now: () => number, randomId: () => string) {
    this.#limits = limits;
    this.#now = now;
    this.#randomId = randomId;
  }

  /** Token under which the snapshot is kept. */
  keep(snapshot: Snapshot): string {
    const token = this.#randomId();
    this.#snapshots.set(token, { snapshot, takenAt: this.#now() });
    const [oldest] = this.#snapshots.keys();
    if (this.#snapshots.size > this.#limits.snapshots && oldest !== undefined) this.#snapshots.delete(oldest);
    return token;
  }

  /** Undefined once it has expired. */
  find(token: string): Snapshot | undefined {
    const kept = this.#snapshots.get(token);
    if (!kept || this.#now() - kept.takenAt > this.#limits.age) return undefined;
    return kept.snapshot;
  }
}

export interface PageLimits {
  readonly snapshots: number;
  /** Milliseconds. */
  readonly age: number;
}
