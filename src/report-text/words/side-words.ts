/** Sides as they are written. */
export const SIDE_WORDS: ReadonlyMap<string, 'left' | 'right'> = new Map([
  ['left', 'left'],
  ['lt', 'left'],
  ['l', 'left'],
  ['right', 'right'],
  ['rt', 'right'],
  ['r', 'right'],
]);

/** Whether a word names a side, or both. */
export function namesSide(word: string): boolean {
  return SIDE_WORDS.has(word) || word === 'bilateral' || word === 'bilaterally';
}
