import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

export interface PdfLimits {
  /** Milliseconds until the worker is ended. */
  readonly timeoutMs: number;
  /** Heap of the worker, megabytes. */
  readonly workerMemoryMb: number;
  /** Characters of text after which no further page is read. */
  readonly maximumCharacters: number;
}

export type PdfText =
  | { readonly status: 'read'; readonly text: string }
  | {
      readonly status: 'unreadable';
      readonly why: 'scan-without-text' | 'encrypted' | 'too-large' | 'damaged' | 'timeout';
    };

/**
 * Runs in the worker, which has nothing but this and the library: a hostile file can use up only its own heap and
 * time. Kept as source text so that it starts the same from compiled and from uncompiled code.
 */
const WORKER_SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const lineOf = (item) => (item.str ?? '') + (item.hasEOL ? '\\n' : '');
(async () => {
  try {
    const { getDocumentProxy } = require(workerData.library);
    const document = await getDocumentProxy(workerData.bytes);
    const pages = [];
    let length = 0;
    for (let number = 1; number <= document.numPages && length < workerData.maximumCharacters; number += 1) {
      const page = await document.getPage(number);
      const content = await page.getTextContent();
      const text = content.items.map(lineOf).join('');
      length += text.length;
      pages.push(text);
      page.cleanup();
    }
    parentPort.postMessage({ text: pages.join('\\n\\n') });
  } catch (error) {
    parentPort.postMessage({ failure: error && error.name === 'PasswordException' ? 'encrypted' : 'damaged' });
  }
})();
`;

const library = createRequire(import.meta.url).resolve('unpdf');

function textOf(message: unknown): PdfText {
  if (typeof message !== 'object' || message === null) return { status: 'unreadable', why: 'damaged' };
  if ('text' in message && typeof message.text === 'string') {
    const blank = message.text.trim() === '';
    return blank
      ? { status: 'unreadable', why: 'scan-without-text' }
      : { status: 'read', text: message.text };
  }
  const encrypted = 'failure' in message && message.failure === 'encrypted';
  return { status: 'unreadable', why: encrypted ? 'encrypted' : 'damaged' };
}

function failureOf(error: unknown): PdfText {
  const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return { status: 'unreadable', why: outOfMemory ? 'too-large' : 'damaged' };
}

/** The words of a PDF, its pages parted by an empty line. Never rejects: what goes wrong is named in the answer. */
export function pdfText(bytes: Uint8Array, limits: PdfLimits): Promise<PdfText> {
  return new Promise((resolve) => {
    const worker = new Worker(WORKER_SOURCE, {
      eval: true,
      // A copy of its own: the caller's bytes stay usable.
      workerData: { bytes: new Uint8Array(bytes), library, maximumCharacters: limits.maximumCharacters },
      resourceLimits: { maxOldGenerationSizeMb: limits.workerMemoryMb },
      env: {},
      stdout: true,
      stderr: true,
    });
    const settle = (answer: PdfText): void => {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    };
    const timer = setTimeout(() => {
      settle({ status: 'unreadable', why: 'timeout' });
    }, limits.timeoutMs);
    worker.once('message', (message) => {
      settle(textOf(message));
    });
    worker.once('error', (error) => {
      settle(failureOf(error));
    });
    worker.once('exit', () => {
      settle({ status: 'unreadable', why: 'damaged' });
    });
  });
}
