/** How much of a FHIR server's answers is taken, and how long one is waited for. Sizes in bytes after decompression, times in milliseconds. */
export interface RetrievalLimits {
  /** Pages of one search. */
  readonly pages: number;
  /** Bytes of one answer, all its pages together. */
  readonly answerBytes: number;
  /** Bytes of everything one hook call reads. */
  readonly callBytes: number;
  /** Bytes of one attachment. */
  readonly attachmentBytes: number;
  /** Attachments read at the same time for one call. */
  readonly attachmentsAtOnce: number;
  /** One request, whatever the call's deadline. */
  readonly requestMs: number;
  /** Sockets to one origin. */
  readonly connections: number;
  /** Calls in a row to which a server failed to answer before it is left alone. */
  readonly breakerFailures: number;
  /** How long it is left alone at first; doubled at each failed probe up to the longest. */
  readonly breakerOpenMs: number;
  readonly breakerLongestMs: number;
  /** How long what was learnt about a server is believed. */
  readonly serverMemoryMs: number;
}

const MEBIBYTE = 1024 * 1024;

export const DEFAULT_LIMITS: RetrievalLimits = {
  pages: 200,
  answerBytes: 128 * MEBIBYTE,
  callBytes: 256 * MEBIBYTE,
  attachmentBytes: 16 * MEBIBYTE,
  attachmentsAtOnce: 8,
  requestMs: 10_000,
  connections: 64,
  breakerFailures: 5,
  breakerOpenMs: 1000,
  breakerLongestMs: 30_000,
  serverMemoryMs: 600_000,
};

/** Bytes that may still be taken; what one of its parts takes is taken from the whole as well. */
export class ByteBudget {
  #left: number;
  readonly #whole: ByteBudget | undefined;

  constructor(bytes: number, whole?: ByteBudget) {
    this.#left = bytes;
    this.#whole = whole;
  }

  /** A part of this budget: at most `bytes`, and at most what is left here. */
  part(bytes: number): ByteBudget {
    return new ByteBudget(bytes, this);
  }

  /** Takes the bytes; false as soon as more was taken than there was. */
  take(bytes: number): boolean {
    this.#left -= bytes;
    this.#whole?.take(bytes);
    return this.left >= 0;
  }

  /** Whether so many bytes could be taken. */
  allows(bytes: number): boolean {
    return bytes <= this.left;
  }

  get left(): number {
    return Math.min(this.#left, this.#whole?.left ?? Infinity);
  }
}
