import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { DatabaseError, type Row, type SqlValue } from './database.types.js';

/**
 * Runs in a thread of its own: opening takes seconds and queries run to their end, and neither may hold up a call.
 * Kept as source text so that it starts the same from compiled and from uncompiled code.
 */
const WORKER_SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
(async () => {
  const { PGlite } = require(workerData.library);
  const database = await PGlite.create(workerData.folder);
  parentPort.on('message', async ({ id, sql, values, close }) => {
    try {
      if (close) await database.close();
      const result = close ? undefined : values ? await database.query(sql, values) : (await database.exec(sql)).at(-1);
      parentPort.postMessage({ id, rows: result ? result.rows : [] });
    } catch (error) {
      parentPort.postMessage({ id, code: typeof error.code === 'string' ? error.code : 'unknown' });
    }
  });
  parentPort.postMessage({ id: 0, rows: [] });
})().catch(() => process.exit(1));
`;

const library = createRequire(import.meta.url).resolve('@electric-sql/pglite');

interface Waiting {
  readonly resolve: (rows: readonly Row[]) => void;
  readonly reject: (error: DatabaseError) => void;
}

/** The thread of an embedded database and the questions put to it. */
export class EmbeddedWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #ended = false;

  private constructor(folder: string) {
    this.#worker = new Worker(WORKER_SOURCE, {
      eval: true,
      workerData: { folder, library },
      stdout: true,
      stderr: true,
    });
    this.#worker.on('message', (message: unknown) => {
      this.#answered(message);
    });
    this.#worker.on('error', () => undefined);
    this.#worker.once('exit', () => {
      this.#ended = true;
      for (const { reject } of this.#waiting.values()) reject(new DatabaseError('ended'));
      this.#waiting.clear();
    });
    // A process that has nothing else to do may end.
    this.#worker.unref();
  }

  /** @throws DatabaseError when it cannot be opened */
  static async open(folder: string): Promise<EmbeddedWorker> {
    const worker = new EmbeddedWorker(folder);
    // The message that says it is open has the id 0.
    await worker.#answerTo(0);
    return worker;
  }

  run(sql: string, values?: readonly SqlValue[]): Promise<readonly Row[]> {
    return this.#ask({ sql, ...(values && { values: [...values] }) });
  }

  async close(): Promise<void> {
    if (!this.#ended) await this.#ask({ close: true }).catch(() => undefined);
    await this.#worker.terminate();
  }

  #ask(question: object): Promise<readonly Row[]> {
    if (this.#ended) return Promise.reject(new DatabaseError('ended'));
    const id = ++this.#asked;
    this.#worker.postMessage({ id, ...question });
    return this.#answerTo(id);
  }

  #answerTo(id: number): Promise<readonly Row[]> {
    // While an answer is awaited the process has something to do.
    this.#worker.ref();
    return new Promise<readonly Row[]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #answered(message: unknown): void {
    if (!isAnswer(message)) return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (message.rows) waiting?.resolve(message.rows);
    else waiting?.reject(new DatabaseError(message.code ?? 'unknown'));
  }
}

interface Answer {
  readonly id: number;
  readonly rows?: readonly Row[];
  readonly code?: string;
}

// Both ends are ours: only the shape of the envelope is looked at.
function isAnswer(message: unknown): message is Answer {
  return typeof message === 'object' && message !== null && 'id' in message && typeof message.id === 'number';
}
