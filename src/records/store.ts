import { DatabaseError, toDatabaseError, type Database } from './database.types.js';
import { migrate, type Migration } from './migrate.js';

/** `idle`: not needed yet; `opening`: for the first time; `failed`: tried again in the background. */
export type StoreState = 'idle' | 'opening' | 'ready' | 'failed';

export interface StoreParts {
  readonly open: () => Promise<Database>;
  readonly migrations: readonly Migration[];
  /** Told when the state becomes ready or failed, with what was thrown. */
  readonly onChange?: (state: 'ready' | 'failed', thrown?: unknown) => void;
}

/** Milliseconds between two looks whether the database still answers, or answers again. */
export const PROBE_MS = 1_000;

/**
 * The database as something that may be away. It is opened when it is first used, and from then on watched; while
 * it is away every use is refused at once, so that nobody waits for it twice.
 */
export class Store {
  readonly #parts: StoreParts;
  #state: StoreState = 'idle';
  #database: Database | undefined;
  #opening: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  get state(): StoreState {
    return this.#state;
  }

  /** Opens it in the background, where it is not open or being opened. */
  wake(): void {
    if (this.#state === 'idle') void this.#open();
  }

  /**
   * @throws DatabaseError `away` at once while the database is away, `closed`, or what the database says; the work
   *   may have been done all the same when the connection broke at its end
   */
  async use<T>(work: (database: Database) => Promise<T>): Promise<T> {
    if (this.#closed) throw new DatabaseError('closed');
    if (this.#state === 'failed') throw new DatabaseError('away');
    if (this.#state !== 'ready') await this.#open();
    if (!this.#database) throw new DatabaseError('away');
    try {
      return await work(this.#database);
    } catch (thrown) {
      const error = toDatabaseError(thrown);
      if (error.away) this.#fail(error);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#opening;
    await this.#database?.close().catch(() => undefined);
  }

  #open(): Promise<void> {
    if (this.#state === 'idle') this.#state = 'opening';
    this.#opening ??= this.#tryOpen().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #tryOpen(): Promise<void> {
    try {
      this.#database ??= await this.#parts.open();
      await migrate(this.#database, this.#parts.migrations);
      this.#state = 'ready';
      this.#parts.onChange?.('ready');
    } catch (thrown) {
      this.#fail(toDatabaseError(thrown));
    }
    this.#probeLater();
  }

  #fail(error: DatabaseError): void {
    if (this.#state !== 'failed') this.#parts.onChange?.('failed', error);
    this.#state = 'failed';
  }

  #probeLater(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#probe(), PROBE_MS);
    this.#timer.unref();
  }

  async #probe(): Promise<void> {
    if (this.#state === 'failed') {
      await this.#reopen();
      return;
    }
    try {
      await this.#database?.query('select 1');
    } catch (thrown) {
      this.#fail(toDatabaseError(thrown));
    }
    this.#probeLater();
  }

  // A new start from nothing: an embedded database whose thread has died has to be opened again.
  async #reopen(): Promise<void> {
    const old = this.#database;
    this.#database = undefined;
    await old?.close().catch(() => undefined);
    await this.#open();
  }
}
