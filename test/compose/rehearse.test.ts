import { setTimeout as sleep } from 'node:timers/promises';
import { untilQuiet } from '../../src/compose/rehearse.js';
import { composeServices } from '../../src/compose/services.js';
import { readConfig } from '../../src/config/config.js';
import { silentLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';
import { readJson } from '../golden-case.js';
import { review } from '../review/service.js';

const REHEARSAL = 'hooks/sij-neurectomy-review/rehearsal.json';

test('the rehearsal is a call that reads, judges and answers all there is, and fetches nothing', async () => {
  const { cards, extension } = await review(readJson(REHEARSAL));
  expect(cards.length).toBeGreaterThan(1);
  const { data, orders } = extension!['stepwise-cds.evaluation'];
  expect(data.filter(({ state }) => state !== 'complete')).toEqual([]);
  expect(orders[0]?.painGenerators?.length).toBeGreaterThan(1);
  expect(orders[0]?.decision).toBe('radiofrequency-first');
});

test('it is neither recorded nor counted', async () => {
  const metrics = createMetrics({ processMetrics: false });
  const reviewed: unknown[] = [];
  const newUuid = () => crypto.randomUUID();
  const composed = composeServices({
    config: readConfig({}),
    log: silentLog(),
    metrics,
    ambient: { now: () => performance.now(), date: () => new Date(0), random: () => 0, newUuid },
    recorder: { newUuid, reviewed: (one) => reviewed.push(one) },
  });
  await composed.rehearse();
  expect(reviewed).toEqual([]);
  expect(await metrics.render()).not.toMatch(/decisions_total\{|data_states_total\{/);
  await composed.close();
});

describe('a rehearsal', () => {
  test('waits for the calls of others before each of its own', async () => {
    let underWay = 2;
    let waited = false;
    const quiet = untilQuiet(() => underWay)().then(() => {
      waited = true;
    });
    await sleep(100);
    expect(waited).toBe(false);
    underWay = 0;
    await quiet;
    expect(waited).toBe(true);
  });

  test('goes on where calls come without end', async () => {
    let asked = 0;
    await untilQuiet(() => {
      asked += 1;
      return 1;
    })();
    expect(asked).toBeGreaterThan(1);
  });
});
