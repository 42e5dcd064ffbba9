/** Text as HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** `radiofrequency-first` is "Radiofrequency first", `diagnosticReports` "Diagnostic reports". */
export function inWords(id: string): string {
  const words = id
    .replaceAll('-', ' ')
    .replace(/[a-z](?=[A-Z])/g, '$& ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A table in a place of its own to scroll in; the first cell of each row heads it. A heading above says what it is. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const head = heads
    .map((text) => (text === '' ? '<td></td>' : `<th scope="col">${escapeHtml(text)}</th>`))
    .join('');
  const body = rows.map(
    ([first = '', ...cells]) =>
      `<tr><th scope="row">${escapeHtml(first)}</th>${cells.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}">
<table><caption class="unseen">${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div>`;
}
