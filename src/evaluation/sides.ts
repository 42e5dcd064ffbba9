import type { Laterality, Side } from './evidence.js';

/** Whether something on `laterality` is on `side`. A record that names no side is read as covering it. */
export function covers(laterality: Laterality | undefined, side: Side | undefined): boolean {
  return side === undefined || laterality === undefined || laterality === 'bilateral' || laterality === side;
}

/** Whether `outer` covers all of `inner` (a right-sided block does not cover a bilateral finding). */
export function coversAll(outer: Laterality | undefined, inner: Laterality | undefined): boolean {
  if (outer === undefined || outer === 'bilateral') return true;
  return inner === undefined || inner === outer;
}

/** Whether two records may be of one side; one that names none may be of either. */
export function shareSide(a: Laterality | undefined, b: Laterality | undefined): boolean {
  return coversAll(a, b) || coversAll(b, a);
}

/** left + right = bilateral; with an unnamed side the named one stays. */
export function joinSides(a: Laterality | undefined, b: Laterality | undefined): Laterality | undefined {
  if (a === undefined || a === b) return b;
  if (b === undefined) return a;
  return 'bilateral';
}

/** The sides of several together; undefined where none is named. */
export function joinAll(sides: readonly (Laterality | undefined)[]): Laterality | undefined {
  return sides.reduce<Laterality | undefined>((all, side) => joinSides(all, side), undefined);
}

export function sidesOf(laterality: Laterality | undefined): readonly Side[] {
  if (laterality === undefined) return [];
  return laterality === 'bilateral' ? ['left', 'right'] : [laterality];
}
