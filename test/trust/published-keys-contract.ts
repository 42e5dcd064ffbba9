/** JWT-6: keys that a client publishes are fetched from the agreed place only, kept, and fetched again in time. */
import type { RequestListener } from 'node:http';
import { KEY_TIMES } from '../../src/http/trust/key-source.js';
import { until } from '../until.js';
import type { Guard } from './guarded.js';
import { clientWith, keysOf, newKey, serveJwks, sign, type JwksServer } from './issuer.js';

const FIRST = await newKey('first');
const SECOND = await newKey('second');
const SECOND_AS_FIRST = { ...SECOND, kid: 'first', jwk: { ...SECOND.jwk, kid: 'first' } };

const servers: JwksServer[] = [];
async function published(listener: RequestListener): Promise<JwksServer> {
  const server = await serveJwks(listener);
  servers.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const bearer = async (...args: Parameters<typeof sign>): Promise<string> => `Bearer ${await sign(...args)}`;

export function describePublishedKeys(guard: Guard): void {
  /** A client whose published keys can be exchanged, and the gate before it. */
  async function rotating() {
    const state = { keys: [FIRST.jwk], broken: false };
    const jwks = await published((request, response) => {
      if (state.broken) response.writeHead(500).end();
      else keysOf(() => state.keys)(request, response);
    });
    return { state, jwks, ...guard([clientWith({ jwksUri: jwks.url })]) };
  }

  describe('keys are kept', () => {
    test('a burst of calls costs one fetch', async () => {
      const { jwks, call } = await rotating();
      const calls = Array.from({ length: 20 }, async () => call(await bearer(FIRST)));
      expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
      expect(jwks.count()).toBe(1);
    });

    test('with the agreed jku, and with none', async () => {
      const { jwks, call } = await rotating();
      expect(await call(await bearer(FIRST, { header: { jku: jwks.url } }))).toBe(200);
      expect(await call(await bearer(FIRST))).toBe(200);
    });

    test('another jku is never asked', async () => {
      const evil = await published(keysOf(() => [SECOND.jwk]));
      const { call, reasons } = await rotating();
      expect(await call(await bearer(SECOND, { header: { jku: evil.url } }))).toBe(401);
      expect(reasons).toEqual(['jku-unknown']);
      expect(evil.count()).toBe(0);
    });

    test('fetched anew when they are old, beside the call', async () => {
      const { jwks, call, time } = await rotating();
      expect(await call(await bearer(FIRST))).toBe(200);
      time.ms = KEY_TIMES.fresh;
      expect(await call(await bearer(FIRST))).toBe(200);
      await until(() => jwks.count() === 2);
    });

    test('used on while the client fails, for a day and not longer', async () => {
      const { state, call, time, reasons } = await rotating();
      expect(await call(await bearer(FIRST))).toBe(200);
      state.broken = true;
      time.ms = KEY_TIMES.stale - 1;
      expect(await call(await bearer(FIRST))).toBe(200);
      time.ms = KEY_TIMES.stale + KEY_TIMES.afterFailure;
      expect(await call(await bearer(FIRST))).toBe(401);
      expect(reasons).toEqual(['keys-unavailable']);
    });
  });

  describe('keys are exchanged by the client', () => {
    test('a new key is taken at once, and the old one is gone', async () => {
      const { state, call, reasons } = await rotating();
      expect(await call(await bearer(FIRST))).toBe(200);
      state.keys = [SECOND.jwk];
      expect(await call(await bearer(SECOND))).toBe(200);
      expect(await call(await bearer(FIRST))).toBe(401);
      expect(reasons).toEqual(['key-unknown']);
    });

    test('also under the old id', async () => {
      const { state, call } = await rotating();
      expect(await call(await bearer(FIRST))).toBe(200);
      state.keys = [SECOND_AS_FIRST.jwk];
      expect(await call(await bearer(SECOND_AS_FIRST))).toBe(200);
    });

    test('unknown ids do not make the service ask again and again; within 30 s a new key is taken', async () => {
      const { state, jwks, call, time } = await rotating();
      for (let sent = 0; sent < 10; sent += 1) expect(await call(await bearer(SECOND))).toBe(401);
      expect(jwks.count()).toBe(2);
      state.keys = [FIRST.jwk, SECOND.jwk];
      time.ms = 30_000;
      expect(await call(await bearer(SECOND))).toBe(200);
      expect(jwks.count()).toBe(3);
    });
  });

  describe('JWT-13: keys that cannot be had', () => {
    const never: RequestListener = () => undefined;
    const large: RequestListener = (_request, response) => {
      response.write(`{"keys":[`);
      for (let written = 0; written < 5; written += 1) response.write(' '.repeat(1_048_576));
      response.end(`${JSON.stringify(FIRST.jwk)}]}`);
    };

    test.each<[string, RequestListener]>([
      ['500', (_request, response) => response.writeHead(500).end()],
      ['no JSON', (_request, response) => response.end('<html>')],
      ['no key set', (_request, response) => response.end('[]')],
      ['5 MB', large],
      ['an answer that never comes', never],
      ['a connection that is cut', (request) => request.socket.destroy()],
    ])('%s: 401, and the next call does not ask again', async (_name, listener) => {
      const { url, count } = await published(listener);
      const { call, reasons } = guard([clientWith({ jwksUri: url })]);
      expect(await call(await bearer(FIRST))).toBe(401);
      expect(await call(await bearer(FIRST))).toBe(401);
      expect(reasons).toEqual(['keys-unavailable', 'keys-unavailable']);
      expect(count()).toBe(1);
    });

    test('a redirect is not followed, not even to good keys', async () => {
      const good = await published(keysOf(() => [FIRST.jwk]));
      const { url } = await published((_request, response) =>
        response.writeHead(302, { location: good.url }).end(),
      );
      expect(await guard([clientWith({ jwksUri: url })]).call(await bearer(FIRST))).toBe(401);
      expect(good.count()).toBe(0);
    });

    test('nobody listening: 401; as soon as somebody does and a moment has passed, 200', async () => {
      const { jwks, state, call, time } = await rotating();
      state.broken = true;
      expect(await call(await bearer(FIRST))).toBe(401);
      state.broken = false;
      expect(await call(await bearer(FIRST))).toBe(401);
      time.ms = KEY_TIMES.afterFailure;
      expect(await call(await bearer(FIRST))).toBe(200);
      expect(jwks.count()).toBe(2);
    });

    test('keys of no use in the set do not spoil the others', async () => {
      const useless = [{ kty: 'oct', k: 'AAAA', kid: 'first' }, { kty: 'EC', kid: 'first' }, 'text'];
      const { url } = await published((_request, response) =>
        response.end(JSON.stringify({ keys: [...useless, FIRST.jwk] })),
      );
      expect(await guard([clientWith({ jwksUri: url })]).call(await bearer(FIRST))).toBe(200);
    });

    test('one client whose server hangs does not delay another', async () => {
      const { url } = await published(never);
      const other = clientWith({ jwks: [SECOND.jwk] });
      const { call } = guard([clientWith({ jwksUri: url, issuer: 'https://slow.example' }), other]);
      expect(await call(await bearer(SECOND))).toBe(200);
    });
  });
}
