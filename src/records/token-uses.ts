import { createHash } from 'node:crypto';
import type { RecordQueue } from './record-queue.js';
import type { Store } from './store.js';
import { oneByOne } from './turns.js';
import { within } from './within.js';
import type { Database } from './database.types.js';
import { TokenQuestions, type TokenRow } from './token-questions.js';

/** One use of a token; expiresAt in seconds since 1970. */
export interface UsedToken {
  readonly issuer: string;
  readonly jti: string;
  readonly expiresAt: number;
}

/** Milliseconds a call waits for the shared memory of tokens. */
const WAIT_MS = 150;

interface SharedParts {
  readonly store: Store;
  /** Keeps uses that the store could not be told of, for later. */
  readonly queue: Pick<RecordQueue, 'add'>;
  /** This process' own memory, asked first. */
  readonly own: { firstUse(use: UsedToken): Promise<boolean> };
  /** A token was let in on this process' memory alone. */
  readonly onUnshared: () => void;
}

/**
 * Token uses shared by all replicas through the database (JWT-9). While it is away, or slow, a token counts as
 * unused where this process has not seen it: no clinician waits for an answer because of the replay check.
 */
export function sharedTokenUses({ store, queue, own, onUnshared }: SharedParts): {
  firstUse(use: UsedToken): Promise<boolean>;
} {
  const questions = new TokenQuestions(store);
  const ownTurn = oneByOne();
  return {
    firstUse: async (use) => {
      if (!(await own.firstUse(use))) return false;
      const token = toRow(use);
      const first = store.state === 'ready' ? await within(questions.ask(token), WAIT_MS) : undefined;
      // Those who were told together go on one by one.
      if (first !== undefined) return ownTurn().then(() => first);
      questions.forget(token);
      store.wake();
      queue.add(token);
      onUnshared();
      return true;
    },
  };
}

function toRow({ issuer, jti, expiresAt }: UsedToken): TokenRow {
  const token = createHash('sha256').update(`${issuer} ${jti}`).digest('base64url');
  return { token, expiresAt: new Date(Math.ceil(expiresAt) * 1000).toISOString() };
}

/** Writes uses that came while the store was away. */
export async function writeTokenUses(database: Database, records: readonly string[]): Promise<void> {
  await database.query(
    `insert into token_use (token, expires_at)
     select token, "expiresAt" from jsonb_to_recordset($1::jsonb) as r (token text, "expiresAt" timestamptz)
     on conflict do nothing`,
    [`[${records.join(',')}]`],
  );
}
