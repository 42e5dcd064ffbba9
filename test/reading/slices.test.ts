import { inSlices } from '../../src/reading/slices.js';

/** A work of so many steps that each take some milliseconds of a clock that only they move. */
function work(steps: number, milliseconds: number) {
  const clock = { ms: 0 };
  function* run(): Generator<void, string, boolean> {
    for (let step = 0; step < steps; step++) {
      clock.ms += milliseconds;
      yield;
    }
    return 'done';
  }
  return { run, now: () => clock.ms };
}

/** How many turns the event loop made meanwhile. */
async function turnsDuring(steps: number, milliseconds: number): Promise<number> {
  const { run, now } = work(steps, milliseconds);
  let turns = 0;
  let watching = true;
  const watch = (): void => {
    turns += 1;
    if (watching) setImmediate(watch);
  };
  setImmediate(watch);
  expect(await inSlices(run(), { now })).toBe('done');
  watching = false;
  return turns;
}

test('a work of 600 ms lets others in after every 10', async () => {
  expect(await turnsDuring(600, 1)).toBeGreaterThanOrEqual(59);
});

test('a work of 9 ms is done in one go', async () => {
  expect(await turnsDuring(9, 1)).toBe(0);
});

test('what a step throws comes out', async () => {
  // eslint-disable-next-line require-yield -- it fails before its first step
  function* failing(): Generator<void, string, boolean> {
    throw new Error('x');
  }
  await expect(inSlices(failing(), { now: () => 0 })).rejects.toThrow('x');
});

test('each step is told whether the time is over', async () => {
  const clock = { ms: 0 };
  function* run(): Generator<void, number, boolean> {
    for (let steps = 0; ; steps++) {
      clock.ms += 1;
      const isOver = yield;
      if (isOver) return steps;
    }
  }
  expect(await inSlices(run(), { now: () => clock.ms, until: 250 })).toBe(249);
});
