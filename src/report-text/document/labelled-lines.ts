import type { Token } from '../words/tokenise.js';

/** Few texts label a side: looking for that once tells the others apart. */
const SIDE_LABEL = /\b(?:side|laterality)[ \t]*:/iu;
/** A label in a line, and what parts it from the one before: a wide gap or a mark, where a capital needs a blank alone. */
const LABEL =
  /(?:[ \t]{2,}|[ \t]*[|;,][ \t]*)(?=(?:side|laterality|dos|date(?: of (?:service|procedure))?|procedures?(?: performed)?|relief)[ \t]*:)|[ \t](?=(?:Side|SIDE|Laterality|LATERALITY|DOS)[ \t]*:)/giu;
/** A line that begins with a label: "Procedure:", where "SI joint injection   Side:" does not. */
const LABELLED = /^[ \t•*-]*[a-z/]+(?: [a-z/]+){0,3}[ \t]*:/iu;
const SINGLE = /^[ \t](?:Side|SIDE|Laterality|LATERALITY|DOS)[ \t]*:/u;

/** What became of it: a line that says so says it of all before. */
const OUTCOME = /\b(?:status|disposition|result|outcome|decision|determination)[ \t]*:/iu;

/** Offsets in a text at which a line ends for one label and begins for the next. */
function partings(text: string): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let begin = 0;
  for (const line of text.split('\n')) {
    if (SIDE_LABEL.test(line) && LABELLED.test(line) && !OUTCOME.test(line))
      for (const { index, 0: gap } of line.matchAll(LABEL)) {
        const isBlank = gap.length === 1 && gap.trim() === '';
        if (!isBlank || SINGLE.test(line.slice(index)))
          found.push([begin + index, begin + index + gap.length]);
      }
    begin += line.length + 1;
  }
  return found;
}

/** "Procedure: SI joint injection    Side: Right" as two lines: each label says what stands behind it. */
export function withLabelledLines(text: string, tokens: readonly Token[]): readonly Token[] {
  if (!SIDE_LABEL.test(text)) return tokens;
  const gaps = partings(text);
  if (gaps.length === 0) return tokens;
  const parted: Token[] = [];
  let at = 0;
  for (const token of tokens) {
    const [from, to] = gaps[at] ?? [Infinity, Infinity];
    if (token.start >= to) {
      parted.push({ kind: 'newline', text: '\n', start: from, end: to, begins: 0, id: 0 });
      at += 1;
    }
    if (token.start < from || token.start >= to) parted.push(token);
  }
  return parted;
}
