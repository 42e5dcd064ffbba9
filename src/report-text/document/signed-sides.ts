import { SIDE_WORDS } from '../words/side-words.js';
import { wordToken, type Token } from '../words/tokenise.js';
import type { Words } from '../words/words.js';

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

const RIGHT_LEFT: ReadonlyMap<string, string> = new Map([
  ['right', 'right'],
  ['rt', 'right'],
  ['r', 'right'],
  ['left', 'left'],
  ['lt', 'left'],
  ['l', 'left'],
]);
const RESULT_WORDS: ReadonlySet<string> = new Set(['pos', 'neg', 'positive', 'negative']);

/** "(R / L)": both sides with a slash, which heads the results below. */
function orderAt(tokens: readonly Token[], index: number): readonly [string, string] | undefined {
  if (tokens[index + 1]?.text !== '/') return undefined;
  const [first, second] = [index, index + 2].map((at) => RIGHT_LEFT.get(tokens[at]?.text ?? ''));
  return first === undefined || second === undefined || first === second ? undefined : [first, second];
}

function isResult(token: Token | undefined): boolean {
  return token !== undefined && (SIGNS.has(token.text) || RESULT_WORDS.has(token.text));
}

/** "FABER: + / -": two results with a slash behind the name of a test. */
function isPair(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  const named = before?.kind === 'word' || [':', '(', '|'].includes(before?.text ?? '');
  return named && isResult(tokens[index]) && tokens[index + 1]?.text === '/' && isResult(tokens[index + 2]);
}

/**
 * "(R / L)", and "FABER: + / -" below it, as "FABER: + R, - L". Without such a heading, or with no blank between the
 * signs, nobody can tell what a pair of results says of which side.
 */
export function withPairedSigns(tokens: readonly Token[], words: Words): readonly Token[] {
  if (!tokens.some((_, index) => isPair(tokens, index))) return tokens;
  const worded: Token[] = [];
  let order: readonly [string, string] | undefined;
  for (let index = 0; index < tokens.length; index += 1) {
    const [token, slash, other] = [tokens[index], tokens[index + 1], tokens[index + 2]];
    if (token === undefined) continue;
    order = orderAt(tokens, index) ?? order;
    if (slash === undefined || other === undefined || !isPair(tokens, index)) {
      worded.push(token);
      continue;
    }
    if (order !== undefined)
      worded.push(
        token,
        wordToken(order[0], token, words),
        { ...slash, kind: 'mark', text: ',' },
        other,
        wordToken(order[1], other, words),
      );
    else worded.push({ ...token, kind: 'mark', text: '±', end: other.end, begins: 0, id: 0 });
    index += 2;
  }
  return worded;
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
