import type { Random } from '../../../src/sandbox/seeded.js';

/** Percent for each possibility; they have to make 100. */
export type Weighted<T extends string> = Readonly<Record<T, number>>;

export function choose<T extends string>(weights: Weighted<T>, random: Random): T {
  let left = random() * 100;
  const names = Object.keys(weights) as T[];
  for (const name of names) {
    left -= weights[name];
    if (left < 0) return name;
  }
  return names.at(-1) as T;
}
