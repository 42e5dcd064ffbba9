/** Items by key, in the order of first appearance. */
export function groupBy<T, K>(items: readonly T[], key: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const own = key(item);
    const group = groups.get(own);
    if (group) group.push(item);
    else groups.set(own, [item]);
  }
  return groups;
}

/** Whether two lists have anything in common. */
export function shareOne(some: readonly string[], others: readonly string[]): boolean {
  for (const one of some) if (others.includes(one)) return true;
  return false;
}

/**
 * What is found for each item, in one list: `flatMap`, which the engine makes ten times as dear, for it defines every
 * element of its list anew.
 */
export function allOf<T, R>(items: readonly T[], find: (item: T, index: number) => R | readonly R[]): R[] {
  const all: R[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const found = find(items[index] as T, index);
    if (!isList(found)) all.push(found);
    else for (const one of found) all.push(one);
  }
  return all;
}

function isList<R>(found: R | readonly R[]): found is readonly R[] {
  return Array.isArray(found);
}
