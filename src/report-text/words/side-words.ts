/** Sides as they are written. */
export const SIDE_WORDS: ReadonlyMap<string, 'left' | 'right'> = new Map([
  ['left', 'left'],
  ['lt', 'left'],
  ['l', 'left'],
  ['right', 'right'],
  ['rt', 'right'],
  ['r', 'right'],
]);
