import request from 'supertest';
import { createMetrics } from '../../src/metrics.js';
import { CALL, outcome, serve } from './served.js';

const FEEDBACK = `${CALL}/feedback`;
const TIME = '2020-12-11T00:00:00Z';
const ACCEPTED = {
  card: 'card-1',
  outcome: 'accepted',
  acceptedSuggestions: [{ id: 's-1' }],
  outcomeTimestamp: TIME,
};
const OVERRIDDEN = {
  card: 'card-2',
  outcome: 'overridden',
  overrideReason: { reason: { system: 'urn:r', code: 'x' }, userComment: 'Jane Doe refuses' },
  outcomeTimestamp: TIME,
};
const batch = (...feedback: readonly unknown[]) => ({ feedback });

describe('POST /cds-services/{id}/feedback', () => {
  test('G-70, FB-1, FB-3, FB-5: the examples, twice: 200 with {}', async () => {
    const { app } = serve();
    for (const body of [batch(ACCEPTED, OVERRIDDEN, ACCEPTED), batch(ACCEPTED, OVERRIDDEN, ACCEPTED)]) {
      const answer = await request(app).post(FEEDBACK).send(body).expect(200);
      expect(answer.text).toBe('{}');
    }
  });

  test('is counted in the log and in the metrics, and its comment is in neither (FB-8)', async () => {
    const metrics = createMetrics({ processMetrics: false });
    const { app, lines, logged } = serve({ metrics });
    await request(app)
      .post(FEEDBACK)
      .send(batch(ACCEPTED, OVERRIDDEN, ACCEPTED))
      .expect(200);
    expect(lines[0]).toMatchObject({
      event: 'feedback.received',
      service: 'review',
      accepted: 2,
      overridden: 1,
    });
    const counted = await metrics.render();
    expect(counted).toContain('stepwise_cds_feedback_total{service="review",outcome="accepted"} 2');
    expect(counted).toContain('stepwise_cds_feedback_total{service="review",outcome="overridden"} 1');
    expect(logged() + counted).not.toContain('Jane');
  });

  test('G-71: one bad item refuses the batch, and nothing of it is counted', async () => {
    const { app, logged } = serve();
    const { body } = await request(app)
      .post(FEEDBACK)
      .send(batch(ACCEPTED, { ...OVERRIDDEN, outcome: 'ignored' }))
      .expect(400);
    expect(body).toEqual(outcome('feedback[1].outcome'));
    expect(logged()).not.toContain('feedback.received');
  });

  test('G-72, FB-4: a card that nobody knows is counted', async () => {
    const { app, lines } = serve();
    await request(app)
      .post(FEEDBACK)
      .send(batch({ ...ACCEPTED, card: 'unknown' }))
      .expect(200);
    expect(lines[0]).toMatchObject({ accepted: 1 });
  });

  test('G-72: a comment of 100 kB: 400', async () => {
    const item = { ...OVERRIDDEN, overrideReason: { userComment: 'x'.repeat(100_000) } };
    const { body } = await request(serve().app).post(FEEDBACK).send(batch(item)).expect(400);
    expect(body).toEqual(outcome('feedback[0].overrideReason.userComment'));
  });

  test('ehr-shapes: overrideReasons, as Epic sends it', async () => {
    const { overrideReason: overrideReasons, ...item } = OVERRIDDEN;
    await request(serve().app)
      .post(FEEDBACK)
      .send(batch({ ...item, overrideReasons }))
      .expect(200);
  });

  test.each([
    ['no JSON', '{', 'application/json', 400],
    ['another media type', '{}', 'text/plain', 415],
  ])('%s', async (_name, body, type, status) => {
    await request(serve().app).post(FEEDBACK).set('Content-Type', type).send(body).expect(status);
  });
});
