import { writeDecisions } from '../../src/records/decision-log.js';
import type { Database, Row } from '../../src/records/database.types.js';
import { migrate, readMigrations } from '../../src/records/migrate.js';
import { readReport } from '../../src/records/report.js';
import { deleteOld } from '../../src/records/retention.js';
import { describeReport } from './report-contract.js';
import { accepted, AT, cardWith, newUuid, overridden, PATIENT_VALUES } from './samples.js';
import { recordOf, storeIn } from './stored.js';

export const MIGRATIONS = readMigrations('src/records/migrations');
const TABLES = 'decision, card, feedback, token_use, record_loss';

/** What both homes of the records have to do alike. */
export function describeStore(name: string, open: () => Promise<Database>): void {
  let database: Database;
  const rows = (sql: string): Promise<readonly Row[]> => database.query(sql, []);
  const store = storeIn(() => database);

  beforeAll(async () => {
    database = await open();
    await migrate(database, MIGRATIONS);
  });
  beforeEach(async () => {
    await database.query(`truncate ${TABLES} cascade`);
  });
  afterAll(() => database.close());

  describe(`migrations on ${name}`, () => {
    test('run once', async () => {
      expect(await migrate(database, MIGRATIONS)).toEqual([]);
      const names = MIGRATIONS.map((migration) => migration.name);
      expect(await rows('select name from schema_migration')).toEqual(names.map((one) => ({ name: one })));
    });

    test('one that fails leaves nothing behind', async () => {
      const broken = { name: '9999-broken.sql', sql: 'create table half (a int); select nonsense' };
      await expect(migrate(database, [...MIGRATIONS, broken])).rejects.toMatchObject({ code: '42703' });
      expect(await rows(`select to_regclass('half') as half`)).toEqual([{ half: null }]);
    });
  });

  describe(`feedback on ${name}`, () => {
    test('G-70: sent twice, stored once per card, outcome and time; a later outcome is kept beside it', async () => {
      const [one, two] = [newUuid(), newUuid()];
      const batch = [accepted(one), overridden(two), overridden(two, 'Jane Roe'), accepted(one)];
      expect(await store(batch)).toMatchObject({ stored: 2, unknownCards: 2, commentsDropped: 1 });
      expect(await store(batch)).toMatchObject({ stored: 0, unknownCards: 0 });
      expect(await store([accepted(one, '2026-03-02T00:00:00.000Z')])).toMatchObject({ stored: 1 });
      expect(await rows('select count(*)::int as count from feedback')).toEqual([{ count: 3 }]);
    });

    test('G-72, FB-4: unknown are cards nobody was sent, and cards another client was sent', async () => {
      const [card, suggestion] = [newUuid(), newUuid()];
      await writeDecisions(
        database,
        [recordOf([cardWith(card, suggestion)], 'https://a.example')],
        undefined,
      );
      const north = { tenant: 'north' };
      expect(await store([accepted(card)], 'https://b.example', north)).toMatchObject({
        stored: 1,
        unknownCards: 1,
      });
      expect(await store([accepted(newUuid())], 'https://a.example', north)).toMatchObject({
        unknownCards: 1,
      });
      expect(await store([accepted(card.toUpperCase())], 'https://a.example', north)).toMatchObject({
        stored: 1,
        unknownCards: 0,
      });
    });

    test('another tenant of the same client can neither speak for a card nor keep its own feedback out', async () => {
      const card = newUuid();
      await writeDecisions(database, [recordOf([cardWith(card, newUuid())], 'https://a.example')], undefined);
      for (const tenant of ['south', ''])
        expect(await store([accepted(card)], 'https://a.example', { tenant })).toMatchObject({
          stored: 1,
          unknownCards: 1,
        });
      expect(await store([accepted(card)], 'https://a.example', { tenant: 'north' })).toMatchObject({
        stored: 1,
        unknownCards: 0,
      });
      const later = '2026-03-05T00:00:00.000Z';
      await store([{ ...overridden(card), outcomeTimestamp: later }], 'https://a.example', {
        tenant: 'south',
      });
      const { cards } = await readReport(database, { since: '2026-03-01T00:00:00.000Z', until: later });
      expect(cards).toMatchObject([{ shown: 1, accepted: 1, overridden: 0 }]);
    });

    test('FB-8: a comment is stored only where the site says so', async () => {
      await store([overridden(newUuid(), 'Jane')]);
      expect(await rows('select comment, reason_code from feedback')).toEqual([
        { comment: null, reason_code: 'patient-declined' },
      ]);
      await store([overridden(newUuid(), 'Jane')], '', { comments: 'store' });
      expect(await rows('select comment from feedback where comment is not null')).toEqual([
        { comment: 'Jane' },
      ]);
    });

    test('what a database cannot hold is taken all the same; what is no uuid is kept as a digest', async () => {
      const odd = [overridden('Jane Roe\0\ud800', 'a\0b\ud800c', 'x\0'), accepted('x'.repeat(100_000))];
      expect(await store(odd, '', { comments: 'store' })).toMatchObject({ stored: 2, unknownCards: 2 });
      const kept = JSON.stringify(await rows('select * from feedback'));
      expect(kept).toContain('"abc"');
      expect(kept).not.toContain('Jane');
      expect(kept.length).toBeLessThan(2000);
    });
  });

  describe(`decisions on ${name}`, () => {
    test('with their cards; again, and nothing changes', async () => {
      const [card, suggestion] = [newUuid(), newUuid()];
      const record = recordOf([cardWith(card, suggestion)], 'https://a.example');
      await writeDecisions(database, [record, recordOf([])], undefined);
      await writeDecisions(database, [record], undefined);
      expect(await rows('select client, tenant, orders from decision order by client')).toMatchObject([
        { client: '', tenant: null },
        { client: 'https://a.example', tenant: 'north', orders: [{ decision: 'radiofrequency-first' }] },
      ]);
      expect(await rows('select uuid, topic, indicator, suggestions from card')).toEqual([
        { uuid: card, topic: 'sij.radiofrequency-first', indicator: 'warning', suggestions: [suggestion] },
      ]);
    });

    test('hold no value of the patient', async () => {
      await writeDecisions(database, [recordOf([cardWith(newUuid(), newUuid())])], undefined);
      const kept = JSON.stringify([await rows('select * from decision'), await rows('select * from card')]);
      for (const value of PATIENT_VALUES) expect(kept).not.toContain(value);
    });

    test('all or none', async () => {
      const broken = recordOf([]).replace(AT, 'not a time');
      await expect(writeDecisions(database, [recordOf([]), broken], undefined)).rejects.toMatchObject({
        lasting: true,
      });
      expect(await rows('select count(*)::int as count from decision')).toEqual([{ count: 0 }]);
    });

    test('what was lost before is written beside them, and written again with more in it counts once', async () => {
      const id = newUuid();
      await writeDecisions(database, [recordOf([])], { id, at: AT, count: 3 });
      await writeDecisions(database, [recordOf([])], { id, at: AT, count: 5 });
      expect(await rows('select count from record_loss')).toEqual([{ count: 5 }]);
    });
  });

  describe(`retention on ${name}`, () => {
    test('what is older goes with its cards, what is not stays; tokens go when they have expired', async () => {
      const cards = [newUuid(), newUuid()] as const;
      const old = recordOf([cardWith(cards[0], newUuid())]).replace(AT, '2024-01-01T00:00:00.000Z');
      await writeDecisions(database, [old, recordOf([cardWith(cards[1], newUuid())])], undefined);
      await store([accepted(cards[0])]);
      await database.query(
        `insert into token_use values ('a', '2026-03-01T09:59:59Z'), ('b', '2026-03-01T10:00:01Z')`,
      );
      const deleted = await deleteOld(database, { before: '2025-01-01T00:00:00.000Z', now: AT });
      expect(deleted).toEqual({ decisions: 1, feedback: 0, tokenUses: 1 });
      expect(await rows('select uuid from card')).toEqual([{ uuid: cards[1] }]);
      expect(await rows('select token from token_use')).toEqual([{ token: 'b' }]);
      expect(await deleteOld(database, { before: '2026-03-02T00:00:00.000Z', now: AT })).toMatchObject({
        decisions: 1,
        feedback: 1,
      });
    });

    test('more than one statement deletes', async () => {
      await database.query(
        `insert into token_use select i::text, '2020-01-01Z' from generate_series(1, 2500) i`,
      );
      expect(await deleteOld(database, { before: AT, now: AT })).toMatchObject({ tokenUses: 2500 });
    });
  });
  describeReport(name, () => database);
}
