/**
 * Bytes to characters. The cp1252 table is our own: TextDecoder('windows-1252') of some Node 20 releases turns 0x80-0x9F
 * into control characters, which loses the dashes, quotes and ≥ signs of dictated reports.
 */

const CP1252_HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';
/** Bytes at the beginning by which UTF-16 is told. */
const SAMPLE = 64;
const WESTERN = /^(?:(?:windows|cp|x-cp)-?125[02]|iso-?8859-?1|latin-?1|l1|us-ascii|ascii|ansi_x3\.4-1968)$/u;

/** The character code of each byte. */
const CP1252 = Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 && byte < 0xa0 ? CP1252_HIGH.charCodeAt(byte - 0x80) : byte,
);

/** Written as UTF-16 and read as that: a character at a time would take some tenths of a second for large files. */
export function decodeCp1252(bytes: Uint8Array): string {
  const utf16 = Buffer.alloc(bytes.length * 2);
  for (let index = 0; index < bytes.length; index += 1)
    utf16.writeUInt16LE(CP1252[bytes[index] ?? 0] ?? 0, index * 2);
  return utf16.toString('utf16le');
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

/** UTF-16 without its mark: every other byte of Western text is zero. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, SAMPLE);
  if (sample.length < 4) return undefined;
  const zeros = [0, 0];
  for (let index = 0; index < sample.length; index += 1)
    if (sample[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length / 4 && even === 0) return 'utf-16le';
  return even > sample.length / 4 && odd === 0 ? 'utf-16be' : undefined;
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

function decodeAs(bytes: Uint8Array, charset: string): string | undefined {
  if (WESTERN.test(charset)) return undefined;
  try {
    return (charset === 'utf-8' ? UTF_8 : new TextDecoder(charset, { fatal: true })).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Text of ASCII alone that is said to be UTF-16: pairs of its letters would come out as rare signs. */
function isFalsely16(bytes: Uint8Array, label: string | undefined): boolean {
  return label?.startsWith('utf-16') === true && !bytes.subarray(0, SAMPLE).includes(0);
}

/**
 * Characters of a text. A byte order mark wins, then the charset said, then UTF-8 where the bytes are valid UTF-8,
 * else cp1252, which every byte is valid in. Never throws.
 * @param charset label from the content type or a meta element; may be wrong
 */
export function decodeCharacters(bytes: Uint8Array, charset: string | undefined): string {
  const marked = byteOrderMark(bytes) ?? unmarkedUtf16(bytes);
  const label = charset?.trim().toLowerCase().replaceAll('"', '');
  const said = isFalsely16(bytes, label) ? undefined : label;
  for (const candidate of [marked, said, 'utf-8']) {
    const text = candidate === undefined ? undefined : decodeAs(bytes, candidate);
    if (text !== undefined) return text;
  }
  return decodeCp1252(bytes);
}
