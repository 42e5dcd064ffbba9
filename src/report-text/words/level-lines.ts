import type { Token } from './tokenise.js';

export const VERTEBRA = /^[lts]\d{1,2}$/u;

/** "L4-L5 - 4 mm bulge": a line that begins with its level and a dash. */
export function opensWithLevel(tokens: readonly Token[], first: number): boolean {
  const [upper, , lower, dash] = tokens.slice(first, first + 4);
  if (lower === undefined || dash?.kind !== 'joint' || !VERTEBRA.test(upper?.text ?? '')) return false;
  return lower.end < dash.start;
}
