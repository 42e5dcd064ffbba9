import { decodeCp1252 } from './charset.js';
import type { Effort } from './effort.js';

/** Groups that hold no text of the document. */
const SKIPPED: ReadonlySet<string> = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'object',
  'themedata',
  'colorschememapping',
  'datastore',
  'listtable',
  'listoverridetable',
  'rsidtbl',
  'generator',
  'latentstyles',
  'xmlnstbl',
  'fldinst',
  'bkmkstart',
  'bkmkend',
  'filetbl',
  'revtbl',
  'nonshppict',
  'pgdsctbl',
  'mmathPr',
  'deleted',
]);
const WORDS: ReadonlyMap<string, string> = new Map([
  ['par', '\n'],
  ['line', '\n'],
  ['sect', '\n'],
  ['page', '\n'],
  ['row', '\n'],
  ['tab', '\t'],
  ['cell', '\t'],
  ['emdash', '—'],
  ['endash', '–'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['bullet', '•'],
  ['emspace', ' '],
  ['enspace', ' '],
]);
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['~', ' '],
  ['_', '-'],
  ['-', ''],
  ['\n', '\n'],
  ['\r', '\n'],
]);
/** A control word with its number, a hex byte, a control symbol, a brace, or plain text. */
const TOKEN =
  /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|[^\\{}\r\n]+/gu;

/** Code pages (`\\ansicpg`) that the platform decodes; every other one is read as cp1252. */
const CODE_PAGES: ReadonlyMap<number, string> = new Map([
  ...[874, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258].map((page) => [page, `windows-${page}`] as const),
  [866, 'ibm866'],
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [10_000, 'macintosh'],
  [65_001, 'utf-8'],
]);
const NOT_ASCII = /[^\0-\x7f]/u;

interface Group {
  readonly skipped: boolean;
  /** How many characters stand in for a \u character. */
  readonly fallback: number;
}

class RtfReader {
  private readonly parts: string[] = [];
  private readonly outer: Group[] = [];
  private group: Group = { skipped: false, fallback: 1 };
  private toSkip = 0;
  private starred = false;
  private codePage: InstanceType<typeof TextDecoder> | undefined;
  /** Bytes of a code page that no character was made of yet: some characters take two. */
  private bytes: number[] = [];
  private cutOff = false;

  constructor(private readonly effort: Effort) {}

  /**
   * @param source the file, one character per byte
   * @returns undefined when it ends inside binary data that it announces: what followed is lost
   * @throws TooMuch
   */
  *read(source: string): Generator<void, string | undefined> {
    TOKEN.lastIndex = 0;
    const token = new RegExp(TOKEN);
    for (let match = token.exec(source); match !== null; match = token.exec(source)) {
      this.effort.spend(1);
      if (this.effort.isStepDone()) yield;
      const [raw, word, number, hex, symbol, brace] = match;
      if (brace !== undefined) this.brace(brace);
      else if (word === 'bin') this.cutOff ||= !this.skips(token, source, Number(number ?? 0));
      else if (word !== undefined) this.word(word, number);
      else if (hex !== undefined) this.byte(Number.parseInt(hex, 16));
      else if (symbol !== undefined) this.symbol(symbol);
      else if (!/^[\r\n]/u.test(raw)) this.plain(raw);
    }
    this.flush();
    return this.cutOff ? undefined : this.parts.join('');
  }

  /** Passes over binary data; whether it ends within the file. */
  private skips(token: RegExp, source: string, length: number): boolean {
    token.lastIndex += Math.max(0, length);
    return token.lastIndex <= source.length;
  }

  private brace(brace: string): void {
    this.flush();
    this.toSkip = 0;
    if (brace === '{') this.outer.push(this.group);
    else this.group = this.outer.pop() ?? this.group;
  }

  private word(word: string, number: string | undefined): void {
    const starred = this.starred;
    this.starred = false;
    if (word === 'ansicpg') this.decodeWith(CODE_PAGES.get(Number(number ?? 0)));
    if (starred || SKIPPED.has(word)) this.group = { ...this.group, skipped: true };
    else if (word === 'uc') this.group = { ...this.group, fallback: Math.max(0, Number(number ?? 1)) };
    else if (word === 'u') this.unicode(Number(number ?? 0));
    else this.emit(WORDS.get(word) ?? '');
  }

  private decodeWith(label: string | undefined): void {
    this.flush();
    this.codePage = label === undefined ? undefined : new TextDecoder(label);
  }

  private unicode(code: number): void {
    this.emit(String.fromCharCode(code < 0 ? code + 0x10000 : code));
    this.toSkip = this.group.fallback;
  }

  private symbol(symbol: string): void {
    if (symbol === '*') this.starred = true;
    else this.character(SYMBOLS.get(symbol) ?? symbol);
  }

  private character(text: string): void {
    if (this.toSkip > 0) this.toSkip -= 1;
    else this.emit(text);
  }

  private byte(value: number): void {
    if (this.toSkip > 0) this.toSkip -= 1;
    else if (!this.group.skipped) this.bytes.push(value);
  }

  private plain(raw: string): void {
    const from = Math.min(this.toSkip, raw.length);
    this.toSkip -= from;
    if (this.group.skipped) return;
    this.effort.spend(raw.length - from);
    // The second byte of a character may stand as plain text.
    const isText = this.bytes.length === 0 && !NOT_ASCII.test(raw);
    if (isText) this.emit(raw.slice(from));
    else for (let index = from; index < raw.length; index += 1) this.byte(raw.charCodeAt(index));
  }

  private flush(): void {
    if (this.bytes.length === 0) return;
    const bytes = Uint8Array.from(this.bytes);
    this.bytes = [];
    if (!this.group.skipped) this.parts.push(this.codePage?.decode(bytes) ?? decodeCp1252(bytes));
  }

  private emit(text: string): void {
    this.flush();
    if (!this.group.skipped) this.parts.push(text);
  }
}

/**
 * The words of an RTF document, in steps; undefined when part of it is lost. Unbalanced braces, bad escapes and deep
 * groups are read as far as they go.
 *
 * @throws TooMuch
 */
export function rtfText(bytes: Uint8Array, effort: Effort): Generator<void, string | undefined> {
  return new RtfReader(effort).read(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
  );
}
