import { nestsDeeperThan } from '../cds-hooks/json.js';

/**
 * Parses a large JSON body without holding up the event loop. JSON.parse needs 5 to 20 ms for a megabyte; a Bundle of
 * a hundred reports may have fifty. So its entries are cut out and parsed one by one, with a pause after every slice.
 *
 * @param deepest levels of arrays and objects; what is nested deeper is no FHIR, and cannot be walked safely
 * @param pause lets other work run; throws to give up (the deadline has passed)
 * @returns what JSON.parse would have returned
 * @throws SyntaxError when it is no JSON or too deep, or what `pause` throws
 */
export async function parseLargeJson(
  body: Buffer,
  deepest: number,
  pause: () => Promise<void>,
): Promise<unknown> {
  const elements: Element[] = [];
  const entries = await locateEntries(body, elements, { deepest, pause });
  if (!entries) return JSON.parse(body.toString('utf8')) as unknown;
  const frame = Buffer.concat([body.subarray(0, entries.start), body.subarray(entries.end)]);
  const bundle: unknown = JSON.parse(frame.toString('utf8'));
  if (nestsDeeperThan(bundle, deepest)) throw new SyntaxError('nested too deep');
  const parsed: unknown[] = [];
  let sincePause = 0;
  for (const { start, end } of elements) {
    parsed.push(JSON.parse(body.toString('utf8', start, end)));
    sincePause += end - start;
    if (sincePause > SLICE) {
      sincePause = 0;
      await pause();
    }
  }
  return { ...(typeof bundle === 'object' && bundle), entry: parsed };
}

/** Bytes between two pauses: some milliseconds of work. */
const SLICE = 256 * 1024;

/** Half open, in bytes of the body. */
interface Element {
  readonly start: number;
  readonly end: number;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const ENTRY_KEY = Buffer.from('"entry"');

interface Bounds {
  readonly deepest: number;
  readonly pause: () => Promise<void>;
}

/** Finds the inside of the root object's `entry` array and its elements; undefined when there is none. */
async function locateEntries(
  body: Buffer,
  elements: Element[],
  { deepest, pause }: Bounds,
): Promise<Element | undefined> {
  const scan = new EntryScan(body, elements, deepest);
  let paused = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) at = scan.string(at);
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) scan.open(at, byte);
    else if (byte === COMMA) scan.comma(at);
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      const inside = scan.close(at);
      if (inside) return inside;
    }
    if (at - paused > SLICE) {
      paused = at;
      await pause();
    }
  }
  return undefined;
}

/** Where a scan of a body stands. */
class EntryScan {
  #depth = 0;
  /** Where the last key of the root object opens, the `entry` array, and its present element; -1 before the first. */
  #key = -1;
  #start = -1;
  #elementStart = -1;

  constructor(
    private readonly body: Buffer,
    private readonly elements: Element[],
    private readonly deepest: number,
  ) {}

  /** @returns where the string ends that opens there */
  string(at: number): number {
    if (this.#depth === 1) this.#key = at;
    return stringEnd(this.body, at);
  }

  open(at: number, byte: number): void {
    this.#depth += 1;
    if (this.#depth > this.deepest) throw new SyntaxError('nested too deep');
    if (this.#depth === 2 && byte === OPEN_ARRAY && isEntryKey(this.body, this.#key, at))
      this.#start = this.#elementStart = at + 1;
  }

  comma(at: number): void {
    if (this.#depth !== 2 || this.#start < 0) return;
    this.elements.push({ start: this.#elementStart, end: at });
    this.#elementStart = at + 1;
  }

  /** @returns the inside of the array, where it ends there */
  close(at: number): Element | undefined {
    this.#depth -= 1;
    if (this.#start < 0 || this.#depth !== 1) return undefined;
    if (this.elements.length > 0 || !isBlank(this.body, this.#start, at))
      this.elements.push({ start: this.#elementStart, end: at });
    return { start: this.#start, end: at };
  }
}

function isEntryKey(body: Buffer, key: number, array: number): boolean {
  if (key < 0 || body.compare(ENTRY_KEY, 0, ENTRY_KEY.length, key, key + ENTRY_KEY.length) !== 0)
    return false;
  return body.toString('latin1', key + ENTRY_KEY.length, array).trim() === String.fromCharCode(COLON);
}

function isBlank(body: Buffer, start: number, end: number): boolean {
  return body.toString('latin1', start, Math.min(end, start + 64)).trim() === '';
}

/** The closing quote of the string that opens at `open`. */
function stringEnd(body: Buffer, open: number): number {
  let end = open;
  do {
    end = body.indexOf(QUOTE, end + 1);
  } while (end >= 0 && isEscaped(body, end));
  return end < 0 ? body.length : end;
}

function isEscaped(body: Buffer, quote: number): boolean {
  let backslashes = 0;
  while (body[quote - 1 - backslashes] === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}
