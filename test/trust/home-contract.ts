/** The whole matrix of tokens before one home of the records, which remembers what was used. */
import type { Database } from '../../src/records/database.types.js';
import { readMigrations } from '../../src/records/migrate.js';
import { Store } from '../../src/records/store.js';
import { sharedTokenUses } from '../../src/records/token-uses.js';
import { ownTokenUses, type TokenUse, type TokenUses } from '../../src/http/trust/replay.js';
import { describeCaller } from './caller-contract.js';
import { guard as withOwnMemory, type Guard } from './guarded.js';
import { clientWith, newKey, NOW, sign } from './issuer.js';
import { describeMatrix } from './matrix-contract.js';
import { describePrintedExample } from './printed-example-contract.js';
import { describePublishedKeys } from './published-keys-contract.js';

/** @param open a new, empty database */
export function describeTokens(name: string, open: () => Promise<Database>): void {
  let database: Database;
  let store: Store;
  const seen = { first: 0, unshared: 0 };
  beforeAll(async () => {
    database = await open();
    const migrations = readMigrations('src/records/migrations');
    store = new Store({ open: () => Promise.resolve(database), migrations });
    await store.use(({ query }) => query('select 1'));
  }, 300_000);
  afterAll(() => store.close());

  /** What a process just started remembers: nothing of its own, and all that the store does. */
  const newProcess = (): TokenUses => {
    const uses = sharedTokenUses({
      ...{ store, queue: { add: () => undefined }, own: ownTokenUses(() => NOW * 1000) },
      onUnshared: () => (seen.unshared += 1),
    });
    const firstUse = async (use: TokenUse): Promise<boolean> => {
      const first = await uses.firstUse(use);
      if (first) seen.first += 1;
      return first;
    };
    return { firstUse };
  };
  const guard: Guard = (clients, changes) => withOwnMemory(clients, { tokenUses: newProcess(), ...changes });

  describe(`on ${name}`, () => {
    describeMatrix(guard);
    describeCaller(guard);
    describePublishedKeys(guard);
    describePrintedExample(guard);

    test('JWT-9: a token used before a restart is refused after it', async () => {
      const key = await newKey('k');
      const client = clientWith({ jwks: [key.jwk] });
      const token = `Bearer ${await sign(key)}`;
      const unshared = seen.unshared;
      expect(await guard([client]).call(token)).toBe(200);
      // A store too slow to be waited for lets a token in, and says so.
      const expected = seen.unshared === unshared ? 401 : 200;
      expect(await guard([client]).call(token)).toBe(expected);
    });

    test('every token that passed is in the store', async () => {
      const [kept] = await database.query('select count(*)::int as count from token_use', []);
      expect(seen.first).toBeGreaterThan(50);
      expect(Number(kept!['count'])).toBeGreaterThanOrEqual(seen.first - seen.unshared);
      expect(Number(kept!['count'])).toBeLessThanOrEqual(seen.first);
    });
  });
}
