/** The feedback route in front of its store: G-71, G-72, and what happens when nothing can be stored. */
import request from 'supertest';
import type { StoreFeedback } from '../../src/http/cds-services.js';
import { DatabaseError, type Database } from '../../src/records/database.types.js';
import { createRecords } from '../../src/records/records.js';
import { Store } from '../../src/records/store.js';
import { createMetrics } from '../../src/metrics.js';
import { CALL, outcome, serve } from '../http/served.js';
import { until } from '../until.js';
import { ITEM, REFUSED_FEEDBACK } from './feedback-cases.js';
import { AT, cardWith, newUuid, reviewedCall } from './samples.js';

const FEEDBACK = `${CALL}/feedback`;

function stored() {
  const batches: Parameters<StoreFeedback>[0][] = [];
  const storeFeedback: StoreFeedback = (batch) => {
    batches.push(batch);
    return Promise.resolve();
  };
  return { batches, storeFeedback };
}

test('a batch is stored before it is acknowledged', async () => {
  const order: string[] = [];
  const storeFeedback: StoreFeedback = async () => {
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    order.push('stored');
  };
  await request(serve({ storeFeedback }).app)
    .post(FEEDBACK)
    .send({ feedback: [ITEM] })
    .expect(200);
  expect([...order, 'acknowledged']).toEqual(['stored', 'acknowledged']);
});

test.each(REFUSED_FEEDBACK)('G-71: %s: 400, and nothing of the batch is stored', async (_name, body) => {
  const { batches, storeFeedback } = stored();
  const answer = await request(serve({ storeFeedback }).app)
    .post(FEEDBACK)
    .send(body as object)
    .expect(400);
  expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome' });
  expect(batches).toEqual([]);
});

test('G-72: an unknown card goes to the store like any other', async () => {
  const { batches, storeFeedback } = stored();
  await request(serve({ storeFeedback }).app)
    .post(FEEDBACK)
    .send({ feedback: [ITEM] })
    .expect(200);
  expect(batches).toMatchObject([{ service: 'review', feedback: [{ card: 'c' }] }]);
});

/** Records before a database that is there or not. */
function records() {
  const state = { away: true };
  const query: Database['query'] = () =>
    state.away ? Promise.reject(new DatabaseError('08006')) : Promise.resolve([{ stored: 1, unknown: 1 }]);
  const database: Database = { query, transaction: (work) => work(query), close: () => Promise.resolve() };
  const store = new Store({ open: () => Promise.resolve(database), migrations: [] });
  const events: unknown[] = [];
  const kept = createRecords({
    ...{
      store,
      keepReference: () => undefined,
      feedbackComments: 'drop',
      retentionDays: 1,
      queueCapacity: 2,
    },
    ...{ newUuid, date: () => new Date(AT) },
    events: {
      lost: (...event) => events.push(event),
      feedbackStored: (...event) => events.push(event),
      tokenUnshared: () => undefined,
      retentionFailed: () => undefined,
    },
  });
  return { state, store, kept, events };
}

test('while nothing can be stored: 503 with Retry-After, and the feedback is not counted', async () => {
  const { kept } = records();
  const metrics = createMetrics({ processMetrics: false });
  const { app, logged } = serve({ metrics, storeFeedback: kept.feedback, notReady: kept.notReady });
  const answer = await request(app)
    .post(FEEDBACK)
    .send({ feedback: [ITEM] })
    .expect(503);
  expect(answer.headers['retry-after']).toBe('1');
  expect(answer.body).toEqual(outcome());
  expect(await metrics.render()).not.toContain('feedback_total{');
  expect(logged()).not.toContain('feedback.received');
  const ready = await request(app).get('/health/ready').expect(503);
  expect(ready.body).toEqual({ status: 'not-ready', reasons: ['database'] });
  await kept.close();
});

test('reviews never throw and never wait; what does not fit is told at once, and readiness tells', async () => {
  const { kept, events } = records();
  expect(kept.notReady()).toEqual([]);
  for (let calls = 0; calls < 5; calls += 1) kept.reviewed(reviewedCall([cardWith(newUuid(), newUuid())]));
  expect(kept.waiting()).toBe(2);
  expect(events).toEqual(Array.from({ length: 3 }, () => ['decision', 1]));
  await until(() => kept.notReady().length > 0);
  expect(kept.notReady()).toEqual(['database']);
  await kept.close();
  expect(events).toContainEqual(['decision', 2]);
});

test('unknown cards and dropped comments are told', async () => {
  const { kept, state, events } = records();
  state.away = false;
  const comment = { outcome: 'overridden' as const, overrideReason: { userComment: 'Jane' } };
  await kept.feedback({ service: 'review', feedback: [{ card: 'c', outcomeTimestamp: AT, ...comment }] });
  expect(events).toEqual([['review', { stored: 1, unknownCards: 1, commentsDropped: 1 }]]);
  await kept.close();
});
