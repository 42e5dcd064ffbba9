/**
 * A part of one source file, its lines sorted by bucket: `<hash> <patient id> <JSON>\n`. Written whole or not at all.
 */
export interface Segment {
  /** Where each bucket begins in `data`; one more, where the last ends. */
  readonly offsets: readonly number[];
  readonly data: Buffer;
}

/** Collects keyed lines until there are enough for a segment. */
export class SegmentWriter {
  readonly #buckets: number;
  #lines: Buffer[][];
  #size = 0;

  constructor(buckets: number) {
    this.#buckets = buckets;
    this.#lines = [];
  }

  get size(): number {
    return this.#size;
  }

  add(bucket: number, line: Buffer): void {
    (this.#lines[bucket] ??= []).push(line);
    this.#size += line.length;
  }

  /** The segment of what was added; the writer is empty then. */
  cut(): Segment {
    const offsets = [0];
    const parts: Buffer[] = [];
    let end = 0;
    for (let bucket = 0; bucket < this.#buckets; bucket += 1) {
      for (const line of this.#lines[bucket] ?? []) {
        parts.push(line);
        end += line.length;
      }
      offsets.push(end);
    }
    this.#lines = [];
    this.#size = 0;
    return { offsets, data: Buffer.concat(parts, end) };
  }
}

/** One line of a segment. */
export interface KeyedLine {
  readonly hash: string;
  readonly patientId: string;
  readonly json: Buffer;
}

const SPACE = 0x20;
const NEWLINE = 0x0a;
const HASH_LENGTH = 64;

export function formatLine(hash: string, patientId: string, json: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${hash} ${patientId} `), json, Buffer.from([NEWLINE])]);
}

/** The lines of one bucket's part of a segment. */
export function* linesIn(part: Buffer): Generator<KeyedLine> {
  for (let start = 0; start < part.length;) {
    const end = part.indexOf(NEWLINE, start);
    const idEnd = part.indexOf(SPACE, start + HASH_LENGTH + 1);
    yield {
      hash: part.toString('latin1', start, start + HASH_LENGTH),
      patientId: part.toString('latin1', start + HASH_LENGTH + 1, idEnd),
      json: part.subarray(idEnd + 1, end),
    };
    start = end + 1;
  }
}
