import { levelGroups } from '../levels/levels.js';
import type { PhraseBook } from '../words/phrase-book.js';
import type { Token } from '../words/tokenise.js';

const PARTING: ReadonlySet<string> = new Set([',', ';', '|', '/', '-', '–', '—']);
const LINE_ENDS: ReadonlySet<string> = new Set(['.']);

/** Whether a line, or the sentence that it is, ends at a token. */
export function isLineEnd(token: Token | undefined): boolean {
  return token === undefined || token.kind === 'newline' || LINE_ENDS.has(token.text);
}

const UNCHANGED: ReadonlySet<string> = new Set(
  'no interval significant change changes unchanged stable similar same as before prior previously'.split(
    ' ',
  ),
);

/** "L5-S1 no change": how it was before is not told. "L3-4 no" tells that there is none. */
function isUnchanged(value: readonly Token[]): boolean {
  const isDenialAlone = value.length === 1 && value[0]?.text === 'no';
  return value.length > 0 && !isDenialAlone && value.every(({ text }) => UNCHANGED.has(text));
}

/**
 * "L2-3 normal - L3-4 mild, L4-5 severe": the parts that tell of something, each beginning with its level; undefined
 * where it is not so.
 */
export function partsByLevel(
  tokens: readonly Token[],
  book: PhraseBook,
): readonly (readonly Token[])[] | undefined {
  const groups = levelGroups(tokens, [0, tokens.length], book);
  if (groups.length < 2 || groups[0]?.first !== 0) return undefined;
  // "L4-5 not normal": a denial that no grade alone tells of.
  if (tokens.some(({ text }) => text === 'not')) return undefined;
  const parts: (readonly Token[])[] = [];
  for (const [index, { first, last }] of groups.entries()) {
    const next = groups[index + 1]?.first;
    const isParted = next === undefined || PARTING.has(tokens[next - 1]?.text ?? '');
    const end = next === undefined ? tokens.length : next - 1;
    if (!isParted || end <= last + 1) return undefined;
    if (!isUnchanged(tokens.slice(last + 1, end))) parts.push(tokens.slice(first, end));
  }
  return parts;
}

/**
 * "no stenosis at L3-4, severe stenosis at L4-5": the parts between commas, each naming one place; undefined where it
 * is not so.
 */
export function partsWithLevel(
  tokens: readonly Token[],
  book: PhraseBook,
): readonly (readonly Token[])[] | undefined {
  const parts: (readonly Token[])[] = [];
  for (let from = 0; from < tokens.length;) {
    const comma = tokens.findIndex(({ text }, index) => index >= from && (text === ',' || text === ';'));
    const part = tokens.slice(from, comma < 0 ? tokens.length : comma);
    const [level, ...more] = levelGroups(part, [0, part.length], book);
    if (level === undefined || more.length > 0 || level.last - level.first + 1 === part.length)
      return undefined;
    parts.push(part);
    from += part.length + 1;
  }
  return parts.length > 1 ? parts : undefined;
}

/** A semicolon before a part: what stands behind it is said of that part alone. */
export function partingBefore(part: readonly Token[]): Token {
  const at = part[0]?.start ?? 0;
  return { kind: 'mark', text: ';', start: at, end: at, begins: 0, id: 0 };
}
