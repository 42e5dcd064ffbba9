import request from 'supertest';
import type { CdsResponse } from '../../src/cds-hooks/card.types.js';
import { orderSelect, orderSign } from '../cds-hooks/calls.js';
import { ADVICE, advising, CALL, outcome, serve, serviceThat } from './served.js';

const loose = (value: unknown): CdsResponse => value as CdsResponse;

describe('G-61, ERR-2: a service that fails', () => {
  test.each<[string, () => Promise<CdsResponse>]>([
    ['rejects', () => Promise.reject(new TypeError('no code in Jane Doe’s order'))],
    [
      'throws',
      () => {
        throw new TypeError('no code in Jane Doe’s order');
      },
    ],
    ['answers nothing', () => Promise.resolve(loose(undefined))],
    ['breaks a rule', () => Promise.resolve(loose({ cards: [{ summary: 'Jane Doe' }] }))],
  ])(
    '%s: 500 with an OperationOutcome, no stack, no value; the next call is answered',
    async (_name, answer) => {
      const sign = serviceThat(answer, ['order-sign']);
      const { app, logged } = serve({
        services: [sign, serviceThat(() => Promise.resolve(ADVICE), ['order-select'])],
      });
      const { body, text } = await request(app).post(CALL).send(orderSign()).expect(500);
      expect(body).toEqual(outcome());
      expect(text).not.toMatch(/Jane| at |\.ts/);
      expect(logged()).toContain('"event":"http.failed"');
      expect(logged()).not.toContain('Jane');
      await request(app).post(CALL).send(orderSelect()).expect(200);
    },
  );

  test('G-50 to G-56: the log names the rule that a builder broke, and where', async () => {
    const services = [
      serviceThat(() => Promise.resolve(loose({ cards: [{ ...ADVICE.cards[0], indicator: 'x' }] }))),
    ];
    const { app, lines } = serve({ services });
    await request(app).post(CALL).send(orderSign()).expect(500);
    expect(lines).toContainEqual(
      expect.objectContaining({
        err: expect.objectContaining({
          message: expect.stringContaining('CARD-4'),
          place: 'cards[0].indicator',
        }),
      }),
    );
  });
});

describe('PERF-3, PERF-4: the deadline', () => {
  test('is counted from the arrival and handed to the service', async () => {
    const service = advising();
    const time = { ms: 1000 };
    const { app } = serve({
      services: [service],
      config: { deadlineMs: 450 },
      clock: { now: () => time.ms },
    });
    await request(app).post(CALL).send(orderSign()).expect(200);
    time.ms = 2000;
    await request(app).post(CALL).send(orderSign()).expect(200);
    expect(service.calls.map(({ context }) => context.deadlineAt)).toEqual([1450, 2450]);
  });

  test('G-61: a service that never settles is answered for with 503 and Retry-After', async () => {
    const services = [serviceThat(() => new Promise(() => undefined))];
    const answer = await request(serve({ services, config: { deadlineMs: 60 } }).app)
      .post(CALL)
      .send(orderSign())
      .expect(503);
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.body).toEqual(outcome());
  });

  test('an answer within the grace is sent', async () => {
    const time = { ms: 0 };
    const late = (ms: number) =>
      serviceThat(async () => {
        time.ms += ms;
        await Promise.resolve();
        return ADVICE;
      });
    const clock = { now: () => time.ms };
    const { app } = serve({ services: [late(109)], config: { deadlineMs: 60 }, clock });
    await request(app).post(CALL).send(orderSign()).expect(200);
  });

  test('a service that fails after its answer went out is told in the log', async () => {
    const late = { reject: undefined as ((error: Error) => void) | undefined };
    const services = [
      serviceThat(
        () =>
          new Promise((_resolve, reject) => {
            late.reject = reject;
          }),
      ),
    ];
    const { app, lines } = serve({ services, config: { deadlineMs: 50 } });
    await request(app).post(CALL).send(orderSign()).expect(503);
    late.reject?.(new Error('Jane Doe'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(lines.at(-1)).toMatchObject({ level: 'error', event: 'call.late', err: { name: 'Error' } });
    expect(JSON.stringify(lines)).not.toContain('Jane');
  });
});

test('G-16, FA-4, JWT-11: neither token stands in a log line or a body, whatever fails', async () => {
  const failing = serviceThat(() => Promise.reject(new Error('SECRET-T SECRET-J')));
  const { app, logged } = serve({ services: [failing] });
  const bodies = [
    orderSign(),
    orderSign({ hook: 7 }),
    { ...orderSign(), context: 'SECRET-T' },
    { hook: 'SECRET-T' },
  ];
  const answers = [];
  for (const body of bodies)
    answers.push((await request(app).post(CALL).set('Authorization', 'Bearer SECRET-J').send(body)).text);
  expect(answers.join() + logged()).not.toMatch(/SECRET/);
});
