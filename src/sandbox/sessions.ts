import { FhirRefusal } from './outcome.js';
import { Overlay, type ResourceStore } from './store.js';

export interface SessionLimits {
  /** The one that was used longest ago gives way. */
  readonly sessions: number;
  readonly changesPerSession: number;
  /** Milliseconds without a call, after which a session is forgotten. */
  readonly idle: number;
}

const NAME = /^[A-Za-z0-9-]{8,64}$/;

/**
 * The what-if changes of browsers, by the name that each chose (a UUID). A session comes into being with its first
 * change; until then, and once it is forgotten, its name reads the charts as they are.
 */
export class Sessions {
  readonly #charts: ResourceStore;
  readonly #limits: SessionLimits;
  readonly #now: () => number;
  /** Least recently used first. */
  readonly #open = new Map<string, { readonly overlay: Overlay; readonly usedAt: number }>();

  /** @param now epoch milliseconds */
  constructor(charts: ResourceStore, limits: SessionLimits, now: () => number) {
    this.#charts = charts;
    this.#limits = limits;
    this.#now = now;
  }

  get size(): number {
    this.#forgetIdle();
    return this.#open.size;
  }

  /** @throws FhirRefusal 400 for a name that is not 8 to 64 letters, digits and hyphens */
  toRead(name: string | undefined): ResourceStore {
    if (name === undefined) return this.#charts;
    return this.#find(name) ?? this.#charts;
  }

  /** @throws FhirRefusal 400 for a bad name, 403 without one, 429 when the session holds all it may */
  toChange(name: string | undefined): Overlay {
    if (name === undefined) throw new FhirRefusal(403, 'forbidden', READ_ONLY);
    const overlay = this.#find(name) ?? this.#start(name);
    if (overlay.size >= this.#limits.changesPerSession)
      throw new FhirRefusal(429, 'throttled', 'This session holds as many changes as it may: reset it first');
    return overlay;
  }

  /** Forgets every change of a session. */
  reset(name: string): void {
    this.#open.delete(name);
  }

  #find(name: string): Overlay | undefined {
    if (!NAME.test(name))
      throw new FhirRefusal(400, 'invalid', 'A session name is 8 to 64 letters, digits, hyphens');
    this.#forgetIdle();
    const overlay = this.#open.get(name)?.overlay;
    if (overlay) this.#use(name, overlay);
    return overlay;
  }

  #start(name: string): Overlay {
    const overlay = new Overlay(this.#charts);
    this.#use(name, overlay);
    const [oldest] = this.#open.keys();
    if (this.#open.size > this.#limits.sessions && oldest !== undefined) this.#open.delete(oldest);
    return overlay;
  }

  #use(name: string, overlay: Overlay): void {
    this.#open.delete(name);
    this.#open.set(name, { overlay, usedAt: this.#now() });
  }

  #forgetIdle(): void {
    const since = this.#now() - this.#limits.idle;
    for (const [name, { usedAt }] of this.#open) {
      if (usedAt >= since) return;
      this.#open.delete(name);
    }
  }
}

const READ_ONLY =
  'The synthetic patients are read-only: name a session in the path (s/<uuid>/) or in X-Sandbox-Session to change a copy';
