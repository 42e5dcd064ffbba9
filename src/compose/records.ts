import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Recorder, Review } from '../call-service.js';
import type { Ambient } from './services.js';
import type { RecordsConfig } from '../config/config.js';
import { StartupError } from '../errors.js';
import type { TrustedClient } from '../http/trust/trusted-client.types.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import type { Database } from '../records/database.types.js';
import { openEmbedded } from '../records/embedded.js';
import { readMigrations } from '../records/migrate.js';
import type { Muting } from '../records/muted-cards.js';
import { createRecords, type RecordEvents, type Records } from '../records/records.js';
import { Store } from '../records/store.js';
import { keepReferences, type ReviewedCall } from '../records/to-decision-record.js';

export interface RecordsSurroundings {
  readonly config: RecordsConfig;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly ambient: Ambient;
  readonly platform: NodeJS.Platform;
  /** Whether an embedded database is opened before the first record, too. */
  readonly openNow?: boolean;
  /** Their own wishes for cards that were overridden. */
  readonly clients?: readonly Pick<TrustedClient, 'issuer' | 'afterOverride'>[];
}

// In src/ whether compiled or not: the compiler does not copy them.
const MIGRATIONS = fileURLToPath(new URL('../../src/records/migrations/', import.meta.url));

/** The records in their home: Postgres, which is opened now, or the embedded one, opened with the first record. */
export function composeRecords(surroundings: RecordsSurroundings): Records {
  const { config, metrics, ambient } = surroundings;
  const store = openStore(surroundings);
  const records = createRecords({
    ...{ store, newUuid: ambient.newUuid, date: ambient.date },
    feedbackComments: config.feedbackComments,
    retentionDays: config.retentionDays,
    callDays: config.crdCallsDays,
    queueCapacity: config.recordsWaiting,
    keepReference: keepReferences(config.evidenceReferences, config.recordsKey),
    events: eventsOf(surroundings),
    ...mutingOf(surroundings),
  });
  metrics.watchRecords(() => ({ waiting: records.waiting(), usable: records.notReady().length === 0 }));
  if (config.databaseUrl !== undefined || surroundings.openNow) store.wake();
  return records;
}

/** @throws StartupError when a client wants it and there is no key to know patients by */
function mutingOf({ config, clients = [] }: RecordsSurroundings): { readonly muting?: Muting } {
  const { recordsKey: key, afterOverride: otherwise } = config;
  const wishes = new Map(clients.map(({ issuer, afterOverride }) => [issuer, afterOverride ?? otherwise]));
  if ([otherwise, ...wishes.values()].every(({ answer }) => answer === 'repeat')) return {};
  if (key === undefined)
    throw new StartupError('RECORDS_KEY', 'is needed for afterOverride of a trusted client');
  const wantedBy: Muting['wantedBy'] = (caller) => {
    const { answer, hours } = (caller && wishes.get(caller.client)) ?? otherwise;
    return answer === 'repeat' ? undefined : { answer, hours };
  };
  return { muting: { key, wantedBy } };
}

function openStore({ config, log, platform }: RecordsSurroundings): Store {
  return new Store({
    open: () => openDatabase(config, platform),
    migrations: readMigrations(MIGRATIONS),
    onChange: (state, thrown) => {
      if (state === 'ready') log.info('records are kept', { event: 'records.ready' });
      else log.error('records cannot be kept now', { event: 'records.away', err: thrown });
    },
  });
}

/**
 * The database that the settings name, as it is: nothing is migrated. The library of each home is loaded where it is
 * used: a start without it is faster.
 *
 * @throws DatabaseError
 */
export async function openDatabase(
  { databaseUrl, dataDir }: Pick<RecordsConfig, 'databaseUrl' | 'dataDir'>,
  platform: NodeJS.Platform,
): Promise<Database> {
  if (databaseUrl === undefined) return openEmbedded(path.resolve(dataDir, 'records'), platform);
  return (await import('../records/postgres.js')).openPostgres(databaseUrl);
}

/** Milliseconds between two lines about lost records: each record is counted, but not each is a line. */
const SHOUT_MS = 10_000;

function eventsOf({ log, metrics, ambient }: RecordsSurroundings): RecordEvents {
  const unsaid = { count: 0, since: Number.NEGATIVE_INFINITY };
  return {
    lost: (kind, count) => {
      metrics.recordsLost(kind, count);
      unsaid.count += count;
      if (ambient.now() - unsaid.since < SHOUT_MS) return;
      log.error('records are lost', { event: 'records.lost', reason: kind, count: unsaid.count });
      Object.assign(unsaid, { count: 0, since: ambient.now() });
    },
    feedbackStored: (service, { unknownCards, commentsDropped }) => {
      metrics.feedbackStored(service, { unknownCards, commentsDropped });
    },
    tokenUnshared: () => {
      metrics.tokenUnshared();
    },
    retentionFailed: (thrown) => {
      log.error('old records were not deleted', { event: 'records.retention-failed', err: thrown });
    },
  };
}

/** Every review goes into the decision log. */
export function recorderOf({ reviewed, asserted, overridden }: Records, newUuid: () => string): Recorder {
  return {
    newUuid,
    asserted,
    reviewed: (review) => {
      reviewed(toReviewedCall(review));
    },
    ...(overridden && {
      muted: (review, leftMs) => overridden(toReviewedCall({ ...review, durationMs: 0 }), leftMs),
    }),
  };
}

function toReviewedCall({ assessment: { evaluation }, response: { cards }, ...call }: Review): ReviewedCall {
  return { ...call, evaluation, cards, patientId: call.request.context.patientId };
}
