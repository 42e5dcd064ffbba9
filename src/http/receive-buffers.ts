/** Bytes of the smallest buffer; those of a larger one are this times a power of two. */
export const SMALLEST_BYTES = 64 * 1024;

/** Larger ones are not kept. */
const LARGEST_BYTES = 1024 * 1024;

/** Of all that wait to be used again. */
const KEPT_BYTES = 2 * 1024 * 1024;

/**
 * Buffers that bodies are received into, used again and again. What node reads from a connection is a new piece of
 * memory each time; held while a call waits for its token to be checked, it outlives the young generation, and the
 * engine answers to the weight of it with one full collection after another. Copied here, it is gone at once.
 */
export interface ReceiveBuffers {
  /** One of at least so many bytes; what stands in it is of no meaning. */
  take(bytes: number): Buffer;
  /** To be called once, by who reads it no more. @param used bytes that were written; nothing of them is kept */
  giveBack(buffer: Buffer, used: number): void;
}

export function createReceiveBuffers(): ReceiveBuffers {
  const free = new Map<number, Buffer[]>();
  let kept = 0;
  return {
    take: (bytes) => {
      const size = sizeFor(bytes);
      const buffer = free.get(size)?.pop();
      if (buffer === undefined) return Buffer.allocUnsafeSlow(size);
      kept -= size;
      return buffer;
    },
    giveBack: (buffer, used) => {
      const size = buffer.length;
      if (size > LARGEST_BYTES || kept + size > KEPT_BYTES) return;
      kept += size;
      const others = free.get(size);
      if (others === undefined) free.set(size, [buffer.fill(0, 0, used)]);
      else others.push(buffer.fill(0, 0, used));
    },
  };
}

function sizeFor(bytes: number): number {
  let size = SMALLEST_BYTES;
  while (size < bytes) size *= 2;
  return size > LARGEST_BYTES ? bytes : size;
}
