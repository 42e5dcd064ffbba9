/** A page: lines of text, or a scan of which nothing can be read. */
export type PdfPage = readonly string[] | 'scan';

/** A picture of one black dot over the whole page. */
const SCAN = 'q 612 0 0 792 0 0 cm\nBI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID\n00>\nEI\nQ';

/** A PDF of one page that shows the lines given, those too long for it in several, with correct offsets. */
export function pdf(lines: readonly string[]): Uint8Array {
  return pdfOfPages([lines]);
}

/** A PDF of several pages, with correct offsets. */
export function pdfOfPages(pages: readonly PdfPage[]): Uint8Array {
  const kids = pages.map((_, index) => `${4 + 2 * index} 0 R`);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((page, index) => {
      const show = shown(page);
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + 2 * index} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
        `<< /Length ${show.length} >>\nstream\n${show}\nendstream`,
      ];
    }),
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const [start, size] = [file.length, objects.length + 1];
  file += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.map((offset) => `${offset} 00000 n \n`).join('')}`;
  return Uint8Array.from(
    Buffer.from(`${file}trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`, 'latin1'),
  );
}

function shown(page: PdfPage): string {
  if (page === 'scan') return SCAN;
  return page
    .flatMap(wrapped)
    .map((line, index) => `BT /F1 12 Tf 50 ${740 - 14 * index} Td (${escaped(line)}) Tj ET`)
    .join('\n');
}

function escaped(line: string): string {
  return line.replace(/[\\()]/g, '\\$&');
}

function wrapped(line: string): readonly string[] {
  return line.match(/.{1,80}(?:\s|$)/g)?.map((part) => part.trimEnd()) ?? [line];
}
