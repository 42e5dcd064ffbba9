import type { Token } from './tokenise.js';

const MARKS: ReadonlyMap<string, string> = new Map([
  ['period', '.'],
  ['comma', ','],
  ['colon', ':'],
  ['semicolon', ';'],
]);
const HINT = /\bperiod\b/giu;
/** So many spoken stops, and more than written ones, show that a text was taken down as it was spoken. */
const FEWEST = 2;
/** What is no mark: "the postoperative period", "a period of rest", "sigmoid colon". */
const BEFORE_NOUN: ReadonlySet<string> = new Set(
  'the a this that of each any postoperative recovery time sigmoid descending ascending transverse'.split(
    ' ',
  ),
);

function isDictated(text: string): boolean {
  if (!text.includes('period') && !text.includes('PERIOD')) return false;
  const spoken = text.match(HINT)?.length ?? 0;
  return spoken >= FEWEST && spoken > text.split('. ').length - 1;
}

function markAt(tokens: readonly Token[], index: number): string | undefined {
  const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  const mark = token?.kind === 'word' ? MARKS.get(token.text) : undefined;
  if (mark === undefined || BEFORE_NOUN.has(before?.text ?? '') || next?.text === 'of') return undefined;
  return mark;
}

/** The tokens of a text whose stops and commas were spoken and written out ("no fracture period"), with the marks. */
export function withSpokenMarks(text: string, tokens: readonly Token[]): readonly Token[] {
  if (!isDictated(text)) return tokens;
  return tokens.map((token, index) => {
    const mark = markAt(tokens, index);
    return mark === undefined ? token : { ...token, kind: 'mark', text: mark, begins: 0, id: 0 };
  });
}
