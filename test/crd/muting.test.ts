/**
 * AFTER_OVERRIDE with CRD: what a clinician has overridden is muted, and what the payer says of the orders is said all the
 * same (MIN-1: on every order-sign). On the embedded database.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recorderOf } from '../../src/compose/records.js';
import { toFeedback } from '../../src/cds-hooks/feedback.js';
import { openEmbedded } from '../../src/records/embedded.js';
import { readMigrations } from '../../src/records/migrate.js';
import { createRecords } from '../../src/records/records.js';
import { Store } from '../../src/records/store.js';
import { draft } from '../review/service.js';
import {
  coverage,
  crdOrderSign,
  crdService,
  informationOn,
  OTHER_PAYER,
  SERVICE,
  valuesOf,
  VERSIONS,
  type CrdAnswer,
  type CrdCard,
} from './service.js';

const newUuid = (): string => crypto.randomUUID();
const folder = mkdtempSync(join(tmpdir(), 'stepwise-muting-'));
const store = new Store({
  open: () => openEmbedded(folder, process.platform),
  migrations: readMigrations('src/records/migrations'),
});
const wanted: { answer: 'remind' | 'quiet' } = { answer: 'quiet' };
/** The time goes on for each test, so that what an earlier one overrode holds no longer. */
const clock = { ms: Date.parse('2026-03-20T12:00:00Z') };
const HOURS = 24;
const records = createRecords({
  ...{ store, newUuid, date: () => new Date(clock.ms) },
  ...{ feedbackComments: 'drop', retentionDays: 730, queueCapacity: 1000, keepReference: () => undefined },
  events: {
    lost: (kind) => {
      throw new Error(`${kind} lost`);
    },
    feedbackStored: () => undefined,
    tokenUnshared: () => undefined,
    retentionFailed: () => undefined,
  },
  muting: { key: 'k'.repeat(32), wantedBy: () => ({ ...wanted, hours: HOURS }) },
});
beforeEach(() => {
  clock.ms += (HOURS + 1) * 3_600_000;
});
afterAll(async () => {
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});

const serviceOf = (version: (typeof VERSIONS)[number]) =>
  crdService(version, { recorder: recorderOf(records, newUuid) });
type Service = ReturnType<typeof serviceOf>;

async function answerOf(service: Service, request: object = crdOrderSign()): Promise<CrdAnswer> {
  return (await service.post(request).expect(200)).body as CrdAnswer;
}

async function override(cards: readonly CrdCard[]): Promise<void> {
  const overrideReason = { reason: { system: 'urn:reasons', code: 'clinical-judgement' } };
  const outcomeTimestamp = new Date(clock.ms).toISOString();
  const feedback = cards.map(({ uuid: card }) => ({
    ...{ card, outcome: 'overridden', outcomeTimestamp, overrideReason },
  }));
  await records.feedback({ service: SERVICE, feedback: toFeedback({ feedback }) });
}

const summaries = ({ cards }: CrdAnswer): readonly string[] => cards.map(({ summary }) => summary);

describe.each(VERSIONS)('CRD %s', (version) => {
  test.each(['quiet', 'remind'] as const)('every card overridden, and muted as `%s`', async (answer) => {
    wanted.answer = answer;
    const service = serviceOf(version);
    const before = await answerOf(service);
    expect(before.cards.length).toBeGreaterThan(1);
    expect(before.systemActions).toHaveLength(1);
    await override(before.cards);
    const after = await answerOf(service);
    expect(after.systemActions).toEqual(before.systemActions);
    expect(after.extension).toEqual(before.extension);
    if (answer === 'quiet') expect(after.cards).toEqual([]);
    else expect(summaries(after).filter((one) => !one.startsWith('Overridden on '))).toEqual([]);
    const [[information]] = await informationOn(service, crdOrderSign());
    expect(valuesOf(information, 'covered')).toEqual(['not-covered']);
  });

  test('one of several cards with one topic is muted alone', async () => {
    wanted.answer = 'quiet';
    const service = serviceOf(version);
    const before = await answerOf(service);
    const topics = before.cards.map(({ source }) => source.topic.code);
    const shared = before.cards.filter(
      ({ source }) => topics.filter((one) => one === source.topic.code).length > 1,
    );
    expect(shared.length).toBeGreaterThan(1);
    await override(shared.slice(0, 1));
    expect(summaries(await answerOf(service))).toEqual(
      summaries(before).filter((summary) => summary !== shared[0]!.summary),
    );
  });

  test('another payer is other advice, and what it says is said', async () => {
    wanted.answer = 'quiet';
    const service = serviceOf(version);
    const ofOther = crdOrderSign([draft()], [coverage({ payor: [{ identifier: OTHER_PAYER }] })]);
    const other = await answerOf(service, ofOther);
    await override((await answerOf(service)).cards);
    const after = await answerOf(service, ofOther);
    expect([summaries(after), after.systemActions]).toEqual([summaries(other), other.systemActions]);
  });

  test('a reminder still says which order it is about (CC-6)', async () => {
    wanted.answer = 'remind';
    const service = serviceOf(version);
    const before = await answerOf(service);
    await override(before.cards);
    const after = await answerOf(service);
    expect(after.cards.map(({ extension }) => extension)).toEqual(
      before.cards.map(({ extension }) => extension),
    );
  });
});
