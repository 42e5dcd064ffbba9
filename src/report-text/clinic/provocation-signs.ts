import type { Mark } from '../marks/marks.js';
import type { TextProvocation } from '../reading.js';
import { namesSide } from '../words/side-words.js';
import { textAt, type ClinicSentence } from './sentence.js';

export type Result = TextProvocation['result'];

/** What came of a test, and the tokens that say so. */
export interface Verdict {
  /** Undefined where the words leave it open ("equivocal"). */
  readonly result: Result | undefined;
  readonly first: number;
  readonly last: number;
  /** Said of the tests behind it, whatever stands before: "but not compression". */
  readonly leads?: true;
}

const SIGNS: ReadonlyMap<string, Result> = new Map([
  ['+', 'positive'],
  ['-', 'negative'],
  ['–', 'negative'],
]);
/** In a row of signs "B" is both sides. */
function isSide(text: string): boolean {
  return namesSide(text) || text === 'b';
}

/** "(+) right FABER", "+FABER": a sign before a test, and before its side. */
export function signBefore(sentence: ClinicSentence, mark: Mark): readonly Verdict[] {
  let token = mark.first - 1;
  while (isSide(textAt(sentence, token)) || textAt(sentence, token) === ')') token -= 1;
  if (token < sentence.placed.first) return [];
  const result = SIGNS.get(textAt(sentence, token));
  return result === undefined ? [] : [{ result, first: token, last: token }];
}

/** "FABER +R, -L": a second sign, with a side of its own. */
export function furtherSign(sentence: ClinicSentence, side: Mark): readonly Verdict[] {
  const bracketed = textAt(sentence, side.first - 1) === ')';
  const token = side.first - (bracketed ? 2 : 1);
  const before = textAt(sentence, token - (bracketed ? 2 : 1));
  const result = SIGNS.get(textAt(sentence, token));
  if (result === undefined || ![',', '/', 'and', ';'].includes(before)) return [];
  return [{ result, first: token, last: token }];
}

/** "FABER R (+)" */
function isBracketedSign(sentence: ClinicSentence, token: number): boolean {
  const [opens, sign, closes] = [0, 1, 2].map((on) => textAt(sentence, token + on));
  return opens === '(' && SIGNS.has(sign ?? '') && closes === ')';
}

/** "FABER +", "compression (-)": a sign right behind a test. */
export function signAt(sentence: ClinicSentence, mark: Mark): readonly Verdict[] {
  let token = mark.last + 1;
  while (['(', ':', 'test', 'sign', 'was'].includes(textAt(sentence, token))) token += 1;
  if (isSide(textAt(sentence, token)) && isBracketedSign(sentence, token + 1)) token += 2;
  const sign = textAt(sentence, token);
  const result = SIGNS.get(sign);
  const next = textAt(sentence, token + 1);
  if (result === undefined || (result === 'negative' && /^\p{L}/u.test(next) && !isSide(next))) return [];
  return [{ result, first: token, last: token }];
}
