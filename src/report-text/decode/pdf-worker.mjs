/**
 * Runs in a worker, which has nothing but this and the library: a hostile file can use up only its own heap and time.
 * Not compiled, so that it starts the same from compiled and from uncompiled code.
 */
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';

// The library writes what it meets in a file to the console: no place for a patient's words.
for (const name of ['log', 'info', 'warn', 'error']) console[name] = () => undefined;

const lineOf = (item) => (item.str ?? '') + (item.hasEOL ? '\n' : '');

const PAINTS_PICTURE = /^paint\w*Image/;

/** Whether a page shows a picture: one without words is scanned then, and not empty. */
async function showsPicture(page) {
  const { OPS } = await getResolvedPDFJS();
  const pictures = new Set(
    Object.keys(OPS).flatMap((name) => (PAINTS_PICTURE.test(name) ? [OPS[name]] : [])),
  );
  try {
    const { fnArray } = await page.getOperatorList();
    return fnArray.some((operator) => pictures.has(operator));
  } catch {
    // Something is there that cannot be drawn.
    return true;
  }
}

/** @returns {Promise<{ text: string, scannedPages: number } | { failure: 'encrypted' | 'damaged' }>} pages parted by an empty line */
export default async function pdfText({ bytes, maximumCharacters }) {
  let document;
  try {
    document = await getDocumentProxy(bytes);
    const pages = [];
    let length = 0;
    let scannedPages = 0;
    for (let number = 1; number <= document.numPages && length < maximumCharacters; number += 1) {
      const page = await document.getPage(number);
      const content = await page.getTextContent();
      const text = content.items.map(lineOf).join('');
      length += text.length;
      pages.push(text);
      if (text.trim() === '' && (await showsPicture(page))) scannedPages += 1;
      page.cleanup();
    }
    return { text: pages.join('\n\n'), scannedPages };
  } catch (error) {
    return { failure: error && error.name === 'PasswordException' ? 'encrypted' : 'damaged' };
  } finally {
    await document?.destroy();
  }
}
