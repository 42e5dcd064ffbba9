import { migrate } from '../../src/records/migrate.js';
import { openPostgres } from '../../src/records/postgres.js';
import { Store } from '../../src/records/store.js';
import { sharedTokenUses } from '../../src/records/token-uses.js';
import { describeStore, MIGRATIONS } from '../records/store-contract.js';
import { newDatabase, openNew } from './databases.js';

describeStore('Postgres', () => openNew('contract'));

describe('replicas on one Postgres', () => {
  test('that start together migrate once', async () => {
    const url = await newDatabase('together');
    const replicas = Array.from({ length: 4 }, () => openPostgres(url));
    const ran = await Promise.all(replicas.map((replica) => migrate(replica, MIGRATIONS)));
    expect(ran.flat()).toEqual(MIGRATIONS.map(({ name }) => name));
    await Promise.all(replicas.map((replica) => replica.close()));
  });

  test('JWT-9: of eight that see one token at the same time, one takes it', async () => {
    const url = await newDatabase('race');
    const uses = Array.from({ length: 8 }, () => {
      const store = new Store({ open: () => Promise.resolve(openPostgres(url)), migrations: MIGRATIONS });
      const own = { firstUse: () => Promise.resolve(true) };
      const unshared = (): never => {
        throw new Error('every replica has to ask the database');
      };
      return {
        store,
        shared: sharedTokenUses({ store, queue: { add: unshared }, own, onUnshared: unshared }),
      };
    });
    for (const { store } of uses) await store.use(({ query }) => query('select 1'));
    const use = { issuer: 'https://ehr.example', jti: 'one', expiresAt: Date.now() / 1000 + 300 };
    const first = await Promise.all(uses.map(({ shared }) => shared.firstUse(use)));
    expect(first.filter(Boolean)).toHaveLength(1);
    const other = { ...use, issuer: 'https://other.example' };
    expect(await uses[0]!.shared.firstUse(other)).toBe(true);
    await Promise.all(uses.map(({ store }) => store.close()));
  });

  test('an address where nobody listens is a database that is away, soon', async () => {
    const database = openPostgres('postgres://stepwise@127.0.0.1:1/none');
    await expect(database.query('select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED', away: true });
    await database.close();
  });
});
