import type { Span } from '../reading.js';

/** A cell of a table and where it stands in the text. */
export interface Cell extends Span {
  readonly text: string;
}

/** Rows of as many cells as the heading above them has. */
export interface Table extends Span {
  readonly heading: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What a text has that holds a table; most have none. */
export const MAY_HOLD_TABLE = /\S(?:[ ]{2,}|[ ]*\t[ \t]*|[ ]*\|[ ]*)\S/u;
export const RULE = /^[\s|:+=-]+$/u;
const FEWEST_COLUMNS = 3;

/** Cells between pipes, tabs or runs of blanks. */
export function cellsOf(line: string, start: number): readonly Cell[] {
  const parted = line.includes('|') ? /[^|]+/gu : /[^\s](?:[^\s]| (?! ))*/gu;
  return [...line.matchAll(parted)].flatMap((match) => {
    const text = match[0].trim();
    if (text === '' && (match.index === 0 || match.index + match[0].length === line.length)) return [];
    const from = start + match.index + (match[0].length - match[0].trimStart().length);
    return [{ text, start: from, end: from + text.length }];
  });
}

export function linesOf(text: string): readonly { line: string; start: number }[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const at = start;
    start += line.length + 1;
    return { line, start: at };
  });
}

/** The tables of a text: a line of three cells or more, and the lines below it with as many. */
export function tablesIn(text: string): readonly Table[] {
  if (!MAY_HOLD_TABLE.test(text)) return [];
  const tables: { heading: readonly Cell[]; rows: (readonly Cell[])[] }[] = [];
  let open: (typeof tables)[number] | undefined;
  for (const { line, start } of linesOf(text)) {
    if (open !== undefined && line.includes('-') && RULE.test(line)) continue;
    const cells = cellsOf(line, start);
    if (open !== undefined && cells.length === open.heading.length) open.rows.push(cells);
    else if (cells.length >= FEWEST_COLUMNS) tables.push((open = { heading: cells, rows: [] }));
    else open = undefined;
  }
  return tables
    .filter(({ rows }) => rows.length > 0)
    .map(({ heading, rows }) => ({
      heading,
      rows,
      start: heading[0]?.start ?? 0,
      end: rows.at(-1)?.at(-1)?.end ?? 0,
    }));
}

/** The column whose heading a pattern fits; undefined where none does, or several do. */
export function columnOf({ heading }: Table, pattern: RegExp): number | undefined {
  const [column, ...others] = heading.flatMap(({ text }, index) => (pattern.test(text) ? [index] : []));
  return others.length === 0 ? column : undefined;
}
