import {
  decodeAttachment,
  decodeNarrative,
  decodeText,
  type DecodeLimits,
} from '../../src/report-text/index.js';
import { pdf, pdfOfPages } from './pdf.js';

const LIMITS: DecodeLimits = {
  maximumBytes: 200_000,
  timeoutMs: 15_000,
  maximumCharacters: 100_000,
};
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

function text(bytes: Uint8Array, contentType: string): string | undefined {
  const decoded = decodeText(bytes, contentType, LIMITS);
  return decoded?.status === 'read' ? decoded.text : decoded?.why;
}

describe('plain text', () => {
  test.each([
    ['UTF-8', utf8('relief ≥ 80 %'), 'text/plain', 'relief ≥ 80 %'],
    ['UTF-8 with its mark', utf8('\ufeffL4–5'), 'text/plain', 'L4–5'],
    ['cp1252 dashes and quotes', latin1('L4\x965 \x93mild\x94'), 'text/plain', 'L4–5 “mild”'],
    ['cp1252 said to be ISO-8859-1', latin1('L4\x965'), 'text/plain; charset=iso-8859-1', 'L4–5'],
    ['UTF-16 with its mark', Uint8Array.from([0xff, 0xfe, 0x4c, 0, 0x34, 0]), 'text/plain', 'L4'],
    ['a charset nobody knows', utf8('L4-5'), 'text/plain; charset="klingon"', 'L4-5'],
    ['no media type at all', utf8('L4-5'), '', 'L4-5'],
    ['an odd media type', utf8('L4-5'), 'ASCII Text', 'L4-5'],
    ['a bare "<" in text', utf8('x<y and L4-5'), 'text/plain', 'x<y and L4-5'],
  ])('%s', (_name, bytes, type, expected) => expect(text(bytes, type)).toBe(expected));
});

describe('HTML, XHTML and XML', () => {
  test.each([
    [
      'blocks become lines',
      '<html><body><p>L4-5:</p><p>bulge</p></body></html>',
      'text/html',
      'L4-5:\n\nbulge',
    ],
    ['inline marks keep words whole', '<p><b>L4</b>-5 bulge</p>', 'text/html', 'L4-5 bulge'],
    ['entities are read', '<p>relief &gt; 80&nbsp;%</p>', 'text/html', 'relief > 80 %'],
    [
      'scripts, styles and struck words are left out',
      '<style>p{}</style><script>1</script><p>a <del>b</del>c</p>',
      'text/html',
      'a c',
    ],
    ['cells are parted', '<table><tr><td>L4-5</td><td>bulge</td></tr></table>', 'text/html', 'L4-5\t\tbulge'],
    ['XML', '<?xml version="1.0"?><doc><text>L4-5 bulge</text></doc>', 'application/xml', 'L4-5 bulge'],
    ['HTML said to be text', '<!DOCTYPE html><p>bulge</p>', 'ASCII Text', 'bulge'],
  ])('%s', (_name, source, type, expected) => expect(text(utf8(source), type)).toBe(expected));

  test('an empty body is unreadable, not a report without findings', () => {
    expect(text(utf8('<html></html>'), 'text/html')).toBe('damaged');
  });

  test.each([
    ['two hundred elements in each other', 'text/html', '<div>'.repeat(200), 'bulge'],
    ['one more', 'text/html', '<div>'.repeat(201), 'too-large'],
    ['one more, of XML', 'application/xml', '<?xml version="1.0"?>' + '<a>'.repeat(201), 'too-large'],
    ['20,000', 'text/html', '<div>'.repeat(20_000), 'too-large'],
    ['one after the other', 'text/html', '<div><p></p><br></div>'.repeat(1000), 'bulge'],
    ['paragraphs that are not closed', 'text/html', '<p>'.repeat(1000), 'bulge'],
  ])('%s: %s', (_name, type, open, expected) => {
    expect(text(utf8(`${open}bulge`), type)).toBe(expected);
  });

  test('narrative', () => {
    expect(decodeNarrative('<div xmlns="http://www.w3.org/1999/xhtml"><p>L4-5</p><p>bulge</p></div>')).toBe(
      'L4-5\n\nbulge',
    );
    expect(decodeNarrative('<div>'.repeat(201))).toBeUndefined();
  });
});

describe('RTF', () => {
  test.each([
    ['paragraphs', '{\\rtf1\\ansi L4-5:\\par bulge}', 'L4-5:\nbulge'],
    ['bytes of cp1252', "{\\rtf1 L4\\'965}", 'L4–5'],
    ['Unicode with its stand-in left out', '{\\rtf1\\uc1 relief \\u8805?80%}', 'relief ≥80%'],
    [
      'pictures and tables of fonts left out',
      '{\\rtf1{\\fonttbl{\\f0 Arial;}}{\\pict ffd8ffe0}bulge}',
      'bulge',
    ],
    ['unknown destinations left out', '{\\rtf1{\\*\\secret hidden}bulge}', 'bulge'],
    ['binary skipped', '{\\rtf1 a\\bin3 {{{b}', 'ab'],
    ['unbalanced braces', '{\\rtf1 bulge}}}', 'bulge'],
  ])('%s', (_name, source, expected) => expect(text(latin1(source), 'text/rtf')).toBe(expected));

  test('RTF said to be plain text is told by its first bytes', () => {
    expect(text(latin1('{\\rtf1 bulge}'), 'text/plain')).toBe('bulge');
  });

  test('20,000 open groups cost no stack', () => {
    expect(text(latin1(`{\\rtf1 ${'{'.repeat(20_000)}bulge`), 'text/rtf')).toBe('bulge');
  });
});

describe('what cannot be read is named', () => {
  test.each([
    ['larger than the limit', new Uint8Array(200_001), 'text/plain', 'too-large'],
    ['an archive', latin1('PK\x03\x04word'), 'application/octet-stream', 'unsupported-type'],
    ['an image', utf8('dots'), 'image/tiff', 'unsupported-type'],
    ['rubbish', Uint8Array.from({ length: 400 }, (_, index) => index % 7), 'text/plain', 'damaged'],
    ['nothing', new Uint8Array(0), 'text/plain', 'damaged'],
  ])('%s', (_name, bytes, type, why) => expect(text(bytes, type)).toBe(why));
});

describe('PDF', () => {
  test('is left to decodeAttachment', () =>
    expect(decodeText(pdf(['bulge']), 'application/pdf', LIMITS)).toBeUndefined());

  test('words of a page, whatever the label says', async () => {
    const decoded = await decodeAttachment(pdf(['L4-5: disc bulge.', 'No stenosis.']), 'text/plain', LIMITS);
    expect(decoded).toEqual({ status: 'read', text: expect.stringContaining('L4-5: disc bulge.') });
    expect(decoded).toEqual({ status: 'read', text: expect.stringContaining('No stenosis.') });
  });

  test('pages that are scanned beside those with words are named; empty ones are not', async () => {
    const read = async (...pages: Parameters<typeof pdfOfPages>[0]) => {
      const decoded = await decodeAttachment(pdfOfPages(pages), 'application/pdf', LIMITS);
      return decoded.status === 'read' ? [decoded.text.trim(), decoded.isPartly ?? false] : decoded.why;
    };
    expect(await read(['bulge'], 'scan')).toEqual(['bulge', true]);
    expect(await read(['bulge'], [])).toEqual(['bulge', false]);
    expect(await read('scan', 'scan')).toBe('scan-without-text');
  });

  test('the bytes of the caller stay usable', async () => {
    const bytes = pdf(['bulge']);
    await decodeAttachment(bytes, 'application/pdf', LIMITS);
    expect(bytes[0]).toBe('%'.charCodeAt(0));
  });

  test.each([
    ['a page without text', pdf([]), 'scan-without-text'],
    ['cut off', pdf(['bulge']).subarray(0, 60), 'damaged'],
    ['rubbish behind the header', utf8('%PDF-1.7 rubbish'), 'damaged'],
  ])('%s', async (_name, bytes, why) => {
    expect(await decodeAttachment(bytes, 'application/pdf', LIMITS)).toEqual({ status: 'unreadable', why });
  });

  test('a worker that takes too long is ended', async () => {
    const decoded = await decodeAttachment(pdf(['bulge']), 'application/pdf', { ...LIMITS, timeoutMs: 1 });
    expect(decoded).toEqual({ status: 'unreadable', why: 'timeout' });
  });
});
