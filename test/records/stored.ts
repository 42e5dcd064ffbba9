import type { Database } from '../../src/records/database.types.js';
import { storeFeedback, type FeedbackBatch, type StoredFeedback } from '../../src/records/feedback-log.js';
import { keepReferences, toDecisionRecord } from '../../src/records/to-decision-record.js';
import { AT, newUuid, reviewedCall } from './samples.js';

/** A reviewed call as it waits to be written. */
export function recordOf(...args: Parameters<typeof reviewedCall>): string {
  const parts = {
    keepReference: keepReferences('hashed', 'k'.repeat(32)),
    newUuid,
    date: () => new Date(AT),
  };
  return JSON.stringify(toDecisionRecord(reviewedCall(...args), parts));
}

export type Store = (
  feedback: FeedbackBatch['feedback'],
  client?: string,
  how?: { readonly comments?: 'store' | 'drop'; readonly tenant?: string },
) => Promise<StoredFeedback>;

/** Stores feedback in a database that is opened later. */
export function storeIn(database: () => Database): Store {
  return (feedback, client = '', { comments = 'drop', tenant = '' } = {}) =>
    storeFeedback(database(), { service: 'review', client, tenant, feedback }, { receivedAt: AT, comments });
}
