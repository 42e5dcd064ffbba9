export type SqlValue = string | number | boolean | null;

export type Row = Readonly<Record<string, unknown>>;

/** One statement with values for $1, $2 …; or, without values, a script of several, whose last rows are given. */
export type Query = (sql: string, values?: readonly SqlValue[]) => Promise<readonly Row[]>;

/** One SQL, two homes: Postgres, or the embedded one. A failed statement rejects with DatabaseError. */
export interface Database {
  readonly query: Query;
  /** Commits when the work resolves; else nothing of it is kept. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Of what a database says only the SQLSTATE goes on: its messages quote values. */
export class DatabaseError extends Error {
  /** SQLSTATE, a code of the socket, or `unknown`. */
  readonly code: string;

  constructor(code: string) {
    super(`database error ${code}`);
    this.name = 'DatabaseError';
    this.code = code;
  }

  /** True when the statement can never succeed: data exceptions and broken constraints (classes 22 and 23). */
  get lasting(): boolean {
    return /^2[23]...$/.test(this.code);
  }

  /** True when it was not the statement: no connection, no time, no disk, or a server that only reads now. */
  get away(): boolean {
    return !/^[0-4]\w{4}$/.test(this.code) || /^(08|25)/.test(this.code);
  }
}

export function toDatabaseError(thrown: unknown): DatabaseError {
  if (thrown instanceof DatabaseError) return thrown;
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return new DatabaseError(typeof code === 'string' ? code : 'unknown');
}
