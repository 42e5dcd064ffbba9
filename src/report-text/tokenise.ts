import type { Spelling } from './spelling.js';

/** `joint` is a hyphen or a slash: it parts words but no phrase. `newline` with text of two marks an empty line. */
export type TokenKind = 'word' | 'number' | 'mark' | 'joint' | 'newline';

export interface Token {
  readonly kind: TokenKind;
  /** Lower case; words in the form used in phrases. */
  readonly text: string;
  /** UTF-16 offsets into the text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** By a form: the term was answered with no, or its box was left open. */
  readonly said?: 'no' | 'open';
}

/** A decimal number, a run of letters and digits with apostrophes inside, a run of blanks, or one other character. */
const TOKEN = /\d+(?:\.\d+)?(?![\p{L}\d])|[\p{L}\p{N}]+(?:['’]\p{L}+)*|\s+|[^\s\p{L}\p{N}]/gu;
/** The same for texts of ASCII alone, which is read several times as fast. */
const ASCII_TOKEN = /\d+(?:\.\d+)?(?![A-Za-z\d])|[A-Za-z\d]+(?:'[A-Za-z]+)*|\s+|[^\sA-Za-z\d]/g;
const NOT_ASCII = /[^\0-\x7f]/u;
const DASHES = '-‐‑‒–—−/\\';
const SPACE = 32;
const BLANK = /^\s/u;
const WORD = /^[\p{L}\p{N}]/u;
const NUMBER = /^\d[\d.]*$/u;

function blankToken(raw: string, start: number): Token | undefined {
  const first = raw.indexOf('\n');
  if (first < 0) return undefined;
  const empty = raw.includes('\n', first + 1);
  return { kind: 'newline', text: empty ? '\n\n' : '\n', start, end: start + raw.length };
}

function addWord(tokens: Token[], raw: string, start: number, spelling: Spelling): void {
  const end = start + raw.length;
  const normal = spelling.normal(raw);
  if (!normal.includes(' ')) {
    tokens.push({ kind: 'word', text: normal, start, end });
    return;
  }
  let from = start;
  const parts = normal.split(' ');
  for (const [index, text] of parts.entries()) {
    const to = index === parts.length - 1 ? end : Math.min(from + text.length, end);
    tokens.push({ kind: NUMBER.test(text) ? 'number' : 'word', text, start: from, end: to });
    from = to;
  }
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

/** What breaks: a bone, its part, a vertebra, or how it broke. */
const BONE =
  /\b(?:burst|compression|wedge|insufficiency|stress|fragility|pathological|osteoporotic|sacr(?:al|um)|sacral ala|ala|ribs?|hip|pubic|pubis|ram(?:us|i)|pelvi[cs]|ischial|ischium|ili(?:ac|um)|coccyx|coccygeal|acetabul\w+|vertebra\w*|bod(?:y|ies)|endplate|pars|pedicle|spinous|transverse process|lamina|nof|neck of femur|fem(?:ur|oral(?: neck)?)|trochant\w+|colles|ankle|wrist|tib(?:ia|ial)?|fib(?:ula)?|humer\w+|radius|clavicle|odontoid|old|acute|healed|healing|chronic|recent|displaced|undisplaced|comminuted|superior|inferior|anterior|[CTLS]\d{1,2})\b/iu;
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
  const beside = [/[^.,;:\n]*$/u.exec(before)?.[0] ?? '', /^[^.,;:\n]*/u.exec(behind)?.[0] ?? ''];
  return beside.some((words) => BONE.test(words));
}

/** The text as words, numbers and marks in order. Time grows linearly with the text. */
export function tokenise(text: string, spelling: Spelling): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(NOT_ASCII.test(text) ? TOKEN : ASCII_TOKEN)) {
    const [raw] = match;
    const start = match.index;
    const kind = raw === '#' && isFractureSign(text, start) ? 'word' : kindOf(raw);
    if (kind === 'word') addWord(tokens, raw, start, spelling);
    else if (kind !== 'blank') tokens.push({ kind, text: raw, start, end: start + raw.length });
    else {
      const newline = blankToken(raw, start);
      if (newline !== undefined) tokens.push(newline);
    }
  }
  return tokens;
}
