import type { Store } from './store.js';

/** A use of a token as it is kept. */
export interface TokenRow {
  /** Digest: what stands in a jti is the client's. */
  readonly token: string;
  readonly expiresAt: string;
}

interface Question {
  readonly row: TokenRow;
  readonly answer: (isFirst: boolean | undefined) => void;
}

// As JSON in one value: a batch of any size is one statement, the same on both engines.
const FIRST_USES = `
insert into token_use (token, expires_at)
select token, "expiresAt" from jsonb_to_recordset($1::jsonb) as r (token text, "expiresAt" timestamptz)
on conflict do nothing returning token`;

/** Tokens of one statement. */
const BATCH = 200;

/**
 * Asks the database whether tokens are used for the first time: one statement for all calls that wait. Those that
 * come while it is under way share the next one, so that a busy service asks no more often than a quiet one.
 */
export class TokenQuestions {
  readonly #store: Pick<Store, 'use'>;
  #waiting: Question[] = [];
  #asking = false;

  constructor(store: Pick<Store, 'use'>) {
    this.#store = store;
  }

  /** True for the first use, false for another, undefined when the database does not say. */
  ask(row: TokenRow): Promise<boolean | undefined> {
    return new Promise((answer) => {
      this.#waiting.push({ row, answer });
      if (!this.#asking) void this.#askAll();
    });
  }

  /** Nobody waits for this one any more. */
  forget(row: TokenRow): void {
    this.#waiting = this.#waiting.filter((question) => question.row !== row);
  }

  async #askAll(): Promise<void> {
    this.#asking = true;
    // Calls of one turn of the event loop ask together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      const first = await this.#firstOf(batch);
      // Each is the first once, were it asked for twice in one batch.
      for (const { row, answer } of batch) answer(first?.delete(row.token));
    }
    this.#asking = false;
  }

  async #firstOf(batch: readonly Question[]): Promise<Set<unknown> | undefined> {
    const json = JSON.stringify(batch.map(({ row }) => row));
    try {
      const rows = await this.#store.use(({ query }) => query(FIRST_USES, [json]));
      return new Set(rows.map(({ token }) => token));
    } catch {
      return undefined;
    }
  }
}
