import { cp1252Character } from './charset.js';

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

  /** @param source the file, one character per byte */
  read(source: string): string {
    TOKEN.lastIndex = 0;
    const token = new RegExp(TOKEN);
    for (let match = token.exec(source); match !== null; match = token.exec(source)) {
      const [raw, word, number, hex, symbol, brace] = match;
      if (brace !== undefined) this.brace(brace);
      else if (word === 'bin') token.lastIndex += Math.max(0, Number(number ?? 0));
      else if (word !== undefined) this.word(word, number);
      else if (hex !== undefined) this.character(cp1252Character(Number.parseInt(hex, 16)));
      else if (symbol !== undefined) this.symbol(symbol);
      else if (!/^[\r\n]/u.test(raw)) this.plain(raw);
    }
    return this.parts.join('');
  }

  private brace(brace: string): void {
    this.toSkip = 0;
    if (brace === '{') this.outer.push(this.group);
    else this.group = this.outer.pop() ?? this.group;
  }

  private word(word: string, number: string | undefined): void {
    const starred = this.starred;
    this.starred = false;
    if (starred || SKIPPED.has(word)) this.group = { ...this.group, skipped: true };
    else if (word === 'uc') this.group = { ...this.group, fallback: Math.max(0, Number(number ?? 1)) };
    else if (word === 'u') this.unicode(Number(number ?? 0));
    else this.emit(WORDS.get(word) ?? '');
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

  private plain(raw: string): void {
    const from = Math.min(this.toSkip, raw.length);
    this.toSkip -= from;
    this.emit(Array.from(raw.slice(from), (each) => cp1252Character(each.charCodeAt(0))).join(''));
  }

  private emit(text: string): void {
    if (!this.group.skipped) this.parts.push(text);
  }
}

/** The words of an RTF document. Never throws: unbalanced braces, bad escapes and deep groups are read as far as they go. */
export function rtfText(bytes: Uint8Array): string {
  return new RtfReader().read(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
  );
}
