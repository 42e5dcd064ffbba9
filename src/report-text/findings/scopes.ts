/** Marks a scope covers: from the first to the last, both included. */
export interface Scope {
  readonly from: number;
  readonly to: number;
}

/** Whether one of some scopes covers a mark. */
export function covers(scopes: readonly Scope[], index: number): boolean {
  return scopes.some(({ from, to }) => from <= index && index <= to);
}
