/** What a client of the service meets, whatever the home of the records: tokens, feedback, browsers. */
import request from 'supertest';
import type { Database } from '../../src/records/database.types.js';
import {
  ANSWERS,
  answeringAndFailing,
  FOREIGN,
  preflightFor,
  preflightOf,
  ROUTES,
} from '../http/cors-cases.js';
import { CALL } from '../http/served.js';
import { orderSign } from '../cds-hooks/calls.js';
import { ISSUER, newKey, NOW, PUBLIC_URL, sign, type TokenChanges } from '../trust/issuer.js';
import { FORGED, PASSING, REFUSED } from '../trust/token-cases.js';
import { composeApp, PATIENCE_MS, type ComposedApp } from './composed.js';
import { ITEM, REFUSED_FEEDBACK } from './feedback-cases.js';

const KEY = await newKey('ec/key+1=');
const RSA = await newKey('rsa', 'RS384');
const OTHER = await newKey('ec/key+1=');
const ES256 = await newKey('p256', 'ES256');
const ORIGIN = 'https://ehr.example';
const FEEDBACK = `${CALL}/feedback`;

export interface Home {
  readonly settings: Readonly<Record<string, string>>;
  readonly open: () => Promise<Database>;
}

export function describeTrust(name: string, home: () => Promise<Home>): void {
  let composed: ComposedApp;
  let opened: Home;
  let callsWithToken = 0;
  beforeAll(async () => {
    opened = await home();
    const client = {
      issuer: ISSUER,
      jwks: { keys: [KEY.jwk, RSA.jwk, ES256.jwk] },
      fhirServers: [`${ORIGIN}/fhir`],
    };
    composed = await composeApp({
      settings: { ...opened.settings, PUBLIC_URL, CORS_ORIGINS: ORIGIN },
      ...{ clients: [client], services: answeringAndFailing(), wallClock: () => NOW * 1000 },
    });
    await composed.recording();
  }, PATIENCE_MS);

  const bearer = async (changes: TokenChanges = {}): Promise<string> => `Bearer ${await sign(KEY, changes)}`;
  const call = (authorization: string) =>
    request(composed.app).post(CALL).set('Authorization', authorization).send(orderSign());
  const tell = async (feedback: unknown) =>
    request(composed.app)
      .post(FEEDBACK)
      .set('Authorization', await bearer({ claims: { aud: PUBLIC_URL + FEEDBACK } }))
      .send(feedback as object);

  describe(`JWT-13 on ${name}`, () => {
    test.each(PASSING)(
      '%s: passes once, and is refused when it is used again (JWT-9)',
      async (_case, changes) => {
        const token = await bearer(changes);
        expect((await call(token)).status).toBe(200);
        expect((await call(token)).status).toBe(401);
      },
    );

    test.each(REFUSED)('%s: 401', async (_case, changes) => {
      expect((await call(await bearer(changes))).status).toBe(401);
    });

    test.each(FORGED)('%s: 401', async (_case, forge) => {
      const token = await forge({ own: KEY, other: OTHER, unagreed: ES256 });
      expect((await call(`Bearer ${token}`)).status).toBe(401);
    });

    test.each([
      [{ 'x-other': 'y' }, 401],
      [{ Authorization: 'Basic eDp5' }, 401],
    ])('a token in the query is none, whatever stands in the headers: %j', async (headers, status) => {
      const token = await sign(KEY);
      const sent = request(composed.app).post(`${CALL}?access_token=${token}`).set(headers);
      expect((await sent.send(orderSign())).status).toBe(status);
    });
  });

  describe(`CORS on ${name}`, () => {
    test.each(ROUTES)('CORS-2: a preflight of %s needs no token', async (path, method) => {
      const sent = request(composed.app).options(path).set(preflightOf(ORIGIN, method));
      expect((await sent.expect(204)).headers).toEqual(preflightFor(ORIGIN, method));
    });

    test.each(ANSWERS)('CORS-3: %s is readable', async (_name, path, body, status) => {
      if (path === CALL) callsWithToken += 1;
      const { headers } = await request(composed.app)
        .post(path)
        .set({ Origin: ORIGIN, Authorization: await bearer(), 'Content-Type': 'application/json' })
        .send(body)
        .expect(status);
      expect(headers['access-control-allow-origin']).toBe(ORIGIN);
    });

    test('CORS-3: a 401 is readable', async () => {
      const { headers } = await request(composed.app).post(CALL).set('Origin', ORIGIN).expect(401);
      expect(headers['access-control-allow-origin']).toBe(ORIGIN);
    });

    test.each(FOREIGN(ORIGIN))('CORS-4: %s is not allowed', async (_name, origin) => {
      const { headers } = await request(composed.app).post(CALL).set('Origin', origin).expect(401);
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    });
  });

  test(`G-73 on ${name}: no token where one is needed`, async () => {
    for (const path of [CALL, FEEDBACK]) await request(composed.app).post(path).send({}).expect(401);
    await request(composed.app).get('/cds-services').expect(200);
  });

  // The last, for the embedded database is opened by one process alone.
  test(`G-70, G-71, G-72 on ${name}: stored once, nothing of a bad batch, an unknown card counted`, async () => {
    const overridden = { ...ITEM, card: 'd', outcome: 'overridden', overrideReason: { userComment: 'none' } };
    const batch = { feedback: [ITEM, overridden, { ...overridden, overrideReason: undefined, card: 'e' }] };
    for (let times = 0; times < 2; times += 1) expect((await tell(batch)).status).toBe(200);
    for (const [, refused] of REFUSED_FEEDBACK) expect((await tell(refused)).status).toBe(400);
    expect(await composed.metrics()).toContain('feedback_unknown_cards_total{service="review"} 3');
    await composed.close();
    const database = await opened.open();
    const rows = await database.query('select outcome, client from feedback order by outcome');
    const uses = await database.query('select count(*)::int as count from token_use');
    await database.close();
    // Every token that passed, that of each batch among them, is remembered for all replicas.
    expect(uses).toEqual([{ count: PASSING.length + callsWithToken + 2 + REFUSED_FEEDBACK.length }]);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['accepted', 'overridden', 'overridden']);
    expect(new Set(rows.map(({ client }) => client))).toEqual(new Set([ISSUER]));
  });
}
