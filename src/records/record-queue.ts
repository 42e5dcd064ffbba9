import { toDatabaseError } from './database.types.js';

export interface QueueParts {
  /** Records that wait at most. */
  readonly capacity: number;
  /** Characters that wait at most, as JSON. */
  readonly characters: number;
  /**
   * Writes a batch, all or none; the same batch may come again after a failure, though it was written: the records'
   * own ids make that harmless. `lost` records could not be kept before it.
   */
  readonly write: (records: readonly string[], lost: number) => Promise<void>;
  /** Told at once of every record that is lost. */
  readonly onLost: (count: number) => void;
}

/** Records of one batch. */
const BATCH = 200;

/** Milliseconds. A statement of one record costs the embedded database as much as one of twenty. */
const GATHER_MS = 200;
const RETRY_MS = 500;

/**
 * Keeps records, as JSON, until they are written, so that no answer waits for the database. It is bounded: when it
 * is full, or a record can never be written, that record is lost, and counted exactly.
 */
export class RecordQueue {
  readonly #parts: QueueParts;
  #waiting: string[] = [];
  #characters = 0;
  #lost = 0;
  /** One record at a time after a batch was refused for good, until the culprit is found. */
  #single = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #failing = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** True when the last attempt to write failed, or records are being lost. */
  get failing(): boolean {
    return this.#failing;
  }

  add(record: object): void {
    const json = JSON.stringify(record);
    const { capacity, characters } = this.#parts;
    if (this.#waiting.length >= capacity || this.#characters + json.length > characters) {
      this.#lose(1);
      return;
    }
    this.#waiting.push(json);
    this.#characters += json.length;
    this.#writeIn(this.#failing ? RETRY_MS : GATHER_MS);
  }

  /** Writes what waits now; resolves when that is done or has failed. */
  async flush(): Promise<void> {
    const until = this.#waiting.length;
    for (let written = 0; written < until && this.#waiting.length > 0;) {
      const before = this.#waiting.length;
      await this.#write();
      if (this.#failing) return;
      written += Math.max(1, before - this.#waiting.length);
    }
  }

  /** Tries for so many milliseconds to write all; what is left then is lost. */
  async close(patienceMs: number): Promise<void> {
    clearTimeout(this.#timer);
    const patience = { over: false };
    const timer = setTimeout(() => {
      patience.over = true;
    }, patienceMs);
    while (this.#waiting.length > 0 && !patience.over) {
      await this.flush();
      if (this.#failing) await new Promise((resolve) => setTimeout(resolve, Math.min(RETRY_MS, patienceMs)));
    }
    clearTimeout(timer);
    clearTimeout(this.#timer);
    if (this.#waiting.length > 0) this.#lose(this.#waiting.splice(0).length);
  }

  #writeIn(ms: number): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#write().then(() => {
        if (this.#waiting.length > 0) this.#writeIn(this.#failing ? RETRY_MS : 0);
      });
    }, ms);
  }

  /** One batch at a time, whoever asks; never rejects. */
  #write(): Promise<void> {
    this.#writing ??= this.#writeBatch().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#waiting.slice(0, this.#single > 0 ? 1 : BATCH);
    if (batch.length === 0) return;
    const lost = this.#lost;
    try {
      await this.#parts.write(batch, lost);
      this.#lost -= lost;
      this.#failing = false;
      this.#done(batch.length);
    } catch (thrown) {
      if (!toDatabaseError(thrown).lasting) this.#failing = true;
      else if (batch.length > 1) this.#single = batch.length;
      else {
        this.#done(1);
        this.#lose(1);
      }
    }
  }

  #done(count: number): void {
    for (const json of this.#waiting.splice(0, count)) this.#characters -= json.length;
    this.#single = Math.max(0, this.#single - count);
  }

  #lose(count: number): void {
    this.#lost += count;
    this.#parts.onLost(count);
  }
}
