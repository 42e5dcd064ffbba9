/**
 * A thousand requests nobody would send: each is answered with a status of the interface and a body of ours, nothing of
 * them is told in errors, logs or metrics, and the process goes on. FUZZ_SEED repeats or varies them.
 */
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { composeApp, type ComposedApp } from '../records/composed.js';
import { SERVICE } from '../records/service-process.js';
import { ITEM } from '../records/feedback-cases.js';
import { mutated, spoilt, SECRET, type Spoil } from './mutations.js';

const SEED = Number(process.env['FUZZ_SEED'] ?? 64772);
/** Each kind of request is sent so many times. */
const RUNS = 250;

const STATUSES = [200, 400, 404, 405, 412, 413, 415, 503];

let composed: ComposedApp;
let server: Server;
let url: string;
let order: object;
const dataDir = mkdtempSync(path.join(tmpdir(), 'stepwise-fuzz-'));
beforeAll(async () => {
  composed = await composeApp({
    settings: { DATA_DIR: dataDir, LOG_LEVEL: 'debug', BODY_LIMIT_BYTES: '500000' },
  });
  server = createServer(composed.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const request = await (await fetch(`${url}/sandbox/order-sign/article?prefetch=all`)).text();
  // Nothing is fetched: what is not in the request is not to be had.
  order = { ...(JSON.parse(request) as object), fhirServer: undefined };
}, 60_000);
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await composed.close();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Sent {
  readonly path: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

async function expectAnswered({ path: place, body, headers }: Sent): Promise<void> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
  const answer = await fetch(url + place, init);
  const text = await answer.text();
  expect(STATUSES).toContain(answer.status);
  if (answer.status === 200) return;
  expect(JSON.parse(text)).toMatchObject({ resourceType: 'OperationOutcome' });
  expect(text).not.toContain(SECRET);
}

const check = (sent: fc.Arbitrary<Sent>): Promise<void> =>
  fc.assert(fc.asyncProperty(sent, expectAnswered), { numRuns: RUNS, seed: SEED, endOnFailure: true });

test('orders with members missing, of another type, or of another size', async () => {
  await check(mutated(order).map((body) => ({ path: SERVICE, body: JSON.stringify(body) })));
}, 300_000);

test('feedback of the same kind', async () => {
  const batch = {
    feedback: [ITEM, { ...ITEM, outcome: 'overridden', overrideReason: { userComment: 'no' } }],
  };
  const path = `${SERVICE}/feedback`;
  await check(mutated(batch).map((body) => ({ path, body: JSON.stringify(body) })));
}, 300_000);

test('charts for the evidence page', async () => {
  const path = '/evidence/evaluation/sij-neurectomy-review';
  await check(mutated(order).map((body) => ({ path, body: JSON.stringify(body) })));
}, 300_000);

test('bytes that are cut, changed, packed or called something else', async () => {
  const text = JSON.stringify(order);
  const toSent = ({ bytes, headers }: Spoil): Sent => ({ path: SERVICE, body: bytes, headers });
  await check(spoilt(text).map(toSent));
}, 300_000);

test('after all of it the service answers as before, and has told nothing of it', async () => {
  const answer = await fetch(url + SERVICE, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify(order),
  });
  expect(answer.status).toBe(200);
  expect(((await answer.json()) as { cards: object[] }).cards.length).toBeGreaterThan(0);
  const told = composed.logged() + (await composed.metrics());
  expect(told).toContain('"event":"http.refused"');
  expect(told).not.toContain(SECRET);
  expect(told).not.toContain('"ERR_INTERNAL"');
});
