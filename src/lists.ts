/**
 * Lists made of lists, without `flatMap`: the engine takes ten times as long for it, for it defines every element of its
 * list anew, and it is on every way here.
 */

/** What is found for each item, one thing or several, in one list. */
export function allOf<T, R>(items: readonly T[], find: (item: T, index: number) => R | readonly R[]): R[] {
  const all: R[] = [];
  for (let index = 0; index < items.length; index += 1) {
    // The index is within the list.
    const found = find(items[index] as T, index);
    if (!isList(found)) all.push(found);
    else for (const one of found) all.push(one);
  }
  return all;
}

function isList<R>(found: R | readonly R[]): found is readonly R[] {
  return Array.isArray(found);
}

/** What the items give that give something. */
export function filterMapped<T, U>(items: readonly T[], of: (item: T, index: number) => U | undefined): U[] {
  const all: U[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const given = of(items[index] as T, index);
    if (given !== undefined) all.push(given);
  }
  return all;
}
