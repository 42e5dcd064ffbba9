import { SIDE_WORDS } from './side-words.js';
import { wordToken, type Token } from './tokenise.js';
import type { Words } from './words.js';

const SIDES: ReadonlySet<string> = new Set([...SIDE_WORDS.keys(), 'bilateral']);
const SIGNS: ReadonlySet<string> = new Set(['+', '-', '−', '–']);

/** "R+", "L-": a sign glued to its side, with nothing glued to the sign. */
function isSigned(tokens: readonly Token[], index: number): boolean {
  const [side, sign, next] = [tokens[index], tokens[index + 1], tokens[index + 2]];
  if (side === undefined || sign === undefined || !SIDES.has(side.text) || !SIGNS.has(sign.text))
    return false;
  const parted = next === undefined || next.start > sign.end || next.kind === 'mark' || next.text === '/';
  return side.end === sign.start && parted;
}

/** "FABER R+ L-" as "FABER + R, - L": each sign before its side, in the order in which signs are read. */
export function withSignedSides(tokens: readonly Token[], words: Words): readonly Token[] {
  if (!tokens.some(({ text }) => SIGNS.has(text))) return tokens;
  const worded: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const [side, sign] = [tokens[index], tokens[index + 1]];
    if (side === undefined) continue;
    if (sign === undefined || !isSigned(tokens, index)) {
      worded.push(side);
      continue;
    }
    const span = { start: side.start, end: sign.end };
    if (isSigned(tokens, index - 2)) worded.push({ kind: 'mark', text: ',', ...span, begins: 0, id: 0 });
    worded.push({ ...sign, ...span }, wordToken(side.text, { ...side, ...span }, words));
    index += 1;
  }
  return worded;
}
