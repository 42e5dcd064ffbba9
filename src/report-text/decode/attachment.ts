import { decodeCharacters } from './charset.js';
import { Effort, TooMuch } from './effort.js';
import { markupText } from './markup.js';
import { pdfText, type PdfLimits } from './pdf.js';
import { rtfText } from './rtf.js';

export interface DecodeLimits extends PdfLimits {
  /** Bytes of an attachment; larger ones are not opened. */
  readonly maximumBytes: number;
}

/** What became of an attachment. An unreadable one says nothing, neither yes nor no. */
export type Decoded =
  | { readonly status: 'read'; readonly text: string; readonly isPartly?: true }
  | {
      readonly status: 'unreadable';
      readonly why:
        'scan-without-text' | 'encrypted' | 'too-large' | 'damaged' | 'unsupported-type' | 'timeout';
    };

/**
 * Tokens and characters of a file, and of a narrative, which is read in one go: four times what a call reads, for a
 * letter of another script takes two or three in RTF.
 */
const [MOST_OF_FILE, MOST_OF_NARRATIVE] = [400_000, 100_000];

type Format = 'plain' | 'html' | 'xml' | 'rtf' | 'pdf' | 'unsupported';

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['text/html', 'html'],
  ['application/xhtml+xml', 'html'],
  ['text/rtf', 'rtf'],
  ['application/rtf', 'rtf'],
  ['application/pdf', 'pdf'],
  ['text/xml', 'xml'],
  ['application/xml', 'xml'],
  ['application/hl7-v3+xml', 'xml'],
]);
const MAGIC: readonly (readonly [RegExp, Format])[] = [
  [/^\s*\{\\rtf/u, 'rtf'],
  [/^\s*(?:<!doctype\s+html|<html[\s>]|<div\s+xmlns)/iu, 'html'],
  [/^\s*<\?xml/u, 'xml'],
];
/** First bytes of archives, images and old office files, as latin-1. */
const UNSUPPORTED = [
  'PK\u0003\u0004',
  '\u001f\u008b',
  '\u0089PNG',
  '\u00ff\u00d8\u00ff',
  'II*\u0000',
  'MM\u0000*',
  'GIF8',
  '\u00d0\u00cf\u0011\u00e0',
];
const TEXT_LIKE = /^(?:text\/|ascii text|plain|txt|application\/(?:text|octet-stream|json)|$)/u;
/** A PDF header may stand behind some bytes of rubbish. */
const HEAD_LENGTH = 1024;
const MOST_CONTROL_CHARACTERS = 0.05;
/** All but those that set lines and tabs. */
// eslint-disable-next-line no-control-regex -- control characters are what it counts
const CONTROLS = /[\u0000-\u0008\u000e-\u001f]/gu;

function head(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, HEAD_LENGTH))
    .toString('latin1')
    .replace(/^(?:\u00ef\u00bb\u00bf)/u, '');
}

/** The bytes are believed before the label: EHRs send RTF as text/plain and HTML as "ASCII Text". */
function formatOf(bytes: Uint8Array, mediaType: string): Format {
  const begin = head(bytes);
  if (begin.includes('%PDF-')) return 'pdf';
  if (UNSUPPORTED.some((magic) => begin.startsWith(magic))) return 'unsupported';
  const known = MAGIC.find(([magic]) => magic.test(begin))?.[1];
  const declared = FORMATS.get(mediaType);
  if (known !== undefined) return known === 'xml' && declared === 'html' ? 'html' : known;
  if (declared === 'pdf' || declared === 'rtf') return 'plain';
  return declared ?? (TEXT_LIKE.test(mediaType) ? 'plain' : 'unsupported');
}

function charsetOf(contentType: string, format: Format, bytes: Uint8Array): string | undefined {
  const said = /charset\s*=\s*"?([^\s;"]{1,40})/iu.exec(contentType)?.[1];
  if (said !== undefined || (format !== 'html' && format !== 'xml')) return said;
  return /(?:charset|encoding)\s*=\s*["']?([\w.:-]{1,40})/iu.exec(head(bytes))?.[1];
}

function isGarbage(text: string): boolean {
  const sample = text.slice(0, 4096);
  const controls = sample.match(CONTROLS)?.length ?? 0;
  return controls > sample.length * MOST_CONTROL_CHARACTERS;
}

function read(text: string): Decoded {
  const blank = text.trim() === '';
  return blank || isGarbage(text) ? { status: 'unreadable', why: 'damaged' } : { status: 'read', text };
}

type Limits = Pick<DecodeLimits, 'maximumBytes'>;

/**
 * The words of a text, HTML, XML or RTF attachment, at once; what it may cost is bounded.
 * @param contentType as the EHR gives it, with or without charset; need not be right, may be no media type at all
 * @returns undefined for a PDF, which needs {@link decodeAttachment}
 */
export function decodeText(bytes: Uint8Array, contentType: string, limits: Limits): Decoded | undefined {
  return atOnce(decodeInSteps(bytes, contentType, limits));
}

function atOnce<T>(steps: Generator<void, T, boolean>): T {
  let step = steps.next(false);
  while (!step.done) step = steps.next(false);
  return step.value;
}

/**
 * The same in steps of about a millisecond, so that others can be let in between them. Each is told whether the time is
 * over; then the file is unreadable.
 */
export function* decodeInSteps(
  bytes: Uint8Array,
  contentType: string,
  { maximumBytes }: Limits,
): Generator<void, Decoded | undefined, boolean> {
  if (bytes.length > maximumBytes) return { status: 'unreadable', why: 'too-large' };
  const mediaType = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const format = formatOf(bytes, mediaType);
  if (format === 'pdf') return undefined;
  if (format === 'unsupported') return { status: 'unreadable', why: 'unsupported-type' };
  try {
    const words = wordsOf(bytes, format, charsetOf(contentType, format, bytes));
    for (;;) {
      const step = words.next();
      if (step.done) return read(step.value ?? '');
      const isOver = yield;
      if (isOver) return { status: 'unreadable', why: 'timeout' };
    }
  } catch (error) {
    if (error instanceof TooMuch) return { status: 'unreadable', why: 'too-large' };
    throw error;
  }
}

function* wordsOf(
  bytes: Uint8Array,
  format: 'plain' | 'html' | 'xml' | 'rtf',
  charset: string | undefined,
): Generator<void, string | undefined> {
  const effort = new Effort(MOST_OF_FILE);
  if (format === 'rtf') return yield* rtfText(bytes, effort);
  const characters = decodeCharacters(bytes, charset);
  return format === 'plain' ? characters : yield* markupText(characters, format, effort);
}

/**
 * The words of an attachment of any kind we read. Never rejects. Hostile files cost at most the limits' bytes, time
 * and memory: a PDF is read in a worker of its own.
 * @param contentType see {@link decodeText}
 */
export async function decodeAttachment(
  bytes: Uint8Array,
  contentType: string,
  limits: DecodeLimits,
): Promise<Decoded> {
  return decodeText(bytes, contentType, limits) ?? (await pdfText(bytes, limits));
}

/** The words of a resource's narrative (`text.div`); undefined when it is too long or nests too deep to be read. */
export function decodeNarrative(xhtml: string): string | undefined {
  const steps = markupText(xhtml, 'html', new Effort(MOST_OF_NARRATIVE));
  try {
    return atOnce(steps);
  } catch (error) {
    if (error instanceof TooMuch) return undefined;
    throw error;
  }
}
