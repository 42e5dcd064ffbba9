import { Fhir } from 'fhir/fhir.js';
import { auditEvents } from '../../src/records/audit-events.js';
import { writeDecisions } from '../../src/records/decision-log.js';
import type { Database } from '../../src/records/database.types.js';
import { readReport } from '../../src/records/report.js';
import { accepted, AT, cardWith, newUuid, overridden } from './samples.js';
import { recordOf, storeIn } from './stored.js';

/** What the report says of either home of the records; the tables are empty before each test. */
export function describeReport(name: string, database: () => Database): void {
  const store = storeIn(database);

  describe(`the report on ${name}`, () => {
    const period = { since: '2026-03-01T00:00:00.000Z', until: '2026-03-02T00:00:00.000Z' };

    const version = { policy: 'sij', version: '1.2.0', digest: 'aaaaaaaa' };
    const inShadow = (uuid: string): string =>
      recordOf([cardWith(uuid, newUuid())]).replace('"shadow":false', '"shadow":true');

    test('of a time in which nothing happened', async () => {
      expect(await readReport(database(), period)).toEqual({
        ...{ ...period, activity: [], cards: [], overrideReasons: [], decisions: [], shadow: [] },
        ...{
          missingData: [],
          latency: { calls: 0, p50: 0, p95: 0, p99: 0 },
          unknownCards: 0,
          lostRecords: 0,
        },
      });
    });

    test('counts each card once, by its last outcome, and leaves shadow calls and other days out', async () => {
      const [one, two, three, later] = [newUuid(), newUuid(), newUuid(), newUuid()];
      const shown = recordOf([one, two, three].map((uuid) => cardWith(uuid, newUuid())));
      const tomorrow = recordOf([cardWith(later, newUuid())]).replace(AT, '2026-03-02T00:00:00.000Z');
      const loss = { id: newUuid(), at: AT, count: 4 };
      await writeDecisions(database(), [shown, inShadow(newUuid()), tomorrow], loss);
      await store([accepted(one), overridden(two), accepted(newUuid())]);
      await store([accepted(two, '2026-02-28T00:00:00.000Z')]);
      const report = await readReport(database(), period);
      const topic = 'sij.radiofrequency-first';
      const counts = { shown: 3, accepted: 1, overridden: 1, muted: 0 };
      expect(report.cards).toEqual([{ ...version, topic, client: '', ...counts }]);
      expect(report.overrideReasons).toEqual([
        { ...version, topic, client: '', code: 'patient-declined', count: 1 },
      ]);
      expect(report.decisions).toEqual([{ ...version, decision: 'radiofrequency-first', count: 2 }]);
      expect(report.missingData).toEqual([{ kind: 'procedures', state: 'partial', count: 2 }]);
      expect(report).toMatchObject({ latency: { calls: 2 }, unknownCards: 1, lostRecords: 4 });
      expect(report.latency.p95).toBeCloseTo(12.3, 1);
    });

    test('holds shadow against live: calls and cards of each, under the same policy', async () => {
      const live = recordOf([cardWith(newUuid(), newUuid())], 'https://a.example');
      const silent = recordOf([], 'https://a.example');
      await writeDecisions(database(), [live, silent, inShadow(newUuid()), inShadow(newUuid())], undefined);
      const report = await readReport(database(), period);
      expect(report.shadow).toEqual([
        {
          ...{ ...version, topic: 'sij.radiofrequency-first' },
          ...{ inShadow: { calls: 2, cards: 2 }, live: { calls: 2, cards: 1 } },
        },
      ]);
      expect(report.activity).toEqual([
        { ...version, client: '', shadow: true, calls: 2 },
        { ...version, client: 'https://a.example', shadow: false, calls: 2 },
      ]);
    });

    test('tells decisions as AuditEvents that are FHIR, oldest first, with references as they are kept', async () => {
      const later = recordOf([]).replace(AT, '2026-03-01T11:00:00.000Z');
      await writeDecisions(database(), [later, recordOf([], 'https://a.example')], undefined);
      const events = [];
      for await (const page of auditEvents(database(), period)) events.push(...page);
      expect(events.map(({ recorded }) => recorded)).toEqual([AT, '2026-03-01T11:00:00.000Z']);
      for (const event of events) expect(new Fhir().validate(event)).toMatchObject({ valid: true });
      const text = JSON.stringify(events);
      expect(text).toContain('"https://a.example"');
      expect(text).toContain('"radiofrequency-first"');
      expect(text).not.toContain('Procedure/');
      expect(events[0]!['entity']).toHaveLength(2);
    });

    test('reads more AuditEvents than one page, each once', async () => {
      const records = Array.from({ length: 1203 }, () => recordOf([]));
      await writeDecisions(database(), records, undefined);
      const ids = [];
      for await (const page of auditEvents(database(), period)) ids.push(...page.map(({ id }) => id));
      expect([ids.length, new Set(ids).size]).toEqual([1203, 1203]);
    });

    test('says nothing of shadow where nobody is in it', async () => {
      await writeDecisions(database(), [recordOf([cardWith(newUuid(), newUuid())])], undefined);
      expect((await readReport(database(), period)).shadow).toEqual([]);
    });

    test('cards that were muted are counted apart', async () => {
      const muted = recordOf([cardWith(newUuid(), newUuid())]).replace(
        '"indicator"',
        '"muted":true,"indicator"',
      );
      await writeDecisions(database(), [muted, recordOf([cardWith(newUuid(), newUuid())])], undefined);
      expect((await readReport(database(), period)).cards).toMatchObject([{ shown: 1, muted: 1 }]);
    });
  });
}
