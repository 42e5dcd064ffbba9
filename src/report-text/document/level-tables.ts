import { cellWords, isLabel } from './label-words.js';
import { levelGroups } from '../levels/levels.js';
import type { PhraseBook } from '../words/phrase-book.js';
import { cellsOf, linesOf, MAY_HOLD_TABLE, RULE, type Cell } from './tables.js';
import type { Token } from '../words/tokenise.js';

/** Tokens of a line and its cells: [first, end) of each. */
interface Row {
  readonly range: Range;
  readonly cells: readonly Range[];
  readonly isRule: boolean;
}

type Range = readonly [number, number];

/** A table "Level | Disc | Canal | Foramina": its columns name places, its lines begin with a level. */
interface LevelTable {
  readonly labels: readonly Range[];
  readonly heading: Range;
  readonly rows: Row[];
}

const FEWEST_LABELS = 2;

class LevelTables {
  private readonly tokens: readonly Token[];
  private readonly book: PhraseBook;
  private next = 0;

  constructor(tokens: readonly Token[], book: PhraseBook) {
    this.tokens = tokens;
    this.book = book;
  }

  in(text: string): readonly LevelTable[] {
    const tables: LevelTable[] = [];
    let [open, wasEmpty]: [LevelTable | undefined, boolean] = [undefined, false];
    for (const { line, start } of linesOf(text)) {
      const row = this.rowOf(line, start);
      // Lines of a table that was HTML stand apart by an empty line.
      const isEmpty = row.cells.length === 0;
      const skips = row.isRule || (isEmpty && !wasEmpty);
      wasEmpty = isEmpty;
      if (open !== undefined && skips) continue;
      if (open !== undefined && this.belongs(row, open)) open.rows.push(row);
      else if ((open = this.opened(row)) !== undefined) tables.push(open);
    }
    return tables.filter(({ rows }) => rows.length > 0);
  }

  private rowOf(line: string, start: number): Row {
    const cells = cellsOf(line, start);
    const range = this.rangeOf(start, start + line.length);
    const isRule = line.includes('-') && RULE.test(line);
    let from = range[0];
    const ranges = cells.map((cell) => {
      const own = this.cellRange(cell, [from, range[1]]);
      [, from] = own;
      return own;
    });
    return { range, cells: ranges, isRule };
  }

  /** Tokens between two offsets; lines are asked for in order. */
  private rangeOf(start: number, end: number): Range {
    while ((this.tokens[this.next]?.start ?? Infinity) < start) this.next += 1;
    const first = this.next;
    while ((this.tokens[this.next]?.end ?? Infinity) <= end) this.next += 1;
    return [first, this.next];
  }

  private cellRange({ start, end }: Cell, [first, last]: Range): Range {
    let from = first;
    while (from < last && (this.tokens[from]?.start ?? 0) < start) from += 1;
    let to = from;
    while (to < last && (this.tokens[to]?.end ?? 0) <= end) to += 1;
    return [from, to];
  }

  private opened({ cells, range }: Row): LevelTable | undefined {
    if (cells.length < FEWEST_LABELS) return undefined;
    const places = cells.filter(([first, end]) => isLabel(this.tokens.slice(first, end), this.book));
    if (places.length < FEWEST_LABELS || this.isLevel(cells[0])) return undefined;
    return { labels: cells, heading: range, rows: [] };
  }

  /** As many cells as the heading, or one more where the corner of the table was left empty. */
  private belongs({ cells }: Row, { labels }: LevelTable): boolean {
    const more = cells.length - labels.length;
    return (more === 0 || more === 1) && this.isLevel(cells[0]);
  }

  private isLevel(cell: Range | undefined): boolean {
    if (cell === undefined) return false;
    const [group] = levelGroups(this.tokens, [cell[0], cell[1]], this.book);
    return group?.first === cell[0] && group.last === cell[1] - 1 && group.segments.length > 0;
  }

  /** "L4-5 | bulge | mild" as "L4-5: bulge; mild canal stenosis;" */
  sentencesOf(row: Row, { labels }: LevelTable): readonly Token[] {
    const [level, ...cells] = row.cells;
    if (level === undefined) return [];
    const skipped = labels.length - cells.length;
    return [
      ...this.tokens.slice(...level),
      this.mark(':', level),
      ...cells.flatMap((cell, column) => {
        const label = this.tokens.slice(...(labels[column + skipped] ?? [0, 0]));
        return [...cellWords({ label, value: this.tokens.slice(...cell) }, this.book), this.mark(';', cell)];
      }),
    ];
  }

  private mark(text: string, [first, end]: Range): Token {
    const at = this.tokens[end - 1]?.end ?? this.tokens[first]?.start ?? 0;
    return { kind: 'mark', text, start: at, end: at, begins: 0, id: 0 };
  }
}

/**
 * The tokens of a text whose tables of levels are read as sentences: each cell with the place that its column names.
 * The heading of the table says nothing by itself, and its last level is not that of the lines below.
 */
export function withLevelTables(text: string, tokens: readonly Token[], book: PhraseBook): readonly Token[] {
  if (!MAY_HOLD_TABLE.test(text)) return tokens;
  const reader = new LevelTables(tokens, book);
  const read: Token[] = [];
  let from = 0;
  for (const table of reader.in(text)) {
    read.push(...tokens.slice(from, table.heading[0]));
    for (const row of table.rows) {
      read.push(...reader.sentencesOf(row, table));
      const [, end] = row.range;
      const isLast = row === table.rows.at(-1);
      const parting = tokens[end];
      if (parting?.kind === 'newline') read.push(isLast ? { ...parting, text: '\n\n' } : parting);
      from = parting?.kind === 'newline' ? end + 1 : end;
    }
  }
  return from === 0 ? tokens : [...read, ...tokens.slice(from)];
}
