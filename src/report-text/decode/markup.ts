import { Parser } from 'htmlparser2';
import { TooMuch, type Effort } from './effort.js';

/** Elements inside a line; every other one begins and ends a line. */
const INLINE: ReadonlySet<string> = new Set([
  'a',
  'abbr',
  'acronym',
  'b',
  'bdi',
  'bdo',
  'big',
  'cite',
  'code',
  'content',
  'data',
  'del',
  's',
  'strike',
  'dfn',
  'em',
  'font',
  'i',
  'ins',
  'kbd',
  'label',
  'linkhtml',
  'mark',
  'o:p',
  'q',
  'samp',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'time',
  'tt',
  'u',
  'var',
  'wbr',
]);
const CELLS: ReadonlySet<string> = new Set(['td', 'th']);
/** What is struck out has been taken back; the rest is no text. */
const SKIPPED: ReadonlySet<string> = new Set([
  'script',
  'style',
  'head',
  'title',
  'del',
  's',
  'strike',
  'noscript',
  'template',
]);
const PREFORMATTED: ReadonlySet<string> = new Set(['pre', 'textarea']);

/**
 * Elements inside each other. The parser takes longer for each element the deeper it stands, so that a small file of
 * opened tags alone would hold up every other call; documents that people write stay far below.
 */
const DEEPEST = 200;

/** Characters that the parser is given at a time: some hundreds of elements at most. */
const PIECE = 4_096;

class MarkupReader {
  private readonly parts: string[] = [];
  private skipped = 0;
  private preformatted = 0;
  private depth = 0;
  /** Whether the last thing was white space: of a run of it one space is left, also where the parser cuts it. */
  private spaced = false;

  constructor(private readonly effort: Effort) {}

  /** @throws TooMuch */
  open(name: string): void {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new TooMuch();
    this.effort.spend(1);
    if (SKIPPED.has(name)) this.skipped += 1;
    if (PREFORMATTED.has(name)) this.preformatted += 1;
    this.border(name);
  }

  close(name: string): void {
    this.depth -= 1;
    if (SKIPPED.has(name)) this.skipped -= 1;
    if (PREFORMATTED.has(name)) this.preformatted -= 1;
    if (name !== 'br') this.border(name);
  }

  /** @throws TooMuch */
  text(text: string): void {
    if (this.skipped > 0) return;
    const told = this.preformatted > 0 ? text : this.collapsed(text);
    this.effort.spend(1 + told.length);
    this.parts.push(told);
  }

  read(): string {
    const lines = this.parts
      .join('')
      .split('\n')
      .map((line) => line.trim());
    return lines
      .filter((line, index) => line !== '' || (lines[index - 1] ?? '') !== '')
      .join('\n')
      .trim();
  }

  private collapsed(text: string): string {
    const told = text.replace(/\s+/gu, ' ');
    const more = this.spaced && told.startsWith(' ') ? told.slice(1) : told;
    this.spaced = told.endsWith(' ');
    return more;
  }

  private border(name: string): void {
    this.spaced = false;
    if (CELLS.has(name)) this.parts.push('\t');
    else if (name === 'p' || name === 'section') this.parts.push('\n\n');
    else if (!INLINE.has(name)) this.parts.push('\n');
  }
}

/**
 * The words of an HTML, XHTML or XML document, one line per block, in steps. Not for plain text: a bare "<letter" would
 * swallow what follows it.
 *
 * @throws TooMuch also when it nests too deep to be read
 */
export function* markupText(
  source: string,
  kind: 'html' | 'xml',
  effort: Effort,
): Generator<void, string, unknown> {
  const reader = new MarkupReader(effort);
  const parser = new Parser(
    {
      onopentagname: (name) => {
        reader.open(name.toLowerCase());
      },
      ontext: (text) => {
        reader.text(text);
      },
      onclosetag: (name) => {
        reader.close(name.toLowerCase());
      },
    },
    { xmlMode: kind === 'xml', decodeEntities: true },
  );
  for (let from = 0; from < source.length; from += PIECE) {
    parser.write(source.slice(from, from + PIECE));
    yield;
  }
  parser.end();
  return reader.read();
}
