/** Files that import one another in a circle, types too: none of them can be read, moved or tested without the others. */
import { importsOf, type SourceFile } from './source-file.js';

/** Each circle once, by its files: `src/a.ts, src/b.ts`. */
export function importCircles(sources: readonly SourceFile[]): readonly string[] {
  const targets = new Map(sources.map((file) => [file.path, importsOf(file).map(({ target }) => target)]));
  const reached = new Map([...targets.keys()].map((path) => [path, reachableFrom(path, targets)]));
  const circles = [...reached]
    .filter(([path, reach]) => reach.has(path))
    .map(([path, reach]) =>
      [...reach]
        .filter((other) => reached.get(other)?.has(path))
        .sort()
        .join(', '),
    );
  return [...new Set(circles)];
}

function reachableFrom(path: string, targets: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...(targets.get(path) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...(targets.get(next) ?? []));
  }
  return reached;
}
