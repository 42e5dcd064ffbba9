import { Parser } from 'htmlparser2';

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

/** Elements open at once: the parser moves all of them with each one more, so that a file of nothing else never ends. */
const DEEPEST = 25_000;

class MarkupReader {
  private depth = 0;
  private readonly parts: string[] = [];
  private skipped = 0;
  private preformatted = 0;

  /** So many elements were open that the rest is not to be read. */
  tooDeep = false;

  open(name: string): void {
    this.depth += 1;
    if (SKIPPED.has(name)) this.skipped += 1;
    if (PREFORMATTED.has(name)) this.preformatted += 1;
    this.border(name);
    this.tooDeep ||= this.depth > DEEPEST;
  }

  close(name: string): void {
    this.depth -= 1;
    if (SKIPPED.has(name)) this.skipped -= 1;
    if (PREFORMATTED.has(name)) this.preformatted -= 1;
    if (name !== 'br') this.border(name);
  }

  text(text: string): void {
    if (this.skipped === 0) this.parts.push(this.preformatted > 0 ? text : text.replace(/\s+/gu, ' '));
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

  private border(name: string): void {
    if (CELLS.has(name)) this.parts.push('\t');
    else if (name === 'p' || name === 'section') this.parts.push('\n\n');
    else if (!INLINE.has(name)) this.parts.push('\n');
  }
}

/**
 * The words of an HTML, XHTML or XML document, one line per block; none where it is nested beyond all measure. Never
 * throws; deep nesting costs no stack.
 * Not for plain text: a bare "<letter" would swallow what follows it.
 */
export function markupText(source: string, kind: 'html' | 'xml'): string {
  const reader = new MarkupReader();
  const parser = new Parser(
    {
      onopentagname: (name) => {
        reader.open(name.toLowerCase());
        if (reader.tooDeep) parser.pause();
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
  parser.write(source);
  if (reader.tooDeep) return '';
  parser.end();
  return reader.read();
}
