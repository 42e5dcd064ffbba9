/** How a token is carried, used up and refused (JWT-2, JWT-5, JWT-9, JWT-11, G-73). */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { CALL } from '../http/served.js';
import type { Guard } from './guarded.js';
import { CALL_URL, clientWith, ISSUER, newKey, NOW, sign } from './issuer.js';

const KEY = await newKey('k');
const client = clientWith({ jwks: [KEY.jwk] });
const FEEDBACK = `${CALL}/feedback`;
const feedback = {
  feedback: [
    {
      card: 'c',
      outcome: 'accepted',
      acceptedSuggestions: [{ id: 's' }],
      outcomeTimestamp: '2026-01-01T00:00:00Z',
    },
  ],
};

export function describeCaller(guard: Guard): void {
  describe('G-73, JWT-1: no token where one is required', () => {
    test.each([CALL, FEEDBACK])('%s: 401, before the body is read', async (path) => {
      const { app, service, reasons } = guard([client]);
      const answer = await request(app)
        .post(path)
        .set('Content-Type', 'application/json')
        .send('{')
        .expect(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(reasons).toEqual(['no-token']);
      expect(service.calls).toEqual([]);
    });

    test('a token in the query is not looked at', async () => {
      const { call } = guard([client]);
      const token = await sign(KEY);
      expect(await call(undefined, `${CALL}?access_token=${token}`)).toBe(401);
      expect(await call(`Bearer ${token}`, `${CALL}?access_token=x`)).toBe(200);
    });

    test.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer ', 'x.y.z'])('Authorization: %s', async (header) => {
      expect(await guard([client]).call(header)).toBe(401);
    });

    test('DISC-14: discovery, the probes and the metrics need none', async () => {
      const { app } = guard([client]);
      for (const path of ['/cds-services', '/health/live', '/health/ready', '/metrics'])
        await request(app).get(path).expect(200);
    });
  });

  test('two Authorization headers, both good: 401', async () => {
    const { app, reasons } = guard([client]);
    const server = http.createServer(app as http.RequestListener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const authorization = [`Bearer ${await sign(KEY)}`, `Bearer ${await sign(KEY)}`];
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const sent = http.request({ host: '127.0.0.1', port, path: CALL, method: 'POST', agent: false });
      sent.setHeader('Authorization', authorization);
      sent.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject).end('{}');
    });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(status).toBe(401);
    expect(reasons).toEqual(['several-tokens']);
  });

  describe('JWT-9: a token is used once', () => {
    test('the second time it is refused; the same jti of another issuer is another token', async () => {
      const other = { ...client, issuer: 'https://other.example' };
      const { call, reasons } = guard([client, other]);
      const token = await sign(KEY, { claims: { jti: 'one' } });
      expect(await call(`Bearer ${token}`)).toBe(200);
      expect(await call(`Bearer ${token}`)).toBe(401);
      expect(await call(`Bearer ${await sign(KEY, { claims: { jti: 'one' } })}`)).toBe(401);
      const theirs = await sign(KEY, { claims: { jti: 'one', iss: other.issuer } });
      expect(await call(`Bearer ${theirs}`)).toBe(200);
      expect(reasons).toEqual(['replayed', 'replayed']);
    });

    test('also for feedback after a call, in another tenant, and where others are asked for it', async () => {
      const { call, app, reasons } = guard([client]);
      const token = (claims: object) => sign(KEY, { claims: { jti: 'three', ...claims } });
      expect(await call(`Bearer ${await token({ tenant: 'a' })}`)).toBe(200);
      expect(await call(`Bearer ${await token({ tenant: 'b' })}`)).toBe(401);
      expect(await call(`Bearer ${await token({ exp: NOW + 900 })}`)).toBe(401);
      const forFeedback = await token({ aud: `${CALL_URL}/feedback` });
      await request(app)
        .post(FEEDBACK)
        .set('Authorization', `Bearer ${forFeedback}`)
        .send(feedback)
        .expect(401);
      expect(reasons).toEqual(['replayed', 'replayed', 'replayed']);
    });

    test('a token that was refused is not used up', async () => {
      const { call } = guard([client]);
      const claims = { jti: 'two', aud: [CALL_URL, `${CALL_URL}-x`] };
      expect(await call(`Bearer ${await sign(KEY, { claims: { ...claims, aud: 'x' } })}`)).toBe(401);
      expect(await call(`Bearer ${await sign(KEY, { claims })}`)).toBe(200);
    });

    test('unless a site allows it', async () => {
      const allowing = guard([client], { tokenUses: { firstUse: () => Promise.resolve(true) } });
      const token = await sign(KEY);
      expect(await allowing.call(`Bearer ${token}`)).toBe(200);
      expect(await allowing.call(`Bearer ${token}`)).toBe(200);
    });
  });

  describe('JWT-5: aud of feedback', () => {
    const post = (app: Parameters<typeof request>[0], token: string) =>
      request(app).post(FEEDBACK).set('Authorization', `Bearer ${token}`).send(feedback);

    test('is the feedback URL', async () => {
      const { app } = guard([client]);
      await post(app, await sign(KEY, { claims: { aud: `${CALL_URL}/feedback` } })).expect(200);
      await post(app, await sign(KEY)).expect(401);
    });

    test('or by option the URL of the service; not the other way round', async () => {
      const { app, call } = guard([client], { serviceAudienceForFeedback: true });
      await post(app, await sign(KEY)).expect(200);
      await post(app, await sign(KEY, { claims: { aud: `${CALL_URL}/feedback` } })).expect(200);
      expect(await call(`Bearer ${await sign(KEY, { claims: { aud: `${CALL_URL}/feedback` } })}`)).toBe(401);
    });

    test('is built from the public address, whatever Host says', async () => {
      const { app, reasons } = guard([client]);
      const aud = 'http://evil.example/cds-services/review';
      const token = await sign(KEY, { claims: { aud } });
      await request(app)
        .post(CALL)
        .set({ Host: 'evil.example', Authorization: `Bearer ${token}` })
        .expect(401);
      expect(reasons).toEqual(['audience-wrong']);
    });
  });

  test('JWT-11: every refusal has the same answer, and no token stands in the log', async () => {
    const { send, logged } = guard([client]);
    const tokens = [
      await sign(KEY, { claims: { iss: 'https://SECRET.example' } }),
      await sign(KEY, { claims: { exp: NOW - 1000 } }),
      await sign(KEY, { header: { kid: 'x' } }),
    ];
    const answers = [await send(), ...(await Promise.all(tokens.map((token) => send(`Bearer ${token}`))))];
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const headers = answers.map(({ headers: { date, 'x-request-id': id, ...rest } }) => JSON.stringify(rest));
    expect(new Set(headers).size).toBe(1);
    for (const secret of [...tokens, 'SECRET', ISSUER]) expect(logged()).not.toContain(secret);
  });
}
