import type { Feedback } from '../cds-hooks/feedback.js';
import type { Caller, KeptCall } from '../cds-hooks/service.types.js';
import { CdsError } from '../errors.js';
import {
  toAssertionRows,
  toCallRow,
  writeAssertions,
  writeCalls,
  type AssertedCall,
} from './coverage-log.js';
import { writeDecisions } from './decision-log.js';
import type { Database } from './database.types.js';
import { storeFeedback, type StoredFeedback } from './feedback-log.js';
import { adviceKeysOf, mutedCards, type MutedCards, type Muting } from './muted-cards.js';
import { RecordQueue } from './record-queue.js';
import { readReport } from './report.js';
import type { Period, Report } from './report.types.js';
import { deleteOld } from './retention.js';
import type { Store } from './store.js';
import { toDecisionRecord, toKeptText, type KeepReference, type ReviewedCall } from './to-decision-record.js';
import { sharedTokenUses, writeTokenUses, type UsedToken } from './token-uses.js';

export interface RecordsParts {
  readonly store: Store;
  readonly keepReference: KeepReference;
  readonly feedbackComments: 'store' | 'drop';
  readonly retentionDays: number;
  /** Of whole calls; absent, as long as the rest. */
  readonly callDays?: number;
  /** Records that wait while the database is away. */
  readonly queueCapacity: number;
  readonly newUuid: () => string;
  readonly date: () => Date;
  readonly events: RecordEvents;
  /** Only where the site has a key and some client has cards muted that were overridden. */
  readonly muting?: Muting;
}

/** What an operator has to know of. */
export interface RecordEvents {
  lost(kind: RecordKind, count: number): void;
  feedbackStored(service: string, counts: StoredFeedback): void;
  /** A token was let in without asking the other replicas. */
  tokenUnshared(): void;
  retentionFailed(thrown: unknown): void;
}

export type RecordKind = 'decision' | 'token-use' | 'coverage-assertion' | 'crd-call';

/** The decision log, the feedback and the used tokens of this service. */
export interface Records {
  /** Takes at most the time to write it down as JSON; never throws for the database's sake. */
  readonly reviewed: (call: ReviewedCall) => void;
  /**
   * Which cards of a call are to be muted, by their uuid; none where the database does not say so within the time:
   * then all is shown.
   */
  readonly overridden?: (call: ReviewedCall, leftMs: number) => Promise<MutedCards | undefined>;
  readonly asserted: (call: AssertedCall) => void;
  /** Only for sites that keep whole calls. */
  called(call: KeptCall): void;
  /** Resolves when the batch is stored. @throws CdsError ERR_OVERLOADED when it is not: it has to be sent again */
  readonly feedback: (batch: ReceivedFeedback) => Promise<void>;
  tokenUses(own: { firstUse(use: UsedToken): Promise<boolean> }): {
    firstUse(use: UsedToken): Promise<boolean>;
  };
  /** @throws DatabaseError */
  readonly report: (period: Period) => Promise<Report>;
  /** Closed words; empty when records are kept, or not needed yet. */
  readonly notReady: () => readonly string[];
  /** Records that wait to be written. */
  waiting(): number;
  /** Writes what waits, for some seconds at most, and closes the database. */
  close(): Promise<void>;
}

export interface ReceivedFeedback {
  readonly service: string;
  readonly caller?: Caller;
  readonly feedback: readonly Feedback[];
}

/** Characters of JSON; a decision has some thousand. */
const QUEUE_CHARACTERS = 48_000_000;

/** Milliseconds. */
const CLOSE_MS = 5_000;
const FIRST_RETENTION_MS = 60_000;
const RETENTION_MS = 3_600_000;
const DAY_MS = 86_400_000;

export function createRecords(parts: RecordsParts): Records {
  const { store, muting } = parts;
  const decisions = decisionQueue(parts);
  const tokens = plainQueue(parts, 'token-use', writeTokenUses);
  const assertions = plainQueue(parts, 'coverage-assertion', writeAssertions);
  const calls = plainQueue(parts, 'crd-call', writeCalls);
  const queues = [decisions, tokens, assertions, calls];
  const retention = startRetention(parts);
  return {
    reviewed: (call) => {
      const adviceOf = muting && adviceKeysOf(call, muting);
      decisions.add(toDecisionRecord(call, { ...parts, ...(adviceOf && { adviceOf }) }));
    },
    asserted: (call) => {
      for (const row of toAssertionRows(call, parts)) assertions.add(row);
    },
    called: (call) => {
      calls.add(toCallRow(call, parts));
    },
    ...(muting && { overridden: (call, leftMs) => mutedCards(call, leftMs, { ...parts, muting }) }),
    feedback: async (batch) => {
      // So that feedback on a card of a moment ago finds it.
      await decisions.flush();
      await keepFeedback(batch, parts);
    },
    tokenUses: (own) =>
      sharedTokenUses({
        store,
        queue: tokens,
        own,
        onUnshared: () => {
          parts.events.tokenUnshared();
        },
      }),
    report: (period) => store.use((database) => readReport(database, period)),
    notReady: () => reasonsOf(store, queues),
    waiting: () => queues.reduce((total, { size }) => total + size, 0),
    close: async () => {
      clearTimeout(retention.timer);
      await Promise.all(queues.map((queue) => queue.close(CLOSE_MS)));
      await store.close();
    },
  };
}

function reasonsOf(store: Store, queues: readonly RecordQueue[]): readonly string[] {
  if (store.state === 'failed') return ['database'];
  return queues.some(({ failing }) => failing) ? ['records'] : [];
}

function decisionQueue(parts: RecordsParts): RecordQueue {
  const { store, newUuid, date, events } = parts;
  let lossId: string | undefined;
  return new RecordQueue({
    ...limitsOf(parts),
    write: async (records, lost) => {
      if (lost > 0) lossId ??= newUuid();
      const loss = lossId === undefined ? undefined : { id: lossId, at: date().toISOString(), count: lost };
      await store.use((database) => writeDecisions(database, records, loss));
      lossId = undefined;
    },
    onLost: (count) => {
      events.lost('decision', count);
    },
  });
}

/** A queue of rows of one table. */
function plainQueue(
  parts: RecordsParts,
  kind: RecordKind,
  write: (database: Database, records: readonly string[]) => Promise<void>,
): RecordQueue {
  return new RecordQueue({
    ...limitsOf(parts),
    write: (records) => parts.store.use((database) => write(database, records)),
    onLost: (count) => {
      parts.events.lost(kind, count);
    },
  });
}

function limitsOf({ queueCapacity: capacity }: RecordsParts) {
  return { capacity, characters: QUEUE_CHARACTERS };
}

async function keepFeedback(batch: ReceivedFeedback, parts: RecordsParts): Promise<void> {
  const { service, feedback, caller } = batch;
  const how = { receivedAt: parts.date().toISOString(), comments: parts.feedbackComments };
  const kept = { service, feedback, client: caller?.client ?? '', tenant: toKeptText(caller?.tenant ?? '') };
  try {
    const counts = await parts.store.use((database) => storeFeedback(database, kept, how));
    parts.events.feedbackStored(service, counts);
  } catch {
    throw new CdsError('ERR_OVERLOADED', 'the feedback could not be stored; send it again');
  }
}

function startRetention(parts: RecordsParts): { timer: NodeJS.Timeout } {
  const again = (ms: number): NodeJS.Timeout => {
    const timer = setTimeout(() => {
      void keepWithinAge(parts);
      running.timer = again(RETENTION_MS);
    }, ms);
    return timer.unref();
  };
  const running = { timer: again(FIRST_RETENTION_MS) };
  return running;
}

async function keepWithinAge({ store, retentionDays, callDays, date, events }: RecordsParts): Promise<void> {
  // Nothing has to be opened for it.
  if (store.state !== 'ready') return;
  const now = date();
  const daysAgo = (days: number): string => new Date(now.getTime() - days * DAY_MS).toISOString();
  const before = daysAgo(retentionDays);
  const callsBefore = daysAgo(callDays ?? retentionDays);
  try {
    await store.use((database) => deleteOld(database, { before, callsBefore, now: now.toISOString() }));
  } catch (thrown) {
    events.retentionFailed(thrown);
  }
}
