/** A PDF of one page that shows the lines given, those too long for it in several, with correct offsets. */
export function pdf(lines: readonly string[]): Uint8Array {
  const show = lines
    .flatMap(wrapped)
    .map((line, index) => `BT /F1 12 Tf 50 ${740 - 14 * index} Td (${escaped(line)}) Tj ET`)
    .join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${show.length} >>\nstream\n${show}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const start = file.length;
  file += `xref\n0 6\n0000000000 65535 f \n${offsets.map((offset) => `${offset} 00000 n \n`).join('')}`;
  return Uint8Array.from(
    Buffer.from(`${file}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`, 'latin1'),
  );
}

function escaped(line: string): string {
  return line.replace(/[\\()]/g, '\\$&');
}

function wrapped(line: string): readonly string[] {
  return line.match(/.{1,80}(?:\s|$)/g)?.map((part) => part.trimEnd()) ?? [line];
}
