/**
 * No token, name, identifier, birth date or FHIR query of a patient in what the service writes (G-16, FA-4, JWT-11): the
 * real process with LOG_LEVEL=debug is called in every way, well, badly and without trust; what it wrote, its error
 * bodies and its metrics are looked through. The reporter beside this file does the same with the whole run of tests.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allCharts } from '../../src/sandbox/sandbox.js';
import { FAULTS } from '../../src/sandbox/faults.js';
import { freePort } from '../free-port.mjs';
import { startService, SERVICE, type ServiceProcess } from '../records/service-process.js';
import { newKey, sign, type TokenChanges } from '../trust/issuer.js';
import { until } from '../until.js';
import { privateLinesOf } from './private-words.mjs';

const NAME = 'Sampleton';
let service: ServiceProcess;
let dataDir: string;
const errors: string[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'private-'));
  errors.length = 0;
});
afterEach(async () => {
  await service.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const settings = (more: Readonly<Record<string, string>> = {}) => ({
  ...{ DATA_DIR: dataDir, LOG_LEVEL: 'debug', DEADLINE_MS: '400' },
  ...more,
});

/** Answers that are no success are kept: cards may tell of the patient, errors may not. */
async function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const answer = await service.post(path, body, headers);
  if (answer.status !== 200) errors.push(answer.text);
  return answer.status;
}

/** A body as it is, of whatever type. */
async function postRaw(body: string, contentType: string): Promise<void> {
  const headers = { 'content-type': contentType };
  const answer = await fetch(service.url + SERVICE, { method: 'POST', headers, body });
  expect(answer.status).not.toBe(200);
  errors.push(await answer.text());
}

interface Call {
  readonly [name: string]: unknown;
  readonly fhirServer: string;
  readonly context: Readonly<Record<string, unknown>>;
}
async function callOf(patient: string, prefetch = ''): Promise<Call> {
  const { text } = await service.get(`/sandbox/order-sign/${patient}${prefetch}`);
  const authorization = {
    ...{ access_token: 'SECRET-ACCESS-TOKEN', token_type: 'Bearer', expires_in: 300 },
    ...{ scope: 'user/*.read', subject: 'client' },
  };
  return { ...(JSON.parse(text) as Call), fhirAuthorization: authorization };
}

/** All that the process has told anybody who operates it. The greeting for the terminal shows addresses of the sandbox. */
async function told(): Promise<string> {
  const metrics = await service.get('/metrics');
  const written = service
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  return [...written, ...errors, metrics.text].join('\n');
}

test('every patient, every fault, every kind of bad call: nothing private is told', async () => {
  service = await startService(settings());
  for (const { patientId } of allCharts()) await post(SERVICE, await callOf(patientId, '?prefetch=all'));
  await post(SERVICE, await callOf('hostile'));
  const good = await callOf('article');
  for (const { name } of FAULTS)
    await post(SERVICE, { ...good, fhirServer: `${good.fhirServer}/faults/${name}` });
  for (const [path, body] of badCalls(good)) await post(path, body);
  await postRaw(`{"patient": "${NAME}`, 'application/json');
  await postRaw(NAME, `text/${NAME}`);
  for (const path of [`/cds-services/${NAME}`, `/${NAME}`, `${SERVICE}?patient=SYN-00101`])
    errors.push((await service.get(path)).text);
  const text = await told();
  for (const event of ['call.reviewed', 'http.refused', 'fhir.retrieved', 'feedback.received'])
    expect(text).toContain(`"event":"${event}"`);
  expect(errors.length).toBeGreaterThan(15);
  expect(privateLinesOf(text)).toEqual([]);
}, 240_000);

function badCalls(good: Call): readonly (readonly [string, unknown])[] {
  const context = (change: object) => ({ ...good, context: { ...good.context, ...change } });
  const feedback = (change: object) => ({
    feedback: [
      {
        ...{ card: 'c', outcome: 'overridden', outcomeTimestamp: '2026-01-01T00:00:00Z' },
        ...{ overrideReason: { userComment: `${NAME} SYN-00101 declines` }, ...change },
      },
    ],
  });
  const servers = [
    'http://SECRET:SECRET@127.0.0.1/fhir',
    `http://127.0.0.1/fhir?patient=${NAME}`,
    'https://SECRET.example/fhir',
    NAME,
  ];
  return [
    [SERVICE, []],
    [SERVICE, NAME],
    [SERVICE, { ...good, hook: NAME }],
    [SERVICE, { ...good, hookInstance: 17 }],
    [SERVICE, context({ patientId: `Patient/${NAME}` })],
    [SERVICE, context({ userId: NAME })],
    [SERVICE, context({ draftOrders: NAME })],
    [SERVICE, { ...good, prefetch: NAME }],
    ...servers.map((fhirServer) => [SERVICE, { ...good, fhirServer }] as const),
    [SERVICE, { ...good, fhirServer: 'http://127.0.0.1:1/fhir' }],
    [`/cds-services/${NAME}`, good],
    [`${SERVICE}/feedback`, feedback({})],
    [`${SERVICE}/feedback`, feedback({ card: 7 })],
    [`${SERVICE}/feedback`, feedback({ outcome: NAME, outcomeTimestamp: '1969-08-14' })],
    [`/sandbox/order-sign/${NAME}`, good],
  ];
}

test('tokens of callers, good and bad: nothing of them is told', async () => {
  const key = await newKey('k', 'RS384');
  const other = await newKey('k', 'RS384');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const issuer = 'https://ehr.example';
  const file = join(dataDir, 'clients.json');
  const client = { issuer, jwks: { keys: [key.jwk] }, fhirServers: [`${url}/sandbox/fhir`] };
  writeFileSync(file, JSON.stringify([{ ...client, algorithms: ['RS384'], dialect: 'epic' }]));
  const trusted = { STEPWISE_CLIENTS: file, PUBLIC_URL: url, DEADLINE_MS: '60000' };
  service = await startService(settings(trusted), port);
  // Until the database that tokens are remembered in is open, nobody is let in.
  await until(async () => (await service.get('/health/ready')).status === 200, 60_000, service.output);
  const seconds = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: `${url}${SERVICE}`, iat: seconds, exp: seconds + 300, sub: NAME };
  const token = (changes: TokenChanges['claims'] = {}, by = key) =>
    sign(by, { claims: { ...claims, ...changes } });
  const replayed = await token();
  const tokens = [
    ...[replayed, replayed, await token({}, other), await token({ exp: seconds - 600 })],
    ...[
      await token({ iss: `https://${NAME}.example` }),
      await token({ aud: NAME }),
      await token({ jti: undefined }),
    ],
    ...[`${replayed}x`, replayed.slice(0, -8), 'SECRET', `${NAME}.SYN-00101.x`],
  ];
  const good = await callOf('article', '?prefetch=all');
  const statuses: number[] = [];
  for (const sent of tokens) statuses.push(await post(SERVICE, good, { authorization: `Bearer ${sent}` }));
  statuses.push(await post(SERVICE, good), await post(SERVICE, good, { authorization: `Basic ${NAME}` }));
  expect(statuses).toEqual([200, ...statuses.slice(1).map(() => 401)]);
  const text = await told();
  expect(text).toContain('"event":"trust.refused"');
  expect(privateLinesOf(text)).toEqual([]);
}, 240_000);
