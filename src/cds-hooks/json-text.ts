/**
 * Where values stand in a JSON text that JSON.parse has taken: to give a part of it on as it came, character for
 * character. JSON.parse and JSON.stringify between them turn 1.10 into 1.1 and round an integer of 20 digits.
 */

/** UTF-16 offsets; the end is not part of it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const SPACE = /[\t\n\r ]*/y;
const SCALAR = /[^\t\n\r ,\]}]+/y;
const STRUCTURE = /["[\]{}]/g;

/** The members of the object that begins at `start`; of members with one name the last counts, as in JSON.parse. */
export function membersIn(text: string, start: number): ReadonlyMap<string, Span> {
  const members = new Map<string, Span>();
  for (const { start: at, end } of partsIn(text, start)) {
    const nameEnd = endOfString(text, at);
    const name: unknown = JSON.parse(text.slice(at, nameEnd));
    members.set(String(name), { start: skipSpace(text, skipSpace(text, nameEnd) + 1), end });
  }
  return members;
}

/** The items of the array that begins at `start`, in their order. */
export function itemsIn(text: string, start: number): readonly Span[] {
  return partsIn(text, start);
}

/** What stands between the commas of an array, or of an object: there with its name. */
function partsIn(text: string, start: number): readonly Span[] {
  const isObject = text.charAt(start) === '{';
  const parts: Span[] = [];
  let at = skipSpace(text, start + 1);
  while (!/[\]}]/.test(text.charAt(at))) {
    const value = isObject ? skipSpace(text, skipSpace(text, endOfString(text, at)) + 1) : at;
    const end = endOfValue(text, value);
    parts.push({ start: at, end });
    const after = skipSpace(text, end);
    at = text.charAt(after) === ',' ? skipSpace(text, after + 1) : after;
  }
  return parts;
}

/** Offset of the first character that is no white space. */
export function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  SPACE.test(text);
  return SPACE.lastIndex;
}

function endOfValue(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === '"') return endOfString(text, start);
  if (first === '{' || first === '[') return endOfNested(text, start);
  SCALAR.lastIndex = start;
  SCALAR.test(text);
  return SCALAR.lastIndex;
}

function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); ; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charAt(quote - 1 - backslashes) === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
}

function endOfNested(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    STRUCTURE.lastIndex = at;
    const sign = STRUCTURE.exec(text);
    const found = sign?.index ?? text.length;
    at = sign?.[0] === '"' ? endOfString(text, found) : found + 1;
    if (sign?.[0] === '{' || sign?.[0] === '[') depth += 1;
    else if (sign?.[0] !== '"') depth -= 1;
  } while (depth > 0);
  return at;
}
