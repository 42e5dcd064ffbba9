/** Above this a body gets the room it may need at once: doubling would copy what is there, all in one go. */
const DOUBLED_UP_TO = 4 * 1024 * 1024;

/**
 * Gathers a body chunk by chunk into one Buffer. Joining the chunks of a large body at its end would take the event
 * loop a millisecond for each megabyte, and more where the memory is new; room that is not written to costs nothing.
 */
export class BodyBuffer {
  length = 0;
  #room: Buffer = Buffer.alloc(0);
  readonly #most: number;

  /** @param most bytes it may come to; it grows beyond where that was wrong */
  constructor(most: number) {
    this.#most = most;
  }

  append(chunk: Buffer): void {
    const needed = this.length + chunk.length;
    if (needed > this.#room.length) this.#grow(needed);
    chunk.copy(this.#room, this.length);
    this.length = needed;
  }

  get bytes(): Buffer {
    return this.#room.subarray(0, this.length);
  }

  #grow(needed: number): void {
    const doubled = Math.max(needed, 2 * this.#room.length);
    const room = Buffer.allocUnsafe(doubled > DOUBLED_UP_TO ? Math.max(needed, this.#most) : doubled);
    this.bytes.copy(room);
    this.#room = room;
  }
}
