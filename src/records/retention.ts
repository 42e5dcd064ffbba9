import type { Database } from './database.types.js';

/** Rows deleted by one statement, so that none holds its locks for long. */
const CHUNK = 1_000;

/** Rows that were too old, by what they were. */
export interface Deleted {
  readonly decisions: number;
  readonly feedback: number;
  readonly tokenUses: number;
}

interface Instants {
  readonly before: string;
  readonly now: string;
  /** For whole calls, which are kept for a time of their own. */
  readonly callsBefore?: string;
}

/** Deletes decisions (with their cards) and feedback from before an instant, and tokens that have expired by now. */
export async function deleteOld(
  database: Database,
  { before, now, callsBefore = before }: Instants,
): Promise<Deleted> {
  const decisions = await deleteWhere(database, 'decision', 'at < $1', before);
  const feedback = await deleteWhere(database, 'feedback', 'received_at < $1', before);
  await deleteWhere(database, 'record_loss', 'at < $1', before);
  await deleteWhere(database, 'coverage_assertion', 'at < $1', before);
  await deleteWhere(database, 'crd_call', 'at < $1', callsBefore);
  const tokenUses = await deleteWhere(database, 'token_use', 'expires_at < $1', now);
  return { decisions, feedback, tokenUses };
}

type Table = 'decision' | 'feedback' | 'record_loss' | 'coverage_assertion' | 'crd_call' | 'token_use';

async function deleteWhere(
  database: Database,
  table: Table,
  condition: string,
  instant: string,
): Promise<number> {
  const rows = `select ctid from ${table} where ${condition} limit ${CHUNK}`;
  let total = 0;
  for (let deleted = CHUNK; deleted === CHUNK; total += deleted) {
    const gone = await database.query(`delete from ${table} where ctid = any (array(${rows})) returning 1`, [
      instant,
    ]);
    deleted = gone.length;
  }
  return total;
}
