import type { TextRelief } from '../reading.js';
import type { InterventionEvent } from './merge.js';
import { isoDuration } from './time-parts.js';
import { shareRelieved } from './scores.js';
import { columnOf, tablesIn, type Cell, type Table } from '../document/tables.js';

const BEFORE = /^(?:pre|before|baseline)\b|\b(?:pre|before)$/iu;
const AFTER = /^(?:post|after)\b|\b(?:post|after)$/iu;
const LASTED = /^(?:duration|lasted|how long|length)\b|\bduration$/iu;
const TIME = /^(?:~|about |approx\.? )?(\d{1,3})(?:\s?[-–]\s?\d{1,3})?\s*(min|h|d|w|mo|y)[a-z]*\.?$/iu;
const UNITS: Readonly<Record<string, string>> = { min: 'MIN', h: 'H', d: 'D', w: 'W', mo: 'M', y: 'Y' };
const SCORE = /^(\d{1,2}(?:\.\d)?)(?:\s*\/\s*10)?$/u;

function scoreIn(cell: Cell | undefined): number | undefined {
  const value = Number(SCORE.exec(cell?.text ?? '')?.[1] ?? NaN);
  return value <= 10 ? value : undefined;
}

/** The share of pain relieved that a row tells in its columns of before and of after. */
function reliefIn(row: readonly Cell[], columns: readonly [number, number]): TextRelief | undefined {
  const [before, after] = columns.map((column) => row[column]);
  const [was, is] = [scoreIn(before), scoreIn(after)];
  if (before === undefined || after === undefined || was === undefined || is === undefined) return undefined;
  const share = shareRelieved(was, is);
  if (share === undefined) return undefined;
  const [start, end] = [Math.min(before.start, after.start), Math.max(before.end, after.end)];
  return { low: share, high: share, computed: true, start, end };
}

/** "2 mo", "6-8 hours" (the shorter), as an ISO 8601 duration. */
function durationIn(cell: Cell | undefined): string | undefined {
  const [, figure, unit] = TIME.exec(cell?.text ?? '') ?? [];
  const code = UNITS[unit?.toLowerCase() ?? ''];
  return figure === undefined || code === undefined ? undefined : isoDuration(Number(figure), code);
}

function rowOf(table: Table, { start }: InterventionEvent): readonly Cell[] | undefined {
  return table.rows.find((row) => (row[0]?.start ?? 0) <= start && start <= (row.at(-1)?.end ?? 0));
}

const OF_SIDE = {
  right: /^(?:r|rt|right)\b.*(?:relief|%|improvement|benefit)/iu,
  left: /^(?:l|lt|left)\b.*(?:relief|%|improvement|benefit)/iu,
} as const;
const SHARE = /^(\d{1,3})\s*%?$/u;

function shareIn(cell: Cell | undefined): number | undefined {
  const value = Number(SHARE.exec(cell?.text ?? '')?.[1] ?? NaN);
  return value <= 100 ? value : undefined;
}

/** The relief of each side, in a table with a column for each; undefined where a row lacks one. */
function sidesIn(row: readonly Cell[], table: Table): TextRelief | undefined {
  const [right, left] = [columnOf(table, OF_SIDE.right), columnOf(table, OF_SIDE.left)];
  if (right === undefined || left === undefined) return undefined;
  const [one, other] = [shareIn(row[right]), shareIn(row[left])];
  const [from, to] = [row[Math.min(right, left)], row[Math.max(right, left)]];
  if (one === undefined || other === undefined || from === undefined || to === undefined) return undefined;
  const bySide = { left: { low: other, high: other }, right: { low: one, high: one } };
  return { low: Math.min(one, other), high: Math.max(one, other), bySide, start: from.start, end: to.end };
}

/** "Date | Procedure | Relief R | Relief L": procedures of both sides, each with the reliefs of its row. */
function withSides(table: Table, events: readonly InterventionEvent[]): readonly InterventionEvent[] {
  if (columnOf(table, OF_SIDE.right) === undefined || columnOf(table, OF_SIDE.left) === undefined)
    return events;
  return events.map((event) => {
    const row = event.laterality === 'bilateral' ? rowOf(table, event) : undefined;
    const relief = row && sidesIn(row, table);
    return relief === undefined ? event : { ...event, relief };
  });
}

/** Procedures told of in a table with columns of pain scores before and after, each with its relief. */
export function withTabledScores(
  text: string,
  events: readonly InterventionEvent[],
): readonly InterventionEvent[] {
  const tables = events.length === 0 ? [] : tablesIn(text);
  return tables.reduce<readonly InterventionEvent[]>((before, table) => {
    const told = withSides(table, before);
    const [first, last] = [columnOf(table, BEFORE), columnOf(table, AFTER)];
    if (first === undefined || last === undefined) return told;
    const lasted = columnOf(table, LASTED);
    return told.map((event) => {
      const row = event.relief === undefined ? rowOf(table, event) : undefined;
      const relief = row && reliefIn(row, [first, last]);
      const duration = lasted === undefined ? undefined : durationIn(row?.[lasted]);
      if (relief === undefined) return event;
      return { ...event, relief: { ...relief, ...(duration !== undefined && { duration }) } };
    });
  }, events);
}
