import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import request from 'supertest';
import { createAdmission } from '../../src/http/load/admission.js';
import { NO_CLAIM } from '../../src/http/load/body-room.js';
import { ArrivingBody } from '../../src/http/arriving-body.js';
import { createRateLimit } from '../../src/http/load/rate-limit.js';
import { createReceiveBuffers } from '../../src/http/receive-buffers.js';
import type { Gate } from '../../src/http/exchange.js';
import { orderSign } from '../cds-hooks/calls.js';
import { ADVICE, CALL, outcome, serve, serviceThat } from '../http/served.js';

/** An event loop that is never late. */
const now = (): number => 0;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('load shedding', () => {
  /** A service whose answers are held back until they are let go. */
  function held() {
    const release: (() => void)[] = [];
    const service = serviceThat(
      () =>
        new Promise((resolve) =>
          release.push(() => {
            resolve(ADVICE);
          }),
        ),
    );
    return { service, release };
  }

  test('a call beyond those that fit: 503, Retry-After and an OperationOutcome; afterwards there is room again', async () => {
    const admission = createAdmission({ callsInFlight: 2, lagMs: 1000, now });
    const { service, release } = held();
    const { app } = serve({ services: [service], admission, config: { deadlineMs: 60_000 } });
    const inside = [1, 2].map(() =>
      request(app)
        .post(CALL)
        .send(orderSign())
        .then(({ status }) => status),
    );
    while (release.length < 2) await wait(5);
    const turnedAway = await request(app).post(CALL).send(orderSign()).expect(503);
    expect(turnedAway.headers['retry-after']).toBe('1');
    expect(turnedAway.body).toEqual(outcome());
    for (const path of ['/cds-services', '/health/live', '/metrics'])
      await request(app).get(path).expect(200);
    release.forEach((answer) => {
      answer();
    });
    expect(await Promise.all(inside)).toEqual([200, 200]);
    const again = request(app)
      .post(CALL)
      .send(orderSign())
      .then(({ status }) => status);
    while (release.length < 3) await wait(5);
    release[2]!();
    expect(await again).toBe(200);
    admission.close();
  });

  test('calls that fail, and calls that a gate refuses, leave their place', async () => {
    const admission = createAdmission({ callsInFlight: 1, lagMs: 1000, now });
    const { app } = serve({ services: [serviceThat(() => Promise.reject(new Error('x')))], admission });
    for (let calls = 0; calls < 3; calls += 1) await request(app).post(CALL).send(orderSign()).expect(500);
    for (let calls = 0; calls < 3; calls += 1) await request(app).post(CALL).send('{').expect(415);
    await request(app).post(CALL).send(orderSign()).expect(500);
    admission.close();
  });

  test('a late event loop closes the door, and opens it again when it keeps up', async () => {
    const time = { ms: 0 };
    const admission = createAdmission({ callsInFlight: 10, lagMs: 200, now: () => time.ms });
    time.ms = 2000;
    await wait(70);
    expect(() => {
      admission.enter();
    }).toThrow('go on without advice');
    for (let looks = 0; looks < 12; looks += 1) {
      time.ms += 50;
      await wait(60);
    }
    expect(() => {
      admission.enter();
    }).not.toThrow();
    admission.close();
  });
});

describe('rate limit per client', () => {
  const callOf = (client: string | undefined, tenant?: string): Parameters<Gate>[0] => {
    const request = new IncomingMessage(new Socket());
    return {
      ...{ request, requestId: 'r', arrivedAt: 0, claim: NO_CLAIM },
      body: new ArrivingBody(request, createReceiveBuffers()),
      ...(client !== undefined && { caller: { client, ...(tenant !== undefined && { tenant }) } }),
    };
  };

  function limited(perSecond: number) {
    const time = { ms: 0 };
    const gate = createRateLimit({ perSecond, now: () => time.ms });
    const passes = (client?: string, tenant?: string): boolean => {
      try {
        void gate(callOf(client, tenant), 'service');
        return true;
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'ERR_TOO_MANY_REQUESTS', status: 429 });
        return false;
      }
    };
    return { time, passes };
  }

  test('twice the rate at once, then as many as the rate gives', () => {
    const { time, passes } = limited(10);
    expect(Array.from({ length: 25 }, () => passes('a')).filter(Boolean)).toHaveLength(20);
    time.ms = 499;
    expect(Array.from({ length: 25 }, () => passes('a')).filter(Boolean)).toHaveLength(4);
    time.ms = 1000;
    expect(Array.from({ length: 25 }, () => passes('a')).filter(Boolean)).toHaveLength(5);
  });

  test('each client, and each tenant of one, has its own', () => {
    const { passes } = limited(1);
    for (let calls = 0; calls < 5; calls += 1) passes('a', 'x');
    expect([passes('a', 'x'), passes('a', 'y'), passes('b')]).toEqual([false, true, true]);
  });

  test('where no clients are set there is none', () => {
    const { passes } = limited(1);
    expect(Array.from({ length: 10 }, () => passes()).every(Boolean)).toBe(true);
  });
});
