import type { JWK } from 'jose';
import type { FetchJwks } from './fetch-jwks.js';
import type { TrustedClient } from './trusted-client.types.js';
import { Untrusted } from './trust-failure.js';

/** The keys of one client, as far as they are known. */
export interface KeySource {
  /** @throws Untrusted keys-unavailable */
  keys(): Promise<readonly JWK[]>;
  /**
   * The keys, asked for again because those at hand did not fit: the client may have changed them. Undefined when
   * they were asked for a moment ago.
   *
   * @throws Untrusted keys-unavailable
   */
  newerKeys(): Promise<readonly JWK[]> | undefined;
}

/** Milliseconds. */
export const KEY_TIMES = {
  /** After this, keys are fetched anew beside the call that is answered with the old ones. */
  fresh: 300_000,
  /** As long, keys go on to be used while the client's server fails. */
  stale: 86_400_000,
  /** Between two fetches for keys that did not fit; the interface promises 30 s. */
  cooldown: 10_000,
  /** After a fetch that failed, until the next: a slow server must not be waited for by every call. */
  afterFailure: 5_000,
  /** That a call waits for a fetch; the fetch itself may go on and serve the next call. */
  wait: 300,
} as const;

interface KeySourceParts {
  readonly fetchJwks: FetchJwks;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Told of every fetch that failed. */
  readonly onFailure?: (client: TrustedClient, thrown: unknown) => void;
}

/** Keys from the clients' file, or fetched, kept, and fetched again when they change. */
export function createKeySource(client: TrustedClient, parts: KeySourceParts): KeySource {
  const { jwks, jwksUri } = client;
  if (jwksUri !== undefined) return new PublishedKeys(client, jwksUri, parts);
  return { keys: () => Promise.resolve(jwks ?? []), newerKeys: () => undefined };
}

class PublishedKeys implements KeySource {
  readonly #client: TrustedClient;
  readonly #url: string;
  readonly #parts: KeySourceParts;
  #kept: { readonly keys: readonly JWK[]; readonly at: number } | undefined;
  #fetching: Promise<void> | undefined;
  #failedAt = Number.NEGATIVE_INFINITY;
  #missedAt = Number.NEGATIVE_INFINITY;

  constructor(client: TrustedClient, url: string, parts: KeySourceParts) {
    this.#client = client;
    this.#url = url;
    this.#parts = parts;
  }

  async keys(): Promise<readonly JWK[]> {
    const age = this.#age();
    if (age >= KEY_TIMES.fresh && this.#mayFetch()) {
      const fetched = this.#fetch();
      if (age >= KEY_TIMES.stale) await this.#waitFor(fetched);
    }
    return this.#usable();
  }

  newerKeys(): Promise<readonly JWK[]> | undefined {
    const now = this.#parts.now();
    if (now - this.#missedAt < KEY_TIMES.cooldown || !this.#mayFetch()) return undefined;
    this.#missedAt = now;
    return this.#waitFor(this.#fetch()).then(() => this.#usable());
  }

  #age(): number {
    return this.#kept === undefined ? Number.POSITIVE_INFINITY : this.#parts.now() - this.#kept.at;
  }

  #mayFetch(): boolean {
    return this.#parts.now() - this.#failedAt >= KEY_TIMES.afterFailure;
  }

  #usable(): readonly JWK[] {
    if (this.#kept === undefined || this.#age() >= KEY_TIMES.stale) throw new Untrusted('keys-unavailable');
    return this.#kept.keys;
  }

  /** One at a time, whoever asks; never rejects. */
  #fetch(): Promise<void> {
    this.#fetching ??= this.#parts
      .fetchJwks(this.#url)
      .then(
        (keys) => {
          this.#kept = { keys, at: this.#parts.now() };
        },
        (thrown: unknown) => {
          this.#failedAt = this.#parts.now();
          this.#parts.onFailure?.(this.#client, thrown);
        },
      )
      .finally(() => {
        this.#fetching = undefined;
      });
    return this.#fetching;
  }

  async #waitFor(fetched: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, KEY_TIMES.wait);
    });
    await Promise.race([fetched, waited]);
    clearTimeout(timer);
  }
}
