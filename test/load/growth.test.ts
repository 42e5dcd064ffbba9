/** What `npm run soak` calls growth. */
import { growthOf, type MemorySample } from '../bench/soak/growth.js';

const MB = 1e6;
const LIMIT_MB = 50;

/** A run of 600 s, a sample every 5 s. */
function run(rss: (second: number) => number, heap: (second: number) => number): readonly MemorySample[] {
  return Array.from({ length: 120 }, (_, index) => {
    const atSeconds = index * 5;
    return { atSeconds, rssBytes: rss(atSeconds) * MB, heapBytes: heap(atSeconds) * MB };
  });
}

const sawtooth = (second: number): number => 60 + (second % 50);

describe('a soak', () => {
  test.each<[string, (second: number) => number, (second: number) => number, boolean]>([
    ['a heap that is collected, however high it stood between', () => 200, sawtooth, false],
    ['what a process takes while it warms up', (second) => Math.min(300, 100 + 2 * second), sawtooth, false],
    ['a single high moment', (second) => (second === 590 ? 900 : 200), sawtooth, false],
    ['memory that is given back', (second) => 300 - second / 10, sawtooth, false],
    ['resident memory that climbs', (second) => 200 + second / 6, sawtooth, true],
    ['a leak that the collections leave', () => 200, (second) => sawtooth(second) + second / 6, true],
    ['exactly the limit is none', (second) => (second < 300 ? 200 : 250), sawtooth, false],
    ['a little above it is', (second) => (second < 300 ? 200 : 251), sawtooth, true],
  ])('%s', (_name, rss, heap, grows) => {
    expect(growthOf(run(rss, heap), LIMIT_MB).grows).toBe(grows);
  });

  test('tells by how much', () => {
    const { rssMb, heapMb } = growthOf(
      run((second) => (second < 300 ? 200 : 280), sawtooth),
      LIMIT_MB,
    );
    expect([rssMb, heapMb]).toEqual([80, 0]);
  });

  test('a run too short to say is no pass', () => {
    expect(() => growthOf(run(() => 1, sawtooth).slice(0, 10), LIMIT_MB)).toThrow(/too few/);
  });
});
