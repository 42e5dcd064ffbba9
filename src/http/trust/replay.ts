import { LRUCache } from 'lru-cache';

/** One use of a token, by what makes it unique. */
export interface TokenUse {
  readonly issuer: string;
  readonly jti: string;
  /** Seconds since 1970; afterwards the token is refused for its age. */
  readonly expiresAt: number;
}

/** Remembers used tokens until they expire, for all replicas (JWT-9). */
export interface TokenUses {
  /**
   * True when this is the first use. Never rejects, and never takes long: where the shared memory cannot be asked,
   * this process' own decides.
   */
  firstUse(use: TokenUse): Promise<boolean>;
}

/** Tokens; an hour of fourteen calls a second, in some ten megabytes. */
const CAPACITY = 50_000;

/** The memory of one process: enough where there is one process, and the first to be asked where there are more. */
export function ownTokenUses(now: () => number): TokenUses {
  const used = new LRUCache<string, true>({ max: CAPACITY });
  return {
    firstUse: ({ issuer, jti, expiresAt }) => {
      const key = `${issuer} ${jti}`;
      if (used.has(key)) return Promise.resolve(false);
      used.set(key, true, { ttl: Math.max(1, expiresAt * 1000 - now()) });
      return Promise.resolve(true);
    },
  };
}
