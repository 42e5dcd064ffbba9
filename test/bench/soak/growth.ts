import { median } from '../load.js';

/** What a process holds, bytes, at a moment of a run. */
export interface MemorySample {
  /** Seconds since the load began. */
  readonly atSeconds: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

/** How much more a process holds at the end of a run than after its warm-up, MB of 10^6 bytes. */
export interface Growth {
  readonly rssMb: number;
  readonly heapMb: number;
  /** Whether one of them is above the limit. */
  readonly grows: boolean;
}

/** Share of a run in which the engine still compiles and caches still fill. */
const WARM_UP = 0.2;
/** Samples that a quarter needs, so that its middle says something. */
const LEAST_SAMPLES = 3;

/**
 * Compares the first quarter after the warm-up with the last: of the resident memory the median, for it moves by
 * pages that the system takes back late; of the heap the least, for only what a collection leaves is held.
 *
 * @param limitMb MB that may come to it
 * @throws Error when the run was too short to say
 */
export function growthOf(samples: readonly MemorySample[], limitMb: number): Growth {
  const end = samples.at(-1)?.atSeconds ?? 0;
  const warm = samples.filter(({ atSeconds }) => atSeconds >= end * WARM_UP);
  const quarter = Math.floor(warm.length / 4);
  if (quarter < LEAST_SAMPLES) throw new Error(`${samples.length} samples are too few to judge by`);
  const [first, last] = [warm.slice(0, quarter), warm.slice(-quarter)];
  const rssMb = (rssOf(last) - rssOf(first)) / 1e6;
  const heapMb = (heapOf(last) - heapOf(first)) / 1e6;
  return { rssMb, heapMb, grows: rssMb > limitMb || heapMb > limitMb };
}

function rssOf(samples: readonly MemorySample[]): number {
  return median(samples.map(({ rssBytes }) => rssBytes));
}

function heapOf(samples: readonly MemorySample[]): number {
  return Math.min(...samples.map(({ heapBytes }) => heapBytes));
}
