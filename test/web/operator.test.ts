/** The operators' page: who may see it, and what it asks the records for. */
import express from 'express';
import request from 'supertest';
import { operatorMount, type OperatorParts } from '../../src/web/operator.js';

const TOKEN = 'a token of thirty-two characters';
const PAGES = ['/operator', '/operator/', '/operator/report.json', '/OPERATOR', '/operator/none'];

function serve(readReport: OperatorParts['readReport'] = (period) => Promise.resolve(period)) {
  const refused: number[] = [];
  const { path, router } = operatorMount({
    ...{ token: TOKEN, readReport, date: () => new Date('2026-03-31T12:00:00Z') },
    onRefused: () => refused.push(1),
  });
  return { app: express().use(path, router), refused };
}

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const report = (app: express.Express, query = '') =>
  request(app)
    .get(`/operator/report.json${query}`)
    .set('Authorization', basic(`operator:${TOKEN}`));

describe('who is let in', () => {
  test.each(PAGES)('%s: nobody without the token, and the answer is kept nowhere', async (path) => {
    const { app, refused } = serve();
    const { headers, text } = await request(app).get(path).expect(401);
    expect(headers['www-authenticate']).toMatch(/^Basic realm="/);
    expect([headers['cache-control'], text, refused.length]).toEqual(['no-store', '', 1]);
  });

  test.each([
    ['another password', basic(`operator:${TOKEN}x`)],
    ['the beginning of it', basic(`operator:${TOKEN.slice(0, -1)}`)],
    ['an empty one', basic('operator:')],
    ['the token as a name', basic(`${TOKEN}:`)],
    ['no colon', basic(TOKEN)],
    ['a bearer token', `Bearer ${TOKEN}`],
    ['nothing behind the scheme', 'Basic '],
    ['no base64', 'Basic ::::'],
    ['a prototype', 'Basic __proto__'],
  ])('%s: 401', async (_name, authorization) => {
    await request(serve().app).get('/operator').set('Authorization', authorization).expect(401);
  });

  test.each(['operator', '', 'Jane'])('the token under the name %j: 200', async (name) => {
    const { app, refused } = serve();
    const { headers } = await request(app)
      .get('/operator')
      .set('Authorization', basic(`${name}:${TOKEN}`))
      .expect(200);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect([headers['cache-control'], refused]).toEqual(['no-store', []]);
  });
});

describe('the report', () => {
  test('of the last 30 days, or as many as are asked for', async () => {
    const { app } = serve();
    const until = '2026-03-31T12:00:00.000Z';
    expect((await report(app).expect(200)).body).toEqual({ since: '2026-03-01T12:00:00.000Z', until });
    expect((await report(app, '?days=1').expect(200)).body).toEqual({
      since: '2026-03-30T12:00:00.000Z',
      until,
    });
  });

  test.each(['0', '-1', '1.5', '3661', '99999', 'x', '1&days=2', '', '[]'])('days=%s: 400', async (days) => {
    const { body } = await report(serve().app, `?days=${days}`).expect(400);
    expect(body.resourceType).toBe('OperationOutcome');
  });

  test('while the records cannot be read: 503, and nothing of why', async () => {
    const { app } = serve(() => Promise.reject(new Error('postgres://user:password@host')));
    const { text } = await report(app).expect(503);
    expect(text).toContain('cannot be read now');
    expect(text).not.toContain('postgres');
  });

  test('no more than two are read at once', async () => {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const { app } = serve(() => ended.then(() => ({})));
    const server = app.listen(0);
    const asked = Array.from({ length: 3 }, () => request(server).get('/operator/report.json'));
    const answers = asked.map((one) =>
      one.set('Authorization', basic(`:${TOKEN}`)).then(({ status }) => status),
    );
    await Promise.race(answers);
    end();
    expect((await Promise.all(answers)).sort()).toEqual([200, 200, 503]);
    server.close();
  });
});
