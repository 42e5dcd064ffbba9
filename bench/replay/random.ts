/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

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
