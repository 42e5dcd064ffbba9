import { fileURLToPath } from 'node:url';
import type Tinypool from 'tinypool';

export interface PdfLimits {
  /** Milliseconds until the file is given up, waiting for a worker included. */
  readonly timeoutMs: number;
  /** Characters of text after which no further page is read. */
  readonly maximumCharacters: number;
}

export type PdfText =
  | {
      readonly status: 'read';
      readonly text: string;
      /** Some of its pages are scanned: what they say is not in the text. */
      readonly isPartly?: true;
    }
  | {
      readonly status: 'unreadable';
      readonly why: 'scan-without-text' | 'encrypted' | 'too-large' | 'damaged' | 'timeout';
    };

/** From compiled and from uncompiled code, three folders below the project. */
const WORKER = fileURLToPath(new URL('../../../src/report-text/decode/pdf-worker.mjs', import.meta.url));
const WORKER_MEMORY_MB = 256;
const IDLE_MS = 10 * 60_000;

let pool: Promise<Tinypool> | undefined;

/** Started with the first PDF: loading the library takes longer than reading a report with it. */
function workers(): Promise<Tinypool> {
  pool ??= startWorkers();
  return pool;
}

async function startWorkers(): Promise<Tinypool> {
  const { default: Pool } = await import('tinypool');
  return new Pool({
    filename: WORKER,
    runtime: 'worker_threads',
    minThreads: 0,
    maxThreads: 2,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY_MB },
    env: {},
  });
}

function textOf(message: unknown): PdfText {
  if (typeof message !== 'object' || message === null) return { status: 'unreadable', why: 'damaged' };
  if ('text' in message && typeof message.text === 'string') {
    const blank = message.text.trim() === '';
    if (blank) return { status: 'unreadable', why: 'scan-without-text' };
    const isPartly = 'scannedPages' in message && message.scannedPages !== 0;
    return { status: 'read', text: message.text, ...(isPartly && { isPartly }) };
  }
  const encrypted = 'failure' in message && message.failure === 'encrypted';
  return { status: 'unreadable', why: encrypted ? 'encrypted' : 'damaged' };
}

function failureOf(error: unknown, signal: AbortSignal): PdfText {
  if (signal.aborted) return { status: 'unreadable', why: 'timeout' };
  const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return { status: 'unreadable', why: outOfMemory ? 'too-large' : 'damaged' };
}

/** The words of a PDF, its pages parted by an empty line. Never rejects: what goes wrong is named in the answer. */
export async function pdfText(bytes: Uint8Array, limits: PdfLimits): Promise<PdfText> {
  const { timeoutMs, maximumCharacters } = limits;
  const signal = AbortSignal.timeout(Math.ceil(timeoutMs));
  try {
    // A copy of its own: the caller's bytes stay usable.
    const task = { bytes: new Uint8Array(bytes), maximumCharacters };
    const threads = await workers();
    return textOf(await threads.run(task, { signal, transferList: [task.bytes.buffer] }));
  } catch (error) {
    return failureOf(error, signal);
  }
}
