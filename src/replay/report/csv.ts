import type { Tally } from '../tally.js';

const COLUMNS = ['measure', 'service', 'month', 'item', 'state', 'count'] as const;

/** report.csv: every count on a line of its own (RFC 4180), for a spreadsheet's pivot table. */
export function toCsv(tally: Tally): string {
  const lines = tally.rows().map((row) => COLUMNS.map((column) => cell(String(row[column]))).join(','));
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
