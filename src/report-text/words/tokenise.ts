import { endOfAscii } from './ascii.js';
import type { Words } from './words.js';

/** `joint` is a hyphen or a slash: it parts words but no phrase. `newline` with text of two marks an empty line. */
export type TokenKind = 'word' | 'number' | 'mark' | 'joint' | 'newline';

export interface Token {
  readonly kind: TokenKind;
  /** Lower case; words in the form used in phrases. */
  readonly text: string;
  /** UTF-16 offsets into the text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** What it may begin or is ({@link WORD_BITS}); 0 for marks. */
  readonly begins: number;
  /** Number of the word in phrases; 0 for marks, and for words of no phrase. */
  readonly id: number;
  /** By a form: the term was answered with no, or its box was left open. */
  readonly said?: 'no' | 'open';
}

/** A decimal number, a run of letters and digits with apostrophes inside, a run of blanks, or one other character. */
const TOKEN = /\d+(?:\.\d+)?(?![\p{L}\d])|[\p{L}\p{N}]+(?:['’]\p{L}+)*|\s+|[^\s\p{L}\p{N}]/uy;
const DASHES = '-‐‑‒–—−/\\';
const SPACE = 32;
const BLANK = /^\s/u;
const WORD = /^[\p{L}\p{N}]/u;
const NUMBER = /^\d[\d.]*$/u;

/** What breaks: a bone, its part, a vertebra, or how it broke. */
const BONE =
  /\b(?:burst|compression|wedge|insufficiency|stress|fragility|pathological|osteoporotic|sacr(?:al|um)|sacral ala|ala|ribs?|hip|pubic|pubis|ram(?:us|i)|pelvi[cs]|ischial|ischium|ili(?:ac|um)|coccyx|coccygeal|acetabul\w+|vertebra\w*|bod(?:y|ies)|endplate|pars|pedicle|spinous|transverse process|lamina|nof|neck of femur|fem(?:ur|oral(?: neck)?)|trochant\w+|colles|ankle|wrist|tib(?:ia|ial)?|fib(?:ula)?|humer\w+|radius|clavicle|odontoid|old|acute|healed|healing|chronic|recent|displaced|undisplaced|comminuted|superior|inferior|anterior|[CTLS]\d{1,2})\b/iu;
/** Behind a fracture that is denied ("no # seen"), where "no # AB12" is a number. */
const DENIED_SIGN =
  /^ ?(?:$|[.,;\n]|seen|noted|identified|visible|visualised|visualized|detected|evident|or\b|\/)/iu;
/** Characters around a # in which the bone stands. */
const BONE_REACH = 24;

/**
 * "burst #", "# L1" is written for a fracture. At the beginning of a line # is a bullet, before a figure it counts
 * ("block #2", "record #: 12"), and beside no bone it numbers something ("Lot # AB12").
 */
function isFractureSign(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - BONE_REACH), at);
  const behind = text.slice(at + 1, at + 1 + BONE_REACH);
  if (!/\S[ \t]*$/u.test(before) || /^[\s:]*\d/u.test(behind)) return false;
  if (/\bno(?: [a-z]+)? $/iu.test(before) && DENIED_SIGN.test(behind)) return true;
  const beside = [/[^.,;:\n]*$/u.exec(before)?.[0] ?? '', /^[^.,;:\n]*/u.exec(behind)?.[0] ?? ''];
  return beside.some((words) => BONE.test(words));
}

function blankToken(raw: string, start: number): Token | undefined {
  const first = raw.indexOf('\n');
  if (first < 0) return undefined;
  const text = raw.includes('\n', first + 1) ? '\n\n' : '\n';
  return { kind: 'newline', text, start, end: start + raw.length, begins: 0, id: 0 };
}

function addWord(tokens: Token[], raw: string, start: number, words: Words): void {
  const end = start + raw.length;
  const { text, begins, id, parts } = words.of(raw);
  if (parts === undefined) {
    tokens.push({ kind: 'word', text, start, end, begins, id });
    return;
  }
  let from = start;
  for (const [index, part] of parts.entries()) {
    const to = index === parts.length - 1 ? end : Math.min(from + part.text.length, end);
    const kind = NUMBER.test(part.text) ? 'number' : 'word';
    tokens.push({ kind, text: part.text, start: from, end: to, begins: part.begins, id: part.id });
    from = to;
  }
}

function numberToken(text: string, start: number, words: Words): Token {
  const { begins, id } = words.plain(text);
  return { kind: 'number', text, start, end: start + text.length, begins, id };
}

function kindOf(raw: string): Exclude<TokenKind, 'newline'> | 'blank' {
  const code = raw.charCodeAt(0);
  if (code === SPACE) return 'blank';
  const letter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  if (letter) return 'word';
  if (NUMBER.test(raw)) return 'number';
  if (WORD.test(raw)) return 'word';
  if (BLANK.test(raw)) return 'blank';
  return DASHES.includes(raw) ? 'joint' : 'mark';
}

/** A word that stands between the lines, with the offsets of the words that say it. */
export function wordToken(text: string, { start, end }: Pick<Token, 'start' | 'end'>, words: Words): Token {
  const { begins, id } = words.plain(text);
  return { kind: 'word', text, start, end, begins, id };
}

function endOfToken(text: string, start: number): number {
  const end = endOfAscii(text, start);
  if (end !== undefined) return end;
  TOKEN.lastIndex = start;
  return start + (TOKEN.exec(text)?.[0].length ?? 1);
}

/** Adds the token that begins at an offset, if it is no blank. @returns where the next one begins */
function addToken(tokens: Token[], text: string, start: number, words: Words): number {
  const end = endOfToken(text, start);
  if (end === start + 1 && text.charCodeAt(start) === SPACE) return end;
  const raw = text.slice(start, end);
  const kind = raw === '#' && isFractureSign(text, start) ? 'word' : kindOf(raw);
  if (kind === 'word') addWord(tokens, raw, start, words);
  else if (kind === 'number') tokens.push(numberToken(raw, start, words));
  else if (kind !== 'blank') tokens.push({ kind, text: raw, start, end, begins: 0, id: 0 });
  else {
    const newline = blankToken(raw, start);
    if (newline !== undefined) tokens.push(newline);
  }
  return end;
}

/** The text as words, numbers and marks in order. Time grows linearly with the text. */
export function tokenise(text: string, words: Words): readonly Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < text.length;) start = addToken(tokens, text, start, words);
  return BROKEN.test(text) && HYPHENATED.test(text) ? withJoinedWords(text, tokens, words) : tokens;
}

/** Found without a look at every letter. */
const BROKEN = /-\r?\n/;
const HYPHENATED = /\p{L}-\r?\n\p{Ll}/u;

/** "sacro-" and "iliac" on the next line: one word, where the two together are one that is known. */
function withJoinedWords(text: string, tokens: readonly Token[], words: Words): readonly Token[] {
  const joined: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const own = tokens[index];
    const next = tokens[index + 3];
    const whole = own && next && isHyphenated(tokens, index) ? wholeOf(text, own, next, words) : undefined;
    if (own !== undefined) joined.push(whole ?? own);
    if (whole !== undefined) index += 3;
  }
  return joined;
}

function isHyphenated(tokens: readonly Token[], index: number): boolean {
  const [own, joint, line, next] = tokens.slice(index, index + 4);
  if (own?.kind !== 'word' || joint?.text !== '-' || line?.text !== '\n') return false;
  return next?.kind === 'word' && own.end === joint.start && joint.end === line.start;
}

function wholeOf(text: string, own: Token, next: Token, words: Words): Token | undefined {
  const {
    text: plain,
    begins,
    id,
    parts,
  } = words.of(text.slice(own.start, own.end) + text.slice(next.start, next.end));
  if (id === 0 || parts !== undefined) return undefined;
  return { kind: 'word', text: plain, start: own.start, end: next.end, begins, id };
}
