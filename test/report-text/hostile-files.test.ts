import { deflateSync, gzipSync } from 'node:zlib';
import {
  decodeAttachment,
  decodeInSteps,
  decodeText,
  type DecodeLimits,
} from '../../src/report-text/index.js';

const LIMITS: DecodeLimits = { maximumBytes: 2_000_000, timeoutMs: 15_000, maximumCharacters: 100_000 };
const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const utf16 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le'));

/** The words, or why there are none. */
function read(bytes: Uint8Array, contentType: string): string | undefined {
  const decoded = decodeText(bytes, contentType, LIMITS);
  return decoded?.status === 'read' ? decoded.text : decoded?.why;
}

describe('RTF of other code pages and odd escapes', () => {
  test.each([
    ['Central Europe', "{\\rtf1\\ansi\\ansicpg1250 \\'b3uk}", 'łuk'],
    ['Cyrillic', "{\\rtf1\\ansi\\ansicpg1251 \\'e1\\'ee\\'eb\\'fc}", 'боль'],
    ['Japanese, two bytes each', "{\\rtf1\\ansi\\ansicpg932 \\'8d\\'98}", '腰'],
    ['Japanese, the second byte as plain text', "{\\rtf1\\ansi\\ansicpg932 \\'83A L4}", 'ア L4'],
    ['Chinese', "{\\rtf1\\ansi\\ansicpg936 \\'d1\\'fc}", '腰'],
    ['a code page nobody knows', "{\\rtf1\\ansi\\ansicpg9 relief \\'96 80}", 'relief – 80'],
    ['a character with its stand-in', "{\\rtf1 relief \\u8805\\'3f 80}", 'relief ≥ 80'],
    ['two characters standing in', '{\\rtf1\\uc2 relief \\u8805>= 80}', 'relief ≥ 80'],
    ['no stand-in', '{\\rtf1\\uc0 relief \\u8805 80}', 'relief ≥80'],
    ['a number below zero', '{\\rtf1\\uc0 \\u-4064 x}', '\uf020x'],
    ['a pair of surrogates', '{\\rtf1\\uc0\\u-10179\\u-8704 x}', '\u{1f600}x'],
    ['the stand-in counts within its group', '{\\rtf1 {\\uc2 a}\\u8805?b}', 'a≥b'],
    ['nested groups', '{\\rtf1 {\\b {\\i L4-5}{: bulge}}}', 'L4-5: bulge'],
    ['closing braces too many', '{\\rtf1 L4-5}}}: bulge', 'L4-5: bulge'],
    ['groups never closed', '{\\rtf1 {{{L4-5: bulge', 'L4-5: bulge'],
    ['binary data', '{\\rtf1 L4-5\\bin4 }}}}: bulge}', 'L4-5: bulge'],
    ['binary data of no length', '{\\rtf1 L4-5\\bin-9 : bulge}', 'L4-5: bulge'],
  ])('%s', (_name, rtf, expected) => expect(read(latin1(rtf), 'text/rtf')).toBe(expected));

  test.each([
    ['binary data longer than the file', '{\\rtf1 No fracture.\\bin99999999 } L1 fracture.}'],
    ['nothing but pictures', `{\\rtf1 {\\pict ${'ff'.repeat(5_000)}}}`],
    ['binary data alone', '{\\rtf1\\bin30 No fracture. No infection....}'],
  ])('what is lost makes it unread: %s', (_name, rtf) =>
    expect(read(latin1(rtf), 'text/rtf')).toBe('damaged'),
  );
});

/** What becomes of a file, and in how many steps. */
function stepsOf(bytes: Uint8Array, contentType: string, mayTake = Infinity) {
  const run = decodeInSteps(bytes, contentType, LIMITS);
  let steps = 0;
  for (let step = run.next(false); ; step = run.next(steps >= mayTake)) {
    if (step.done) return { steps, decoded: step.value };
    steps += 1;
  }
}

describe('what a file costs is bounded, in all and in one step', () => {
  const filled = (begin: string, unit: string, length: number) =>
    latin1(begin + unit.repeat(Math.floor(length / unit.length)));

  test.each([
    ['RTF of groups', 'text/rtf', '{\\rtf1 L4-5 bulge. ', '{'],
    ['RTF of closing braces', 'text/rtf', '{\\rtf1 L4-5 bulge. ', '}'],
    ['RTF of escapes', 'text/rtf', '{\\rtf1 L4-5 bulge. ', "\\'"],
    ['RTF of groups with a word', 'text/rtf', '{\\rtf1 L4-5 bulge. ', '{\\b x'],
    ['RTF of letters that are no ASCII', 'text/rtf', '{\\rtf1 L4-5 bulge. ', '\xe9'],
    ['HTML of paragraphs', 'text/html', '<p>L4-5 bulge.', '<p>'],
    ['HTML of table rows', 'text/html', '<table>', '<tr><td>L4-5</td><td>x</td></tr>'],
    ['HTML of empty lines', 'text/html', '<pre>L4-5', '\n'],
    ['XML of elements', 'text/xml', '<?xml version="1.0"?><a>L4-5', '<b/>'],
  ])('%s: two megabytes are not read, half as many thousand bytes are', (_name, type, begin, unit) => {
    expect(read(filled(begin, unit, 1_990_000), type)).toBe('too-large');
    expect(read(filled(begin, unit, 50_000), type)).toMatch(/^L4-5/u);
  });

  test.each([
    ['RTF of groups', 'text/rtf', '{\\rtf1 L4-5 bulge. ', '{'],
    ['HTML of paragraphs', 'text/html', '<p>L4-5 bulge.', '<p>'],
  ])('%s: others are let in after every few thousand bytes', (_name, type, begin, unit) => {
    const { steps, decoded } = stepsOf(filled(begin, unit, 100_000), type);
    expect(decoded).toMatchObject({ status: 'read' });
    expect(steps).toBeGreaterThanOrEqual(20);
    expect(stepsOf(filled(begin, unit, 1_500), type).steps).toBeLessThanOrEqual(1);
  });

  test.each([
    [
      'RTF with a picture',
      'text/rtf',
      `{\\rtf1 L4-5 bulge.{\\pict ${`${'0f'.repeat(64)}\r\n`.repeat(14_000)}}}`,
    ],
    ['HTML with a picture', 'text/html', `<p>L4-5 bulge.<img src="data:,${'0f'.repeat(900_000)}">`],
    ['RTF in Cyrillic', 'text/rtf', `{\\rtf1\\ansicpg1251 L4-5 bulge. ${"\\'e1".repeat(95_000)}}`],
    ['RTF in Unicode', 'text/rtf', `{\\rtf1 L4-5 bulge. ${'\\u1073?'.repeat(95_000)}}`],
  ])('a file is not judged by its bytes: %s is read', (_name, type, file) => {
    expect(file.length).toBeGreaterThan(350_000);
    expect(read(latin1(file), type)).toMatch(/^L4-5 bulge\./u);
  });

  test('a file whose time is over is given up', () => {
    const { steps, decoded } = stepsOf(filled('{\\rtf1 ', '{', 100_000), 'text/rtf', 3);
    expect([steps, decoded]).toEqual([3, { status: 'unreadable', why: 'timeout' }]);
  });

  test('white space is one space wherever the file is cut for reading', () => {
    const text = Array.from({ length: 4_100 }, (_, index) => (index % 3 === 0 ? 'ab' : 'c')).join('  \n ');
    const expected = text.replace(/\s+/gu, ' ');
    expect(read(latin1(`<p>${text}</p>`), 'text/html')).toBe(expected);
  });
});

describe('HTML and text with a charset that lies', () => {
  const page = '<html><head><meta charset="utf-8"></head><body>relief ≥ 80 – 90 %</body></html>';

  test.each([
    ['cp1252 said to be UTF-8', latin1('<p>relief \x96 80</p>'), 'text/html; charset=utf-8', 'relief – 80'],
    [
      'UTF-8 said to be cp1252',
      Buffer.from('<p>relief ≥ 80</p>'),
      'text/html; charset=windows-1252',
      'relief ≥ 80',
    ],
    ['UTF-16 whose meta says UTF-8', utf16(page), 'text/html', 'relief ≥ 80 – 90 %'],
    [
      'ASCII said to be UTF-16',
      latin1('<p>L4-5 disc bulge</p>'),
      'text/html; charset=utf-16',
      'L4-5 disc bulge',
    ],
    [
      'ASCII text said to be UTF-16BE',
      latin1('L4-5 disc bulges'),
      'text/plain; charset=utf-16be',
      'L4-5 disc bulges',
    ],
    ['a charset nobody knows', latin1('<p>bulge \x96 L4</p>'), 'text/html; charset=klingon', 'bulge – L4'],
    ['a charset that is a script', latin1('<p>bulge</p>'), 'text/html; charset="><script>"', 'bulge'],
    ['half a million open elements', latin1(`${'<b>'.repeat(500_000)}bulge`), 'text/html', 'too-large'],
    [
      'an entity that would grow',
      latin1('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><p>bulge &b;</p>'),
      'text/html',
      expect.stringContaining('bulge'),
    ],
  ])('%s', (_name, bytes, type, expected) => expect(read(bytes, type)).toEqual(expected));

  test.each([
    ['an archive', gzipSync('L4-5 disc bulge'), 'text/plain'],
    ['an archive said to be HTML', gzipSync('<p>bulge</p>'), 'text/html'],
    ['a Word file', latin1('PK\x03\x04[Content_Types].xml'), 'text/rtf'],
    ['an old Word file', latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'application/msword'],
  ])('%s is not opened', (_name, bytes, type) => expect(read(bytes, type)).toBe('unsupported-type'));
});

/** A PDF of one page with a content stream and further entries, its offsets true unless `startxref` is given. */
function file(part: {
  stream?: Uint8Array;
  entries?: string;
  length?: number;
  trailer?: string;
  pages?: string;
  startxref?: number;
}): Uint8Array {
  const stream = part.stream ?? latin1('BT /F1 12 Tf 50 740 Td (L4-5 disc bulge) Tj ET');
  const objects = [
    latin1('<< /Type /Catalog /Pages 2 0 R >>'),
    latin1(part.pages ?? '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    latin1(
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    ),
    Buffer.concat([
      latin1(`<< /Length ${part.length ?? stream.length} ${part.entries ?? ''} >>\nstream\n`),
      stream,
      latin1('\nendstream'),
    ]),
    latin1('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'),
    latin1(`<< /Filter /Standard /V 1 /R 2 /P -4 /O (${'o'.repeat(32)}) /U (${'u'.repeat(32)}) >>`),
  ];
  let bytes = Buffer.from('%PDF-1.4\n', 'latin1');
  const offsets = objects.map((object, index) => {
    const offset = bytes.length;
    bytes = Buffer.concat([bytes, latin1(`${index + 1} 0 obj\n`), object, latin1('\nendobj\n')]);
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const end = `xref\n0 7\n0000000000 65535 f \n${offsets.join('')}trailer << /Size 7 /Root 1 0 R ${part.trailer ?? ''} >>`;
  const start = part.startxref ?? bytes.length;
  return new Uint8Array(Buffer.concat([bytes, latin1(`${end}\nstartxref\n${start}\n%%EOF`)]));
}

describe('PDF', () => {
  const decode = (bytes: Uint8Array, timeoutMs = LIMITS.timeoutMs) =>
    decodeAttachment(bytes, 'application/pdf', { ...LIMITS, timeoutMs });

  test.each([
    ['a broken table of objects', file({ startxref: 7 })],
    ['a table said to lie behind the end', file({ startxref: 99_999_999 })],
    ['a length of 100 MB that is none', file({ length: 100_000_000 })],
    [
      'a compressed page',
      file({
        stream: deflateSync('BT /F1 12 Tf 50 740 Td (L4-5 disc bulge) Tj ET'),
        entries: '/Filter /FlateDecode',
      }),
    ],
  ])('%s is read', async (_name, bytes) => {
    expect(await decode(bytes)).toEqual({ status: 'read', text: 'L4-5 disc bulge' });
  });

  test.each([
    ['encrypted', file({ trailer: '/Encrypt 6 0 R /ID [<00><00>]' }), 'encrypted'],
    ['a page that only draws', file({ stream: latin1('0 0 100 100 re f') }), 'scan-without-text'],
    [
      'pages that are their own parent',
      file({ pages: '<< /Type /Pages /Kids [2 0 R] /Count 1 >>' }),
      'damaged',
    ],
    [
      'a hundred million pages',
      file({ pages: '<< /Type /Pages /Kids [] /Count 100000000 >>' }),
      'scan-without-text',
    ],
  ])('%s is named as unread', async (_name, bytes, why) => {
    expect(await decode(bytes)).toEqual({ status: 'unreadable', why });
  });

  test('a page that would unpack to 200 MB is given up, and the next file is read', async () => {
    const bomb = file({
      stream: deflateSync(Buffer.alloc(200_000_000, ' ')),
      entries: '/Filter /FlateDecode',
    });
    expect(bomb.length).toBeLessThan(LIMITS.maximumBytes);
    expect(await decode(bomb, 300)).toMatchObject({ status: 'unreadable' });
    expect(await decode(file({}))).toEqual({ status: 'read', text: 'L4-5 disc bulge' });
  });
});
