import type { IncomingMessage } from 'node:http';
import { CdsError } from '../errors.js';
import { toCdsError } from './errors.js';
import type { BodyClaim } from './load/body-room.js';
import { SMALLEST_BYTES, type ReceiveBuffers } from './receive-buffers.js';

/** Bytes that are taken of a body before anyone wants it: what a sender may make the service hold for nothing. */
const HELD_BYTES = SMALLEST_BYTES / 2;

/** Bytes still taken, and thrown away, after a body was refused for its size, so that the answer can be read. */
const DRAIN_LIMIT = 64 * 1024 * 1024;

/** Who wants the whole body. */
interface Reader {
  readonly limit: number;
  readonly claim: BodyClaim;
  readonly resolve: (bytes: Buffer) => void;
  readonly reject: (error: CdsError) => void;
}

/**
 * A body from the moment its headers are there. What comes with them can be taken out of node's memory at once, while
 * the gates are asked; the rest is taken only when someone wants it.
 */
export class ArrivingBody {
  readonly #request: IncomingMessage;
  readonly #buffers: ReceiveBuffers;
  #buffer: Buffer | undefined;
  #size = 0;
  #reader: Reader | undefined;
  #onData: ((chunk: Buffer) => void) | undefined;
  #brokeOff = false;

  constructor(request: IncomingMessage, buffers: ReceiveBuffers) {
    this.#request = request;
    this.#buffers = buffers;
  }

  /** Begins to take what comes, before anyone wants it. `release` has to follow. */
  hold(): void {
    this.#onData = (chunk) => {
      this.#take(chunk);
    };
    this.#request.on('data', this.#onData);
    this.#request.once('end', () => {
      this.#settle();
    });
    this.#request.once('error', () => {
      this.#breakOff();
    });
  }

  /**
   * Its bytes, once; they are another's after `release`.
   *
   * @param limit bytes
   * @param claim told how much room the body takes, before it is taken
   * @throws CdsError ERR_BODY_TOO_LARGE, ERR_OVERLOADED, or ERR_BODY_NOT_JSON when it broke off
   */
  whole(limit: number, claim: BodyClaim): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#reader = { limit, claim, resolve, reject };
      if (this.#onData === undefined) this.hold();
      const declared = Number(this.#request.headers['content-length'] ?? 0);
      if (!this.#admits(Math.max(declared, this.#size))) return;
      if (this.#brokeOff) this.#breakOff();
      else if (this.#request.readableEnded) this.#settle();
      else {
        this.#makeRoom(declared);
        this.#request.resume();
      }
    });
  }

  /** For when its bytes are read no more, wanted or not: the rest that may come is thrown away. */
  release(): void {
    this.#leave();
    if (this.#buffer) this.#buffers.giveBack(this.#buffer, this.#size);
    this.#buffer = undefined;
    this.#size = 0;
  }

  #take(chunk: Buffer): void {
    const size = this.#size + chunk.length;
    if (!this.#admits(size)) return;
    this.#makeRoom(size).set(chunk, this.#size);
    this.#size = size;
    if (this.#reader === undefined && size > HELD_BYTES) this.#request.pause();
  }

  #settle(): void {
    this.#reader?.resolve((this.#buffer ?? Buffer.alloc(0)).subarray(0, this.#size));
  }

  #breakOff(): void {
    this.#brokeOff = true;
    this.#reader?.reject(new CdsError('ERR_BODY_NOT_JSON', 'the body broke off'));
  }

  /** What comes from now on is not taken. */
  #leave(): void {
    if (this.#onData === undefined) return;
    this.#request.off('data', this.#onData);
    if (!this.#request.readableEnded) this.#request.resume();
  }

  /** Whether so many bytes may come. */
  #admits(bytes: number): boolean {
    if (this.#reader === undefined) return true;
    const { limit, claim, reject } = this.#reader;
    try {
      if (bytes > limit) throw new CdsError('ERR_BODY_TOO_LARGE', `the body is larger than ${limit} bytes`);
      claim.grow(bytes);
      return true;
    } catch (thrown) {
      this.#leave();
      drain(this.#request);
      reject(toCdsError(thrown));
      return false;
    }
  }

  #makeRoom(bytes: number): Buffer {
    const before = this.#buffer;
    if (before !== undefined && before.length >= bytes) return before;
    const larger = this.#buffers.take(Math.max(bytes, before === undefined ? 0 : 2 * before.length));
    if (before !== undefined) {
      before.copy(larger, 0, 0, this.#size);
      this.#buffers.giveBack(before, this.#size);
    }
    this.#buffer = larger;
    return larger;
  }
}

function drain(request: IncomingMessage): void {
  let left = DRAIN_LIMIT;
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
}
