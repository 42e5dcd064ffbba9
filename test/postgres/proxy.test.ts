/** Two replicas on one Postgres behind a real nginx, with the configuration of deploy/nginx as far as addresses allow. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../free-port.mjs';
import {
  acceptedFeedback,
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
const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-proxy-'));
const replicas: ServiceProcess[] = [];
let nginx: ChildProcess;
let url: string;
let call: object;

async function tokenFor(place: string): Promise<Record<string, string>> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: ISSUER, aud: url + place, iat: now, exp: now + 300, jti: crypto.randomUUID() };
  return { authorization: `Bearer ${await sign(KEY, { claims })}` };
}

async function post(place: string, body: unknown, headers?: Readonly<Record<string, string>>) {
  const answer = await fetch(url + place, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(headers ?? (await tokenFor(place))) },
    body: JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
}

/** The shipped configuration at the addresses of this test. */
function configure(port: number, [one, other]: readonly [number, number]): string {
  const text = readFileSync('deploy/nginx/nginx.conf', 'utf8')
    .replace('replica-1:3000', `127.0.0.1:${one}`)
    .replace('replica-2:3000', `127.0.0.1:${other}`)
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
    .replaceAll('/tmp/', `${folder}/`);
  const file = path.join(folder, 'nginx.conf');
  // As root, Debian's nginx lets its workers be nobody, who may not enter the folder.
  writeFileSync(file, process.getuid?.() === 0 ? `user root;\n${text}` : text);
  return file;
}

beforeAll(async () => {
  const [port, ...ports] = [await freePort(), await freePort(), await freePort()] as const;
  url = `http://127.0.0.1:${port}`;
  const clients = path.join(folder, 'clients.json');
  const fhirServers = ports.map((own) => `http://127.0.0.1:${own}/sandbox/fhir`);
  const client = { issuer: ISSUER, jwks: { keys: [KEY.jwk] }, fhirServers };
  writeFileSync(clients, JSON.stringify([client]));
  const database = await newDatabase('proxy');
  const settings = { DATABASE_URL: database, STEPWISE_CLIENTS: clients, PUBLIC_URL: url, DATA_DIR: folder };
  replicas.push(...(await Promise.all(ports.map((own) => startService(settings, own)))));
  for (const replica of replicas)
    await until(async () => (await replica.get('/health/ready')).status === 200, 240_000, replica.output);
  nginx = spawn('nginx', ['-c', configure(port, ports), '-g', 'daemon off;'], { stdio: 'inherit' });
  await until(async () => (await fetch(`${url}/cds-services`)).ok);
  call = await reviewedRequest(replicas[0]!);
});
afterAll(async () => {
  const ended = new Promise((resolve) => nginx.once('exit', resolve));
  nginx.kill('SIGTERM');
  await ended;
  await Promise.all(replicas.map((replica) => replica.stop()));
  rmSync(folder, { recursive: true, force: true });
});

test('calls are answered by both, each with a token of its own', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(SERVICE, call)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  for (const replica of replicas) expect(await metricOf(replica, 'calls_total')).toBeGreaterThan(0);
});

test('JWT-9: a token is good once, whichever replica sees it, or is counted as let in unasked', async () => {
  const token = await tokenFor(SERVICE);
  const answers = await Promise.all(Array.from({ length: 8 }, () => post(SERVICE, call, token)));
  const passed = answers.filter(({ status }) => status === 200).length;
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(8 - passed);
  // A busy machine's database may take longer than a call waits for it.
  const unasked = await Promise.all(replicas.map((replica) => metricOf(replica, 'tokens_unshared_total')));
  expect(passed).toBeGreaterThan(0);
  expect(passed - 1).toBeLessThanOrEqual(unasked.reduce((sum, count) => sum + count, 0));
});

test('feedback finds its card, whichever replica sent it', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => post(SERVICE, call)));
  const cards = answers.flatMap(({ text }) => (JSON.parse(text) as { cards: { uuid: string }[] }).cards);
  // Decisions are written together, up to 200 ms after their answers.
  await until(async () => {
    const waiting = await Promise.all(replicas.map((replica) => metricOf(replica, 'records_waiting')));
    return waiting.every((count) => count === 0);
  });
  for (const { uuid } of cards)
    expect((await post(`${SERVICE}/feedback`, acceptedFeedback(uuid))).status).toBe(200);
  for (const replica of replicas) expect(await metricOf(replica, 'feedback_unknown_cards_total')).toBe(0);
});

test.each(['/metrics', '/health/live', '/health/ready', '/operator'])(
  '%s is not for the public',
  async (place) => {
    expect((await fetch(url + place)).status).toBe(404);
  },
);

test('a body over the limit gets the answer of the service', async () => {
  const { status, text } = await post(SERVICE, { hook: 'x'.repeat(5_400_000) });
  expect([status, JSON.parse(text).resourceType]).toEqual([413, 'OperationOutcome']);
});

test('a request with a length and chunks gets one answer, and what it hides none', async () => {
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  const head = `POST ${SERVICE} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`;
  socket.write(`${head}0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n`);
  await new Promise((resolve) => socket.once('close', resolve));
  expect(answer).toMatch(/^HTTP\/1.1 400 /);
  expect(answer.match(/^HTTP\//gm)).toHaveLength(1);
});

// The last: nobody starts it again.
test('a replica that is killed is not missed: the other answers, and no token is lost to the attempt', async () => {
  await replicas[0]!.kill();
  const statuses: number[] = [];
  for (let sent = 0; sent < 20; sent += 1) statuses.push((await post(SERVICE, call)).status);
  expect(new Set(statuses)).toEqual(new Set([200]));
});
