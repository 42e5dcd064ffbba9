/** Two service processes that share nothing but one Postgres. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from '../../src/records/database.types.js';
import { readMigrations } from '../../src/records/migrate.js';
import { openPostgres } from '../../src/records/postgres.js';
import { describeCrash, describeStop } from '../records/crash-contract.js';
import { freePort } from '../free-port.mjs';
import {
  acceptedFeedback,
  cardsOf,
  metricOf,
  reviewedRequest,
  SERVICE,
  startService,
  type ServiceProcess,
} from '../records/service-process.js';
import { ISSUER, newKey, sign } from '../trust/issuer.js';
import { until } from '../until.js';
import { newDatabase } from './databases.js';

const KEY = await newKey('k');
const SHADOW_ISSUER = 'https://trial.example';
const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-nodes-'));
const nodes: ServiceProcess[] = [];
let database: Database;
let publicUrl: string;

/** Authorization of one call, for the public address that both nodes have. */
async function tokenFor(place: string, iss = ISSUER): Promise<Record<string, string>> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss, aud: `${publicUrl}${place}`, iat: now, exp: now + 300, jti: crypto.randomUUID() };
  return { authorization: `Bearer ${await sign(KEY, { claims })}` };
}

beforeAll(async () => {
  const url = await newDatabase('nodes');
  const ports = [await freePort(), await freePort()];
  publicUrl = `http://127.0.0.1:${ports[0]}`;
  const clients = path.join(folder, 'clients.json');
  const fhirServers = ports.map((port) => `http://127.0.0.1:${port}/sandbox/fhir`);
  const client = { issuer: ISSUER, jwks: { keys: [KEY.jwk] }, fhirServers };
  writeFileSync(clients, JSON.stringify([client, { ...client, issuer: SHADOW_ISSUER, shadow: true }]));
  const settings = { DATABASE_URL: url, STEPWISE_CLIENTS: clients, PUBLIC_URL: publicUrl, DATA_DIR: folder };
  nodes.push(...(await Promise.all(ports.map((port) => startService(settings, port)))));
  for (const node of nodes)
    await until(async () => (await node.get('/health/ready')).status === 200, 240_000, node.output);
  database = openPostgres(url);
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const rows = (sql: string) => database.query(sql, []);

test('nodes that start together migrate once', async () => {
  expect(await rows('select count(*)::int as count from schema_migration')).toEqual([
    { count: readMigrations('src/records/migrations').length },
  ]);
});

test('JWT-9: a token used on one node is refused on the other', async () => {
  const [one, other] = nodes as [ServiceProcess, ServiceProcess];
  const token = await tokenFor(SERVICE);
  const call = await reviewedRequest(one);
  expect((await one.post(SERVICE, call, token)).status).toBe(200);
  expect((await other.post(SERVICE, call, token)).status).toBe(401);
  expect((await other.post(SERVICE, call, await tokenFor(SERVICE))).status).toBe(200);
  expect((await other.get('/metrics')).text).toContain('auth_failures_total{reason="replayed"} 1');
});

test('G-73: without a token both refuse a call and feedback, and neither refuses discovery', async () => {
  for (const node of nodes) {
    expect((await node.post(SERVICE, await reviewedRequest(node))).status).toBe(401);
    expect((await node.post(`${SERVICE}/feedback`, acceptedFeedback('x'))).status).toBe(401);
    expect((await node.get('/cds-services')).status).toBe(200);
  }
});

test('a fhirServer of another client is refused, though nothing has to be read from it', async () => {
  const [node] = nodes as [ServiceProcess];
  const call = { ...(await reviewedRequest(node)), fhirServer: 'http://127.0.0.1:9/sandbox/fhir' };
  const { status, text } = await node.post(SERVICE, call, await tokenFor(SERVICE));
  expect([status, JSON.parse(text).issue[0].expression]).toEqual([400, ['fhirServer']]);
});

test('feedback on a card that one node sent is joined when the other gets it', async () => {
  const [one, other] = nodes as [ServiceProcess, ServiceProcess];
  const [card] = await cardsOf(one, await tokenFor(SERVICE));
  const joined =
    'select outcome, policy_id from feedback f join card c on c.uuid = f.card join decision d on d.id = c.decision_id';
  await until(
    async () => (await rows(`select 1 from card where uuid = '${card!.uuid}'`)).length === 1,
    5_000,
  );
  const feedback = await tokenFor(`${SERVICE}/feedback`);
  expect((await other.post(`${SERVICE}/feedback`, acceptedFeedback(card!.uuid), feedback)).status).toBe(200);
  expect(await rows(joined)).toMatchObject([{ outcome: 'accepted' }]);
  expect(await metricOf(other, 'feedback_unknown_cards_total')).toBe(0);
});

test('a client in shadow is answered without cards, and what it would have been told is kept', async () => {
  const [node] = nodes as [ServiceProcess];
  const call = await reviewedRequest(node);
  const answer = await node.post(SERVICE, call, await tokenFor(SERVICE, SHADOW_ISSUER));
  expect(answer).toEqual({ status: 200, text: '{"cards":[]}' });
  const kept = () =>
    rows(
      'select shadow, (select count(*)::int from card where decision_id = decision.id) as cards from decision where shadow',
    );
  await until(async () => (await kept()).length === 1, 240_000);
  expect((await kept())[0]).toMatchObject({ shadow: true, cards: expect.any(Number) });
  expect((await kept())[0]!['cards']).toBeGreaterThan(0);
});

test('the log of both holds no token and nothing of the patient', async () => {
  const call = JSON.stringify(await reviewedRequest(nodes[0]!));
  const names = [...call.matchAll(/"family":"([^"]+)"/g)].map(([, family]) => family!);
  expect(names.length).toBeGreaterThan(0);
  for (const node of nodes)
    for (const secret of [...names, 'eyJ', 'Patient/']) expect(node.output()).not.toContain(secret);
});

describeCrash('Postgres', async () => {
  const url = await newDatabase('crash');
  return { settings: { DATABASE_URL: url }, open: () => Promise.resolve(openPostgres(url)) };
});
describeStop('Postgres', async () => {
  const url = await newDatabase('stop');
  return { settings: { DATABASE_URL: url }, open: () => Promise.resolve(openPostgres(url)) };
});
