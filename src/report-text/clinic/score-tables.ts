import type { TextRelief } from '../reading.js';
import type { InterventionEvent } from './merge.js';
import { shareRelieved } from './scores.js';
import { columnOf, tablesIn, type Cell, type Table } from '../document/tables.js';

const BEFORE = /^(?:pre|before|baseline)\b|\b(?:pre|before)$/iu;
const AFTER = /^(?:post|after)\b|\b(?:post|after)$/iu;
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

function rowOf(table: Table, { start }: InterventionEvent): readonly Cell[] | undefined {
  return table.rows.find((row) => (row[0]?.start ?? 0) <= start && start <= (row.at(-1)?.end ?? 0));
}

/** Procedures told of in a table with columns of pain scores before and after, each with its relief. */
export function withTabledScores(
  text: string,
  events: readonly InterventionEvent[],
): readonly InterventionEvent[] {
  const tables = events.length === 0 ? [] : tablesIn(text);
  return tables.reduce<readonly InterventionEvent[]>((told, table) => {
    const [before, after] = [columnOf(table, BEFORE), columnOf(table, AFTER)];
    if (before === undefined || after === undefined) return told;
    return told.map((event) => {
      const row = event.relief === undefined ? rowOf(table, event) : undefined;
      const relief = row && reliefIn(row, [before, after]);
      return relief === undefined ? event : { ...event, relief };
    });
  }, events);
}
