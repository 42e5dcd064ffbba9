import { plays, sense } from '../marks/marks.js';
import type { Span, TextProvocation } from '../reading.js';
import { spanOf, type ClinicSentence } from './sentence.js';
import { columnOf, tablesIn, type Cell, type Table } from '../document/tables.js';

type Result = TextProvocation['result'];

const RIGHT = /^(?:r|rt|right)$/iu;
const LEFT = /^(?:l|lt|left)$/iu;
const POSITIVE = /^(?:\+|\(\+\)|\+ve|pos(?:itive)?|y|yes)$/iu;
const NEGATIVE = /^(?:[-–−]|\([-–−]\)|-ve|neg(?:ative)?|n|no)$/iu;

/** A provocation test by the words of a cell, as a sentence of the text has marked them. */
export type TestAt = (sentence: ClinicSentence, cell: Span) => TextProvocation['test'] | undefined;

function resultOf({ text }: Cell): Result | undefined {
  if (POSITIVE.test(text)) return 'positive';
  return NEGATIVE.test(text) ? 'negative' : undefined;
}

function rowResults(
  test: TextProvocation['test'],
  row: readonly Cell[],
  columns: readonly [number, number],
): readonly TextProvocation[] {
  const [right, left] = columns.map((column) => row[column]);
  const [first, last] = [row[0], row.at(-1)];
  if (right === undefined || left === undefined || first === undefined || last === undefined) return [];
  const span = { start: first.start, end: last.end };
  const results = { right: resultOf(right), left: resultOf(left) } as const;
  if (results.right !== undefined && results.right === results.left)
    return [{ test, result: results.right, laterality: 'bilateral', ...span }];
  return (['right', 'left'] as const).flatMap((laterality) => {
    const result = results[laterality];
    return result === undefined ? [] : [{ test, result, laterality, ...span }];
  });
}

/** Tables of provocation tests with a column for each side, and what they say. */
function provocationTables(
  sentences: readonly ClinicSentence[],
  testAt: TestAt,
): readonly { readonly table: Table; readonly found: readonly TextProvocation[] }[] {
  const [any] = sentences;
  if (any === undefined) return [];
  return tablesIn(any.document.text).flatMap((table) => {
    const [right, left] = [columnOf(table, RIGHT), columnOf(table, LEFT)];
    if (right === undefined || left === undefined) return [];
    const found = table.rows.flatMap((row) => {
      const [name] = row;
      const sentence = name && sentences.find((each) => holds(each, name));
      const test = sentence && testAt(sentence, name);
      return test === undefined ? [] : rowResults(test, row, [right, left]);
    });
    return found.length > 0 ? [{ table, found }] : [];
  });
}

/** In a table the columns tell the sides, which its lines by themselves do not. */
export function withTables(
  read: readonly TextProvocation[],
  sentences: readonly ClinicSentence[],
  testAt: TestAt,
): readonly TextProvocation[] {
  if (!sentences.some(({ marks }) => marks.some((mark) => plays(mark, 'provocation')))) return read;
  const tables = provocationTables(sentences, testAt);
  if (tables.length === 0) return read;
  const outside = read.filter(({ start, end }) =>
    tables.every(({ table }) => end <= table.start || start >= table.end),
  );
  return [...outside, ...tables.flatMap(({ found }) => found)].sort((a, b) => a.start - b.start);
}

function holds(sentence: ClinicSentence, { start, end }: Cell): boolean {
  const span = spanOf(sentence, sentence.placed.first, sentence.placed.end - 1);
  return span.start <= start && end <= span.end;
}

/** The concept of a role that a cell's words are marked with. */
export function conceptIn(sentence: ClinicSentence, cell: Span, ...roles: readonly string[]) {
  return sentence.marks
    .filter(({ first, last }) => {
      const { start, end } = spanOf(sentence, first, last);
      return start >= cell.start && end <= cell.end;
    })
    .flatMap((mark) => roles.flatMap((role) => sense(mark, role) ?? []))[0];
}
