import { DatabaseError } from '../../src/records/database.types.js';
import { RecordQueue } from '../../src/records/record-queue.js';
import { until } from '../until.js';

/** A queue before a database that can be away, and may refuse records for good. */
function queueOf({ capacity = 1000, characters = 1_000_000 } = {}) {
  const state = { away: false, written: [] as string[], batches: 0, lost: 0, told: [] as number[] };
  const queue = new RecordQueue({
    capacity,
    characters,
    write: (records, lost) => {
      state.batches += 1;
      if (state.away) return Promise.reject(new DatabaseError('08006'));
      if (records.some((record) => record.includes('poison')))
        return Promise.reject(new DatabaseError('22P02'));
      state.written.push(...records);
      if (lost > 0) state.told.push(lost);
      return Promise.resolve();
    },
    onLost: (count) => {
      state.lost += count;
    },
  });
  return { queue, state };
}

test('records are written in their order, in batches, without being waited for', async () => {
  const { queue, state } = queueOf();
  for (let id = 0; id < 450; id += 1) queue.add({ id });
  expect(state.written).toEqual([]);
  await queue.close(1000);
  expect(state.written).toEqual(Array.from({ length: 450 }, (_, id) => `{"id":${id}}`));
  expect(state.batches).toBe(3);
});

test('they are written by themselves', async () => {
  const { queue, state } = queueOf();
  queue.add({ id: 1 });
  await until(() => state.written.length === 1);
});

test('while the database is away they wait, and what does not fit is lost and counted exactly', async () => {
  const { queue, state } = queueOf({ capacity: 30 });
  state.away = true;
  for (let id = 0; id < 100; id += 1) queue.add({ id });
  await queue.flush();
  expect(queue.failing).toBe(true);
  expect([queue.size, state.lost]).toEqual([30, 70]);
  state.away = false;
  await queue.flush();
  expect(queue.failing).toBe(false);
  queue.add({ id: 100 });
  await queue.close(1000);
  expect(state.written).toHaveLength(31);
  expect(state.told).toEqual([70]);
});

test('it comes back by itself', async () => {
  const { queue, state } = queueOf();
  state.away = true;
  queue.add({ id: 1 });
  await until(() => state.batches > 0);
  expect(state.written).toEqual([]);
  state.away = false;
  await until(() => state.written.length === 1);
});

test('it is bounded in characters too', () => {
  const { queue, state } = queueOf({ characters: 100 });
  for (let id = 0; id < 10; id += 1) queue.add({ text: 'x'.repeat(30) });
  expect([queue.size, state.lost]).toEqual([2, 8]);
});

test('a record that can never be written is lost alone', async () => {
  const { queue, state } = queueOf();
  for (let id = 0; id < 10; id += 1) queue.add(id === 4 ? { poison: true } : { id });
  await queue.close(1000);
  expect(state.written).toHaveLength(9);
  expect(state.lost).toBe(1);
});

test('what cannot be written before the end is lost and counted', async () => {
  const { queue, state } = queueOf();
  state.away = true;
  for (let id = 0; id < 5; id += 1) queue.add({ id });
  await queue.close(50);
  expect(state.lost).toBe(5);
});
