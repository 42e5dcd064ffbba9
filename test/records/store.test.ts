import { DatabaseError, type Database } from '../../src/records/database.types.js';
import { Store } from '../../src/records/store.js';
import { sharedTokenUses } from '../../src/records/token-uses.js';
import { until } from '../until.js';

/** A database that opens, or does not, and answers, or does not. */
function fake() {
  const state = {
    openFails: false,
    fails: undefined as string | undefined,
    hangs: false,
    opened: 0,
    asked: 0,
  };
  const query: Database['query'] = async () => {
    state.asked += 1;
    if (state.hangs) await new Promise(() => undefined);
    if (state.fails !== undefined) throw new DatabaseError(state.fails);
    return [{ first: 1 }];
  };
  const database: Database = { query, transaction: (work) => work(query), close: () => Promise.resolve() };
  const changes: string[] = [];
  const store = new Store({
    open: () => {
      state.opened += 1;
      return state.openFails ? Promise.reject(new Error('no')) : Promise.resolve(database);
    },
    migrations: [],
    onChange: (change) => changes.push(change),
  });
  stores.push(store);
  return { state, store, changes };
}

const stores: Store[] = [];
afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())));

const ask = (store: Store) => store.use(({ query }) => query('select 1'));

test('it is opened with its first use, once', async () => {
  const { state, store } = fake();
  expect([store.state, state.opened]).toEqual(['idle', 0]);
  await Promise.all([ask(store), ask(store)]);
  expect([store.state, state.opened]).toEqual(['ready', 1]);
});

test('one that cannot be opened is away: uses are refused at once, and it is tried again', async () => {
  const { state, store, changes } = fake();
  state.openFails = true;
  await expect(ask(store)).rejects.toMatchObject({ code: 'away' });
  await expect(ask(store)).rejects.toMatchObject({ code: 'away' });
  expect([store.state, state.opened]).toEqual(['failed', 1]);
  state.openFails = false;
  await until(() => store.state === 'ready');
  expect(changes).toEqual(['failed', 'ready']);
});

test.each([
  ['08006', 'failed'],
  ['ECONNREFUSED', 'failed'],
  ['57P01', 'failed'],
  ['53100', 'failed'],
  ['25006', 'failed'],
  ['unknown', 'failed'],
  ['22P02', 'ready'],
  ['42P01', 'ready'],
  ['40001', 'ready'],
])('after %s it is %s', async (code, expected) => {
  const { state, store } = fake();
  await ask(store);
  state.fails = code;
  await expect(ask(store)).rejects.toMatchObject({ code });
  expect(store.state).toBe(expected);
});

test('that it is away is seen without anybody asking', async () => {
  const { state, store } = fake();
  await ask(store);
  state.fails = '57P01';
  await until(() => store.state === 'failed');
});

describe('JWT-9: tokens shared by all replicas', () => {
  const use = { issuer: 'https://ehr.example', jti: 'a', expiresAt: 1_790_000_000 };

  function shared(store: Store, seen = false) {
    const added: object[] = [];
    let unshared = 0;
    const uses = sharedTokenUses({
      store,
      queue: { add: (record) => added.push(record) },
      own: { firstUse: () => Promise.resolve(!seen) },
      onUnshared: () => (unshared += 1),
    });
    return { uses, added, unshared: () => unshared };
  }

  test('what this process has seen is refused without asking', async () => {
    const { state, store } = fake();
    await ask(store);
    const { asked } = state;
    expect(await shared(store, true).uses.firstUse(use)).toBe(false);
    expect(state.asked).toBe(asked);
  });

  test.each(['idle', 'away', 'failing', 'hanging'])(
    'while the database is %s, no call waits: the token passes, is counted, and is written later',
    async (condition) => {
      const { state, store } = fake();
      if (condition !== 'idle') await ask(store);
      if (condition === 'away') {
        state.fails = '08006';
        await ask(store).catch(() => undefined);
      }
      state.fails = condition === 'failing' ? '53100' : undefined;
      state.hangs = condition === 'hanging';
      const { uses, added, unshared } = shared(store);
      expect(await uses.firstUse(use)).toBe(true);
      expect([added.length, unshared()]).toEqual([1, 1]);
      expect(JSON.stringify(added)).not.toContain('ehr.example');
    },
  );
});
