import type { Mark } from '../marks/marks.js';
import type { Token } from '../words/tokenise.js';

const UNITS = /^(?:\d+)?(?:mm|cm|%)$/u;
/** Tokens of a size: "3", "1.2", "3 x 4". */
const SIZE_TOKENS = 6;

/** "4 mm, previously 3 mm": the size was another, and what has it is there. */
export function tellsSize(tokens: readonly Token[], { last }: Mark): boolean {
  if (!/^\d/u.test(tokens[last + 1]?.text ?? '')) return false;
  return tokens.slice(last + 1, last + 1 + SIZE_TOKENS).some(({ text }) => UNITS.test(text));
}
