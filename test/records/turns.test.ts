import { performance } from 'node:perf_hooks';
import { oneByOne } from '../../src/records/turns.js';

/** Turns that the event loop of this process has made. */
const turns = (): number =>
  (performance.nodeTiming as unknown as { uvMetricsInfo: { loopCount: number } }).uvMetricsInfo.loopCount;

describe('calls that were told together go on one by one', () => {
  test('the work of one is done before that of the next begins, in the order of asking', async () => {
    const ownTurn = oneByOne();
    const done: string[] = [];
    const call = async (name: string): Promise<void> => {
      await ownTurn();
      for (const part of ['mapped', 'evaluated']) {
        done.push(`${name} ${part}`);
        await Promise.resolve();
      }
    };
    await Promise.all(['a', 'b'].map(call));
    await call('c');
    expect(done).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} mapped`, `${name} evaluated`]));
  });

  test('what comes in is taken between two of them', async () => {
    const ownTurn = oneByOne();
    const at: number[] = [];
    await Promise.all([1, 2, 3].map(() => ownTurn().then(() => at.push(turns()))));
    expect(new Set(at).size).toBe(3);
  });
});
