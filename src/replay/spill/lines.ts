import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** One line of a file, its number from 1; without its text where it was longer than is kept: then its beginning. */
export interface Line {
  readonly number: number;
  readonly bytes: Buffer;
  readonly tooLong: boolean;
}

/** What a line that is too long keeps: enough to tell whose it was. */
const BEGINNING = 64 * 1024;
const NEWLINE = 0x0a;
const GZIP = [0x1f, 0x8b];

/**
 * The lines of an NDJSON file, plain or gzip (told by its first bytes, not by its name), in bounded memory. Empty
 * lines are counted and left out. A gzip that breaks off ends with an error after its last whole chunk.
 *
 * @param longest bytes of a line that is still read whole
 * @throws the file system's or zlib's error
 */
export async function* linesOf(path: string, longest: number): AsyncGenerator<Line> {
  const splitter = new Splitter(longest);
  for await (const chunk of bytesOf(path)) yield* splitter.take(chunk);
  yield* splitter.end();
}

async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const packed = await isGzip(path);
  const source = packed ? file.pipe(createGunzip()) : file;
  // A pipe does not hand errors on.
  if (packed) file.on('error', (error) => source.destroy(error));
  for await (const chunk of source) yield chunk as Buffer;
}

async function isGzip(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path, { end: 1 })) {
    const [first, second] = chunk as Buffer;
    return first === GZIP[0] && second === GZIP[1];
  }
  return false;
}

class Splitter {
  readonly #longest: number;
  #number = 0;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  *take(chunk: Buffer): Generator<Line> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#append(chunk.subarray(start, end));
      yield* this.#line();
      start = end + 1;
    }
    // A copy: a part of a chunk would keep all of it.
    this.#append(Buffer.from(chunk.subarray(start)));
  }

  *end(): Generator<Line> {
    if (this.#length > 0) yield* this.#line();
  }

  #append(part: Buffer): void {
    this.#length += part.length;
    if (this.#length <= this.#longest) this.#parts.push(part);
    else if (this.#parts.length !== 1 || this.#parts[0]?.length !== BEGINNING) this.#keepBeginning(part);
  }

  /** From here on nothing of the line is kept but its beginning, in bytes of its own. */
  #keepBeginning(part: Buffer): void {
    const beginning = Buffer.concat([...this.#parts, part.subarray(0, BEGINNING)]).subarray(0, BEGINNING);
    this.#parts = [Buffer.from(beginning)];
  }

  *#line(): Generator<Line> {
    this.#number += 1;
    const tooLong = this.#length > this.#longest;
    const bytes = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    if (bytes && bytes.some((byte) => byte > 0x20)) yield { number: this.#number, bytes, tooLong };
  }
}
